"""From claims to holders: the laws, and the days that the reports are clear about."""

from __future__ import annotations

import itertools
import pickle
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.claims.claim import Claim, Source
from geoline.control.evidence import Alliances
from geoline.control.holders import spells_of_all, spells_of_place
from geoline.control.spells import Baseline, Spell, spell_on
from geoline.dates import DayInterval

if TYPE_CHECKING:
    from geoline.theatre import Theatre

EVE = date(2020, 1, 1)
SIDES = Alliances(
    favours={"independent": frozenset(), "red": frozenset({"red"}), "blue": frozenset({"blue"})}
)
SOURCES = {
    name: Source(id=name, name=name, reliability=reliability, lean=lean, kind="outlet")
    for name, reliability, lean in [
        ("agency", "B", "independent"),
        ("paper", "C", "independent"),
        ("red-radio", "C", "red"),
        ("blue-radio", "C", "blue"),
    ]
}
BLUE = Baseline(holder="blue", as_of=EVE, confidence=0.8, source="known")


def claim(
    number: int, event: str, actor: str, day: int, source: str = "agency", **more: object
) -> Claim:
    """Make a claim about the n-th day of January 2020."""
    when = DayInterval(EVE + timedelta(days=day - 1), EVE + timedelta(days=day - 1))
    values: dict[str, object] = {
        "claim_id": f"c{number}",
        "place": "A",
        "about": "place",
        "place_id": "a",
        "event": event,
        "actor": (actor,),
        "when": when,
        "precision": "day",
        "source": source,
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


def held(claims: list[Claim], day: int, baseline: Baseline | None = BLUE) -> Spell:
    """Answer for the n-th day of January 2020."""
    spells = spells_of_place(claims, baseline=baseline, sources=SOURCES, sides=SIDES)
    return spell_on(spells, EVE + timedelta(days=day - 1))


claims_lists = st.lists(
    st.builds(
        claim,
        st.integers(0, 40),
        st.sampled_from(
            ["captured", "recaptured", "entered", "withdrew", "denied", "besieged", "clash"]
        ),
        st.sampled_from(["red", "blue"]),
        st.integers(2, 28),
        st.sampled_from(sorted(SOURCES)),
        precision=st.sampled_from(["day", "by"]),
    ),
    max_size=12,
    unique_by=lambda c: c.claim_id,
)


@given(claims_lists, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_order_and_repetition_do_not_matter(claims: list[Claim], random: object) -> None:
    """The same reports in another order would draw another map."""
    shuffled = [*claims, *claims]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = spells_of_place(claims, baseline=BLUE, sources=SOURCES, sides=SIDES)
    assert spells_of_place(shuffled, baseline=BLUE, sources=SOURCES, sides=SIDES) == first


@given(claims_lists)
@settings(max_examples=150)
def test_no_holder_out_of_nothing(claims: list[Claim]) -> None:
    """A colour on the map could not be traced to a source."""
    said = {c.actor[0] for c in claims if c.effect == "takes"}
    spells = spells_of_place(claims, baseline=None, sources=SOURCES, sides=SIDES)
    assert {s.holder for s in spells} <= said | {"unknown"}
    assert all(s.claims for s in spells if s.holder != "unknown")
    assert all(s.confidence > 0 for s in spells if s.holder != "unknown")
    assert all(a.start < b.start for a, b in itertools.pairwise(spells))
    assert all(0 <= s.confidence <= 1 for s in spells)


@given(claims_lists, claims_lists, st.integers(2, 28))
@settings(max_examples=150)
def test_a_later_claim_changes_no_earlier_day(
    claims: list[Claim], more: list[Claim], last: int
) -> None:
    """What was printed of last week would change with every report of this week."""
    until = EVE + timedelta(days=last - 1)
    later = [replace(c, claim_id=f"later-{c.claim_id}") for c in more if c.when.end > until]
    for baseline in (BLUE, None):
        before = spells_of_place(claims, baseline=baseline, sources=SOURCES, sides=SIDES)
        after = spells_of_place([*claims, *later], baseline=baseline, sources=SOURCES, sides=SIDES)
        for day in range(1, last + 1):
            on = EVE + timedelta(days=day - 1)
            assert spell_on(before, on) == spell_on(after, on)


@given(claims_lists, st.data())
@settings(max_examples=100)
def test_retracting_is_never_having_said(claims: list[Claim], data: st.DataObject) -> None:
    """A correction would leave a trace on the map, or rewrite what was known before it."""
    if not claims:
        return
    wrong = data.draw(st.sampled_from(claims))
    retracted_on = wrong.known + timedelta(days=data.draw(st.integers(1, 5)))
    retraction = replace(
        wrong, claim_id="z", event="retracted", published=retracted_on, corrects=(wrong.claim_id,)
    )

    def known(of: list[Claim], day: date) -> tuple[Spell, ...]:
        spells = spells_of_all(of, baseline={"a": BLUE}, sources=SOURCES, sides=SIDES, known=day)
        return spells["a"]

    without = [c for c in claims if c is not wrong]
    day_before = retracted_on - timedelta(days=1)
    assert known([*claims, retraction], retracted_on) == known(without, retracted_on)
    assert known([*claims, retraction], day_before) == known(claims, day_before)
    again = replace(
        retraction,
        claim_id="zz",
        corrects=("z",),
        published=retracted_on + timedelta(days=1),
    )
    ever = date.max
    assert known([*claims, retraction, again], ever) == known(claims, ever)


@given(st.lists(claims_lists, min_size=2, max_size=4), st.data())
@settings(max_examples=40)
def test_one_claim_more_asks_for_one_place(lists: list[list[Claim]], data: st.DataObject) -> None:
    """Every report would cost a run over all places, or leave them other than such a run does."""
    claims = [
        replace(c, claim_id=f"{n}-{c.claim_id}", place_id=f"p{n}")
        for n, some in enumerate(lists)
        for c in some
    ]
    if not claims:
        return
    new = data.draw(st.sampled_from(claims))
    rest = [c for c in claims if c is not new]
    at_once = spells_of_all(claims, baseline={}, sources=SOURCES, sides=SIDES)
    parts = spells_of_all(rest, baseline={}, sources=SOURCES, sides=SIDES)
    mine = [c for c in claims if c.place_id == new.place_id]
    parts[new.place_id] = spells_of_place(mine, baseline=None, sources=SOURCES, sides=SIDES)
    assert pickle.dumps(dict(sorted(parts.items()))) == pickle.dumps(at_once)


def test_nothing_claimed_leaves_the_eve() -> None:
    """Places that nobody wrote about would lose their holder."""
    assert held([], 20).holder == "blue"
    assert held([], 20, baseline=None).holder == "unknown"


def test_one_side_alone_stands_as_claimed_but_weak() -> None:
    """A rule of two sources would remove nearly every village."""
    alone = held([claim(1, "captured", "red", 5, "red-radio")], 6)
    admitted = held([claim(1, "captured", "red", 5, "blue-radio")], 6)
    assert alone.holder == admitted.holder == "red"
    assert alone.confidence < 0.5 < admitted.confidence


def test_repeating_one_origin_adds_nothing() -> None:
    """A dozen papers that quote one monitor would look like a dozen witnesses."""
    once = [claim(1, "captured", "red", 5, "paper", origins=("agency",))]
    often = [claim(n, "captured", "red", 5, "paper", origins=("agency",)) for n in range(12)]
    assert held(often, 6).confidence == held(once, 6).confidence
    two = [*once, claim(50, "captured", "red", 5, "paper")]
    assert held(two, 6).confidence > held(once, 6).confidence


def test_entering_is_not_capturing() -> None:
    """A street fight would colour a town."""
    day = held([claim(1, "entered", "red", 5)], 5)
    assert (day.holder, day.contested) == ("blue", True)
    assert not held([claim(1, "clash", "red", 5)], 5).contested
    left = [claim(1, "entered", "red", 5), claim(2, "withdrew", "red", 6)]
    assert not held(left, 6).contested


def test_a_denial_counts() -> None:
    """One boast against one denial would turn a town."""
    boast = claim(1, "captured", "red", 5, "red-radio")
    denied = held([boast, claim(2, "denied", "blue", 5, "blue-radio")], 6)
    assert denied.holder == "blue"
    assert denied.against == ("c1",)
    assert denied.confidence < 0.8
    confirmed = [boast, claim(2, "denied", "blue", 5, "blue-radio"), claim(3, "captured", "red", 5)]
    assert held(confirmed, 6).holder == "red"


def test_a_list_says_by_not_on() -> None:
    """A communiqué of the 24th would date forty captures to the 24th."""
    listed = claim(1, "captured", "red", 24, precision="by")
    dated = claim(2, "captured", "red", 20)
    assert held([listed, dated], 20).holder == "red"
    assert held([listed, dated], 19).holder == "blue"
    lost = [claim(2, "captured", "red", 20), claim(3, "recaptured", "blue", 22), listed]
    assert held(lost, 25).holder == "blue"


def test_a_strong_holder_is_not_lost_on_one_word() -> None:
    """A boast would take a town that every agency gave to the other side."""
    taken = [claim(n, "captured", "red", 5, s) for n, s in enumerate(["agency", "blue-radio"])]
    boast = [*taken, claim(9, "captured", "blue", 10, "blue-radio")]
    assert (held(boast, 10).holder, held(boast, 10).contested) == ("red", True)
    assert held(boast, 11).holder == "blue"
    denied = [*boast, claim(10, "denied", "red", 11, "red-radio")]
    assert (held(denied, 11).holder, held(denied, 11).contested) == ("red", False)


def test_a_capture_denied_the_next_day_is_undone() -> None:
    """The side that denied would have to take back what it never lost."""
    boast = claim(1, "captured", "red", 5, "red-radio")
    denied = [boast, claim(2, "denied", "blue", 6, "paper")]
    assert (held(denied, 5).holder, held(denied, 6).holder) == ("red", "blue")
    assert held(denied, 6).since == EVE
    assert held([*denied, claim(3, "captured", "red", 7)], 7).holder == "red"


def test_captured_twice_is_held_since_the_better_word() -> None:
    """A village claimed early by one side would hide the day on which it fell."""
    claims = [claim(1, "captured", "red", 5, "red-radio"), claim(2, "captured", "red", 20)]
    assert (held(claims, 19).holder, held(claims, 19).since) == ("red", date(2020, 1, 5))
    assert held(claims, 20).since == date(2020, 1, 20)


def test_allies_do_not_contest() -> None:
    """A patrol of the holder's ally would show as an enemy inside."""
    patrol = [claim(1, "entered", "green", 5)]
    friends = Alliances(favours=SIDES.favours, friends={"green": frozenset({"blue"})})
    assert not spells_of_place(patrol, baseline=BLUE, sources=SOURCES, sides=friends)[-1].contested
    assert any(
        s.contested for s in spells_of_place(patrol, baseline=BLUE, sources=SOURCES, sides=SIDES)
    )


def test_leaving_needs_more_than_the_enemy_s_word() -> None:
    """A rumour that the garrison fled would make a town nobody's."""
    assert held([claim(1, "withdrew", "blue", 5, "red-radio")], 5).holder == "blue"
    assert held([claim(1, "withdrew", "blue", 5)], 5).holder == "unknown"


@pytest.mark.parametrize(
    ("place", "day", "holder"),
    [
        ("maarrat-al-numan", "2020-01-27", "opposition"),
        ("maarrat-al-numan", "2020-01-28", "government"),
        ("saraqib", "2020-02-04", "opposition"),
        ("saraqib", "2020-02-06", "government"),
        ("saraqib", "2020-02-26", "government"),
        ("saraqib", "2020-02-27", "opposition"),
        ("saraqib", "2020-02-05", "opposition"),
        ("saraqib", "2020-03-01", "opposition"),
        ("saraqib", "2020-03-02", "government"),
        ("hantutin", "2020-01-27", "opposition"),
        ("hantutin", "2020-01-28", "government"),
        ("hantutin", "2020-02-23", "government"),
        ("al-nayrab", "2020-02-11", "government"),
        ("barsa", "2019-12-23", "government"),
        ("barsa", "2019-12-24", "opposition"),
        ("barsa", "2020-01-08", "government"),
        ("al-nayrab", "2020-02-04", "government"),
        ("al-nayrab", "2020-02-24", "opposition"),
        ("samka-judaydat-nawaf", "2020-01-23", "opposition"),
        ("samka-judaydat-nawaf", "2020-01-26", "government"),
        ("talmenes", "2019-12-24", "opposition"),
        ("khan-sheikhoun", "2019-12-18", "government"),
    ],
)
def test_as_reported(bundled_theatre: Theatre, place: str, day: str, holder: str) -> None:
    """The map would contradict what every report of the time agrees on."""
    assert bundled_theatre.on(day).spells[place].holder == holder


def test_yesterday_as_it_was_known_yesterday(bundled_theatre: Theatre) -> None:
    """Hindsight would make an analyst of 28 January look wrong: entered, capture unclear."""
    then = bundled_theatre.on("2020-01-28", known="2020-01-28").spells["maarrat-al-numan"]
    assert (then.holder, then.contested) == ("opposition", True)
    later = bundled_theatre.on("2020-01-28", known="2020-01-29").spells["maarrat-al-numan"]
    assert (later.holder, later.contested) == ("government", False)
