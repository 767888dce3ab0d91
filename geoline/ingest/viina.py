"""Read a row of VIINA's events (CSV, with its `_b` labels).

VIINA classifies news by machine: what it labels a claim of territorial control becomes a capture of
doubtful credibility (Admiralty 4), fire and fighting become strikes and clashes. Its table of
control is interpolated between places and is no claim of anybody's; it is not read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geoline.dates import DayInterval
from geoline.ingest.event import DatasetEvent, coordinates

if TYPE_CHECKING:
    from geoline.tables import Row

__all__ = ["NEEDED", "viina_days", "viina_event"]

NEEDED = (
    "event_id", "date", "source", "address", "longitude", "latitude", "t_control_b", "a_rus_b",
    "a_ukr_b",
)  # fmt: skip

LABELS = {"t_firefight_b": "clash", "t_raid_b": "clash", "t_armor_b": "clash"} | {
    "t_airstrike_b": "strike", "t_artillery_b": "strike",
}  # fmt: skip
PLACE_PRECISIONS = {"", "STREET", "PPL", "PPLX", "ADM3", "ADM4"}
DOUBTFUL, POSSIBLE = 4, 3
ISO_DIGITS = 8


def viina_event(row: Row) -> DatasetEvent:
    """Read one row.

    Raises
    ------
    DataError
        If it is about no control or fighting, names no place or one side, or cannot be read.
    """
    control = _is(row, "t_control_b")
    event = "captured" if control else next((e for k, e in LABELS.items() if _is(row, k)), "")
    if not event:
        raise row.fail("t_control_b", "is 0, and no label of fighting is 1; it says nothing here")
    precision = row.optional("GEO_PRECISION").upper()
    if precision not in PLACE_PRECISIONS:
        raise row.fail("GEO_PRECISION", f"is {precision}; no place is named")
    actors = tuple(name for name in ("a_rus", "a_ukr") if _is(row, f"{name}_b"))
    if not actors or (control and len(actors) > 1):
        raise row.fail("a_rus_b", "and a_ukr_b do not name one side")
    lat, lon = coordinates(row)
    day = _day(row)
    return DatasetEvent(
        id=f"viina-{row.text('event_id')}",
        place=row.text("address").split(",")[0].strip(),
        lat=lat,
        lon=lon,
        event=event,
        groups=tuple((name,) for name in actors),
        side="first" if control else "all",
        when=DayInterval(day) if control else DayInterval(day, day),
        precision="by" if control else "day",
        published=day,
        source="viina",
        speakers=(row.text("source"),),
        credibility=DOUBTFUL if control else POSSIBLE,
        url=row.optional("url"),
    )


def viina_days(row: Row) -> DayInterval:
    """Read the day of a row alone, whatever it says.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    return DayInterval(_day(row))


def _is(row: Row, key: str) -> bool:
    text = row.optional(key)
    if text in {"", "0", "1", "0.0", "1.0"}:
        return text[:1] == "1"
    raise row.fail(key, f"'{text}' is neither 0 nor 1")


def _day(row: Row) -> date:
    text = row.text("date").replace("-", "")
    if len(text) != ISO_DIGITS or not text.isdigit():
        raise row.fail("date", f"'{text}' is not a day of the form YYYYMMDD")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise row.fail("date", f"'{text}' is not in the calendar") from None
