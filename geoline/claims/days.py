"""Whether the days of a claim make sense: against each other, its publication and the theatre.

A year of another calendar (1403, 1445, 2567), the epoch of a computer and what a spreadsheet makes
of a year of two digits all lie decades from where the theatre is; a report of what had not happened
yet is a slip of the pen.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from geoline.claims.claim import Claim

__all__ = ["day_fault", "far_off", "untimely"]

# How far from the theatre's days a day may lie, in years: whole wars fit, other calendars do not.
YEARS_AROUND = 40
# The days that a claim leaves open (years).
LONGEST_YEARS = 20
# Publishers and events are not in one time zone. A bound ("by the end of the month") may lie ahead,
# and a dataset's day of publication is a batch's and no better than a month.
ZONES, MONTH = timedelta(days=1), timedelta(days=31)
# What is said of days to come.
FORETOLD = frozenset({"announced", "ceasefire"})


def far_off(day: date, span: tuple[date, date]) -> str:
    """Say that a day lies decades from a theatre's first and last; empty if it does not.

    Examples
    --------
    >>> from datetime import date
    >>> may = date(2024, 5, 1), date(2024, 5, 31)
    >>> far_off(date(2023, 1, 1), may)
    ''
    >>> far_off(date(2567, 5, 3), may)
    '2567-05-03 is 543 years from the theatre; write the year of the Gregorian calendar, all digits'
    """
    first, last = span
    years = max(first.year - day.year, day.year - last.year)
    if years <= YEARS_AROUND:
        return ""
    remedy = "write the year of the Gregorian calendar, all digits"
    return f"{day} is {years} years from the theatre; {remedy}"


def day_fault(claim: Claim, span: tuple[date, date]) -> tuple[str, str]:
    """Give the column of a day that cannot be meant, and why; both empty if there is none.

    Parameters
    ----------
    claim
        The claim.
    span
        First and last day of the theatre.
    """
    when = claim.when
    for key, day in (
        ("date_end", when.end),
        ("date_start", when.start),
        ("published", claim.published),
    ):
        reason = far_off(day, span) if day else ""
        if reason:
            return key, reason
    return "", ""


def untimely(claim: Claim, *, dataset: bool = False) -> tuple[str, str]:
    """Give the column of a day that does not fit the claim's other days, and why.

    Both are empty if they fit.

    Parameters
    ----------
    claim
        The claim.
    dataset
        Whether it is from a dataset, whose days of publication are loose.
    """
    when = claim.when
    if when.start and (when.end - when.start).days > LONGEST_YEARS * 366:
        return "date_start", f"{when.start} is more than {LONGEST_YEARS} years before {when.end}"
    earliest = (when.start or when.end) - (MONTH if dataset or not when.start else ZONES)
    if claim.published and claim.published < earliest and claim.event not in FORETOLD:
        reason = f"{claim.published} is before {when.start or when.end}, which it speaks of"
        return "published", f"{reason}; correct one of the days"
    return "", ""
