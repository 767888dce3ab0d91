"""From the text of a report to the claims in it, each with the words it rests on.

Sentences without a word of the field are left at once. The others become items (names, sides, days,
verbs), items become frames (who did what to which place), and the report decides what pronouns and
names mean: names are looked up together, and a name that no list has is kept and flagged. Nothing
is claimed in text that names no place of the theatre nearby, so news of other countries and topics
gives nothing.

Every claim is what a sentence says, to be checked by a person: `certainty` is `asserted` or
`reported` (someone's word) for what is said to have happened, `unclear` for what is doubted, and
`foreseen` for plans, conditions and what is expected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geoline.extracted import Extracted, once
from geoline.frame import Frame
from geoline.frame_words import TRIGGERS
from geoline.frames import frames
from geoline.report_days import days_said
from geoline.report_focus import (
    CONTROL,
    Focus,
    certainty_of,
    continued,
    denier_of,
    meant,
    refocus,
)
from geoline.scan import Scanner
from geoline.sentence_items import Item, items_of
from geoline.sentences import Sentence, regions, sentences
from geoline.side_words import SideWords
from geoline.speakers import Speech, speeches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geoline.gazetteer import Gazetteer, Resolution
    from geoline.report_days import DaysSaid

__all__ = ["Extractor"]

# A claim needs a place of the gazetteer named within so many sentences.
NEARBY = 15
# Where no word of the theatre stands there either, two places within so many.
CLOSE = 4
# Names that decide each other's meaning at most, and how sure a name alone must be to need none.
MOST_NAMES, SURE = 40, 0.97
# A name of two words and so many letters is no other place's by chance.
LONG = 10
_TRIGGER = re.compile(
    r"(?<![^\W_])(?:" + "|".join(sorted(TRIGGERS)) + r"|[^\W_]+-held)", re.IGNORECASE
)
_TAKING = frozenset({"captured", "recaptured", "entered"})


@dataclass(slots=True)
class _Draft:
    """A claim before its name is looked up."""

    item: Item
    frame: Frame
    side: str
    other: str
    certainty: str
    speaker: str
    sentence: int
    span: tuple[int, int]
    days: DaysSaid | None = None
    # Whether no agent is named, so that the side that acted before is taken.
    guessed: bool = False


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
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        sides: SideWords,
        *,
        context: Iterable[str] = (),
        holders: Iterable[str] = (),
        regions: Iterable[str] = (),
    ) -> None:
        self.gazetteer = gazetteer
        self.sides = sides
        self.holders = frozenset(holders)
        self._regions = frozenset(regions)
        self._scanner = Scanner(gazetteer)
        names = sorted({re.escape(name) for name in context if name})
        self._context = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None

    def claims(self, text: str, published: date) -> list[Extracted]:
        """Find the claims of a report.

        Parameters
        ----------
        text
            The report.
        published
            Its day; "on Tuesday" is relative to it.

        Returns
        -------
        list of Extracted
            In the order of the text, each said once.
        """
        found = []
        for start, end in [(0, len(text))]:
            found += [
                replace(claim, span=(start + claim.span[0], start + claim.span[1]))
                for claim in self._of_region(text[start:end], published)
            ]
        return once(found)

    def _of_region(self, text: str, published: date) -> list[Extracted]:
        cut = sentences(text)
        told = [n for n, s in enumerate(cut) if _TRIGGER.search(text, s.start, s.end)]
        if not told:
            return []
        read = sorted({n for number in told for n in (number - 1, number) if n >= 0})
        named = self._names(text, cut, read)
        if not any(named.values()):
            return []
        drafts = self._drafts(text, cut, set(told), named, published)
        return self._resolved(text, cut, drafts, named, published) if drafts else []

    def _names(
        self, text: str, cut: Sequence[Sentence], read: Sequence[int]
    ) -> dict[int, list[tuple[int, int]]]:
        """Names of places by sentence, counted from its start; all are scanned at once."""
        parts, starts, length = [], [], 0
        for number in read:
            part = text[cut[number].start : cut[number].end]
            parts.append(part)
            starts.append(length)
            length += len(part) + 2
        named: dict[int, list[tuple[int, int]]] = {number: [] for number in read}
        at = 0
        for span in self._scanner.spans("\n\n".join(parts)):
            while at + 1 < len(starts) and starts[at + 1] <= span.start:
                at += 1
            low = starts[at]
            end = span.end - 2 if span.text.endswith(("'s", "’s")) else span.end
            named[read[at]].append((span.start - low, end - low))
        return named

    def _drafts(
        self,
        text: str,
        cut: Sequence[Sentence],
        told: set[int],
        named: Mapping[int, list[tuple[int, int]]],
        published: date,
    ) -> list[_Draft]:
        drafts: list[_Draft] = []
        focus = Focus()
        last = -2
        for number in sorted(named):
            if number > last + 1 + NEARBY:
                focus = Focus()
            last = number
            sentence = cut[number]
            said = text[sentence.start : sentence.end]
            days = days_said(said, published, focus.day)
            focus.day = days[-1].last if days else focus.day
            items = items_of(said, self.sides, named[number], days, self._regions)
            words = speeches(said, focus.speaker)
            found = frames(said, items) if number in told else []
            named_now = continued(items, focus)
            if named_now and focus.counted is not None:
                found.insert(0, _again(focus.counted, named_now, items))
            for order, frame in enumerate(found):
                earlier = found[:order]
                drafts += self._of_frame(
                    items, frame, words, focus, number, sentence.start, earlier
                )
            refocus(items, found, words, focus)
        return drafts

    def _of_frame(  # noqa: PLR0913, PLR0917
        self,
        items: Sequence[Item],
        frame: Frame,
        words: Sequence[Speech],
        focus: Focus,
        number: int,
        start: int,
        earlier: Sequence[Frame],
    ) -> list[_Draft]:
        nowhere = frame.event == "held" or not (frame.places or frame.means or frame.road)
        if frame.mood == "negated" or frame.side_means == "other" or nowhere:
            return []
        verb = items[frame.at]
        side = frame.side or self._meant_side(frame, focus, earlier)
        certainty, speaker = certainty_of(frame, words, verb)
        event = frame.event
        if frame.mood == "denied":
            if event not in {"captured", "recaptured", "entered", "lost", "withdrew"}:
                return []
            side = denier_of(items, frame) or (side if event in {"lost", "withdrew"} else "")
            frame.event, certainty = "denied", "reported"
            if not side:
                return []
        elif event in _TAKING and side and self.holders and side not in self.holders:
            return []
        if frame.road is not None and not frame.places:
            places = [frame.road]
        else:
            places = frame.places or meant(items, frame, focus, earlier)
            frame.places = places
        other = frame.other
        days = frame.days if len(frame.days) == len(places) else frame.days[:1] * len(places)
        days = days or [None] * len(places)
        return [
            _Draft(
                item,
                frame,
                side,
                other if other != side else "",
                certainty,
                speaker,
                number,
                (
                    start + min(verb.start, item.start if item.start >= 0 else verb.start),
                    start + max(verb.end, item.end),
                ),
                days=said,
                guessed=not frame.side and frame.side_means == "agent" and bool(side),
            )
            for item, said in zip(places, days, strict=True)
        ]

    @staticmethod
    def _meant_side(frame: Frame, focus: Focus, earlier: Sequence[Frame]) -> str:
        """Give the side meant where none is named: one that acted in the sentence, or before it."""
        if frame.side_means not in {"they", "agent"}:
            return ""
        acted = [f.side for f in earlier if f.side and f.event not in {"lost", "withdrew"}]
        return acted[-1] if acted else focus.side

    def _resolved(
        self,
        text: str,
        cut: Sequence[Sentence],
        drafts: Sequence[_Draft],
        named: Mapping[int, list[tuple[int, int]]],
        published: date,
    ) -> list[Extracted]:
        """Look the names up together, and keep what stands near places of the theatre."""
        known = {
            number: [_plain(text[cut[number].start + a : cut[number].start + b]) for a, b in spans]
            for number, spans in named.items()
        }
        names = list(
            dict.fromkeys(
                [name for found in known.values() for name in found]
                + [_plain(d.item.text) for d in drafts if d.item.kind == "name"]
            )
        )
        answers = dict(zip(names, self.gazetteer.resolve_many(names), strict=True))
        doubtful = {
            _plain(d.item.text): None
            for d in drafts
            if d.item.kind == "name" and not _sure(answers[_plain(d.item.text)])
        }
        if doubtful:
            company = self._company(known, {d.sentence for d in drafts}, doubtful)
            together = self.gazetteer.resolve_together(company)
            answers |= dict(zip(company, together, strict=True))
        found: list[Extracted] = []
        for draft in drafts:
            answer = answers.get(_plain(draft.item.text))
            unknown = answer is None or answer.status == "unknown"
            if not self._in_theatre(text, cut, draft.sentence, known, answers, unknown=unknown):
                continue
            claim = self._claim(text, cut, draft, answers, published)
            if claim is not None:
                found.append(claim)
        return once(found)

    def _company(
        self, known: Mapping[int, list[str]], told: set[int], doubtful: Iterable[str]
    ) -> list[str]:
        """Names to decide between namesakes: those doubted, and those of the sentences around."""
        around = {n for number in told for n in range(number - 3, number + 4)}
        names = [name for number in sorted(around) for name in known.get(number, ())]
        # A region's name says little of where its places are.
        local = [name for name in names if name not in self._regions]
        return list(dict.fromkeys([*doubtful, *local]))[:MOST_NAMES]

    def _in_theatre(  # noqa: PLR0913
        self,
        text: str,
        cut: Sequence[Sentence],
        number: int,
        known: Mapping[int, list[str]],
        answers: Mapping[str, Resolution],
        *,
        unknown: bool,
    ) -> bool:
        """Whether the text nearby is about the theatre; a name that no list has needs more."""
        low, high = number - NEARBY, number + NEARBY
        first, last = cut[max(0, low)].start, cut[min(len(cut) - 1, high)].end
        named = self._context is None or bool(self._context.search(text, first, last))
        if not named:
            if unknown:
                return False
            low, high = number - CLOSE, number + CLOSE
        names = [
            name
            for n in range(low, high + 1)
            for name in known.get(n, ())
            if answers[name].status != "unknown"
        ]
        near = {answers[name].candidates[0].id for name in names}
        if not near or (self._context is not None and named):
            return bool(near)
        return len(near) > 1 or any(
            len(name) >= LONG and " " in name and answers[name].status == "resolved"
            for name in names
        )

    def _claim(
        self,
        text: str,
        cut: Sequence[Sentence],
        draft: _Draft,
        answers: Mapping[str, Resolution],
        published: date,
    ) -> Extracted | None:
        frame, item = draft.frame, draft.item
        name = _plain(item.text)
        answer = answers.get(name) if item.kind == "name" else None
        place_id, lat, lon, flag = None, None, None, ""
        about = "road" if frame.event.startswith("road") else "post" if frame.post else "place"
        if about != "road":
            if answer is None or answer.status == "unknown":
                if frame.event not in CONTROL or not _may_be_place(name):
                    return None
                flag = "unknown name"
            elif answer.status == "ambiguous":
                flag = "may be " + ", ".join(c.id for c in answer.candidates[:4])
            else:
                best = answer.candidates[0]
                place_id, lat, lon = best.id, best.lat, best.lon
        certainty = draft.certainty
        if not draft.side and frame.event not in {"clash", "strike"}:
            certainty = "unclear" if frame.event in CONTROL else certainty
            flag = "; ".join(filter(None, [flag, "who is not said"]))
        elif draft.guessed:
            flag = "; ".join(filter(None, [flag, "who is taken from the sentence before"]))
        days = draft.days
        first, last, precision = (
            (days.first, days.last, days.precision) if days else (None, published, "by")
        )
        if draft.certainty in {"asserted", "reported"} and last > published:
            if first is not None and first > published:
                return None
            last = published
        sentence = cut[draft.sentence]
        return Extracted(
            place=item.text if about == "road" else name,
            place_id=place_id,
            lat=lat,
            lon=lon,
            about=about,
            road=frame.road.value if about == "road" and frame.road else "",
            event=frame.event,
            actor=draft.side,
            from_actor=draft.other,
            first=first,
            last=last,
            precision=precision,
            certainty=certainty,
            attributed_to=draft.speaker,
            span=draft.span,
            evidence=" ".join(text[sentence.start : sentence.end].split()),
            flag=flag,
        )


def _again(counted: Frame, places: list[Item], items: Sequence[Item]) -> Frame:
    """Say of places that are named later what was said of their number."""
    at = next(n for n, item in enumerate(items) if item is places[0])
    days = counted.days[:1] or [None]
    return Frame(
        counted.event,
        at,
        counted.mood,
        places,
        days * len(places),
        side=counted.side,
        side_means=counted.side_means,
    )


def _sure(answer: Resolution) -> bool:
    """Whether a name needs no context."""
    return answer.status == "unknown" or (
        answer.status == "resolved" and answer.candidates[0].score >= SURE
    )


def _plain(name: str) -> str:
    return re.sub(r"(?<=..)['’]s?$", "", " ".join(name.split()))


def _may_be_place(name: str) -> bool:
    return len(name) > 2 and not name.isupper() and name[0].isalpha()  # noqa: PLR2004
