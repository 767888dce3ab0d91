"""Read a row of an ACLED export (CSV, codebook 2023 and the older column names).

Captures are ACLED's "Government regains territory", "Non-state actor overtakes territory" and
"Non-violent transfer of territory" (to actor 1). Clashes and strikes are kept: they date pressure
on a place, though they say nothing of who holds it. The row was public on its `timestamp`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from geoline.dates import DayInterval
from geoline.ingest.event import DatasetEvent, Side, coordinates

if TYPE_CHECKING:
    from geoline.tables import Row

__all__ = ["NEEDED", "acled_event"]

NEEDED = (
    "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "location",
    "latitude", "longitude",
)  # fmt: skip

# Sub-event type: event and whose it is.
TAKES: dict[str, tuple[str, Side]] = {
    "government regains territory": ("captured", "state"),
    "non-state actor overtakes territory": ("captured", "non-state"),
    "non-violent transfer of territory": ("transferred", "first"),
    "armed clash": ("clash", "all"),
}
STRIKES = "explosions/remote violence"
# Half the period that ACLED's time precision 2 (a week) and 3 (a month) leave open around its date.
HALF = {1: 0, 2: 3, 3: 15}
DISTRICT = 3
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
# Months as ACLED's data files write them: 29 January 2020.
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
    if found is None:
        raise row.fail("sub_event_type", f"'{sub_event}' says nothing of who holds a place")
    geo = row.optional("geo_precision")
    if geo and int(row.number("geo_precision", 1, 3)) >= DISTRICT:
        raise row.fail("geo_precision", "is 3, a region; no place is named")
    lat, lon = coordinates(row)
    when, precision = _when(row)
    actors = (row.text("actor1"), row.optional("actor2"))
    with_them = (row.optional("assoc_actor_1"), row.optional("assoc_actor_2"))
    return DatasetEvent(
        id=f"acled-{row.text('event_id_cnty')}",
        place=row.text("location"),
        lat=lat,
        lon=lon,
        event=found[0],
        actors=tuple(a for a in (*actors, *(with_them if found[1] != "all" else ())) if a),
        side=found[1],
        when=when,
        precision=precision,
        published=_public(row),
        source="acled",
        speakers=tuple(s.strip() for s in row.optional("source").split(";") if s.strip()),
        note=f"{kind}: {sub_event}",
        actor_sep=";",
    )


def _when(row: Row) -> tuple[DayInterval, str]:
    day = _day(row)
    code = int(row.number("time_precision", 1, 3)) if row.optional("time_precision") else 1
    half = timedelta(days=HALF[code])
    return DayInterval(day + half, day - half), ("day", "between", "month")[code - 1]


def _day(row: Row) -> date:
    text = row.text("event_date")
    slashed = _SLASHED.fullmatch(text)
    if slashed:  # the day first, as in ACLED's files
        day, month, year = map(int, slashed.groups())
        if month > 12 >= day:  # noqa: PLR2004  (months)
            reason = f"'{text}' has the month first; ACLED writes 31/12/2023: save it with ISO days"
            raise row.fail("event_date", reason)
        try:
            return date(year, month, day)
        except ValueError:
            raise row.fail("event_date", f"'{text}' is not in the calendar") from None
    parts = text.lower().replace("-", " ").split()
    if len(parts) == 3 and parts[1] in MONTHS and parts[0].isdigit() and parts[2].isdigit():  # noqa: PLR2004
        try:
            return date(int(parts[2]), MONTHS.index(parts[1]) + 1, int(parts[0]))
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
