"""Roads by their places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geoline.cli.program import main

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def between(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """Ask for the road between two places: status, answer, what was said beside it."""

    def asked(start: str, end: str, *more: str) -> tuple[int, Any, str]:
        with pytest.raises(SystemExit) as ended:
            main(["highway", *more, "--between", start, end, "--json"])
        said = capsys.readouterr()
        return int(ended.value.code or 0), json.loads(said.out or "null"), said.err

    return asked


def test_the_road_meant_is_the_one_that_both_places_are_on(
    between: Callable[..., tuple[int, Any, str]],
) -> None:
    """The README's own question would be refused, since one of the places is not on every road."""
    status, (leg,), _ = between("Saraqeb", "Aleppo")
    assert (status, leg["road"]) == (0, "M5")
    assert (leg["places"][0], leg["places"][-1]) == ("Saraqib", "Aleppo")
    status, legs, _ = between("Saraqeb", "Rashidin 4")  # one road under two names
    assert (status, [leg["road"] for leg in legs]) == (0, ["M5", "M4"])


def test_places_on_no_one_road_are_told_where_they_are(
    between: Callable[..., tuple[int, Any, str]],
) -> None:
    """A user would not learn which of the two places is the wrong one."""
    status, answer, said = between("Saraqeb", "Idlib")
    assert (status, answer, said.count("\n")) == (2, None, 1)
    assert (
        "no highway passes both Saraqeb and Idlib: Saraqeb is on M5, M4; Idlib is on none" in said
    )
    status, answer, said = between("Saraqeb", "Aleppo", "M4")  # the road that is named is meant
    assert (status, answer) == (2, None)
    assert "M4 has no way-point 'aleppo'" in said
