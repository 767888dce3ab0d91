"""Verbs and their subjects."""

from __future__ import annotations

import pytest

from geoline.reading.english.sentence.sides import side_said
from tests.reading.english.small_sentence import clauses_of, number_of


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("The army took Hass.", "took", "army"),
        ("The army, helped by rebels, took Hass.", "took", "army"),
        ("The army left Ariha and took Hass.", "took", "army"),
        ("Hass was taken by rebels.", "taken", "hass"),
        ("Rebels shelled Ariha, which the army took.", "took", "army"),
        ("The army said rebels took Hass.", "took", "rebels"),
    ],
)
def test_a_verb_has_its_subject(text: str, verb: str, subject: str) -> None:
    """A town goes to whoever stands nearest to the verb."""
    clauses = clauses_of(text)
    found = clauses.subject(clauses.group(number_of(clauses, verb)))
    assert clauses.low(found.at) == subject


def test_a_row_of_verbs_without_end_has_one_subject() -> None:
    """A page whose columns run together ends the run of a whole folder."""
    clauses = clauses_of("The army took" + " took" * 1500 + " Hass.")
    last = clauses.predicates()[-1]
    assert clauses.low(clauses.subject(clauses.group(last)).at) == "army"


@pytest.mark.parametrize(
    ("text", "verb", "first", "passive"),
    [
        ("Hass was taken.", "taken", "was", True),
        ("Hass was later also taken.", "taken", "was", True),
        ("The army has, rebels said, taken Hass.", "taken", "has", False),
        ("The army took Hass.", "took", "took", False),
    ],
)
def test_auxiliaries_belong_to_their_verb(text: str, verb: str, first: str, passive: bool) -> None:  # noqa: FBT001
    """What was done by a side is read as done to it."""
    clauses = clauses_of(text)
    group = clauses.group(number_of(clauses, verb))
    assert (clauses.low(group.first), group.passive) == (first, passive)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The army took Hass.", ("A", "")),
        ("The rebel attack took Hass.", ("B", "")),
        ("The attack by the army took Hass.", ("A", "")),
        ("They took Hass.", ("", "they")),
        ("We took Hass.", ("", "other")),
    ],
)
def test_a_subject_has_its_side(text: str, side: tuple[str, str]) -> None:
    """Whose attack it was is lost, or a speaker's "we" is taken for a side."""
    clauses = clauses_of(text)
    group = clauses.group(number_of(clauses, "took"))
    assert side_said(clauses, clauses.subject(group)) == side
