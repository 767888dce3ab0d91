"""Read a row of an ACLED export (CSV, codebook 2023 and the older column names).

Captures are ACLED's "Government regains territory" (the country's own government, from anyone),
"Non-state actor overtakes territory" (anyone else, a foreign state's forces too) and "Non-violent
transfer of territory" (to actor 1). Clashes, strikes and attacks on civilians are kept: they date
pressure on a place, though they say nothing of who holds it. Fatalities are ACLED's own figure, to
which it gives no range. The row was public on its `timestamp`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from geoline.claims import Deaths
from geoline.dates import DayInterval
from geoline.ingest.event import DatasetEvent, Side, coordinates

if TYPE_CHECKING:
    from geoline.tables import Row

__all__ = ["NEEDED", "acled_days", "acled_event"]

NEEDED = (
    "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "location",
    "latitude", "longitude",
)  # fmt: skip

# Sub-event type: event and whose it is.
TAKES: dict[str, tuple[str, Side]] = {
    "government regains territory": ("captured", "government"),
    "non-state actor overtakes territory": ("captured", "others"),
    "non-violent transfer of territory": ("transferred", "first"),
    "armed clash": ("clash", "all"),
}
_WRITTEN = re.compile(r"(\d{1,2})[ -]+([A-Za-z]+)[ -]+(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
STRIKES = "explosions/remote violence"
# Of violence against civilians attacks alone; the rest is crime as much as war.
ATTACKS = ("violence against civilians", "attack")
MOST_DEATHS = 1_000_000
# Half the period that ACLED's time precision 2 (a week) and 3 (a month) leave open around its date.
HALF = {1: 0, 2: 3, 3: 15}
DISTRICT = 3
# Months as ACLED's data files write them: 29 January 2020. A spreadsheet keeps three letters.
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def acled_event(row: Row) -> DatasetEvent:
    """Read one row.

    Raises
    ------
    DataError
        If it says nothing that bears on control, or cannot be read; with file, row and key.
    """
    kind, sub_event = row.text("event_type"), row.text("sub_event_type")
    found = TAKES.get(sub_event.lower())
    if found is None and kind.lower() == STRIKES:
        found = ("strike", "all")
    if (kind.lower(), sub_event.lower()) == ATTACKS:
        found = ("attack", "all")
    if found is None:
        reason = f"'{sub_event}' says nothing of who holds a place, and is no armed clash or attack"
        raise row.fail("sub_event_type", reason)
    geo = row.optional("geo_precision")
    if geo and int(row.number("geo_precision", 1, 3)) >= DISTRICT:
        raise row.fail("geo_precision", "is 3, a region; no place is named")
    lat, lon = coordinates(row)
    when, precision = _when(row)
    with_them = [row.optional(f"assoc_actor_{n}") if found[1] != "all" else "" for n in (1, 2)]
    return DatasetEvent(
        id=f"acled-{row.text('event_id_cnty')}",
        place=row.text("location"),
        lat=lat,
        lon=lon,
        event=found[0],
        groups=((row.text("actor1"), with_them[0]), (row.optional("actor2"), with_them[1])),
        side=found[1],
        when=when,
        precision=precision,
        published=_public(row),
        source="acled",
        speakers=tuple(s.strip() for s in row.optional("source").split(";") if s.strip()),
        note=f"{kind}: {sub_event}",
        actor_sep=";",
        country=row.optional("country"),
        deaths=_deaths(row),
    )


def acled_days(row: Row) -> DayInterval:
    """Read the days of a row alone, whatever it says.

    Raises
    ------
    DataError
        If they cannot be read.
    """
    return _when(row)[0]


def _deaths(row: Row) -> Deaths | None:
    """Read the figure; 0 says that none is known of, not that none died."""
    if not row.optional("fatalities"):
        return None
    figure = int(row.number("fatalities", 0, MOST_DEATHS))
    return Deaths(figure) if figure else None


def _when(row: Row) -> tuple[DayInterval, str]:
    day = _day(row)
    code = int(row.number("time_precision", 1, 3)) if row.optional("time_precision") else 1
    half = timedelta(days=HALF[code])
    return DayInterval(day + half, day - half), ("day", "between", "month")[code - 1]


def _day(row: Row) -> date:
    text = row.text("event_date")
    if written := _WRITTEN.fullmatch(text):
        day, name, year = written.groups()
        month = next((n for n, m in enumerate(MONTHS, 1) if name.lower() in {m, m[:3]}), 0)
        if month:
            try:
                return date(int(year), month, int(day))
            except ValueError:
                raise row.fail("event_date", f"'{text}' is not in the calendar") from None
    if slashed := _SLASHED.fullmatch(text):  # the day first, as in ACLED's own files
        first, second, of_year = map(int, slashed.groups())
        if second > len(MONTHS) >= first:
            reason = f"'{text}' has the month first; ACLED writes 31/12/2023: save it with ISO days"
            raise row.fail("event_date", reason)
        try:
            return date(of_year, second, first)
        except ValueError:
            raise row.fail("event_date", f"'{text}' is not in the calendar") from None
    return row.day("event_date")


def _public(row: Row) -> date | None:
    text = row.optional("timestamp")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(float(text), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        raise row.fail("timestamp", f"'{text}' is no time in seconds since 1970") from None
