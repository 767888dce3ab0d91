"""Reports of the years after a line froze: what they say of its last day, and of no other."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.claims.claim import Claim, Source
from geoline.control.afterwards import Frozen
from geoline.control.evidence import Alliances
from geoline.control.holders import spells_of_all
from geoline.control.spells import Baseline, Spell, spell_on
from geoline.dates import DayInterval
from geoline.holder import UNKNOWN

EVE = date(2020, 1, 1)
LAST = date(2020, 1, 20)
FROZEN = Frozen(LAST, date(2022, 1, 1))
SIDES = Alliances(favours={"independent": frozenset()})
SOURCES = {
    name: Source(id=name, name=name, reliability=reliability, lean="independent", kind="outlet")
    for name, reliability in [("agency", "B"), ("paper", "C"), ("blog", "D"), ("wire", "B")]
}
BLUE = Baseline(holder="blue", as_of=EVE, confidence=0.6, source="known")


def claim(event: str, actor: str, day: date, source: str = "agency") -> Claim:
    """Make a claim about the place, public on the day after."""
    return Claim(
        claim_id=f"{event}-{actor}-{day}-{source}",
        place="A",
        about="place",
        place_id="a",
        event=event,
        actor=(actor,),
        when=DayInterval(day, day),
        precision="day",
        source=source,
    )


def on(claims: list[Claim], day: date, known: date | None = None) -> Spell:
    """Answer for a day, the line frozen from the last day on."""
    spells = spells_of_all(
        claims, baseline={"a": BLUE}, sources=SOURCES, sides=SIDES, known=known, frozen=FROZEN
    )
    return spell_on(spells["a"], day)


YEAR_AFTER = date(2021, 1, 1)
TAKEN = claim("captured", "red", date(2020, 1, 10), "blog")


def test_years_after_it_is_blues_so_it_was_on_the_last_day_and_no_day_before() -> None:
    """A village that one blog had fall, and that is shelled by its taker for years, stays wrong."""
    later = claim("held", "blue", YEAR_AFTER)
    assert on([TAKEN], LAST).holder == "red"
    assert on([TAKEN, later], LAST).holder == "blue"
    assert on([TAKEN, later], LAST - timedelta(days=1)) == on([TAKEN], LAST - timedelta(days=1))


def test_what_was_not_yet_public_is_not_known() -> None:
    """The map as it was known in 2020 tells what was only written in 2021."""
    later = claim("held", "blue", YEAR_AFTER)
    assert on([TAKEN, later], LAST, known=date(2020, 6, 1)).holder == "red"
    assert on([TAKEN, later], LAST, known=date(2021, 6, 1)).holder == "blue"


def test_a_place_that_moved_afterwards_is_not_said_to_have_been_where_it_went() -> None:
    """A village taken after the last day counts as held by its new owner before he came."""
    moved = claim("captured", "blue", date(2020, 6, 1))
    later = claim("held", "blue", YEAR_AFTER)
    assert on([TAKEN, moved, later], LAST).holder == "red"


def test_who_takes_a_place_afterwards_did_not_hold_it() -> None:
    """A village entered on the day after the truce is drawn as if it had been held all along."""
    again = claim("captured", "red", LAST + timedelta(days=1))
    assert on([TAKEN, again], LAST).holder == UNKNOWN
    assert on([TAKEN, again], LAST - timedelta(days=1)).holder == "red"


def test_who_leaves_a_place_afterwards_had_held_it() -> None:
    """A village that its holder gives up later is called another's before."""
    left = claim("withdrew", "blue", YEAR_AFTER)
    assert on([TAKEN, left], LAST).holder == "blue"


def test_one_later_word_does_not_outweigh_several_captures() -> None:
    """A slip in one later article turns a town that everybody saw fall."""
    seen = [TAKEN, claim("captured", "red", date(2020, 1, 10)), claim("captured", "red", LAST)]
    later = claim("held", "blue", YEAR_AFTER, "paper")
    spell = on([*seen, later], LAST)
    assert spell.holder == "red"
    assert later.claim_id in spell.against


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            claim,
            st.sampled_from(["captured", "held", "withdrew", "entered"]),
            st.sampled_from(["red", "blue"]),
            st.dates(LAST + timedelta(days=1), date(2022, 6, 1)),
            st.sampled_from(sorted(SOURCES)),
        ),
        max_size=6,
        unique_by=lambda c: c.claim_id,
    )
)
def test_what_is_told_afterwards_changes_no_earlier_day(later: list[Claim]) -> None:
    """A report of 2021 redraws the maps of 2020 that people have printed."""
    told = [TAKEN, claim("captured", "red", date(2020, 1, 15))]
    days = [EVE + timedelta(days=number) for number in range((LAST - EVE).days)]
    assert [on(told + later, day) for day in days] == [on(told, day) for day in days]
