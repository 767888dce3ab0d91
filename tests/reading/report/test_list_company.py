"""Unknown names by the places listed with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline import load_theatre
from geoline.reading.report.list_company import IN_COMPANY, named_in_company

if TYPE_CHECKING:
    from geoline.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The bundled places, without the country's."""
    return load_theatre().gazetteer.alone


def _meant(gazetteer: Gazetteer, *names: str) -> dict[str, str]:
    answers = {name: gazetteer.resolve(name) for name in names}
    found = named_in_company(gazetteer, [names], answers)
    assert all(one.decided_by == IN_COMPANY for one in found.values())
    return {name: one.candidates[0].id for name, one in found.items()}


def test_a_name_spelt_far_off_is_told_by_its_neighbours(gazetteer: Gazetteer) -> None:
    """Every third village of a list that somebody transliterated is lost."""
    listed = ("Kafr Battikh", "Tell Mardikh", "Hatamiyeh", "Jawbas")
    assert _meant(gazetteer, *listed) == {"Hatamiyeh": "al-hartamiya"}


@pytest.mark.parametrize(
    "listed",
    [
        ("Hatamiyeh", "Tell Mardikh"),  # one is no company
        ("Hatamiyeh", "Anadan", "Hayyan"),  # far from both
        ("Kafr Battikh", "Tell Mardikh", "Qwxyzt"),  # like none
    ],
)
def test_a_name_without_company_stays_unknown(gazetteer: Gazetteer, listed: list[str]) -> None:
    """A village that no list has is put where another lies."""
    assert _meant(gazetteer, *listed) == {}
