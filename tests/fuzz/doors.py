"""The doors of geoline: whatever comes in from outside, with a valid example of each.

A door takes bytes. It answers, or refuses with an error of geoline's own (`GeolineError`) in one
line; anything else that comes out of it, a second of processor time for less than 64 kB, or a
broken law is a fault.
"""

from __future__ import annotations

import contextlib
import io
import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geoline import Gazetteer, GeolineError, front_line, load_theatre
from geoline.checking import check, read_figures
from geoline.cli import main
from geoline.extraction import extractor_of, read_report
from geoline.gazetteer.importing import read_listing
from geoline.gazetteer.scan import Scanner
from geoline.georeferencing import locate
from geoline.ingest import ingest
from geoline.review import desk_payload, write_desk
from tests.fuzz.door import Door
from tests.fuzz.valid import (
    ACLED,
    ACLED_JSON,
    ARABIC,
    BASELINE,
    CLAIMS,
    COURSE,
    FIGURES,
    GEONAMES,
    HIGHWAYS,
    LAND,
    LINES,
    LINKED,
    NAMES,
    OWN,
    PAGE,
    PCODES,
    PHRASES,
    PLACES,
    POSTS,
    RECORDS,
    REPORT,
    SOURCES,
    UCDP,
    as_bytes,
)
from tests.fuzz.valley import copied, file_of, pristine
from tests.fuzz.whole_ways import WHOLE_WAYS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["doors"]

DAY = date(2024, 5, 3)


@cache
def _theatre() -> Any:  # noqa: ANN401  (a Theatre)
    return load_theatre(pristine())


@cache
def _bundled() -> Any:  # noqa: ANN401  (a Theatre)
    return load_theatre()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _theatre_file(name: str) -> Callable[[bytes], object]:
    """Read the theatre with another content of one of its files, and ask a day of it."""

    def enter(data: bytes) -> object:
        with copied() as folder:
            (folder / name).write_bytes(data)
            theatre = load_theatre(folder)
            first = theatre.data.first_day
            return theatre.as_known().spells, first

    return enter


def _ingested(kind: str, name: str) -> Callable[[bytes], object]:
    """Ingest a file twice: what was accepted is read back, and the second time adds nothing."""

    def enter(data: bytes) -> object:
        with copied() as folder, file_of(data, name) as path:
            before = len(load_theatre(folder).data.claims)
            first = ingest(folder, path, kind)
            after = len(load_theatre(folder).data.claims)
            if after != before + first.accepted:
                message = f"{first.accepted} accepted, but {after - before} more are read"
                raise AssertionError(message)
            again = ingest(folder, path, kind)
            if again.accepted:
                message = f"the second time accepted {again.accepted}"
                raise AssertionError(message)
            return first

    return enter


def _listing(name: str) -> Callable[[bytes], object]:
    def enter(data: bytes) -> object:
        with file_of(data, name) as path:
            read = read_listing(path)
            return Gazetteer(read.places).resolve("Ford") if read.places else read

    return enter


def _resolve(data: bytes) -> object:
    return _theatre().gazetteer.resolve(_text(data)), _theatre().gazetteer.resolve_many(
        [_text(data)]
    )


def _resolve_bundled(data: bytes) -> object:
    return _bundled().gazetteer.resolve(_text(data))


def _scan(data: bytes) -> object:
    return list(Scanner(_theatre().gazetteer).spans(_text(data)))


def _locate(data: bytes) -> object:
    theatre = _theatre()
    return locate(_text(data), theatre.gazetteer, theatre.data.highways)


def _read_text(data: bytes) -> object:
    with file_of(data, "report.txt") as path:
        return extractor_of(_theatre().data).claims(read_report(path), DAY)


def _read_page(data: bytes) -> object:
    with file_of(data, "report.html") as path:
        return read_report(path)


@cache
def _bundled_reader() -> Any:  # noqa: ANN401  (an Extractor)
    return extractor_of(_bundled().data)


def _read_arabic(data: bytes) -> object:
    return _bundled_reader().claims(_text(data), date(2020, 1, 30))


def _desk(name: str) -> Callable[[bytes], object]:
    """Make the desk of a table of claims, or of one table and another text of its report."""

    def enter(data: bytes) -> object:
        with file_of(data, name) as path:
            table = path.with_suffix(".csv")
            if table != path:
                of_file = OWN.replace("gazette\n", f"gazette,{name}\n")
                table.write_text(of_file.replace("source\n", "source,file\n"), encoding="utf-8")
            payload = desk_payload(_theatre().data, [table], reports=[path.parent])
            return write_desk(payload, path.with_suffix(".html"))

    return enter


def _figures(data: bytes) -> object:
    with file_of(data, "figures.csv") as path:
        read_figures(path)
        return check(path, _theatre().as_known())


def _command(data: bytes) -> object:
    """A command line, its words parted by line feeds; output stays within a folder of its own."""
    words = [word for word in _text(data).replace("\0", "").split("\n") if word]
    if words and words[0] in {"map", "export", "ingest", "extract", "new"}:
        words = ["resolve", *words[1:]]
    told = ["--theatre", str(pristine())] if words and words[0] != "resolve" else []
    silent = io.StringIO()
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        try:
            main([*words, *told])
        except SystemExit as stop:
            if stop.code not in {0, 1, 2}:
                message = f"exit status {stop.code}"
                raise AssertionError(message) from None
    return silent.getvalue()


def _records(data: bytes) -> object:
    """Records of a gazetteer, and points with holders, as a notebook may give them."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        return None  # no records at all: the fault of a program, not of data
    answers: list[object] = []
    with contextlib.suppress(GeolineError):
        answers.append(Gazetteer.from_records(values))
    if len(values) > 1:
        try:
            points = gpd.GeoSeries(
                [shapely.Point(float(v["lon"]), float(v["lat"])) for v in values], crs=4326
            )
        except (KeyError, TypeError, ValueError, OverflowError):
            return answers
        with np.errstate(all="ignore"), contextlib.suppress(GeolineError):
            answers.append(front_line(points, [v.get("holder") for v in values]))
    return answers


def _settings() -> bytes:
    return (pristine() / "theatre.toml").read_bytes()


@cache
def doors() -> dict[str, Door]:
    """Give every door by name."""
    files = {
        "places.csv": PLACES, "baseline.csv": BASELINE, "sources.csv": SOURCES,
        "claims/claims.csv": CLAIMS, "highways.csv": HIGHWAYS, "posts.csv": POSTS,
        "areas/land.geojson": LAND, "areas/governorates.geojson": LAND, "highways.geojson": COURSE,
        "baseline.geojson": LAND.replace(
            '"name": "Valley"', '"holder": "north", "as_of": "2024-04-30", "source": "map sheet 12"'
        ),
    }  # fmt: skip
    found = {
        name: Door(valid=as_bytes(text), enter=_theatre_file(name)) for name, text in files.items()
    }
    found["theatre.toml"] = Door(valid=(_settings(),), enter=_theatre_file("theatre.toml"))
    for kind, name, text in (
        ("acled", "acled.csv", ACLED),
        ("acled", "acled.json", ACLED_JSON),
        ("ucdp-ged", "ged.csv", UCDP),
        ("claims", "claims.csv", OWN),
    ):
        found[f"ingest {name}"] = Door(valid=as_bytes(text), enter=_ingested(kind, name))
    for name, text in (
        ("geonames.txt", GEONAMES),
        ("pcodes.csv", PCODES),
        ("places.json", LINKED),
    ):
        found[f"listing {name}"] = Door(valid=as_bytes(text), enter=_listing(name))
    return (
        found
        | WHOLE_WAYS
        | {
            "resolve": Door(valid=NAMES, enter=_resolve),
            "resolve bundled": Door(valid=NAMES, enter=_resolve_bundled),
            "scan": Door(valid=as_bytes(REPORT, ARABIC), enter=_scan),
            "locate": Door(valid=PHRASES, enter=_locate),
            "report": Door(valid=as_bytes(REPORT, ARABIC), enter=_read_text),
            "report bundled": Door(valid=as_bytes(REPORT, ARABIC), enter=_read_arabic),
            "desk claims.csv": Door(valid=as_bytes(OWN), enter=_desk("c.csv"), share=0.5),
            "desk report": Door(valid=as_bytes(REPORT), enter=_desk("r.txt"), share=0.5),
            "web page": Door(valid=as_bytes(PAGE), enter=_read_page),
            "figures": Door(valid=as_bytes(FIGURES), enter=_figures),
            "command": Door(valid=LINES, enter=_command, seconds=3.0, share=0.2),
            "records": Door(valid=as_bytes(RECORDS), enter=_records),
        }
    )
