"""Doors that lead all the way: a theatre drawn, a folder made from what people have."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import GeolineError, load_theatre
from geoline.export import write_export
from geoline.ingest import ingest
from geoline.new_theatre import Asked, make_theatre
from tests.fuzz.door import Door
from tests.fuzz.valid import (
    ACLED,
    BASELINE,
    CLAIMS,
    DRAWN,
    DRAWN_KML,
    GEONAMES,
    HIGHWAYS,
    LAND,
    PLACES,
    POSTS,
    UCDP,
    VIINA_CONTROL,
    VIINA_INFO,
    VIINA_LABELS,
    as_bytes,
)
from tests.fuzz.valley import copied, file_of, pristine

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WHOLE_WAYS"]

VIINA = {
    "event_info_2024.csv": VIINA_INFO,
    "event_labels_2024.csv": VIINA_LABELS,
    "control_2024.csv": VIINA_CONTROL,
}

ACLED_OF_A_STATE = ACLED.replace("South", "Military Forces of Italy (2022-)").replace(
    ",Valley,", ",Italy,"
)


def _drawn(name: str) -> Callable[[bytes], object]:
    """Draw the theatre with another content of one of its files, and export its last day."""

    def enter(data: bytes) -> object:
        with copied() as folder, tempfile.TemporaryDirectory(prefix="geoline-fuzz-") as out:
            (folder / name).write_bytes(data)
            theatre = load_theatre(folder)
            theatre.write_map(Path(out) / "map.html")
            day = theatre.data.last_day
            for form in ("geojson", "kml", "csv"):
                write_export(Path(out) / f"day.{form}", theatre.as_known(), day, day)
            return sorted(path.name for path in Path(out).iterdir())

    return enter


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _added_to(folder: Path, asked: Asked) -> object:
    """Add to a folder twice: refused, it is as it was; the second time adds nothing."""
    before = _contents(folder) if folder.exists() else {}
    try:
        made = make_theatre(folder, asked)
    except GeolineError:
        after = _contents(folder) if folder.exists() else {}
        if after != before:
            message = "what was refused has changed the folder"
            raise AssertionError(message) from None
        raise
    load_theatre(folder)  # what was made is read
    again = make_theatre(folder, asked)
    if again.files:
        message = f"the second time changed {again.files}"
        raise AssertionError(message)
    return made


def _made(name: str, form: str) -> Callable[[bytes], object]:
    def enter(data: bytes) -> object:
        with file_of(data, name) as path, file_of(GEONAMES.encode(), "places.txt") as places:
            asked = Asked(data=((path, form),), places=(places,))
            return _added_to(path.parent / "valley", asked)

    return enter


def _last_known(name: str, *, holder: str | None) -> Callable[[bytes], object]:
    def enter(data: bytes) -> object:
        with copied() as folder, file_of(data, name) as path:
            sides = None if holder else ("north", "south")
            asked = Asked(last_known=path, as_of=date(2024, 5, 2), holder=holder, sides=sides)
            return _added_to(folder, asked)

    return enter


def _viina(name: str) -> Callable[[bytes], object]:
    """Ingest VIINA's folder, one of its files changed, twice."""

    def enter(data: bytes) -> object:
        with copied() as folder, tempfile.TemporaryDirectory(prefix="geoline-fuzz-") as shipped:
            for other, text in VIINA.items():
                (Path(shipped) / other).write_bytes(data if other == name else text.encode())
            first = ingest(folder, Path(shipped), "viina")
            load_theatre(folder)
            again = ingest(folder, Path(shipped), "viina")
            if again.accepted:
                message = f"the second time accepted {again.accepted}"
                raise AssertionError(message)
            return first

    return enter


def _ways() -> dict[str, Door]:
    ways = {}
    for name, text in (
        ("theatre.toml", (pristine() / "theatre.toml").read_text(encoding="utf-8")),
        ("places.csv", PLACES),
        ("baseline.csv", BASELINE),
        ("claims/claims.csv", CLAIMS),
        ("highways.csv", HIGHWAYS),
        ("posts.csv", POSTS),
        ("areas/land.geojson", LAND),
    ):
        ways[f"map: {name}"] = Door(
            valid=as_bytes(text), enter=_drawn(name), seconds=3.0, share=0.1
        )
    for name, form, text in (
        ("acled.csv", "acled", ACLED_OF_A_STATE),
        ("ged.csv", "ucdp-ged", UCDP),
    ):
        ways[f"new: {name}"] = Door(
            valid=as_bytes(text), enter=_made(name, form), seconds=3.0, share=0.1
        )
    for name, holder, text in (
        ("drawn.geojson", None, DRAWN),
        ("drawn.geojson by name", "name", DRAWN),
        ("drawn.kml", None, DRAWN_KML),
        ("drawn.kml by name", "Name", DRAWN_KML),
    ):
        ways[f"last known: {name}"] = Door(
            valid=as_bytes(text),
            enter=_last_known(name.partition(" ")[0], holder=holder),
            seconds=3.0,
            share=0.1,
        )
    for name, text in VIINA.items():
        ways[f"ingest viina: {name}"] = Door(valid=as_bytes(text), enter=_viina(name), share=0.3)
    return ways


WHOLE_WAYS = _ways()
