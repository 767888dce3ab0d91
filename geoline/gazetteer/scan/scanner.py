"""Find the names of places in running text, in spellings that no list has.

Two passes. The first goes over the text once, for capitalised words and words in Arabic script; a
word that cannot be part of a name of the gazetteer is put aside for good, so that most text costs a
look into a set. The second grades what is left, up to four words together, by two things: how
strongly the gazetteer takes it for one of its places, and whether its letters follow each other as
in the gazetteer's names or as in those of the world's towns (Milan is no misspelt Malah). Of spans
that compete the likeliest stays, and of like ones the longest.

What is found depends on the sentence alone; `scan` resolves the names of a text together. But what
only a long list has that nobody reviewed, such as all villages of a country, is found where other
names of it stand around it (`geoline.gazetteer.scan.support`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.gazetteer.scan.name_words import (
    MOST_WORDS,
    WORD,
    WordMemory,
    follows,
    pieces,
    variants,
    with_article,
    without_s,
)
from geoline.gazetteer.scan.support import Named, supported
from geoline.gazetteer.scan.word_filter import (
    FUNCTION_WORDS,
    SITE_WORDS,
    Letters,
    Nearness,
    Words,
    kind_words,
    no_places,
    words,
)
from geoline.names import is_arabic, plain, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geoline.gazetteer.gazetteer import Gazetteer, Resolution

__all__ = ["Found", "Scanner", "Span", "scan"]

# Words of a row looked at together.
LONGEST_ROW = 12
# A word is no part of a name; it may be; it may be with others, but alone it is none.
COLD, HOT, NOT_ALONE = range(3)
# Words and phrases remembered.
MOST_REMEMBERED = 500_000

# Fitted by `tests/benchmarks/scan.py --fit`: what the gazetteer's log odds (up to STRONGEST) and
# the log-likelihood ratio of the letters count.
BY_STRENGTH, BY_LETTERS, STRONGEST = 1.0, 0.18, 8.0
# From this on a phrase is reported. Less has a part of a longer row of capitalised words (Anna
# Medan) that is not listed, and a short spelling that is no main name (Sam, Khan, Kara).
LEAST, PART, SHORT_PENALTY = 0.7, 1.7, 5.1
# What a further word of a name outweighs when spans compete.
A_WORD = 2.6
# A word whose letters speak against it more than this is no part of an unseen name.
UNLIKELY = -4.0
SHORT = 4
# A skeleton so short, in Arabic script, says nothing alone.
SHORT_ARABIC = 3
# How much less a name has to have by itself where others must support it.
LESS_SUPPORTED = 4.0

# As Suwayda, An Nabk, At Tall: articles, though English words.
_SUN_ARTICLE = re.compile("(?:As S|An N|At T)")


class Span(NamedTuple):
    """A phrase that names a place: code points `start` to `end`, and how surely it does.

    `alone` is false beside another word of a name (Salma Haddad, San Fernando).
    """

    start: int
    end: int
    text: str
    weight: float
    alone: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A name in a text (code points `start` to `end`) and what it may mean."""

    start: int
    end: int
    text: str
    resolution: Resolution


class Scanner:
    """A gazetteer made ready to find its names in many texts.

    Words and phrases are remembered, so that a second text goes faster than the first.

    Parameters
    ----------
    gazetteer
        The places. What only those have that nobody reviewed (`Gazetteer.reviewed`) needs other
        names around it to be found: of a country's register none may count as reviewed (0).
    others
        Names that mean something else, such as the rest of the world's towns: they are taken for a
        place of the gazetteer only where it lists them letter for letter.
    not_places
        Words of the theatre that look like names of its places and are none ("Syria"): they are
        never taken for one.
    least
        How surely a phrase must be a name to be reported: 1.7 more than halves the false finds
        in text on other countries and loses a name in thirteen (`tests/benchmarks/scan.py`).
    country
        Whether the places of the rest of the country (`Gazetteer.country`) are looked for too.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        others: Iterable[str] = (),
        not_places: Iterable[str] = (),
        least: float = LEAST,
        country: bool = False,
    ) -> None:
        gazetteer = gazetteer.with_country if country else gazetteer.alone
        self.gazetteer = gazetteer
        self.no_places = no_places(not_places)
        self.least = least
        names = [n for p in gazetteer.places for n in (p.name, p.name_ar, *p.names) if n]
        self._letters = Letters(names)
        self._main = {plain(p.name) for p in gazetteer.places}
        self._others = {plain(name) for name in others}
        # Listed names as they may stand in a text, and their words.
        latin = [n for n in names if not is_arabic(n) and any(c.isupper() for c in n)]
        self._listed = {plain(name) for name in latin}
        self._parts = {plain(word) for name in latin for word in name.split()} | self._listed
        self._kinds = kind_words(place.names for place in gazetteer.places)
        arabic = [name for name in names if is_arabic(name)]
        self._readings = {reading(name) for name in arabic}
        self._arabic_words = {word for read in self._readings for word in read.split()}
        self._nearness = Nearness(names)
        trusted = len(gazetteer) if gazetteer.reviewed is None else gazetteer.reviewed
        self._trusted = {
            plain(n) or n for p in gazetteer.places[:trusted] for n in (p.name, p.name_ar, *p.names)
        } - {""}
        self._all_trusted = trusted >= len(gazetteer)
        # Whether the words met may be part of a name (COLD …).
        self._met = WordMemory()
        self._rows: dict[str, tuple[Span, ...]] = {}

    def spans(self, text: str, parts: Iterable[tuple[int, int]] | None = None) -> list[Span]:
        """Find the phrases that name a place of the gazetteer: in order, not overlapping.

        Parameters
        ----------
        text
            The text.
        parts
            Where to look: code points from and to, in order; everywhere if not given.
        """
        spans = self._spans(text, parts)
        if self._all_trusted or not spans:
            return spans
        named = self._named(spans)
        worth = supported(text, named).tolist()
        return [
            span
            for span, one, worth_here in zip(spans, named, worth, strict=True)
            if worth_here >= 0
            or (span.alone and span.weight >= self.least and one.letters in self._trusted)
        ]

    def _spans(self, text: str, parts: Iterable[tuple[int, int]] | None) -> list[Span]:
        rows: list[tuple[int, str]] = []
        single: dict[str, np.uint64] = {}
        for first, last in [(0, len(text))] if parts is None else parts:
            for start, end in pieces(text, first, last):
                found = self._rows_of(text[start:end], single)
                rows += [(start + at, row) for at, row in found]
        self._grade({row for _, row in rows} - self._rows.keys())
        nothing = [number for row, number in single.items() if not self._rows[row]]
        self._met.change(np.array(nothing, dtype=np.uint64), NOT_ALONE)
        spans: list[Span] = []
        for at, row in rows:
            for span in self._rows[row]:
                first, last = at + span.start, at + span.end
                if first and text[first - 1].isalnum() and not is_arabic(span.text):
                    continue
                spans.append(Span(first, last, text[first:last], span.weight, span.alone))
        if len(self._rows) > MOST_REMEMBERED or len(self._met) > MOST_REMEMBERED:
            self._rows.clear()
            self._met.forget()
        return spans

    def named(self, text: str) -> list[Named]:
        """Find the names of a text, whether or not anything around them supports them."""
        return self._named(self._spans(text, None))

    def _named(self, spans: list[Span]) -> list[Named]:
        names = [_name_of(span) for span in spans]
        answers = self.gazetteer.resolve_many(names)
        return [
            Named(span.start, span.end, plain(name) or name, span.weight, answer)
            for span, name, answer in zip(spans, names, answers, strict=True)
        ]

    def _rows_of(self, text: str, single: dict[str, np.uint64]) -> list[tuple[int, str]]:
        """Find the rows of words that may hold a name: where they start, and their text.

        Rows of a single word, without an article, are added to `single` with the word's number.
        """
        found = words(text)
        hot = self._may_be(text, found)
        rows: list[tuple[int, str]] = []
        covered = 0
        starts, ends, script = found.starts.tolist(), found.ends.tolist(), found.arabic.tolist()
        close = found.close.tolist()

        def joined(number: int) -> bool:
            return close[number] and follows(
                text, ends[number - 1], starts[number], arabic=script[number]
            )

        for number in hot.tolist():
            if number < covered:
                continue
            first = last = number
            while first > max(covered, number - MOST_WORDS + 1) and joined(first):
                first -= 1
            while last - first < LONGEST_ROW and joined(last + 1):
                last += 1
            covered = last + 1
            start = with_article(text, starts[first])
            row = text[start : ends[last]]
            rows.append((start, row))
            if found.alone[number]:
                single[row] = found.numbers[number]
        return rows

    def _may_be(self, text: str, found: Words) -> NDArray[np.intp]:
        """Tell which words may be part of a name; each is judged when first met."""

        def judge(new: NDArray[np.intp]) -> NDArray[np.uint8]:
            spelt = zip(found.starts[new].tolist(), found.ends[new].tolist(), strict=True)
            return self._judge([text[start:end] for start, end in spelt])

        known = self._met.look(found.numbers, judge)
        return np.flatnonzero((known == HOT) | ((known == NOT_ALONE) & ~found.alone))

    def _judge(self, new: list[str]) -> NDArray[np.uint8]:
        """Tell words that may be part of a name from those that may not."""
        hot = np.zeros(len(new), dtype=np.uint8)
        open_: list[int] = []
        for number, word in enumerate(new):
            if is_arabic(word):
                hot[number] = self._arabic_part(word)
            elif (bare := without_s(word)).lower() not in FUNCTION_WORDS:
                if plain(bare) in self._parts:
                    hot[number] = HOT
                else:
                    open_.append(number)
        likely = self._letters.ratios([new[number] for number in open_]) > UNLIKELY
        left = np.array(open_, dtype=np.intp)[likely]
        hot[left] = self._nearness.near([without_s(new[number]) for number in left.tolist()])
        return hot

    def _arabic_part(self, word: str) -> bool:
        read_as = (reading(variant) for variant in variants(word))
        return any(part in self._arabic_words for read in read_as for part in read.split())

    def scan(
        self,
        text: str,
        *,
        near: tuple[float, float] | None = None,
        within: str | None = None,
        together: bool = True,
    ) -> list[Found]:
        """Find names in a text and what they mean; `near` is latitude, longitude. See `scan`."""
        spans = self.spans(text)
        names = [_name_of(span) for span in spans]
        resolve = self.gazetteer.resolve_together if together else self.gazetteer.resolve_many
        answers = resolve(names, near=near, within=within)
        return [
            Found(start=span.start, end=span.end, text=span.text, resolution=answer)
            for span, answer in zip(spans, answers, strict=True)
            if answer.status != "unknown"
        ]

    def names(self, phrases: Sequence[str]) -> list[bool]:
        """Tell for each phrase whether the whole of it would be found as a name."""
        likely = self._letters.ratios(phrases) > UNLIKELY
        some = [phrase for phrase, is_likely in zip(phrases, likely, strict=True) if is_likely]
        near = self._nearness.near(some)
        rows = {phrase for phrase, is_near in zip(some, near, strict=True) if is_near}
        self._grade(rows - self._rows.keys())
        whole = {
            row
            for row in rows
            for span in self._rows[row]
            if span.text == row and span.weight >= self.least
        }
        return [phrase in whole for phrase in phrases]

    def _grade(self, rows: set[str]) -> None:
        """Find the names in rows of capitalised, or of Arabic, words."""
        if not rows:
            return
        windows = {row: _windows(row) for row in sorted(rows)}
        # What stands around a name decides in the end, if it must support it at all.
        least = self.least if self._all_trusted else self.least - LESS_SUPPORTED
        worth = self._worth({name for found in windows.values() for _, _, name, _ in found})
        names = sorted(worth)
        ratios = dict(zip(names, self._letters.ratios(names).tolist(), strict=True))
        answers = dict(zip(names, self.gazetteer.resolve_many(names), strict=True))
        for row, found in windows.items():
            graded = []
            for start, end, name, count in found:
                if name not in worth:
                    continue
                whole = is_arabic(row) or self._is_whole(row, start, end)
                weight = self._weight(name, answers[name], ratios[name], whole=whole)
                if weight >= least:
                    graded.append((weight + A_WORD * count, start, end, weight, whole))
            self._rows[row] = _best(row, graded)

    def _worth(self, names: set[str]) -> set[str]:
        """Keep the phrases so near to a listed one that the gazetteer should grade them."""
        kept = {name for name in names if plain(name) in self._listed}
        # A word for a kind of place may be left out.
        read_as = {name: [name] for name in names - kept}
        for forms in read_as.values():
            first, _, rest = forms[0].partition(" ")
            while rest and plain(first) in self._kinds:
                forms.append(rest)
                first, _, rest = rest.partition(" ")
        asked = sorted({form for forms in read_as.values() for form in forms})
        near = {
            form for form, is_near in zip(asked, self._nearness.near(asked), strict=True) if is_near
        }
        near |= {form for form in asked if plain(form) in self._listed}
        return kept | {name for name, forms in read_as.items() if not near.isdisjoint(forms)}

    def _is_whole(self, row: str, start: int, end: int) -> bool:
        """Whether a name stands alone in its row but for words that are no names."""
        rest = (word.lower() for word in WORD.findall(row, 0, start) + WORD.findall(row, end))
        return all(word in FUNCTION_WORDS or word in self.no_places for word in rest)

    def _weight(self, name: str, answer: Resolution, ratio: float, *, whole: bool) -> float:
        """How surely a phrase is a name of the gazetteer; see `least`."""
        if answer.status == "unknown":
            return -math.inf
        odds = sum(candidate.score for candidate in answer.candidates)
        strength = min(math.log(odds / max(1 - odds, 1e-4)), STRONGEST)
        if is_arabic(name):
            read = reading(name)
            sure = read in self._readings and len(read) > SHORT_ARABIC and name not in SITE_WORDS
            return BY_STRENGTH * strength if sure and name not in self.no_places else -math.inf
        letters = plain(name)
        listed = letters in self._listed
        if letters in self.no_places or (letters in self._others and not listed):
            return -math.inf
        if not listed and SITE_WORDS.issuperset(name.lower().split()):
            return -math.inf
        weight = BY_STRENGTH * strength + BY_LETTERS * ratio
        if len(letters) <= SHORT and not (letters in self._main and whole):
            weight -= SHORT_PENALTY
        return weight if listed or whole else weight - PART


def scan(  # noqa: PLR0913  (one for each thing that may be said of a text)
    text: str,
    gazetteer: Gazetteer,
    *,
    near: tuple[float, float] | None = None,
    within: str | None = None,
    together: bool = True,
    country: bool = False,
) -> list[Found]:
    """Find the names of a gazetteer's places in running text.

    Parameters
    ----------
    text
        Text in Latin letters, Arabic script or both. A name begins with a capital letter.
    gazetteer
        The places.
    near, within
        A point (latitude, longitude in degrees) and a region, as in `Gazetteer.resolve`.
    together
        Whether the names decide each other's meaning (`Gazetteer.resolve_together`).
    country
        Whether the places of the rest of the country (`Gazetteer.country`) are looked for too.

    Returns
    -------
    list of Found
        In the order of the text, not overlapping; positions are code points of `text`. Names that
        fit several places are given as ambiguous; what is no name of a place is not given.

    Examples
    --------
    >>> from geoline.gazetteer.gazetteer import Gazetteer
    >>> record = {"id": "x", "name": "Saraqib", "lat": 35.86, "lon": 36.81, "names": ["سراقب"]}
    >>> towns = Gazetteer.from_records([record])
    >>> [(f.text, f.resolution.candidates[0].id) for f in scan("They fled Saraqeb.", towns)]
    [('Saraqeb', 'x')]
    """
    scanner = Scanner(gazetteer, country=country)
    return scanner.scan(text, near=near, within=within, together=together)


def _name_of(span: Span) -> str:
    """Give the name of a span on one line, without a possessive s."""
    return without_s(" ".join(span.text.split()))


def _windows(row: str) -> list[tuple[int, int, str, int]]:
    """List the phrases of a row: start, end, name to look up, number of words."""
    parts = list(WORD.finditer(row))
    found = []
    for first, start in enumerate(parts):
        begin = with_article(row, start.start())
        for last in range(first, min(first + MOST_WORDS, len(parts))):
            end = parts[last].end()
            if parts[last][0].lower() in FUNCTION_WORDS and not _SUN_ARTICLE.match(
                row, parts[last].start()
            ):
                break
            text = row[begin:end]
            arabic = is_arabic(text)
            for name in variants(text):
                # A prefix is cut off in front, a possessive s behind.
                less = len(text) - len(name)
                span = (begin + less, end) if arabic else (begin, end - less)
                found.append((*span, name, last - first + 1))
    return found


def _best(row: str, graded: Sequence[tuple[float, int, int, float, bool]]) -> tuple[Span, ...]:
    """Keep the likeliest spans that do not overlap."""
    kept: list[Span] = []
    for _, start, end, weight, alone in sorted(graded, key=lambda g: (-g[0], g[1], g[2])):
        if all(end <= other.start or start >= other.end for other in kept):
            kept.append(Span(start, end, row[start:end], weight, alone))
    return tuple(sorted(kept))
