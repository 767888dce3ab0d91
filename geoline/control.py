"""From contradicting claims to who held a place on which day.

The rule, in the order in which `hold` follows it, for one place at a time:

1.  Voices. A claim speaks with the voice of the sources it repeats, or its own; whoever repeats the
    Observatory is the Observatory. A voice counts once, however often it is relayed.
2.  Weight. A voice weighs by its Admiralty reliability, times the credibility of the information;
    half of that if it speaks for its own side, a quarter more if it speaks against it. Weights are
    added as evidence, -ln(1 - w); all voices that speak for their own side together weigh at most
    as much as `evidence.OWN_SIDE_CAP`.
3.  Cautious wording counts. Who reports an entering does not report a capture on that day.
4.  Runs. Captures by one side with no capture by another between them are one run; the run's day is
    the weighted median of the days that its voices give. "By" claims (cumulative lists) bound a
    change but do not date it, unless nothing else does; they undo no loss dated inside them.
5.  Turns. A run changes the holder if its evidence is worth something (`LEAST`) and outweighs the
    denials of the side that held the place, the voices that report no more than an entering that
    day, and a quarter of the same day's captures by the other side (one may follow the other).
    Otherwise the holder stays and the place is disputed: its confidence says so.
6.  A withdrawal adds to the run of the side that comes in, a denial to that of the side it speaks
    for. Where a side leaves and nobody is said to come in, the holder is unknown from then on.
7.  Contested: a side is said to be inside without having taken the place, for `CONTESTED_DAYS`
    or until it takes it or leaves. Besieged: likewise for all ways out.

Two sources are not required: a claim by one side only stands as claimed, with the confidence that
it has. No holder without a claim or a baseline behind it. Pure: no clock, no files.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geoline.evidence import MOST, Sides, Weigher, certainty
from geoline.runs import Run, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geoline.claims import Claim, Source

__all__ = ["UNKNOWN", "Baseline", "Spell", "hold", "hold_all", "spell_on"]

UNKNOWN = "unknown"

OUTWEIGHS = 1.5
LEAST = 0.15
SAME_DAY = 0.25
DENIAL_REACHES = timedelta(days=1)
WITHDRAWAL_REACHES = timedelta(days=3)
INSISTING_REACHES = timedelta(days=7)
CONTESTED_DAYS = 3
BESIEGED_DAYS = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """Who held a place on the eve, and how sure that is (0 to 1)."""

    holder: str
    as_of: date
    confidence: float
    source: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """A stretch of days, from `start` to the next spell, with one answer.

    Parameters
    ----------
    start
        First day, at its end.
    holder
        Party id or `unknown`.
    since
        The day this holder came to hold the place.
    contested, besieged
        Whether the enemy is inside; whether all ways out are held.
    confidence
        0 to 1, how much the evidence says that the holder held it.
    claims
        Ids of the claims behind it; empty where the baseline alone speaks.
    against
        Ids of the claims that say otherwise.
    dated
        Whether `since` is a day that a source gives, not a bound ("by then") or the baseline.
    """

    start: date
    holder: str
    since: date
    contested: bool = False
    besieged: bool = False
    confidence: float = 0.0
    claims: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    dated: bool = False


def hold(
    claims: Iterable[Claim],
    *,
    baseline: Baseline | None,
    sources: Mapping[str, Source],
    sides: Sides,
) -> tuple[Spell, ...]:
    """Find who held one place, from the eve on.

    Parameters
    ----------
    claims
        What is claimed about the place, in any order.
    baseline
        Who held it on the eve, if known.
    sources, sides
        Who speaks, and for whom.

    Returns
    -------
    tuple of Spell
        In order of days; the first is the baseline (or unknown). The order of the claims does not
        matter, and a claim given twice counts once.
    """
    unique = sorted(
        {c.claim_id: c for c in claims}.values(), key=lambda c: (c.when.end, c.claim_id)
    )
    weigher = Weigher(sources, sides)
    told = Told(unique, weigher)
    first = baseline.as_of if baseline else date.min
    spell = Spell(
        start=first,
        since=first,
        holder=baseline.holder if baseline else UNKNOWN,
        confidence=baseline.confidence if baseline else 0.0,
    )
    spells = [spell]
    for run in told.runs(after=first, holder=spell.holder):
        spell = _turn(spells[-1], run, told, weigher)
        if spell.start == spells[-1].start:
            spells.pop()
        spells.append(spell)
    return tuple(_with_states(_with_departures(spells, told), told, weigher))


def hold_all(
    claims: Iterable[Claim],
    *,
    baseline: Mapping[str, Baseline],
    sources: Mapping[str, Source],
    sides: Sides,
    known: date | None = None,
) -> dict[str, tuple[Spell, ...]]:
    """Find who held every place that is claimed or in the baseline.

    Parameters
    ----------
    claims
        All claims; those about posts, roads or undecided places are passed over.
    known
        Only what was public by this day counts; None for all that is known now.

    Returns
    -------
    dict
        Spells by place id, in the order of the ids.
    """
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.about == "place" and claim.place_id and (known is None or claim.known <= known):
            by_place[claim.place_id].append(claim)
    return {
        place: hold(
            by_place.get(place, ()), baseline=baseline.get(place), sources=sources, sides=sides
        )
        for place in sorted(by_place.keys() | baseline.keys())
    }


def spell_on(spells: Sequence[Spell], day: date) -> Spell:
    """Find the spell that holds at the end of a day (the first one for any earlier day)."""
    return spells[max(0, bisect_right([s.start for s in spells], day) - 1)]


def _turn(before: Spell, run: Run, told: Told, weigher: Weigher) -> Spell:
    """Follow a run: it confirms the holder, changes it, or leaves the place disputed."""
    ids = tuple(c.claim_id for c in run.claims)
    leaving = [
        c
        for c in told.leaves
        if c.actor[0] == before.holder != run.party
        and run.first - DENIAL_REACHES <= c.when.end <= run.last + WITHDRAWAL_REACHES
    ]
    insisting = [
        c
        for c in told.denies
        if c.actor[0] == run.party and run.first <= c.when.end <= run.last + INSISTING_REACHES
    ]
    support = weigher.evidence([*run.claims, *leaving, *insisting])
    if run.party == before.holder:
        evidence = support - math.log1p(-min(before.confidence, MOST))
        return replace(
            before,
            confidence=certainty(evidence, 0.0) if not before.against else before.confidence,
            claims=before.claims + ids,
        )
    denials = [
        c
        for c in told.denies
        if c.actor[0] == before.holder
        and run.first - DENIAL_REACHES <= c.when.end <= run.last + DENIAL_REACHES
    ]
    voices = frozenset(v for c in run.claims for v in weigher.voices(c))
    same_day = [
        c
        for c in told.takes
        if c.actor[0] == before.holder and c.when.end == run.first and c.precision != "by"
    ]
    only_inside = [c for c in told.enters if c.actor[0] == run.party and c.when.end == run.last]
    against = max(
        LEAST,
        OUTWEIGHS * weigher.evidence(denials),
        weigher.evidence(only_inside, without=voices),
        SAME_DAY * weigher.evidence(same_day, without=voices),
    )
    confidence = certainty(support, weigher.evidence(denials))
    against_ids = tuple(c.claim_id for c in denials)
    if support > against:
        dates = [c for c in run.claims if c.precision != "by"] if not run.bounds_only else []
        day = weigher.median_day(dates) if dates else min(c.when.end for c in run.claims)
        day = max(day, before.start)
        return Spell(
            start=day,
            since=day,
            holder=run.party,
            confidence=confidence,
            claims=ids + tuple(c.claim_id for c in leaving),
            against=against_ids,
            dated=bool(dates),
        )
    return replace(
        before,
        start=max(run.first, before.start),
        confidence=min(before.confidence, 1.0 - confidence),
        claims=before.claims + against_ids,
        against=before.against + ids,
    )


def _with_departures(spells: Sequence[Spell], told: Told) -> list[Spell]:
    """Where a holder is said to have left and nobody to have come, the holder is unknown."""
    out: list[Spell] = []
    for number, spell in enumerate(spells):
        out.append(spell)
        end = spells[number + 1].start if number + 1 < len(spells) else date.max
        gone = [
            c
            for c in told.leaves
            if c.actor[0] == spell.holder
            and spell.start <= c.when.end < end
            and (number + 1 == len(spells) or spells[number + 1].holder == spell.holder)
            and not any(e.actor[0] == spell.holder and e.when.end >= c.when.end for e in told.takes)
            and c.when.end > spell.since
        ]
        if gone:
            day = min(c.when.end for c in gone)
            ids = tuple(c.claim_id for c in gone)
            if day == spell.start:
                out.pop()
            out.append(Spell(start=day, since=day, holder=UNKNOWN, claims=ids))
    return out


def _with_states(spells: Sequence[Spell], told: Told, weigher: Weigher) -> list[Spell]:
    """Cut the spells where a place becomes contested or besieged and where it ceases to be."""
    marks: dict[date, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for kind, (claims, days) in enumerate(
        ((told.enters, CONTESTED_DAYS), (told.besieges, BESIEGED_DAYS))
    ):
        for claim in claims:
            for ahead in range(days):
                day = claim.when.end + timedelta(days=ahead)
                if _lasts(claim, day, spells, told, weigher):
                    marks[day][kind].add(claim.claim_id)
    if not marks:
        return list(spells)
    cuts = {s.start for s in spells} | set(marks) | {day + timedelta(days=1) for day in marks}
    out: list[Spell] = []
    for day in sorted(cuts):
        if day < spells[0].start:
            continue
        base = spell_on(spells, day)
        inside, round_it = marks.get(day, (set(), set()))
        spell = replace(
            base,
            start=day,
            contested=bool(inside),
            besieged=bool(round_it),
            claims=tuple(dict.fromkeys((*base.claims, *sorted(inside | round_it)))),
        )
        if not out or _differs(out[-1], spell):
            out.append(spell)
    return out


def _differs(a: Spell, b: Spell) -> bool:
    def answer(s: Spell) -> tuple[str, date, bool, bool, float]:
        return (s.holder, s.since, s.contested, s.besieged, s.confidence)

    return answer(a) != answer(b)


def _lasts(claim: Claim, day: date, spells: Sequence[Spell], told: Told, weigher: Weigher) -> bool:
    """Whether an entering or a siege is still what is known on a later day."""
    party, began = claim.actor[0], claim.when.end
    spell = spell_on(spells, day)
    if spell.holder in {party, UNKNOWN} or spell.since > began:
        return False
    if any(c.actor[0] == party and began <= c.when.end <= day for c in told.leaves):
        return False
    if any(c.actor[0] == spell.holder and began <= c.when.end <= day for c in told.takes):
        return False
    denials = [c for c in told.denies if c.actor[0] == spell.holder and c.when.end == began]
    return weigher.evidence([claim]) > weigher.evidence(denials) or len(denials) == 0
