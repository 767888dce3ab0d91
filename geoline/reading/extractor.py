"""From the text of a report to the claims in it, each with the words it rests on.

Sentences without a word of the field are left at once. The others become items (names, sides, days,
verbs), items tell events (who did what to which place), and the report decides what pronouns and
names mean: names are looked up together, and a name that no list has is kept and flagged. Nothing
is claimed in text that names no place of the theatre nearby, so news of other countries and topics
gives nothing.

Every claim is what a sentence says, to be checked by a person: `certainty` is `asserted` or
`reported` (someone's word) for what is said to have happened, `unclear` for what is doubted, and
`foreseen` for plans, conditions and what is expected.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from geoline.gazetteer.scan import ListedNames, Scanner
from geoline.names import is_arabic
from geoline.reading.arabic.grammar import ARABIC
from geoline.reading.english.grammar import ENGLISH
from geoline.reading.report.claim_reader import ClaimReader
from geoline.reading.report.opening_words import OpeningWords
from geoline.reading.report.relevance import Telling, parts_on
from geoline.reading.report.resolve_names import SURE, TextAround, placed_claims, plain_name
from geoline.reading.report.sentences import around, list_behind, sentences
from geoline.reading.shared.extracted_claim import once
from geoline.reading.shared.grammar import TheatreWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from geoline.gazetteer import Gazetteer
    from geoline.gazetteer.scan import Span
    from geoline.reading.report.sentences import Sentence
    from geoline.reading.shared.extracted_claim import ExtractedClaim
    from geoline.reading.shared.grammar import Grammar
    from geoline.reading.shared.side_words import SideWords

__all__ = ["Extractor"]

_SITE = re.compile(r" (?:air ?base|airport|base|camp|hill|university|junction|depot)\b")
_STROKES = re.compile("(?<= )\u0640+(?= )")
# An article that a blank parts from its name.
_SPLIT = re.compile(r"\b([Aa][ldnrstz])- (?=[A-Z])")
_TELLING = Telling((ENGLISH, ARABIC))
# Lines behind a colon in Arabic at most that may name the places which were counted before it.
LISTED = 16
# Letters of a line that is but a name.
SHORT = 30


class Extractor:
    """Reads reports on one theatre.

    Parameters
    ----------
    gazetteer
        Its places.
    sides
        Who is who.
    context
        Names that place a report in the theatre (its regions and parties): beside one of them a
        single place is enough, else two are needed.
    holders
        Sides that may hold ground; empty: all.
    regions
        Names of regions, which lists of places pass over ("in southern Idlib").
    not_places
        Words of the theatre that look like names of its places and are none.
    """

    def __init__(  # noqa: PLR0913  (one for each thing that a theatre says)
        self,
        gazetteer: Gazetteer,
        sides: SideWords,
        *,
        context: Iterable[str] = (),
        holders: Iterable[str] = (),
        regions: Iterable[str] = (),
        not_places: Iterable[str] = (),
    ) -> None:
        self.gazetteer = gazetteer.alone  # scores are measured on these
        self._country = gazetteer if gazetteer.country is not None else None
        self._theatre = TheatreWords(sides, frozenset(regions), frozenset(holders))
        self._scanner = Scanner(gazetteer, not_places=not_places)
        names = [n for p in gazetteer.places for n in (p.name, p.name_ar, *p.names) if n]
        self._names = ListedNames(names, self._scanner.names, self._scanner.no_places)
        self._opening = OpeningWords(names, self._may_be_listed)
        self._context = frozenset(name for name in context if name)

    def claims(self, text: str, published: date) -> list[ExtractedClaim]:
        """Find the claims of a report.

        Parameters
        ----------
        text
            The report.
        published
            Its day; "on Tuesday" is relative to it.

        Returns
        -------
        list of ExtractedClaim
            In the order of the text, each said once.
        """
        with _collector_paused():
            # "#Kafr_Nabl" is a name like any other; a letter's stroke alone is a dash.
            plain = text.replace("#", " ").replace("_", " ")
            plain = _STROKES.sub(lambda match: "-" * len(match[0]), plain)
            # "Jabhat al- Nusra": each blank that is taken out moves what stands behind it.
            gone = [match.end() - 1 - n for n, match in enumerate(_SPLIT.finditer(plain))]
            found = self._claims(_SPLIT.sub(r"\1-", plain) if gone else plain, published)
            return [_moved(claim, gone) for claim in found] if gone else found

    def names(self, text: str) -> list[str]:
        """Find the names of places in a text of any language, each once, in order."""
        return list(dict.fromkeys(span.text for span in self._scanner.spans(text)))

    def _claims(self, text: str, published: date) -> list[ExtractedClaim]:
        spans = self._scanner.spans(text, parts_on(text, self._context, self._names, _TELLING))
        found: list[ExtractedClaim] = []
        at = 0
        # Names are found first: most text has none, and is not read.
        for start, end in around(text, [span.start for span in spans]):
            here: list[Span] = []
            while at < len(spans) and spans[at].start < end:
                here.append(spans[at])
                at += 1
            found += self._of_part(text[start:end], here, start, published)
        return once(found)

    def _whole(self, text: str, first: int, last: int) -> int:
        """Give where a name ends that is listed with the noun behind it: "Taftanaz airbase"."""
        noun = _SITE.match(text, last)
        if noun is None:
            return last
        longer = self.gazetteer.resolve(plain_name(text[first : noun.end()]))
        alone = self.gazetteer.resolve(plain_name(text[first:last]))
        listed = longer.status == "resolved" and longer.candidates[0].score >= SURE
        other = listed and (
            alone.status == "unknown" or longer.candidates[0].id != alone.candidates[0].id
        )
        return noun.end() if other else last

    def _may_be_listed(self, name: str) -> bool:
        """Whether a name may be one of the places."""
        return self.gazetteer.resolve(name).status != "unknown"

    def _of_part(
        self, text: str, spans: list[Span], start: int, published: date
    ) -> list[ExtractedClaim]:
        cut = sentences(text)
        named = self._by_sentence(text, cut, spans, start)
        told = {n for n, s in enumerate(cut) if _TELLING.in_(text[s.start : s.end])}
        if not told:
            return []
        known = {
            number: [plain_name(text[cut[number].start + a : cut[number].start + b]) for a, b in at]
            for number, at in named.items()
        }
        scene = TextAround(text, cut, known, self._context, self._theatre.regions, start)
        names = list(dict.fromkeys(name for row in known.values() for name in row))
        scene.answers |= dict(zip(names, self.gazetteer.resolve_many(names), strict=True))
        told = {n for n in told if scene.about_theatre(n)}
        if not told:
            return []
        read = {n: named.get(n, []) for n in _to_read(text, cut, told)}
        reader = ClaimReader(grammar_of, self._theatre, published)
        unplaced = reader.unplaced(text, cut, told, read)
        if not unplaced:
            return []
        return placed_claims(self.gazetteer, unplaced, scene, published, self._country)

    def _by_sentence(
        self, text: str, cut: Sequence[Sentence], spans: Iterable[Span], start: int
    ) -> dict[int, list[tuple[int, int]]]:
        """Give the names of each sentence, counted from its start."""
        named: dict[int, list[tuple[int, int]]] = {}
        number = 0
        found = []
        for span in spans:
            last = span.end - start - (2 if span.text.endswith(("'s", "’s")) else 0)
            found.append((span.start - start, last))
        for first, last in self._opening.widened(text, found):
            while number + 1 < len(cut) and cut[number + 1].start <= first:
                number += 1
            whole = self._whole(text, first, last)
            low = cut[number].start
            named.setdefault(number, []).append((first - low, whole - low))
        return named


def _moved(claim: ExtractedClaim, gone: Sequence[int]) -> ExtractedClaim:
    """Put a claim where it stands in a text from which single letters were taken out."""
    start, end = (at + bisect_right(gone, at) for at in claim.span)
    return replace(claim, span=(start, end))


def grammar_of(sentence: str) -> Grammar:
    """Give the grammar that a sentence is read by.

    Examples
    --------
    >>> grammar_of("سيطرت قوات النظام على سراقب").language, grammar_of("They took it.").language
    ('ar', 'en')
    """
    latin = sum(letter.isascii() for letter in sentence) if is_arabic(sentence) else len(sentence)
    return ARABIC if 2 * latin < len(sentence) else ENGLISH


def _to_read(text: str, cut: Sequence[Sentence], told: set[int]) -> list[int]:
    """Give the sentences that are to be read with those that may tell an event.

    What stands before says whom "they" mean, and what follows which villages were counted.
    """
    near = {n for number in told for n in range(number - 2, number + 2)}
    for number in told:  # names in lines of their own, with a remark under them
        first = number
        while first and cut[first - 1].end - cut[first - 1].start < SHORT:
            first -= 1
        near |= set(range(first, number))
    near |= {n for number in near if 0 <= number < len(cut) for n in list_behind(text, cut, number)}
    for number in told:
        said = text[cut[number].start : cut[number].end]
        if said.endswith(":") and is_arabic(said):
            near |= set(range(number, number + LISTED))
    return [n for n in sorted(near) if 0 <= n < len(cut)]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Do without Python's search for objects that refer to each other: reading makes none.

    It takes an eighth of the time, most of it among the places and names of the theatre.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
