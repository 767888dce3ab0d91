"""Read a row of UCDP's Georeferenced DatasetEvent Dataset (CSV, column names of GED 17 to 25).

GED counts lethal events. They say where sides met, not who holds the place: each becomes a clash,
never a capture; one-sided violence becomes an attack. Deaths keep their range (`low`, `best`,
`high`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.claims import Deaths
from geoline.dates import DayInterval, parse_day
from geoline.ingest.event import DatasetEvent, coordinates
from geoline.tables import Row

if TYPE_CHECKING:
    from datetime import date

__all__ = ["NEEDED", "ucdp_days", "ucdp_event"]

NEEDED = (
    "id", "type_of_violence", "side_a", "side_b", "where_coordinates", "where_prec", "latitude",
    "longitude", "date_start", "date_end", "date_prec",
)  # fmt: skip

ONE_SIDED = 3
MOST_DEATHS = 10_000_000
# where_prec: 1 the place, 2 within 25 km of it, 3 district, 4 governorate, 5 a line or an area,
# 6 the country, 7 over water.
NAMED_PLACE = 2
# event_clarity 2 is "a lower level of clarity", which the Admiralty code calls possibly true.
CLARITY = {1: 6, 2: 3}
_TIME = re.compile(r"[ T].*")
_KIND = re.compile(r"\s+(?:town|village|city|neighbou?rhood|hamlet)$", re.IGNORECASE)


def ucdp_event(row: Row) -> DatasetEvent:
    """Read one row.

    Raises
    ------
    DataError
        If it names no place, or cannot be read; with file, row and key.
    """
    one_sided = int(row.number("type_of_violence", 1, 3)) == ONE_SIDED
    where = int(row.number("where_prec", 1, 7))
    if where > NAMED_PLACE:
        raise row.fail("where_prec", f"is {where}, wider than a place")
    lat, lon = coordinates(row)
    when = ucdp_days(row)
    code = int(row.number("date_prec", 1, 5))
    exact = when.start == when.end
    clarity = int(row.number("event_clarity", 1, 2)) if row.optional("event_clarity") else 1
    speakers = row.optional("source_original") or row.optional("source_office")
    number = row.text("id").removesuffix(".0")
    return DatasetEvent(
        id=f"ucdp-{number}",
        place=_KIND.sub("", row.text("where_coordinates")),
        lat=lat,
        lon=lon,
        event="attack" if one_sided else "clash",
        groups=((row.text("side_a"),), (row.text("side_b"),)),
        side="all",
        when=when,
        precision="day" if exact and code == 1 else "between",
        published=_published(row),
        source="ucdp-ged",
        speakers=tuple(dict.fromkeys(s.strip() for s in speakers.split(";") if s.strip())),
        credibility=CLARITY[clarity],
        note=f"GED type {row.optional('type_of_violence').removesuffix('.0')}, date_prec {code}",
        actor_sep=",",
        deaths=_deaths(row),
    )


def ucdp_days(row: Row) -> DayInterval:
    """Read the days of a row alone, whatever it says.

    Raises
    ------
    DataError
        If they cannot be read.
    """
    try:
        return DayInterval(_day(row, "date_end"), _day(row, "date_start"))
    except ValueError as error:
        raise row.fail("date_start", str(error)) from None


def _deaths(row: Row) -> Deaths | None:
    keys = ("best", "low", "high")
    if not all(row.optional(key) for key in keys):
        return None
    best, low, high = (int(row.number(key, 0, MOST_DEATHS)) for key in keys)
    try:
        return Deaths(best, low, high) if high else None
    except ValueError as error:
        raise row.fail("best", str(error)) from None


def _day(row: Row, key: str) -> date:
    # Some releases add a time of day, always midnight: 2016-01-01 00:00:00.000, …T00:00:00Z.
    day = _TIME.sub("", row.text(key))
    return Row(row.file, row.line, {key: day}).day(key)


def _published(row: Row) -> date | None:
    """Find the last day that the row's sources give; None if they give none that can be read."""
    days = []
    for text in row.optional("source_date").split(";"):
        try:
            days.append(parse_day(_TIME.sub("", text.strip())))
        except ValueError:
            continue
    return max(days, default=None)
