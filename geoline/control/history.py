"""A place's whole history: who came to hold it when, on whose word, and which days others give.

What the map says in one colour, this says with its contradictions: "Saraqib: 5, 6 or 8 February,
and why we say 6".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from geoline.control.evidence import Tally, Weigher
from geoline.holder import UNKNOWN
from geoline.repr_html import Markup, html_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geoline.claims import Claim, Source
    from geoline.control.evidence import Alliances
    from geoline.control.spells import Spell

__all__ = ["History", "Turn", "place_history"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A change of the holder.

    Parameters
    ----------
    day
        The day from whose end on the new holder holds the place.
    from_holder, to_holder
        Party ids, or `unknown`.
    confidence
        0 to 1, at the end of what was said of it.
    days
        What was said of each day until the next turn, the claims in the order of their ids.
    why
        Why this day and not another one that was given, in words.
    """

    day: date
    from_holder: str
    to_holder: str
    confidence: float
    days: dict[date, tuple[Claim, ...]]
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What is known of one place.

    Parameters
    ----------
    first
        What holds before the first turn.
    before
        What was said of the days until the first turn.
    turns
        Changes of the holder, in order.
    contested
        First and last day of each stretch in which an enemy was inside.
    """

    first: Spell
    before: dict[date, tuple[Claim, ...]]
    turns: tuple[Turn, ...]
    contested: tuple[tuple[date, date | None], ...]

    def _repr_html_(self) -> str:
        start = f"{self.first.holder} before, confidence {self.first.confidence:.2f}"
        rows: list[tuple[object, ...]] = [("", Markup(f"<b>{escape(start)}</b>"), "", "")]
        rows += _told(self.before)
        for turn in self.turns:
            became = f"{turn.from_holder} → {turn.to_holder}, confidence {turn.confidence:.2f}"
            rows.append((turn.day, Markup(f"<b>{escape(became)}</b>"), "", turn.why))
            rows += _told(turn.days)
        return html_table(["day", "place_claim", "by whom", "why this day"], rows)


def _told(days: Mapping[date, Sequence[Claim]]) -> list[tuple[object, ...]]:
    return [
        (
            f"by {day}" if claim.bound else day,
            f"{claim.event} ({'; '.join(claim.actor)})",
            claim.source + (f" after {', '.join(claim.origins)}" if claim.origins else ""),
            claim.note,
        )
        for day, claims in days.items()
        for claim in claims
    ]


def place_history(
    claims: Iterable[Claim],
    spells: Sequence[Spell],
    *,
    sources: Mapping[str, Source],
    sides: Alliances,
) -> History:
    """Put a place's claims beside what was made of them.

    Parameters
    ----------
    claims
        Those about the place that stand.
    spells
        What `geoline.control.holders` made of them.
    sources, sides
        Who speaks, and for whom.
    """
    weigher = Weigher(sources, sides)
    told = sorted(claims, key=lambda c: (c.when.end, c.claim_id))
    marks = [spells[0]]
    for spell in spells[1:]:
        if spell.holder != marks[-1].holder:
            marks.append(spell)
    starts = [_begins(mark, told, marks) for mark in marks]
    turns = []
    for number, mark in enumerate(marks[1:], start=1):
        end = starts[number + 1] if number + 1 < len(marks) else None
        mine = [c for c in told if starts[number] <= c.when.end and (not end or c.when.end < end)]
        last = [s for s in spells if s.start >= mark.start and s.holder == mark.holder]
        if number + 1 < len(marks):
            last = [s for s in last if s.start < marks[number + 1].start]
        turns.append(
            Turn(
                # A holder given his place back never lost it; the turn is the day he had it again.
                day=mark.since if mark.since > marks[number - 1].start else mark.start,
                from_holder=marks[number - 1].holder,
                to_holder=mark.holder,
                confidence=last[-1].confidence,
                days=_by_day(mine),
                why=_why(mark, mine, weigher),
            )
        )
    early = [c for c in told if len(marks) == 1 or c.when.end < starts[1]]
    return History(
        first=spells[0],
        before=_by_day(early),
        turns=tuple(turns),
        contested=tuple(_contested(spells)),
    )


def _begins(mark: Spell, told: Sequence[Claim], marks: Sequence[Spell]) -> date:
    """Find the first day that is given for a turn: a capture by its side since the turn before."""
    number = marks.index(mark)
    if number == 0:
        return mark.start
    after = marks[number - 1].start
    given = [
        c.when.end
        for c in told
        if c.effect == "takes"
        and c.actor[0] == mark.holder
        and after < c.when.end <= mark.start
        and not any(
            o.effect == "takes"
            and o.actor[0] != mark.holder
            and c.when.end < o.when.end < mark.start
            for o in told
        )
    ]
    return min(given, default=mark.start)


def _by_day(claims: Iterable[Claim]) -> dict[date, tuple[Claim, ...]]:
    days: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims:
        days[claim.when.end].append(claim)
    return {day: tuple(some) for day, some in sorted(days.items())}


def _why(mark: Spell, told: Sequence[Claim], weigher: Weigher) -> str:
    """Say why the turn is dated as it is."""
    if mark.holder == UNKNOWN:
        return "the holder is said to have left, and nobody to have come in"
    captures = [c for c in told if c.effect == "takes" and c.actor[0] == mark.holder]
    days = sorted({c.when.end for c in captures if not c.bound})
    if not days or mark.start not in days:
        if mark.start in {c.when.end for c in captures}:
            return "no source gives the day: it was taken by then"
        return "what was claimed before stood until the end of this day"
    reasons = ["the first day on which its capture outweighs what speaks against it"]
    reasons += [f"not {d}: {_against(d, mark, told, weigher)}" for d in days if d < mark.start]
    later = [day for day in days if day > mark.start]
    if later:
        listed = ", ".join(day.isoformat() for day in later)
        reasons.append(f"{listed}: given by others, when it was claimed already")
    return "; ".join(reasons)


def _against(day: date, mark: Spell, told: Sequence[Claim], weigher: Weigher) -> str:
    """Say what spoke against a capture on a day."""
    on = [c for c in told if c.when.end == day]

    def voices(effect: str, *, mine: bool) -> int:
        some = [c for c in on if c.effect == effect and (c.actor[0] == mark.holder) == mine]
        return len(Tally(v for c in some for v in weigher.voices(c)).best)

    parts = [
        (voices("takes", mine=True), "for it"),
        (voices("enters", mine=True), "report no more than an entering"),
        (voices("denies", mine=False), "deny it"),
        (voices("takes", mine=False), "report a capture by the other side"),
    ]
    said = ", ".join(f"{number} {what}" for number, what in parts if number)
    takes = [c for c in on if c.effect == "takes" and c.actor[0] == mark.holder]
    alone = not Tally(v for c in takes for v in weigher.voices(c)).free
    return f"voices: {said}" + (", the gaining side's own word alone" if alone else "")


def _contested(spells: Sequence[Spell]) -> Iterable[tuple[date, date | None]]:
    start = None
    for spell, following in pairwise([*spells, None]):
        if spell is None:
            continue
        if spell.contested and start is None:
            start = spell.start
        if start is not None and (following is None or not following.contested):
            yield start, following.start if following else None
            start = None
