"""What a measure gives, and on which evenings it is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.checking.meaning.terms import day_before

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geoline.checking.figures.figure import Figure
    from geoline.situation import TheatreAsKnown

__all__ = ["Measure", "around_the_day"]

# How many evenings of a span are looked at.
MOST_EVENINGS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What was computed for a figure.

    Parameters
    ----------
    value
        In the figure's unit (kilometres, square kilometres, per cent, a count); for an event the
        days by which the map is later (negative: earlier) than the days given.
    low, high
        What it may be, given the band, the error of positions and what the words leave open.
    shown
        The value in words.
    detail
        What it is made of.
    others
        What it is on other evenings that the words allow, such as that before the day.
    against
        What contradicts the figure whatever the number, empty if nothing does.
    """

    value: float
    low: float
    high: float
    shown: str
    detail: str = ""
    others: tuple[float, ...] = ()
    against: str = ""

    @classmethod
    def without_range(cls, value: float, shown: str, detail: str) -> Measure:
        """Give what is not known to be off: neither the band nor a position moves it."""
        return cls(value=value, low=value, high=value, shown=shown, detail=detail)


def around_the_day(
    figure: Figure, as_known: TheatreAsKnown, measured: Callable[[date], Measure]
) -> Measure:
    """Measure at the end of the day, ranging over what it was since the evening before.

    Maps are of the ends of days, and what is said of a day was so at some hour of it.
    """
    first, last = day_before(figure.first, as_known), figure.last
    span = (last - first).days
    count = min(span, MOST_EVENINGS - 1)
    days = [first + timedelta(days=round(n * span / count)) for n in range(count)] if count else []
    now = measured(last)
    others = [measured(day) for day in days]
    return replace(
        now,
        low=min(one.low for one in (now, *others)),
        high=max(one.high for one in (now, *others)),
        others=tuple(one.value for one in others),
    )
