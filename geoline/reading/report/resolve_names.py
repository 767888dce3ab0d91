"""From drafts to claims: what names mean, and whether the text is about the theatre."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from geoline.errors import RequestError
from geoline.gazetteer.scan import LONG
from geoline.names import is_arabic
from geoline.reading.report.claim_reader import NEARBY
from geoline.reading.report.list_company import IN_COMPANY, named_in_company
from geoline.reading.report.memory import CONTROL
from geoline.reading.report.relevance import CLOSE, places_of
from geoline.reading.shared.extracted_claim import ExtractedClaim, once
from geoline.reading.shared.item import DaysSaid
from geoline.reading.shared.told_event import HAPPENED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geoline.gazetteer import Gazetteer, Resolution
    from geoline.reading.report.sentences import Sentence
    from geoline.reading.report.unplaced_claim import UnplacedClaim

__all__ = ["SURE", "UNREVIEWED", "TextAround", "placed_claims", "plain_name"]

# Sentences around whose names decide between namesakes; more where the near ones do not.
REACHES = (0, 3, 9)
# Names that decide each other's meaning at most, and how sure a name alone must be to need none.
MOST_NAMES, SURE = 12, 0.9
# What is said of a claim whose place only the country's list has.
UNREVIEWED = "a place of the country's list, that nobody reviewed"
_REGION = r"(?:state|province|governorate|region|district|oblast|county|prefecture)\b"
_TOWN = "(?:city|town|village|hamlet|settlement)"
_POSSESSIVE = re.compile(r"(?<=..)['’]s?$")
_POSSESSIVE_ENDS = frozenset({"s", "'", "’"})


@dataclass(slots=True)
class TextAround:
    """What stands around a draft: the text, its sentences, the names in them, words of the theatre.

    `context` are words of the theatre, of which one must stand nearby; empty: none is needed. The
    text begins at the code point `begins` of its report.
    """

    text: str
    cut: Sequence[Sentence]
    known: Mapping[int, Sequence[str]]
    context: frozenset[str]
    regions: frozenset[str]
    begins: int = 0
    answers: dict[str, Resolution] = field(default_factory=dict)
    _words: list[int] | None = field(default=None, init=False)
    _listed_at: list[int] | None = field(default=None, init=False)

    def _worded(self, first: int, last: int) -> bool:
        """Whether a word of the theatre stands between two code points."""
        if not self.context:
            return True
        if self._words is None:
            self._words = places_of(self.context, self.text)
        at = bisect_left(self._words, first)
        return at < len(self._words) and self._words[at] < last

    def about_theatre(self, number: int, *, unknown: bool = False) -> bool:
        """Whether the text near a sentence is about the theatre; an unknown name needs more."""
        low, high = max(0, number - NEARBY), min(len(self.cut) - 1, number + NEARBY)
        first, last = self.cut[low].start, self.cut[high].end
        named = self._worded(first, last)
        if unknown and not (named and self._named_beside(number)):
            return False
        if named:
            return bool(self._with_listed(low, high))
        return self._named_by_names(number)

    def _named_by_names(self, number: int) -> bool:
        """Whether two places of the theatre stand close to a sentence, or one of a long name."""
        close = self._with_listed(number - CLOSE, number + CLOSE)
        names = [name for n in close for name in self._listed(n)]
        near = {self.answers[name].candidates[0].id for name in names}
        if len(near) != 1:
            return bool(near)
        return any(
            len(name) >= LONG and " " in name and self.answers[name].status == "resolved"
            for name in names
        )

    def _with_listed(self, low: int, high: int) -> list[int]:
        """Give the sentences from one to another that have a known place."""
        if self._listed_at is None:
            self._listed_at = [n for n in sorted(self.known) if self._listed(n)]
        at = bisect_left(self._listed_at, low)
        return self._listed_at[at : bisect_right(self._listed_at, high)]

    def is_region(self, name: str) -> bool:
        """Whether an unknown name is a region's wherever the text says what it is."""
        said = re.escape(name)
        if not re.search(rf"\b{said}(?:['’]s)?\s+{_REGION}", self.text):
            return False
        return not re.search(rf"{_TOWN}s?\s+of\s+{said}\b|\b{said}\s+{_TOWN}\b", self.text)

    def _listed(self, number: int) -> list[str]:
        return [n for n in self.known.get(number, ()) if self.answers[n].status != "unknown"]

    def _named_beside(self, number: int) -> bool:
        """Whether a word of the theatre, or a known place, stands in a sentence or beside it."""
        first, last = self.cut[max(0, number - 1)], self.cut[min(number + 1, len(self.cut) - 1)]
        if self.context and self._worded(first.start, last.end):
            return True
        near = [name for n in (number - 1, number, number + 1) for name in self._listed(n)]
        return any(name not in self.regions for name in near)

    def company(self, told: set[int], doubtful: Iterable[str], reach: int) -> list[str]:
        """Names to decide between namesakes: those doubted, and those of the sentences around."""
        away = {
            n: abs(n - number)
            for number in sorted(told)
            for n in range(number - reach, number + reach + 1)
        }
        near = sorted(away, key=lambda n: (away[n], n))
        names = [name for number in near for name in self.known.get(number, ())]
        # A region's name says little of where its places are.
        local = [name for name in names if name not in self.regions]
        return list(dict.fromkeys([*doubtful, *local]))[:MOST_NAMES]


def placed_claims(
    gazetteer: Gazetteer,
    drafts: Sequence[UnplacedClaim],
    around: TextAround,
    published: date,
    country: Gazetteer | None = None,
) -> list[ExtractedClaim]:
    """Look the names of drafts up together, and keep what stands near places of the theatre.

    Parameters
    ----------
    gazetteer
        The places.
    drafts
        In the order of the text.
    around
        Where they stand; its `answers` hold the names already looked up.
    published
        Day of publication: nothing that has happened lies after it.
    country
        All places of the country, of which a name that is none of the places may be one near those
        that the report names.
    """
    said = [plain_name(draft.item.text) for draft in drafts]
    answers = _meanings(gazetteer, drafts, said, around)
    about: list[tuple[UnplacedClaim, str]] = []
    for draft, name in zip(drafts, said, strict=True):
        answer = answers.get(name)
        unknown = answer is None or answer.status == "unknown"
        if around.about_theatre(draft.sentence, unknown=unknown):
            about.append((draft, name))
    if country is not None:
        answers |= _of_country(country, [name for _, name in about], answers)
    claims = [_claim(draft, answers.get(name), around, published) for draft, name in about]
    return once([_seen(claim, gazetteer) for claim in claims if claim is not None])


def _seen(claim: ExtractedClaim, gazetteer: Gazetteer) -> ExtractedClaim:
    """Say of a place of the country's list that nobody looked at it."""
    if claim.place_id is None or claim.place_id in gazetteer:
        return claim
    return replace(claim, flag="; ".join(filter(None, (claim.flag, UNREVIEWED))))


def _of_country(
    country: Gazetteer, names: Iterable[str], answers: Mapping[str, Resolution]
) -> dict[str, Resolution]:
    """Look names that are none of the theatre's up among all places of the country.

    Only beside places that the report names for sure, and near them: elsewhere a word that is no
    name would become one of ten thousand villages.
    """
    sure = {
        (answer.candidates[0].lat, answer.candidates[0].lon)
        for answer in answers.values()
        if answer.status == "resolved"
    }
    lacking = [
        name
        for name in dict.fromkeys(names)
        if name not in answers or answers[name].status == "unknown"
        if _may_be_place(name)
    ]
    if not sure or not lacking:
        return {}
    found = country.resolve_together(lacking, around=sorted(sure))
    return {
        answer.query: answer
        for answer in found
        if answer.status == "resolved" and answer.candidates[0].id not in country.areas
    }


def _meanings(
    gazetteer: Gazetteer,
    drafts: Sequence[UnplacedClaim],
    said: Sequence[str],
    around: TextAround,
) -> dict[str, Resolution]:
    """Tell what names mean: each alone, those that may be several places by those beside them."""
    named = zip(drafts, said, strict=True)
    names = list(dict.fromkeys(name for draft, name in named if draft.item.kind == "name"))
    new = [name for name in names if name not in around.answers]
    around.answers |= dict(zip(new, gazetteer.resolve_many(new), strict=True))
    answers = dict(around.answers)
    where: dict[str, set[int]] = {name: set() for name in names if not _sure(answers[name])}
    for draft, name in zip(drafts, said, strict=True):
        if name in where:
            where[name].add(draft.sentence)
    for batch in _batches(drafts, said, list(where)):
        told = set().union(*(where[name] for name in batch))
        answers |= _decided(gazetteer, batch, told, around)
    return answers | named_in_company(gazetteer, _lists(drafts, said), answers)


def _lists(drafts: Sequence[UnplacedClaim], said: Sequence[str]) -> list[list[str]]:
    """Give the names that one event is told of, for each event."""
    lists: dict[int, list[str]] = {}
    for draft, name in zip(drafts, said, strict=True):
        if draft.item.kind == "name":
            lists.setdefault(id(draft.told), []).append(name)
    return list(lists.values())


def _decided(
    gazetteer: Gazetteer, batch: Sequence[str], told: set[int], around: TextAround
) -> dict[str, Resolution]:
    """Decide between namesakes by the names beside them; by more where the nearest do not."""
    answers: dict[str, Resolution] = {}
    left = list(batch)
    for reach in REACHES:
        company = around.company(told, left, reach)
        if len(company) <= len(left) and reach < REACHES[-1]:
            continue  # nothing beside them to decide by
        together = dict(zip(company, gazetteer.resolve_together(company), strict=True))
        answers |= {name: together[name] for name in left}
        answers |= _in_region(gazetteer, left, answers, told, around)
        left = [name for name in left if answers[name].status == "ambiguous"]
        if not left:
            break
    return answers


def _in_region(
    gazetteer: Gazetteer,
    names: Sequence[str],
    answers: Mapping[str, Resolution],
    told: set[int],
    around: TextAround,
) -> dict[str, Resolution]:
    """Decide names that may be several places by the one region that their sentence names."""
    regions = around.regions.intersection(name for n in told for name in around.known.get(n, ()))
    doubted = [name for name in names if answers[name].status == "ambiguous"]
    if len(regions) != 1 or not doubted:
        return {}
    (region,) = regions
    try:
        found = {name: gazetteer.resolve(name, within=region) for name in doubted}
    except RequestError:  # no place is listed in it, and its own name may be several places
        return {}
    return {name: answer for name, answer in found.items() if answer.status == "resolved"}


def _batches(
    drafts: Sequence[UnplacedClaim], said: Sequence[str], doubtful: Sequence[str]
) -> list[list[str]]:
    """Part the names to be decided between into groups that stand together in the text."""
    groups: list[list[str]] = []
    at = -NEARBY
    left = dict.fromkeys(doubtful)
    for draft, name in zip(drafts, said, strict=True):
        if name not in left:
            continue
        del left[name]
        if not groups or draft.sentence > at + CLOSE or len(groups[-1]) >= MOST_NAMES // 2:
            groups.append([])
            at = draft.sentence
        groups[-1].append(name)
    return groups


def _sure(answer: Resolution) -> bool:
    """Whether a name needs no context."""
    return answer.status == "unknown" or (
        answer.status == "resolved" and answer.candidates[0].score >= SURE
    )


def plain_name(name: str) -> str:
    """Give a name on one line, without a possessive s."""
    name = " ".join(name.split())
    return _POSSESSIVE.sub("", name) if name[-1:] in _POSSESSIVE_ENDS else name


def _may_be_place(name: str) -> bool:
    return len(name) > len("al") and not name.isupper() and name[0].isalpha()


class _Where(NamedTuple):
    """What a claim is about, the place it means, and what a reader should look at."""

    about: str
    place_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    flag: str = ""


def _claim(
    draft: UnplacedClaim, answer: Resolution | None, around: TextAround, published: date
) -> ExtractedClaim | None:
    """Give the claim that a draft is, None if its name is no place's or it lies in the future."""
    where, days = _where(draft, answer, around), _days(draft, published)
    if where is None or days is None:
        return None
    certainty, doubt = _whose(draft)
    road, sentence = draft.told.road, around.cut[draft.sentence]
    return ExtractedClaim(
        place=draft.item.text if where.about == "road" else plain_name(draft.item.text),
        place_id=where.place_id,
        lat=where.lat,
        lon=where.lon,
        about=where.about,
        road=road.value if where.about == "road" and road else "",
        event=draft.event,
        actor=draft.side,
        from_actor=draft.other,
        first=days.first,
        last=days.last,
        precision=days.precision,
        certainty=certainty,
        attributed_to=draft.speaker,
        span=(around.begins + draft.span[0], around.begins + draft.span[1]),
        evidence=" ".join(around.text[sentence.start : sentence.end].split()),
        flag="; ".join(part for part in (where.flag, doubt) if part),
        rule=draft.told.rule,
    )


def _where(draft: UnplacedClaim, answer: Resolution | None, around: TextAround) -> _Where | None:
    """Give the place that a draft means; an unknown name is kept where one may be a place's."""
    if draft.told.event.startswith("road"):
        return _Where("road")
    about, name = "post" if draft.told.post else "place", plain_name(draft.item.text)
    if answer is None or answer.status == "unknown":
        kept = draft.event in CONTROL and _may_be_place(name) and not around.is_region(name)
        listed = len(draft.told.places) > 1  # a lone word of Arabic may be any
        if not kept or (is_arabic(name) and not listed):
            return None
        nearest = ", ".join(one.id for one in answer.candidates[:3]) if answer else ""
        return _Where(about, flag=f"unknown name, nearest {nearest}" if nearest else "unknown name")
    if answer.status == "ambiguous":
        return _Where(about, flag="may be " + ", ".join(c.id for c in answer.candidates[:4]))
    best = answer.candidates[0]
    other = "spelt otherwise, told by its list" if answer.decided_by == IN_COMPANY else ""
    return _Where(about, best.id, best.lat, best.lon, other)


def _whose(draft: UnplacedClaim) -> tuple[str, str]:
    """Give how sure a claim is, seeing whether it is said whose it is, and what to look at."""
    if not draft.side and draft.event not in {"clash", "strike"}:
        doubted = draft.event in CONTROL
        return "unclear" if doubted else draft.certainty, "who is not said"
    return draft.certainty, "who is taken from the sentences around" if draft.guessed else ""


def _days(draft: UnplacedClaim, published: date) -> DaysSaid | None:
    """Give the days of a claim: what has happened lies not after the report; None if it would."""
    now = draft.event == "held"  # who holds a place holds it when that is told
    days = draft.days or DaysSaid(
        0, 0, published if now else None, published, "day" if now else "by"
    )
    if _whose(draft)[0] not in HAPPENED or days.last <= published:
        return days
    future = days.first is not None and days.first > published
    return None if future else days._replace(last=published)
