"""A report in small: two sides, names of places in <>, and what is read of it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from geoline.claims import ActorNames
from geoline.reading import SideWords
from geoline.reading.extractor import grammar_of
from geoline.reading.report.claim_reader import ClaimReader
from geoline.reading.report.sentences import sentences
from geoline.reading.shared.grammar import SentenceAsked, TheatreWords

if TYPE_CHECKING:
    from geoline.reading.report.sentences import Sentence
    from geoline.reading.report.unplaced_claim import UnplacedClaim
    from geoline.reading.shared.grammar import SentenceRead
    from geoline.reading.shared.report_memory import ReportMemory

__all__ = ["PUBLISHED", "THEATRE", "cut_and_named", "days", "read", "unplaced"]

PUBLISHED = date(2020, 1, 29)  # a Wednesday
NAMES = ActorNames({"red": ("Red Army*",), "blue": ("Blue Front*",)}, frozenset({"red"}))
WORDS = {
    "red": ["army", "Reds", "الجيش"],
    "blue": ["rebels", "Blues", "الفصائل"],
    "green": ["Greens"],
}
THEATRE = TheatreWords(
    SideWords(WORDS, NAMES), frozenset({"Northland"}), frozenset({"red", "blue"})
)

Named = dict[int, list[tuple[int, int]]]


def cut_and_named(marked: str) -> tuple[str, list[Sentence], Named]:
    """Give a text without its marks, its sentences, and the names marked in each."""
    text, spans = "", []
    for part in re.split(r"(<[^>]*>)", marked):
        if part.startswith("<"):
            spans.append((len(text), len(text) + len(part) - 2))
        text += part.strip("<>")
    cut = sentences(text)
    named: Named = {
        number: [(a - s.start, b - s.start) for a, b in spans if s.start <= a < s.end]
        for number, s in enumerate(cut)
    }
    return text, cut, named


def unplaced(marked: str) -> list[UnplacedClaim]:
    """Read all sentences of a report."""
    text, cut, named = cut_and_named(marked)
    reader = ClaimReader(grammar_of, THEATRE, PUBLISHED)
    return reader.unplaced(text, cut, set(named), named)


def read(marked: str, memory: ReportMemory) -> SentenceRead:
    """Read one sentence."""
    text, _, named = cut_and_named(marked)
    asked = SentenceAsked(text, named[0], THEATRE, PUBLISHED)
    return grammar_of(text).read(asked, memory)


def days(claim: UnplacedClaim) -> str:
    """Give the days of a claim: one, "first..last", or empty."""
    said = claim.days
    if said is None:
        return ""
    return f"{said.last}" if said.first == said.last else f"{said.first or ''}..{said.last}"
