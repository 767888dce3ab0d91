"""Sentence after sentence to claims: whom and what they mean, and when it was."""

from __future__ import annotations

import pytest

from geoline.reading.extractor import grammar_of
from geoline.reading.report.claim_reader import NEARBY, ClaimReader
from tests.reading.report.small_report import PUBLISHED, THEATRE, cut_and_named, days, unplaced


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The army captured <Ara> on Tuesday.", [("Ara", "captured", "red", "2020-01-28")]),
        # "They", "it", and the day of the sentence before
        (
            "The army entered <Ara> on Monday. They captured it.",
            [("Ara", "entered", "red", "2020-01-27"), ("Ara", "captured", "red", "2020-01-27")],
        ),
        # Counted, then named
        (
            "The army captured two villages on Monday. They are <Ara> and <Bor>.",
            [("Ara", "captured", "red", "2020-01-27"), ("Bor", "captured", "red", "2020-01-27")],
        ),
        # A list behind a colon
        (
            "The army captured the following:\n\n- <Ara>\n- <Bor>",
            [("Ara", "captured", "red", ""), ("Bor", "captured", "red", "")],
        ),
        # "The capture of" is of no day of its own
        ("The army welcomed the capture of <Ara>.", [("Ara", "captured", "red", "")]),
        # Who holds no ground takes none
        ("The Greens captured <Ara> on Monday.", []),
        ("The army did not capture <Ara>.", []),
        # Denied: it is claimed by who denies
        ("Rebels denied that the army captured <Ara>.", [("Ara", "denied", "blue", "")]),
        ("Greens denied reports of floods near <Ara>.", []),
        # A chronicle
        (
            "27 January: The army captured <Ara>.\n\n28 January: The army captured <Bor>.",
            [("Ara", "captured", "red", "2020-01-27"), ("Bor", "captured", "red", "2020-01-28")],
        ),
    ],
)
def test_what_sentences_tell(text: str, told: list[tuple[str, str, str, str]]) -> None:
    """A place is given to the wrong side or day, or is not told of at all."""
    found = [(c.item.text, c.event, c.side, days(c)) for c in unplaced(text)]
    assert found == told


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The army captured <Ara>.", "asserted"),
        ("The army captured <Ara>, a spokesman said.", "reported"),
        ("The army may have captured <Ara>.", "unclear"),
        ("The army plans to capture <Ara>.", "foreseen"),
        ("Scenario 1: The army captured <Ara>.", "foreseen"),
    ],
)
def test_how_sure_a_claim_is(text: str, certainty: str) -> None:
    """A plan, or a scenario of an analyst, stands in the ledger as what happened."""
    assert [claim.certainty for claim in unplaced(text)] == [certainty]


@pytest.mark.parametrize(("between", "side"), [(NEARBY - 2, "red"), (NEARBY + 1, "")])
def test_far_sentences_mean_nobody_of_before(between: int, side: str) -> None:
    """Who is named at the top of a long page took what is told at its end."""
    marked = f"The army entered <Ara>. {'Rain fell. ' * between}They captured <Bor>."
    text, cut, named = cut_and_named(marked)
    read = {n: spans for n, spans in named.items() if spans}
    reader = ClaimReader(grammar_of, THEATRE, PUBLISHED)
    assert reader.unplaced(text, cut, set(read), read)[-1].side == side


@pytest.mark.parametrize(
    "text",
    [
        "سيطر الجيش على القرى التالية:\n- <سراقب>\n- <أريحا>",
        "سيطر الجيش على <سراقب> ثم <أريحا>.",
    ],
)
def test_an_event_in_a_list_keeps_the_rule_of_the_one_it_continues(text: str) -> None:
    """A claim from a list of villages cannot be traced to what read it."""
    rules = [claim.told.rule for claim in unplaced(text)]
    assert rules == ["ar-took-control", "ar-took-control"]
