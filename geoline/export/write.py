"""Write a day, or the days of a span, for GIS and for print; the format goes by the extension."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline.dates import days_between
from geoline.errors import RequestError
from geoline.export.formats.geopackage import geopackage
from geoline.export.formats.kml import kml
from geoline.export.formats.text import csv_table, geojson, geoparquet
from geoline.export.layers.layers import LAYERS, export_of
from geoline.export.layers.styles import looks_of
from geoline.tables import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geoline.export.layers.layers import Export
    from geoline.export.layers.styles import Look
    from geoline.export.print.card_texts import CardTexts
    from geoline.situation import TheatreAsKnown

__all__ = [
    "FORMATS",
    "LAYER_NAMES",
    "Written",
    "card_look",
    "card_png",
    "export_answer",
    "write_export",
]

WRITERS: dict[str, Callable[[Export, dict[str, Look]], bytes]] = {
    ".gpkg": geopackage,
    ".geojson": lambda export, _: geojson(export),
    ".parquet": lambda export, _: geoparquet(export),
    ".kml": kml,
    ".csv": lambda export, _: csv_table(export),
}
_NO_MATPLOTLIB = "{} needs matplotlib: pip install 'geoline[print]'"
PICTURES = (".png", ".svg", ".pdf")
ANIMATIONS = (".gif", ".webp", ".mp4", ".webm")
FORMATS = (*WRITERS, *PICTURES, *ANIMATIONS)
LAYER_NAMES = tuple(name for name, *_ in LAYERS)
# The layer of a table, where none is chosen.
TABLE = "places"


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What an export wrote: the size in bytes and the features of each layer that is in it."""

    bytes: int
    layers: dict[str, int]


def write_export(
    path: Path, as_known: TheatreAsKnown, first: date, last: date, only: str = ""
) -> Written:
    """Write the days from the first to the last to a file, whole or not at all.

    Parameters
    ----------
    path
        Its extension, in any case, is one of `FORMATS`.
    as_known
        The theatre as known by some day.
    first, last
        Both included; a picture shows one day.
    only
        The one layer wanted, of `LAYER_NAMES`; empty for all that the format takes.

    Raises
    ------
    RequestError
        If the format is unknown, needs what is not installed, or cannot show this; or a day is
        outside the theatre.
    OSError
        If the file cannot be written; what was there before is still there.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        message = f"'{path.name}' names no format geoline writes; end it in {', '.join(FORMATS)}"
        raise RequestError(message)
    if not path.parent.is_dir():
        message = f"the folder {path.parent} does not exist; make it or choose another with -o"
        raise RequestError(message)
    if last < first:
        message = f"{last} is before {first}; give the earlier day first"
        raise RequestError(message)
    if ending in PICTURES and first != last:
        message = f"a picture shows one day: give it with --on, or choose {', '.join(WRITERS)}"
        raise RequestError(message)
    if ending in ANIMATIONS:
        if only:
            message = "an animation has all layers; leave --layer out"
            raise RequestError(message)
        content = _animation(as_known, first, last, ending)
        replace_file(path, content)
        return Written(bytes=len(content), layers={"frames": (last - first).days + 1})
    only = only or (TABLE if ending == ".csv" else "")
    _check_layer(only, ending)
    export = export_of(as_known, first, last, only)
    looks = looks_of(as_known.theatre)
    if ending in PICTURES:
        content = _picture(as_known, first, export, looks, ending)
    else:
        content = WRITERS[ending](export, looks)
    replace_file(path, content)
    return Written(bytes=len(content), layers={layer.name: len(layer) for layer in export.layers})


def write_parted(
    folder: Path, as_known: TheatreAsKnown, first: date, last: date, only: str = ""
) -> Written:
    """Write each layer of each day as a GeoParquet table of its own, `LAYER/DAY.parquet`.

    Parameters
    ----------
    folder
        To be made, whole or not at all.
    as_known, first, last, only
        As for `write_export`.

    Raises
    ------
    RequestError
        If pyarrow is not installed, there is no such layer, or a day is outside the theatre.
    """
    if only and only not in LAYER_NAMES:
        message = f"there is no layer '{only}'; choose of {', '.join(LAYER_NAMES)}"
        raise RequestError(message)
    count, layers = 0, dict.fromkeys([only] if only else LAYER_NAMES, 0)
    with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=".export-") as scratch:
        fresh = Path(scratch) / "days"
        fresh.mkdir()
        for day in days_between(first, last):
            for name in layers:
                export = export_of(as_known, day, day, name)
                if len(export[name]):
                    target = fresh / name / f"{day.isoformat()}.parquet"
                    target.parent.mkdir(exist_ok=True)
                    count += target.write_bytes(geoparquet(export))
                    layers[name] += len(export[name])
        fresh.replace(folder)
    return Written(bytes=count, layers=layers)


def _check_layer(only: str, ending: str) -> None:
    """See that a format can write the one layer that is wanted.

    Raises
    ------
    RequestError
        If it cannot.
    """
    if only and ending in PICTURES:
        message = f"a picture has all layers; leave --layer out, or choose {', '.join(WRITERS)}"
        raise RequestError(message)
    if only and only not in LAYER_NAMES:
        message = f"there is no layer '{only}'; choose of {', '.join(LAYER_NAMES)}"
        raise RequestError(message)
    points = [name for name, _, _, form in LAYERS if form == "Point"]
    if ending == ".csv" and only not in points:
        message = f".csv is a table of points: {', '.join(points)}; choose .gpkg for '{only}'"
        raise RequestError(message)


def _picture(
    as_known: TheatreAsKnown, day: date, export: Export, looks: dict[str, Look], ending: str
) -> bytes:
    try:
        from geoline.export.print.picture import picture  # noqa: PLC0415  (an extra)
    except ImportError:
        raise RequestError(_NO_MATPLOTLIB.format(ending)) from None
    return picture(as_known, day, export, looks, ending)


def _animation(as_known: TheatreAsKnown, first: date, last: date, ending: str) -> bytes:
    for day in (first, last):
        as_known.on(day)
    try:
        from geoline.export.print.animation import animation  # noqa: PLC0415  (an extra)
    except ImportError:
        raise RequestError(_NO_MATPLOTLIB.format(ending)) from None
    if ending in {".gif", ".webp"}:
        return animation(as_known, first, last, ending)
    try:
        from geoline.export.print.film import film  # noqa: PLC0415  (an extra)
    except ImportError:
        message = f"{ending} needs PyAV: pip install 'geoline[video]'; or end it in .gif"
        raise RequestError(message) from None
    return film(as_known, first, last, ending)


def card_png(as_known: TheatreAsKnown, day: date, texts: CardTexts) -> bytes:
    """Draw the card of a day: PNG, 1,200 by 630 pixels.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    day
        Day to draw.
    texts
        What stands on it.

    Raises
    ------
    RequestError
        If the day is outside the theatre, or matplotlib is not installed.
    """
    try:
        from geoline.export.print.card import card  # noqa: PLC0415  (an extra)
    except ImportError:
        raise RequestError(_NO_MATPLOTLIB.format("a card")) from None
    return card(as_known, day, texts)


@cache
def card_look() -> str:
    """Give a digest of how cards are drawn; with another one they have to be drawn again."""
    found = hashlib.sha256()
    for path in sorted((Path(__file__).parent / "print").glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def export_answer(  # noqa: PLR0913  (as `write_export`, and whether it is a folder)
    path: Path,
    as_known: TheatreAsKnown,
    first: date,
    last: date,
    only: str = "",
    *,
    parted: bool = False,
) -> dict[str, Any]:
    """Write the export, `parted` as `write_parted` does, and say what is in it, as plain data."""
    write = write_parted if parted else write_export
    written = write(path, as_known, first, last, only)
    return {
        "file": str(path),
        "bytes": written.bytes,
        "theatre": as_known.theatre.id,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "known_on": as_known.known.isoformat() if as_known.known else None,
        "layers": written.layers,
    }
