"""A place's whole history: who came to hold it when, on whose word, and which days others give.

What the map says in one colour, this says with its contradictions: "Saraqib: 5, 6 or 8 February,
and why we say 6".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from geoline.control.evidence import Weigher
from geoline.holder import UNKNOWN
from geoline.repr_html import Markup, html_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geoline.claims import Claim, Source
    from geoline.control.evidence import Alliances, Tally
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
        return html_table(["day", "said", "by whom", "why this day"], rows)


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
    held = [tuple(some) for _, some in groupby(spells, key=attrgetter("holder"))]
    starts = [_begins(now[0], told, after=before[0].start) for before, now in pairwise(held)]
    ends = [*starts, None][1:]
    return History(
        first=spells[0],
        before=_by_day(_between(told, None, starts[0] if starts else None)),
        turns=tuple(
            _turn(before[0], now, _between(told, start, end), weigher)
            for (before, now), start, end in zip(pairwise(held), starts, ends, strict=True)
        ),
        contested=tuple(_contested(spells)),
    )


def _turn(before: Spell, held: Sequence[Spell], told: Sequence[Claim], weigher: Weigher) -> Turn:
    """Tell of one turn: the first spell of the holder before, and all spells of the one now."""
    mark = held[0]
    return Turn(
        # A holder given his place back never lost it; the turn is the day he had it again.
        day=mark.since if mark.since > before.start else mark.start,
        from_holder=before.holder,
        to_holder=mark.holder,
        confidence=held[-1].confidence,
        days=_by_day(told),
        why=_why(mark, told, weigher),
    )


def _begins(mark: Spell, told: Sequence[Claim], *, after: date) -> date:
    """Find the first day that is given for a turn: a capture by its side since the turn before."""
    mine = [c.when.end for c in _captures(told, mark.holder)]
    others = [c.when.end for c in told if c.effect == "takes" and c.actor[0] != mark.holder]
    # Before the other side took it, the capture was of another turn.
    lost = max((day for day in others if day < mark.start), default=after)
    return min((d for d in mine if after < d <= mark.start and lost <= d), default=mark.start)


def _between(claims: Sequence[Claim], start: date | None, end: date | None) -> list[Claim]:
    """Give the claims of a day and later ones, before another day; None for no bound."""
    return [
        claim
        for claim in claims
        if (start is None or start <= claim.when.end) and (end is None or claim.when.end < end)
    ]


def _captures(claims: Iterable[Claim], holder: str) -> list[Claim]:
    return [c for c in claims if c.effect == "takes" and c.actor[0] == holder]


def _by_day(claims: Iterable[Claim]) -> dict[date, tuple[Claim, ...]]:
    days: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims:
        days[claim.when.end].append(claim)
    return {day: tuple(some) for day, some in sorted(days.items())}


def _why(mark: Spell, told: Sequence[Claim], weigher: Weigher) -> str:
    """Say why the turn is dated as it is."""
    if mark.holder == UNKNOWN:
        return "the holder is said to have left, and nobody to have come in"
    captures = _captures(told, mark.holder)
    days = sorted({c.when.end for c in captures if not c.bound})
    if mark.start in days:
        return "; ".join(_why_of(days, mark, told, weigher))
    if mark.start in {c.when.end for c in captures}:
        return "no source gives the day: it was taken by then"
    return "what was claimed before stood until the end of this day"


def _why_of(
    days: Sequence[date], mark: Spell, told: Sequence[Claim], weigher: Weigher
) -> Iterable[str]:
    """Say why the turn is on its day and not on another of those given."""
    yield "the first day on which its capture outweighs what speaks against it"
    for day in days:
        if day < mark.start:
            yield f"not {day}: {_against(day, mark, told, weigher)}"
    later = [day.isoformat() for day in days if day > mark.start]
    if later:
        yield f"{', '.join(later)}: given by others, when it was claimed already"


def _against(day: date, mark: Spell, told: Sequence[Claim], weigher: Weigher) -> str:
    """Say what spoke against a capture on a day."""
    on = [c for c in told if c.when.end == day]

    def heard(effect: str, *, mine: bool) -> Tally:
        some = (c for c in on if c.effect == effect and (c.actor[0] == mark.holder) == mine)
        return weigher.tally(some)

    captures = heard("takes", mine=True)
    parts = [
        (captures, "for it"),
        (heard("enters", mine=True), "report no more than an entering"),
        (heard("denies", mine=False), "deny it"),
        (heard("takes", mine=False), "report a capture by the other side"),
    ]
    said = ", ".join(f"{len(tally.best)} {what}" for tally, what in parts if tally.best)
    return f"voices: {said}" + ("" if captures.free else ", the gaining side's own word alone")


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
