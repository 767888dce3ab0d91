"""Actors put together by their names."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from geoline.new_theatre.groups import group_of


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("Military Forces of Ukraine (2019-) Azov Regiment", "ukraine"),
        ("Police Forces of Ukraine (2019-)", "ukraine"),
        ("Military Forces of the Central African Republic (2016-)", "central-african-republic"),
        ("Government of Syria", "syria"),
        ("Government of Myanmar (Burma)", "myanmar"),
        ("Government of DR Congo (Zaire)", "democratic-republic-of-the-congo"),
        ("Military Forces of Niger (2023-)", "niger"),
        ("Military Forces of Nigeria (2023-)", "nigeria"),
        ("JNIM: Group for Support of Islam and Muslims", "jnim"),
        ("AA: Arakan Army", "aa"),
        ("Fulani Militia (Mali)", "fulani-militia"),
        ("Unknown", "unknown-side"),
    ],
)
def test_names_of_one_side_are_one_group(written: str, party: str) -> None:
    """One army would be twenty parties, or two armies one."""
    group = group_of(written)
    assert group is not None
    assert group.id == party
    ours = [p for p in group.patterns if fnmatchcase(written.casefold(), p.casefold())]
    assert ours or "Azov" in written or "Government" in written


def test_neighbours_with_like_names_stay_apart() -> None:
    """Nigeria's forces would be taken for Niger's by a pattern that only begins alike."""
    niger = group_of("Military Forces of Niger (2023-)")
    assert niger is not None
    for other in ("Military Forces of Nigeria (2023-)", "Government of Nigeria"):
        assert not [p for p in niger.patterns if fnmatchcase(other.casefold(), p.casefold())]


@pytest.mark.parametrize("written", ["Civilians (Mali)", "Protesters (Sudan)", "Rioters (Mali)"])
def test_who_fights_for_no_ground_is_no_side(written: str) -> None:
    """Civilians would be drawn as a party that may hold ground."""
    assert group_of(written) is None
