"""Who held each place on a day, as rows of numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoline.situation.day_spells import SpellTable

if TYPE_CHECKING:
    from geoline.theatre import Theatre


def test_what_was_thought_otherwise_the_evening_before_has_changed(karabakh: Theatre) -> None:
    """As known at its end, a day on which a holder was corrected would show no change at all."""
    then = karabakh.as_known().spells
    place = next(iter(then))
    now = then | {place: tuple(replace(spell, holder="unknown") for spell in then[place])}
    day = karabakh.data.last_day
    before, after = (SpellTable(spells).on(day, {}) for spells in (then, now))
    assert after.another_in(before) == [place]
    assert before.another_in(SpellTable(then).on(day, {})) == []
