"""Where a new theatre is, and how much of a country is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geoline.new_theatre.ground import Whereabouts, ground_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

NOWHERE = np.empty((0, 2))
URALS = np.array([(60.6, 56.8), (61.4, 55.2), (37.6, 55.8)])


def towns(_: Sequence[str]) -> npt.NDArray[np.float64]:
    """Give the towns of no country in particular."""
    return URALS


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        (np.array([(36.6, 50.6), (45.7, 43.3), (131.9, 43.1)]), "most of the data lie"),
        (NOWHERE, "most of its towns lie"),
    ],
)
def test_wide_country_is_drawn_where_it_matters(sites: npt.NDArray[np.float64], said: str) -> None:
    """Russia, Canada or China could be asked for by no command."""
    ground = ground_of(("RU",), None, Whereabouts(sites, None, {}, towns))
    west, _, east, north = ground.frame
    assert 59 < east - west <= 60
    assert north <= 85
    within = [(sites if len(sites) else URALS)[:2, 0]]
    assert ((west <= within[0]) & (within[0] <= east)).all()
    assert any(said in text for text in ground.said)


def test_country_is_what_the_data_say() -> None:
    """A border town would make the neighbour a part of the theatre, as a coarse border has it."""
    where = Whereabouts(np.array([(98.7, 16.69)]), None, {"Myanmar": 20}, towns)
    assert [c.code for c in ground_of((), None, where).countries] == ["MM"]
    unnamed = Whereabouts(where.sites, None, {}, towns)
    assert [c.code for c in ground_of((), None, unnamed).countries] == ["TH"]
