"""From contradicting claims to who held a place on which day.

The rule, for one place at a time and one day after the other. What holds at the end of a day rests
on claims about that day and earlier ones alone, so that a later claim changes no earlier day.

It has ten parts, told in full in docs/method.md, "From claims to a holder", and called by their
numbers in this package:

1.  Voices, and 2. their weight: `geoline.control.evidence`.
3.  Cautious wording counts: `geoline.control.case`.
4.  A case: `geoline.control.case`, `_PlaceState._backing`.
5.  Turn: `_PlaceState._weigh`, by `LEAST`, `OUTWEIGHS`, `SAME_DAY` and `FIRM`.
6.  Lists: `_PlaceState._list`, over `LIST_REACHES` days.
7.  Confirmation: `_PlaceState._confirm`.
8.  Departure: `_PlaceState._leave`, `_PlaceState._abandon`.
9.  Contested and besieged: `_PlaceState._enter`, for `CONTESTED_DAYS` and `BESIEGED_DAYS`.
10. Who is told to hold it: `_PlaceState._hold`, `_PlaceState._lack`; what was told after a line
    had frozen: `geoline.control.afterwards`.

Two sources are not required: a claim by one side only stands as claimed, with the confidence that
it has. No holder without a claim or a baseline behind it. Pure: no clock, no files.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from geoline.control.case import (
    Case,
    DayClaims,
    EnemyInside,
    about_party,
    ids_of,
    sort_day,
    tally_of,
)
from geoline.control.evidence import MILLION, MOST, Alliances, evidence_of
from geoline.control.spells import Baseline, PlaceClaim, Spell, State
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geoline.control.evidence import Tally

__all__ = ["fold", "states"]

OUTWEIGHS = 1.5
LEAST = 0.15 * MILLION
SAME_DAY = 0.25
# From this much evidence on a holder does not lose a place to one voice of the other side's own on
# the day of the capture.
FIRM = evidence_of(MOST)
DENIAL_REACHES, WITHDRAWAL_REACHES, INSISTING_REACHES = 1, 3, 7
LIST_REACHES = 7
CONTESTED_DAYS, BESIEGED_DAYS = 3, 7
NOTHING: list[PlaceClaim] = []
NOBODY: list[bool] = []
NOTHING_ELSE = DayClaims({}, {})


def fold(told: Iterable[PlaceClaim], *, baseline: Baseline | None, sides: Alliances) -> list[Spell]:
    """Fold what is said of one place into spells, day after day.

    Parameters
    ----------
    told
        In any order; each claim once.
    baseline
        Who held it on the eve, if known; what is said of that day and before is in it.
    sides
        Who stands with whom.
    """
    return [state.spell() for state in states(told, baseline=baseline, sides=sides)]


def states(
    told: Iterable[PlaceClaim], *, baseline: Baseline | None, sides: Alliances
) -> list[State]:
    """Fold as `fold` does, into the days as numbers and the evidence unweighed."""
    eve = baseline.as_of.toordinal() if baseline else 0
    place = _PlaceState(sides, baseline)
    heard = sorted(one for one in told if one.day > eve and one.effect != "none")
    for day, claims in groupby(heard, key=attrgetter("day")):
        if place.enemies_inside or place.turn_due:
            place.pass_to(day)
        place.hear(day, list(claims))
    place.pass_to(date.max.toordinal())
    return place.states


class _PlaceState:
    """One place while its days pass; `hear` follows the rule."""

    __slots__ = (
        "against",
        "against_ids",
        "baseline_evidence",
        "before",
        "case",
        "day",
        "denials",
        "elsewhere",
        "enemies_inside",
        "held",
        "leaves",
        "losses",
        "sides",
        "states",
        "took",
        "turn_due",
        "written",
    )  # fmt: skip

    def __init__(self, sides: Alliances, baseline: Baseline | None) -> None:
        self.sides = sides
        start = baseline.as_of if baseline else date.min
        self.day = start.toordinal()
        self.held = Case(baseline.holder if baseline else UNKNOWN, self.day)
        # What the baseline is worth; the claims against the holder, and what they are worth.
        self.baseline_evidence = evidence_of(baseline.confidence) if baseline else 0
        self.against = 0
        self.against_ids: list[str] = []
        self.case: Case | None = None
        # Who else is told to hold the place, since it last turned or was taken.
        self.elsewhere: Case | None = None
        self.before: tuple[Case, int] | None = None
        self.turn_due = 0
        self.enemies_inside: list[EnemyInside] = []
        self.leaves: list[PlaceClaim] = []
        self.denials: list[PlaceClaim] = []
        self.took: set[str] = set()
        self.losses: list[tuple[int, str]] = []
        self.written: tuple[object, ...] = ()
        self.states = [State(self.day, self.held.party, self.day, support=self.baseline_evidence)]

    # Days -----------------------------------------------------------------------------------------

    def pass_to(self, day: int) -> None:
        """Let the days before this one pass: who waited turns; who was inside is forgotten."""
        while self.enemies_inside or self.turn_due:
            ends = [mark.last + 1 for mark in self.enemies_inside]
            if self.turn_due:
                ends.append(self.turn_due)
            if min(ends) >= day:
                return
            self.day = min(ends)
            if self.turn_due == self.day:
                self._weigh()
            self._write()

    def hear(self, day: int, claims: list[PlaceClaim]) -> None:
        """Follow the rule for the claims of one day."""
        self.day = day
        if len(claims) == 1 and claims[0].effect == "takes" and not claims[0].bound:
            # The usual day; there is nothing to sort.
            self._capture(claims[0].party, claims, NOTHING_ELSE)
            if self.turn_due:
                self._enter(NOTHING_ELSE)
        else:
            self._follow(sort_day(claims))
        self._write()

    def _follow(self, said: DayClaims) -> None:
        """Go from rule to rule, with what is said on the day."""
        self._remember(said.leaves, said.denials)
        denied = self._deny(said.denials)
        for party in self._in_order(said.takes):
            self._capture(party, said.takes[party], said)
        for party in sorted(said.lists):
            self._list(party, said.lists[party], said.enters)
        if said.holds or said.lacks:
            self._hear_states(said)
        if not (said.takes or said.lists) and (denied or said.leaves or self.turn_due == self.day):
            self._weigh(said.enters)
        if self.held.party not in said.takes:
            self._enter(said)
        if said.leaves:
            self._leave(said)

    def _remember(self, leaves: Sequence[PlaceClaim], denials: Sequence[PlaceClaim]) -> None:
        """Keep departures and denials for as long as they may bear on a case."""
        if leaves or denials or self.leaves or self.denials:
            oldest = min(self.day, self.case.first if self.case else self.day) - INSISTING_REACHES
            self.leaves = [c for c in (*self.leaves, *leaves) if c.day >= oldest]
            self.denials = [c for c in (*self.denials, *denials) if c.day >= oldest]

    def _in_order(self, takes: Mapping[str, list[PlaceClaim]]) -> list[str]:
        """Who captured, in the order in which it must have been."""
        if len(takes) == 1:
            return list(takes)
        held = self.held.party
        return sorted(takes, key=lambda p: (all(c.again for c in takes[p]), p == held, p))

    # Rules 3 to 7 ---------------------------------------------------------------------------------

    def _capture(self, party: str, claims: list[PlaceClaim], said: DayClaims) -> None:
        self.losses.append((self.day, party))
        self.took.add(party)
        if party == self.held.party:
            self._confirm(claims)
            return
        self._open(party).add(claims)
        if self.case:
            self.case.dated = self.case.taken = True
        self._weigh(said.enters, said.takes.get(self.held.party, ()))

    def _list(self, party: str, claims: list[PlaceClaim], enters: Sequence[PlaceClaim]) -> None:
        if party == self.held.party:
            self.held.add(claims)
            return
        if self.case is None or self.case.party != party:
            claims = [c for c in claims if not self._stale(c)]
        if claims:
            self._open(party).add(claims)
            self._weigh(enters)

    def _stale(self, claim: PlaceClaim) -> bool:
        """Whether a list speaks of what was taken and lost before."""
        start = max(claim.start, claim.day - LIST_REACHES)
        lost = any(day >= start and party != claim.party for day, party in self.losses)
        # What a list says to be taken *back* was lost before, unless it was taken back and lost.
        if claim.again:
            return lost and claim.party in self.took
        return lost or claim.party in self.took

    def _open(self, party: str) -> Case:
        if self.case is None or self.case.party != party:
            self.case = Case(party, self.day)
        self.case.last = self.day
        return self.case

    def _confirm(self, claims: list[PlaceClaim]) -> None:
        held = self.held
        worth = sum(v.evidence for c in claims for v in c.voices)
        # Voices that repeat each other, or speak for their own side, may be worth less.
        if worth > held.tally.total + self.baseline_evidence:
            worth = tally_of(claims).total
        if worth > held.tally.total + self.baseline_evidence:
            held.since, held.dated = self.day, True
        held.add(claims)
        held.taken = True
        self.case, self.turn_due, self.enemies_inside, self.elsewhere = None, 0, [], None
        self.against, self.against_ids = 0, []

    def _weigh(self, enters: Sequence[PlaceClaim] = (), retaken: Sequence[PlaceClaim] = ()) -> None:
        """Whether the case turns the place today."""
        case = self.case
        if case is None:
            return
        waited, self.turn_due = self.turn_due == self.day, 0
        backing, denials = self._backing(case), self._denials(case)
        support, against, denied = case.tally, LEAST, 0
        if enters or retaken or backing or denials:
            denied = tally_of(denials).total
            support, others = _balance(case, backing, enters, retaken)
            against = max(LEAST, OUTWEIGHS * denied, others)
        if support.total <= against:
            self.against = max(self.against, support.total)
            self.against_ids = list(dict.fromkeys([*self.against_ids, *case.claims]))
        elif not waited and self._must_wait(case, support):
            self.turn_due = self.day + 1
        else:
            self._turn(case, support, backing)
            self.against, self.against_ids = denied, ids_of(denials)

    def _must_wait(self, case: Case, support: Tally) -> bool:
        """Whether a firm holder stands the day, against one voice of the other side's own."""
        alone = not support.free and len(support.best) == 1
        return case.first == self.day and alone and self._firm()

    def _backing(self, case: Case) -> list[PlaceClaim]:
        """Give reports that the holder left, and the word of the case's side that it is in."""
        if not self.leaves and not self.denials:
            return NOTHING
        holder = self.held.party if self.held.party != UNKNOWN else self._lost()
        first, last = case.first - WITHDRAWAL_REACHES, case.last + WITHDRAWAL_REACHES
        gone = [c for c in self.leaves if c.party == holder and first <= c.day <= last]
        first, last = case.first, case.last + INSISTING_REACHES
        return gone + [c for c in self.denials if c.party == case.party and first <= c.day <= last]

    def _denials(self, case: Case) -> list[PlaceClaim]:
        """Give the holder's denials of the case."""
        if not self.denials:
            return NOTHING
        first, last = case.first - DENIAL_REACHES, case.last + DENIAL_REACHES
        return [c for c in self.denials if c.party == self.held.party and first <= c.day <= last]

    def _firm(self) -> bool:
        return self._for_holder() - self.against >= FIRM

    def _lost(self) -> str:
        """Who held the place before."""
        return self.before[0].party if self.before else UNKNOWN

    def _turn(self, case: Case, support: Tally, more: Iterable[PlaceClaim]) -> None:
        self.before = (self.held, self.baseline_evidence)
        case.tally = support
        case.claims += [claim for claim in ids_of(more) if claim not in case.claims]
        case.since = self.day
        self.held, self.case, self.elsewhere, self.baseline_evidence = case, None, None, 0
        self.enemies_inside = [
            m for m in self.enemies_inside if self.sides.enemies(m.party, case.party)
        ]

    def _deny(self, denials: Sequence[PlaceClaim]) -> bool:
        """Hear denials; whether the open case is to be weighed again."""
        if not denials:
            return False
        lost, taken = self.before, self.held.since
        if lost and self.held.taken and taken < self.day <= taken + DENIAL_REACHES:
            mine = about_party(lost[0].party, denials)
            denied = tally_of(mine).total
            if OUTWEIGHS * denied > self.held.tally.total:
                self._give_back(*lost)
                return False
            self.against += denied
            self.against_ids = list(dict.fromkeys([*self.against_ids, *ids_of(mine)]))
        return self.case is not None and any(c.party == self.case.party for c in denials)

    def _give_back(self, lost: Case, baseline_evidence: int) -> None:
        """Let the holder before hold the place again; the capture was a boast."""
        boast, self.held, self.baseline_evidence = self.held, lost, baseline_evidence
        self.case, self.before = boast, None
        self.against, self.against_ids = boast.tally.total, list(boast.claims)

    # Rules 8 and 9 --------------------------------------------------------------------------------

    def _enter(self, said: DayClaims) -> None:
        kinds = ((said.enters, False, CONTESTED_DAYS), (said.besieges, True, BESIEGED_DAYS))
        for claims, besieging, days in kinds:
            for party in sorted({c.party for c in claims}) if claims else ():
                mine = about_party(party, claims)
                if self._is_inside(party, mine, said.denials):
                    ids, last = tuple(ids_of(mine)), self.day + days - 1
                    self.enemies_inside.append(EnemyInside(party, last, besieging, ids))
        if self.turn_due and self.case:
            ids = tuple(self.case.claims)
            self.enemies_inside.append(
                EnemyInside(self.case.party, self.day, besieging=False, claims=ids)
            )

    def _is_inside(
        self, party: str, claims: Iterable[PlaceClaim], denials: Iterable[PlaceClaim]
    ) -> bool:
        """Whether reports that a party is inside, or around, outweigh the holder's denials."""
        holder = self.held.party
        denied = tally_of(about_party(holder, denials)).total
        return self.sides.enemies(party, holder) and tally_of(claims).total > denied

    def _leave(self, said: DayClaims) -> None:
        gone = {c.party for c in said.leaves}
        self.enemies_inside = [m for m in self.enemies_inside if m.party not in gone]
        left = gone - said.takes.keys()
        if self.case and self.case.party in left:
            self.case, self.turn_due = None, 0
        if self.held.party in left and self.held.since != self.day:
            self._abandon(about_party(self.held.party, said.leaves))

    def _abandon(self, leaves: Sequence[PlaceClaim]) -> None:
        """Take the place from a holder who is said to have left, if nobody is said to come."""
        if self.enemies_inside or self.case:
            return
        denials = [c for c in about_party(self.held.party, self.denials) if c.day == self.day]
        if tally_of(leaves).free > max(LEAST, OUTWEIGHS * tally_of(denials).total):
            self._leave_to_nobody(leaves)

    def _leave_to_nobody(self, claims: Sequence[PlaceClaim]) -> None:
        self.before = (self.held, self.baseline_evidence)
        self.held, self.baseline_evidence = Case(UNKNOWN, self.day), 0
        self.held.claims = ids_of(claims)
        self.against, self.against_ids = 0, []

    # Rule 10 --------------------------------------------------------------------------------------

    def _hear_states(self, said: DayClaims) -> None:
        """Hear who is told to hold the place, and who to have had to take it afterwards."""
        self._lack(about_party(self.held.party, said.lacks))
        for party in sorted({c.party for c in said.holds}):
            self._hold(party, about_party(party, said.holds))

    def _hold(self, party: str, claims: list[PlaceClaim]) -> None:
        """Weigh who is told to hold the place against what there is for the holder."""
        if party == self.held.party:
            self.held.add(claims)
            return
        if self.elsewhere is None or self.elsewhere.party != party:
            self.elsewhere = Case(party, self.day)
        other = self.elsewhere
        other.add(claims)
        for_holder = 0 if self.held.party == UNKNOWN else self._for_holder()
        if other.tally.total > max(LEAST, for_holder):
            against, ids = for_holder, list(self.held.claims) if for_holder else []
            self._turn(other, other.tally, NOTHING)
            self.against, self.against_ids = against, ids
        else:
            self.against += tally_of(claims).total
            self.against_ids = list(dict.fromkeys([*self.against_ids, *ids_of(claims)]))

    def _lack(self, claims: list[PlaceClaim]) -> None:
        """Take the place from a holder who is told to have taken it afterwards."""
        if not claims or self.held.party == UNKNOWN:
            return
        if tally_of(claims).total > max(LEAST, SAME_DAY * self._for_holder()):
            self._leave_to_nobody(claims)

    def _for_holder(self) -> int:
        return self.held.tally.total + self.baseline_evidence

    # Spells ---------------------------------------------------------------------------------------

    def _write(self) -> None:
        """Write down what holds at the end of the day, if it is new."""
        held, support = self.held, self.held.tally.total + self.baseline_evidence
        claims, marks = held.claims, self._marks() if self.enemies_inside else ()
        if marks:
            claims = list(dict.fromkeys([*claims, *(c for m in marks for c in m.claims)]))
        answer = (held, held.since, support, self.against, len(claims), self.against_ids, marks)
        if answer == self.written:
            return
        self.written = answer
        if self.states[-1].day == self.day:
            self.states.pop()
        besieged = [m.besieging for m in marks] if marks else NOBODY
        self.states.append(
            State(
                self.day,
                held.party,
                held.since,
                False in besieged,
                True in besieged,
                support,
                self.against,
                tuple(claims),
                tuple(self.against_ids),
                held.dated,
            )
        )

    def _marks(self) -> tuple[EnemyInside, ...]:
        """Forget whose time inside is over or who holds the place now, and give the others."""
        enemies, holder = self.sides.enemies, self.held.party
        self.enemies_inside = [
            m for m in self.enemies_inside if m.last >= self.day and enemies(m.party, holder)
        ]
        return tuple(self.enemies_inside) if holder != UNKNOWN else ()


def _balance(
    case: Case,
    backing: Iterable[PlaceClaim],
    enters: Iterable[PlaceClaim],
    retaken: Iterable[PlaceClaim],
) -> tuple[Tally, float]:
    """Give what supports a case, and what voices that are not for it are worth against it.

    Who says no more than that its side is inside does not support it with a departure either.
    """
    inside, back = tally_of(about_party(case.party, enters)), tally_of(retaken)
    support = case.tally.copy()
    for claim in backing:
        support.add(claim.voices, without=inside.best)
    back.remove(case.tally.best)
    inside.remove(case.tally.best)
    return support, max(inside.total, SAME_DAY * back.total)
