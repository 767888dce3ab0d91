"""What names mean, and which claims are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline import Gazetteer
from geoline.reading.report.resolve_names import TextAround, placed_claims, plain_name
from tests.reading.report.small_report import PUBLISHED, cut_and_named, unplaced

if TYPE_CHECKING:
    from geoline.reading import ExtractedClaim

RECORDS = [
    {"id": "saraqib", "name": "Saraqib", "lat": 35.86, "lon": 36.80, "names": []},
    {"id": "binnish", "name": "Binnish", "lat": 35.95, "lon": 36.71, "names": []},
    {"id": "far", "name": "Hamidiya", "lat": 34.7, "lon": 35.9, "names": []},
    {"id": "near", "name": "Hamidiya", "lat": 35.90, "lon": 36.78, "names": []},
]
TOWNS = Gazetteer.from_records(RECORDS)


def _claims(marked: str, context: frozenset[str] = frozenset()) -> list[ExtractedClaim]:
    text, cut, named = cut_and_named(marked)
    known = {
        n: [plain_name(text[cut[n].start + a : cut[n].start + b]) for a, b in spans]
        for n, spans in named.items()
    }
    around = TextAround(text, cut, known, context, frozenset({"Northland"}))
    names = [name for row in known.values() for name in row]
    around.answers |= dict(zip(names, TOWNS.resolve_many(names), strict=True))
    return placed_claims(TOWNS, unplaced(marked), around, PUBLISHED)


@pytest.mark.parametrize(
    ("text", "place_id", "flag"),
    [
        ("The army captured <Saraqib>.", "saraqib", ""),
        # Namesakes are told apart by what stands beside them.
        ("The army captured <Hamidiya>, near <Saraqib>.", "near", ""),
        ("The army captured <Hamidiya>.", None, "may be"),
        # An unknown name is kept beside a known one.
        ("The army captured <Qwxyz>, near <Saraqib>.", None, "unknown name"),
        ("<Saraqib> fell.", "saraqib", "who is not said"),
    ],
)
def test_what_a_name_means(text: str, place_id: str | None, flag: str) -> None:
    """A village elsewhere is taken, or nobody is told that it is doubtful which was meant."""
    (claim,) = _claims(text)
    assert claim.place_id == place_id
    assert claim.flag.startswith(flag)
    assert bool(claim.flag) == bool(flag)


def test_who_is_not_said_is_unclear() -> None:
    """That a town fell is counted as a capture by somebody."""
    assert [claim.certainty for claim in _claims("<Saraqib> fell.")] == ["unclear"]


def test_text_that_is_not_about_the_theatre_gives_nothing() -> None:
    """A town of the same name in another war moves this one's front."""
    text = "The army captured <Saraqib> on Monday."
    theatre = frozenset({"Idlib"})
    assert _claims(text, theatre) == []
    assert [c.place_id for c in _claims(f"{text} It is in Idlib.", theatre)] == ["saraqib"]
    both = "The army captured <Saraqib> and <Binnish> on Monday."
    assert [c.place_id for c in _claims(both, theatre)] == ["saraqib", "binnish"]


def test_what_has_happened_lies_not_after_the_report() -> None:
    """A capture stands in the ledger on a day that had not come."""
    (claim,) = _claims("The army captured <Saraqib> this week.")
    assert claim.last <= PUBLISHED
    planned = _claims("The army will capture <Saraqib> on 3 March 2020.")
    assert [c.certainty for c in planned] == ["foreseen"]
    assert _claims("The army captured <Saraqib> on 3 March 2020.") == []


def test_a_claim_is_told_once() -> None:
    """A report that repeats itself counts twice."""
    said = "The army captured <Saraqib> on Monday."
    assert len(_claims(f"{said} {said}")) == 1
    (dated,) = _claims(f"The army has captured <Saraqib>.\n\n{said}")
    assert str(dated.last) == "2020-01-27"
