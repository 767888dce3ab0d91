"""Places alone among the other side's: which are unknown, and since when."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.control.spells import Spell, spell_on
from geoline.situation.unlikely_pockets import AT_A_TIME, UnlikelyPockets, neighbours

FIRST = date(2020, 1, 1)
# One place in the middle of a cross of five, two kilometres apart.
CROSS = np.array([(0, 0), (2, 0), (-2, 0), (0, 2), (0, -2), (2, 2)]) * 1000.0
PARTIES = ("red", "pink", "blue", "unknown")


def spell(day: int, holder: str, confidence: float = 0.9, *, claimed: bool = True) -> Spell:
    """Make a spell from a day of the theatre, counted from the first, on."""
    start = FIRST + timedelta(days=day)
    claims = (f"c{day}",) if claimed else ()
    return Spell(start=start, holder=holder, since=start, confidence=confidence, claims=claims)


def pockets(
    middle: list[Spell], told: list[int], days: int = 30, around: str = "blue"
) -> UnlikelyPockets:
    """Make the question for the cross: the middle's spells, the days on which it was told of."""
    rest = [[spell(-1, around)] for _ in CROSS[1:]]
    nothing = np.array([], dtype=int)
    return UnlikelyPockets(
        around=neighbours(CROSS),
        spells=[middle, *rest],
        reported=[np.array(told, dtype=int) + FIRST.toordinal(), *[nothing] * len(rest)],
        first_day=FIRST,
        last_day=FIRST + timedelta(days=days - 1),
        allied=[frozenset({"red", "pink"})],
    )


@pytest.mark.parametrize(
    ("middle", "told", "day", "since"),
    [
        ([spell(-1, "blue"), spell(5, "red")], [5], 6, None),  # a report of yesterday
        ([spell(-1, "blue"), spell(5, "red")], [5], 12, None),  # … of a week ago
        ([spell(-1, "blue"), spell(5, "red")], [5], 13, 13),  # … that is older
        ([spell(-1, "blue"), spell(5, "red")], [5], 20, 13),
        ([spell(-1, "blue"), spell(5, "red", 0.4)], [5], 6, 5),  # a weak claim
        ([spell(-1, "blue"), spell(5, "red", claimed=False)], [5], 6, 5),  # no claim at all
        ([spell(-1, "blue"), spell(5, "red")], [5, 15], 16, None),  # told of again
        ([spell(-1, "red")], [], 20, None),  # it stood alone on the eve
        ([spell(-1, "red"), spell(3, "blue"), spell(5, "red")], [], 6, 5),  # … and then fell
        ([spell(-1, "blue")], [], 20, None),  # among its own
        ([spell(-1, "blue"), spell(5, "unknown")], [], 20, None),  # nobody's is no pocket
    ],
)
def test_a_pocket_wants_fresh_evidence(
    middle: list[Spell], told: list[int], day: int, since: int | None
) -> None:
    """A village that nobody told of for months would stand as an island in the other's colour."""
    found = pockets(middle, told).since(FIRST + timedelta(days=day))
    assert found == ({} if since is None else {0: FIRST + timedelta(days=since)})


def test_allies_around_make_no_pocket() -> None:
    """A town among its ally's villages would be called unknown."""
    middle = [spell(-1, "blue"), spell(5, "red", 0.1)]
    on = FIRST + timedelta(days=9)
    assert pockets(middle, [], around="pink").since(on) == {}
    assert pockets(middle, [], around="blue").since(on) == {0: FIRST + timedelta(days=5)}


def test_since_reaches_over_the_stretches_it_is_worked_out_in() -> None:
    """In a theatre of years a pocket would seem to have become unknown this spring."""
    long = pockets([spell(-1, "blue"), spell(5, "red", 0.1)], [], days=3 * AT_A_TIME)
    assert long.since(FIRST + timedelta(days=3 * AT_A_TIME - 1)) == {0: FIRST + timedelta(days=5)}
    told = pockets([spell(-1, "blue"), spell(AT_A_TIME, "red")], [AT_A_TIME], days=3 * AT_A_TIME)
    since = FIRST + timedelta(days=AT_A_TIME + 8)
    assert told.since(FIRST + timedelta(days=3 * AT_A_TIME - 1)) == {0: since}


@settings(max_examples=60)
@given(st.data())
def test_the_matrix_says_what_the_rule_says(data: st.DataObject) -> None:
    """What the page colours unknown would not be what docs/method.md says."""
    count, days = data.draw(st.integers(1, 9)), 20
    xy = np.array(data.draw(st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=count, max_size=count
    ))) * 1000.0  # fmt: skip
    some = st.tuples(st.integers(0, days), st.sampled_from(PARTIES), st.sampled_from((0.3, 0.5)),
                     st.booleans())  # fmt: skip
    spells = []
    for _ in range(count):
        turns = sorted(data.draw(st.lists(some, max_size=4)), key=lambda t: t[0])
        spells.append(
            [
                spell(-1, data.draw(st.sampled_from(PARTIES))),
                *(
                    spell(day, holder, sure, claimed=claimed)
                    for day, holder, sure, claimed in turns
                ),
            ]
        )
    told = [sorted(data.draw(st.lists(st.integers(-9, days), max_size=3))) for _ in range(count)]
    asked = UnlikelyPockets(
        around=neighbours(xy),
        spells=spells,
        reported=[np.array(t, dtype=int) + FIRST.toordinal() for t in told],
        first_day=FIRST,
        last_day=FIRST + timedelta(days=days - 1),
        allied=[frozenset({"red", "pink"})],
    )

    def alone(place: int, day: date) -> bool:
        holders = [spell_on(s, day).holder for s in spells]
        off = np.hypot(*(xy - xy[place]).T)
        near = [n for n in np.argsort(off, kind="stable") if n != place and off[n] <= 8000][:5]
        known = [holders[n] for n in near if holders[n] != "unknown"]
        side = {"red", "pink"} if holders[place] in {"red", "pink"} else {holders[place]}
        friends = sum(holder in side for holder in known)
        return holders[place] != "unknown" and friends <= 1 and len(known) >= 4

    def unlikely(place: int, day: date) -> bool:
        now = spell_on(spells[place], day)
        if not alone(place, day) or (alone(place, FIRST) and now.start <= FIRST):
            return False
        age = [(day - FIRST).days - t for t in told[place]]
        fresh = any(0 <= days_ago <= 7 for days_ago in age)
        return not (fresh and now.claims and now.confidence >= 0.5)

    # Of places in one spot or equally far the nearest five are anybody's guess.
    apart = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    if any(len(set(row.round())) < count for row in apart):
        return
    for n in range(days):
        day = FIRST + timedelta(days=n)
        found = asked.since(day)
        assert set(found) == {place for place in range(count) if unlikely(place, day)}
        for place, since in found.items():
            span = [since + timedelta(days=k) for k in range((day - since).days + 1)]
            assert all(unlikely(place, one) for one in span)
            assert since == FIRST or not unlikely(place, since - timedelta(days=1))
