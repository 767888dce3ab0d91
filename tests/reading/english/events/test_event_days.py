"""Which day is whose."""

from __future__ import annotations

import pytest

from geoline.reading.english.events.event_days import owners, verb_days
from tests.reading.english.small_sentence import clauses_of, number_of


@pytest.mark.parametrize(
    ("text", "verb", "day"),
    [
        ("On Tuesday the army took Hass.", "took", "2020-01-28"),
        ("The army on Tuesday took Hass.", "took", "2020-01-28"),
        ("The army took Hass on Tuesday.", "took", "2020-01-28"),
        ("The army took Hass and on Tuesday rebels left.", "took", ""),
        ("The army took Hass, entered Ariha and hit Binnish on Sunday.", "took", "2020-01-26"),
        ("The army entered Hass on Monday and took it.", "took", "2020-01-27"),
        ("The army advanced on Sunday, taking Hass.", "taking", "2020-01-26"),
        ("The army said on Tuesday it took Hass.", "took", "..2020-01-28"),
        ("Rebels left Hass, where a plant has been idle since 2015.", "left", ""),
        ("On Tuesday, when the army took Hass, rebels left.", "took", "2020-01-28"),
    ],
)
def test_a_day_belongs_to_its_verb(text: str, verb: str, day: str) -> None:
    """A town falls on the day on which another did, or somebody spoke."""
    clauses = clauses_of(text)
    (days,) = verb_days(clauses.items, owners(clauses), number_of(clauses, verb), [])
    said = "" if days is None else f"{days.last}" if days.first else f"..{days.last}"
    assert said == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The army took Saraqib on Monday and Hass on Tuesday.", "27 28"),
        ("The army took Saraqib and Hass on 9 and 10 January respectively.", "09 10"),
        ("Yesterday the army took Saraqib and this morning Hass.", "28 29"),
        ("On Sunday the army took Saraqib, and on Monday Hass.", "26 27"),
    ],
)
def test_each_name_of_a_list_has_its_day(text: str, days: str) -> None:
    """All places of a list fall on the first day, or the last."""
    clauses = clauses_of(text)
    names = [number_of(clauses, "saraqib"), number_of(clauses, "hass")]
    found = verb_days(clauses.items, owners(clauses), number_of(clauses, "took"), names)
    assert [f"{day.last:%d}" for day in found if day is not None] == days.split()
