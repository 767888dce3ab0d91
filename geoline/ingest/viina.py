"""Read a row of VIINA: an event with its `_b` labels, or a change of a settlement's status.

VIINA classifies news by machine: what it labels a claim of territorial control becomes a capture of
doubtful credibility (Admiralty 4), fire and fighting become strikes and clashes. Its status of
settlements (`control`) has four sources, each a voice of its own; `status` itself, interpolated
between them, is nobody's word and is not read.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from geoline.dates import DayInterval
from geoline.ingest.event import DatasetEvent, coordinates

if TYPE_CHECKING:
    from geoline.tables import Row

__all__ = ["NEEDED", "settlement", "viina_days", "viina_event"]

# Of every row, as `geoline.ingest.viina_files` gives it; an event's has labels and a place besides,
# a change of status `voice`.
NEEDED = ("event_id", "date")

LABELS = {"t_firefight_b": "clash", "t_raid_b": "clash", "t_armor_b": "clash"} | {
    "t_airstrike_b": "strike", "t_artillery_b": "strike",
}  # fmt: skip
PLACE_PRECISIONS = {"", "STREET", "PPL", "PPLX", "ADM3", "ADM4"}
DOUBTFUL, POSSIBLE = 4, 3
ISO_DIGITS = 8
# Whose a settlement is by its status; the other side where it is contested.
HOLDERS = {"RU": "a_rus", "UA": "a_ukr"}
CONTESTED = "CONTESTED"
# An address, by Yandex from the widest part to the narrowest, by OSM the other way round: what is
# no settlement, in Russian, Ukrainian and English.
_WIDER = re.compile(
    r"^(?:украина|україна|ukraine|россия|росія|russia|беларусь|білорусь|belarus|крым|крим)$"
    r"|област[ьи]?$|oblast|район|raion|громада|hromada|сельсовет|сельский совет|\bрада$|\bкрай$"
    r"|республика|республіка|republic|округ|district|\bао$|^\d{5,6}$",
    re.IGNORECASE,
)
_NARROWER = re.compile(
    r"улица|вулиця|\bул\.|\bвул\.|проспект|переулок|провулок|бульвар|шоссе|шосе|площа|набережн"
    r"|\bstreet|\bavenue|микрорайон|мікрорайон|квартал|трасса|дорога|^\d+[а-яa-z]?(?:[/-]\d+)?$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:пос[её]лок городского типа|селище міського типа?|пгт|смт|г\.|м\.|с\.|город|місто|село"
    r"|селище|пос[её]лок|деревня|хутор|станица)\s+",
    re.IGNORECASE,
)
# How like the ASCII name of the settlement a part of the address must be (0 to 100).
ALIKE = 55.0


def viina_event(row: Row) -> DatasetEvent:
    """Read one row.

    Raises
    ------
    DataError
        If it is about no control or fighting, names no place or one side, or cannot be read.
    """
    if row.optional("voice"):
        return _status_event(row)
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
    heard = row.optional("source") or row.text("sources")
    return DatasetEvent(
        id=f"viina-{row.text('event_id')}",
        place=settlement(row.optional("address"), row.optional("asciiname")) or row.text("address"),
        place_id=f"gn-{row.text('geonameid')}" if row.optional("geonameid") else "",
        lat=lat,
        lon=lon,
        event=event,
        groups=tuple((name,) for name in actors),
        side="first" if control else "all",
        when=DayInterval(day) if control else DayInterval(day, day),
        precision="by" if control else "day",
        published=day,
        source="viina",
        speakers=tuple(s for s in re.split(r'[;,|"\s]+', heard) if s),
        credibility=DOUBTFUL if control else POSSIBLE,
        url=row.optional("url"),
    )


def _status_event(row: Row) -> DatasetEvent:
    """Read that a source gives a settlement another status than the day before."""
    day, status, was = _day(row), row.text("status").upper(), row.optional("was").upper()
    contested = status not in HOLDERS
    if contested and status != CONTESTED:
        raise row.fail("status", f"'{status}' is none of {', '.join(HOLDERS)}, {CONTESTED}")
    # Who is inside where two are: the one that did not hold the place.
    holder = HOLDERS["UA" if was == "RU" else "RU"] if contested else HOLDERS[status]
    place, voice = row.text("geonameid"), row.text("voice")
    located = bool(row.optional("latitude"))
    lat, lon = coordinates(row) if located else (math.nan, math.nan)
    first = not was and not contested
    return DatasetEvent(
        id=f"viina-{row.text('event_id')}",
        place=row.optional("asciiname") or f"GeoNames {place}",
        place_id=f"gn-{place}",
        lat=lat,
        lon=lon,
        event="contested" if contested else "captured",
        groups=((holder,),),
        side="first",
        # What the table begins with is no change of that day.
        when=DayInterval(day) if first else DayInterval(day, day),
        precision="by" if first else "day",
        published=day,
        source=voice,
    )


def viina_days(row: Row) -> DayInterval:
    """Read the day of a row alone, whatever it says.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    return DayInterval(_day(row))


def settlement(address: str, asciiname: str = "") -> str:
    """Find the settlement in an address of Yandex or OSM.

    Parameters
    ----------
    address
        Its parts parted by commas, the widest first or last.
    asciiname
        The settlement's name in Latin letters, if it is known which one is meant.

    Examples
    --------
    >>> settlement("Украина, Донецкая область, Северск")
    'Северск'
    >>> settlement("Гуляйполе, Пологівський район, Запорізька область, Україна")
    'Гуляйполе'
    """
    parts = [part.strip() for part in address.split(",") if part.strip()]
    named = [_TITLE.sub("", part) for part in parts if not _WIDER.search(part)]
    named = [part for part in named if not _NARROWER.search(part)] or named
    if asciiname:
        wanted = asciiname.casefold()
        best = max(named, key=lambda part: ratio(anyascii(part).casefold(), wanted), default="")
        near = ratio(anyascii(best).casefold(), wanted) if best else 0.0
        return best if near >= ALIKE else asciiname
    return named[0] if named else ""


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
