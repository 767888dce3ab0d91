"""The doors of geoline: whatever comes in from outside, with a valid example of each.

A door takes bytes. It answers, or refuses with an error of geoline's own (`GeolineError`) in one
line; anything else that comes out of it, a second of processor time for less than 64 kB, or a
broken law is a fault.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Door", "base_theatre", "doors"]

DAY = date(2024, 5, 3)

PLACES = """id,name,name_ar,spellings,lat,lon,lookup
ford,Ford,فورد,Fort|Ford Village,45.10,10.10,map sheet 12
mill,Mill,,,45.20,10.20,map sheet 12
bridge,Bridge,,Bridgetown,45.15,10.30,map sheet 12
"""
BASELINE = """place_id,holder,as_of,basis,source
ford,south,2024-04-30,report,Valley Gazette of 30 April
mill,north,2024-04-30,report,Valley Gazette of 30 April
bridge,south,2024-04-30,report,Valley Gazette of 30 April
"""
SOURCES = """id,name,reliability,lean
gazette,Valley Gazette,B,independent
radio-north,Radio North,C,north
acled,ACLED,B,independent
ucdp-ged,UCDP GED,B,independent
viina,VIINA,C,independent
"""
CLAIMS = """claim_id,place,place_id,event,actor,date_start,date_end,published,source,note
c1,Ford,ford,captured,north,2024-05-02,2024-05-02,2024-05-02,radio-north,
c2,the Ford,ford,denied,south,2024-05-02,2024-05-02,2024-05-02,gazette,"he said, no"
c3,Ford village,ford,captured,north,2024-05-03,2024-05-03,2024-05-04,gazette,seen
"""
HIGHWAYS = """highway,seq,place_id,offset_m,offset_bearing,error_m,kind,shared_with,source,note
A1,1,ford,,,500,town,,map,
A1,2,mill,,,500,town,,map,
A1,3,bridge,,,500,town,,map,
"""
POSTS = (
    "post_id,name,place_id,operator,agreement,number,established,established_precision,withdrawn,"
    "source,note\n"
    "p1,Mill post,mill,south,,1,2024-05-01,day,,gazette,\n"
)
LAND = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Valley"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [[9.9, 44.9], [10.5, 44.9], [10.5, 45.4], [9.9, 45.4], [9.9, 44.9]]
                    ],
                },
            }
        ],
    }
)
COURSE = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"ref": "A1"},
                "geometry": {
                    "type": "LineString",
                    "coordinates": [[10.1, 45.1], [10.15, 45.14], [10.2, 45.2], [10.3, 45.15]],
                },
            }
        ],
    }
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,timestamp\n"
    "VAL1,02 May 2024,2024,1,Battles,Non-state actor overtakes territory,North,South,Valley,Ford,"
    "45.10,10.10,1,Valley Gazette,National,taken,0,1714694400\n"
    "VAL2,03 May 2024,2024,1,Battles,Armed clash,North,South,Valley,Mill,45.20,10.20,1,Gazette,"
    "National,clash,2,1714780800\n"
)
UCDP = (
    "id,date_start,date_end,date_prec,where_coordinates,where_prec,latitude,longitude,side_a,side_b,"
    "event_clarity,source_article,best,low,high,type_of_violence\n"
    "7,2024-05-02 00:00:00.000,2024-05-02 00:00:00.000,1,Ford town,1,45.10,10.10,North,South,1,"
    '"Gazette, 2024-05-03",3,2,4,1\n'
)
OWN = """claim_id,place,place_id,event,actor,date_start,date_end,published,source
n1,Mill,,captured,south,2024-05-03,2024-05-03,2024-05-04,gazette
n2,Bridgetown,,entered,north,2024-05-04,2024-05-04,2024-05-04,gazette
"""
GEONAMES = (
    "100\tFord\tFord\tFort,فورد\t45.1\t10.1\tP\tPPL\tVA\t\t01\t\t\t\t1200\t\t20\tEurope/X\t2020-01-01\n"
    "101\tMill\tMill\t\t45.2\t10.2\tP\tPPL\tVA\t\t01\t\t\t\t200\t\t20\tEurope/X\t2020-01-01\n"
)
PCODES = (
    "admin1Name_en,admin1Pcode,admin4Name_en,admin4Pcode,Latitude,Longitude\n"
    "Valley,VA01,Ford,VA010101,45.1,10.1\nValley,VA01,Mill,VA010102,45.2,10.2\n"
)
LINKED = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "@id": "http://example.org/1",
                "type": "Feature",
                "properties": {"title": "Ford", "ccodes": ["VA"]},
                "names": [{"toponym": "Ford"}, {"toponym": "Fort"}],
                "geometry": {"type": "Point", "coordinates": [10.1, 45.1]},
            }
        ],
    }
)
FIGURES = """id,quantity,value,unit,date,source,note
f1,towns and villages captured by North since 1 May,at least 2,,3 May 2024,gazette,
f2,distance from the front line to Bridge,5-10,km,2024-05-03,gazette,
f3,area held by South,about 1/3 of Valley,,2024-05-03,gazette,
"""
REPORT = """\
VALLEY (Agency) - Northern forces captured the town of Ford on Thursday, Radio North said.

Fighters withdrew from Mill on 1 May after clashes; "we took Bridge", a commander said, which the
South denied. The road A1 was cut between Ford and Mill.
"""
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>News</title></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Ford taken</h1><p>{REPORT}</p>
<pre>one\ntwo</pre><table><tr><td>Mill</td><td>3 May</td></tr></table></article></body></html>"""
ARABIC = (
    "سيطرت قوات النظام على بلدة سراقب يوم الأربعاء 29 كانون الثاني، "
    "وانسحبت الفصائل من قرية كفر نبل."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A way in.

    Parameters
    ----------
    valid
        Inputs that it takes.
    enter
        Hands an input in; `GeolineError` is an answer, anything else raised a fault.
    seconds
        Processor time that it may take, for less than 64 kB.
    """

    valid: tuple[bytes, ...]
    enter: Callable[[bytes], object]
    seconds: float = 1.0


def base_theatre(folder: Path) -> Path:
    """Write the small theatre that the doors of files belong to."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main(["new", str(folder), "--from", "2024-05-01", "--to", "2024-05-05"])
    tables = {
        "places.csv": PLACES, "baseline.csv": BASELINE, "sources.csv": SOURCES,
        "claims/claims.csv": CLAIMS, "highways.csv": HIGHWAYS, "posts.csv": POSTS,
    }  # fmt: skip
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = folder / "theatre.toml"
    text = settings.read_text(encoding="utf-8").replace(
        "[parties.south]\n", "[parties.south]\nstate = true\nwords = ['South', 'Southern']\n"
    )
    text += "\n[actor_names]\nnorth = ['North*']\nsouth = ['South*']\n"
    settings.write_text(text, encoding="utf-8")
    for name in ("land", "governorates"):
        (folder / "areas" / f"{name}.geojson").write_text(LAND, encoding="utf-8")
    return folder


@cache
def _pristine() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="geoline-fuzz-"))
    return base_theatre(folder / "valley")


@contextlib.contextmanager
def _copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="geoline-fuzz-") as folder:
        yield Path(shutil.copytree(_pristine(), Path(folder) / "valley"))


@contextlib.contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="geoline-fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


@cache
def _theatre() -> Any:  # noqa: ANN401  (a Theatre)
    return load_theatre(_pristine())


@cache
def _bundled() -> Any:  # noqa: ANN401  (a Theatre)
    return load_theatre()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _theatre_file(name: str) -> Callable[[bytes], object]:
    """Read the theatre with another content of one of its files, and ask a day of it."""

    def enter(data: bytes) -> object:
        with _copy() as folder:
            (folder / name).write_bytes(data)
            theatre = load_theatre(folder)
            first = theatre.data.first_day
            return theatre.as_known().spells, first

    return enter


def _ingested(kind: str, name: str) -> Callable[[bytes], object]:
    """Ingest a file twice: what was accepted is read back, and the second time adds nothing."""

    def enter(data: bytes) -> object:
        with _copy() as folder, _file(data, name) as path:
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
        with _file(data, name) as path:
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
    with _file(data, "report.txt") as path:
        return extractor_of(_theatre().data).claims(read_report(path), DAY)


def _read_page(data: bytes) -> object:
    with _file(data, "report.html") as path:
        return read_report(path)


@cache
def _bundled_reader() -> Any:  # noqa: ANN401  (an Extractor)
    return extractor_of(_bundled().data)


def _read_arabic(data: bytes) -> object:
    return _bundled_reader().claims(_text(data), date(2020, 1, 30))


def _figures(data: bytes) -> object:
    with _file(data, "figures.csv") as path:
        read_figures(path)
        return check(path, _theatre().as_known())


def _command(data: bytes) -> object:
    """A command line, its words parted by line feeds; output stays within a folder of its own."""
    words = [word for word in _text(data).replace("\0", "").split("\n") if word]
    if words and words[0] in {"map", "export", "ingest", "extract", "new"}:
        words = ["resolve", *words[1:]]
    told = ["--theatre", str(_pristine())] if words and words[0] != "resolve" else []
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


RECORDS = json.dumps(
    [
        {"id": "a", "name": "Ford", "lat": 45.1, "lon": 10.1, "names": ["Fort"], "holder": "north"},
        {"id": "b", "name": "Mill", "lat": 45.2, "lon": 10.2, "names": [], "holder": "south"},
        {"id": "c", "name": "Bridge", "lat": 45.15, "lon": 10.3, "names": ["Br"], "holder": None},
    ]
)


def _bytes(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


NAMES = _bytes("Ford", "Maaret al-Numan", "سراقب", "Ford Village, North", "Rashidin 4", "الرشي‍دين")
PHRASES = _bytes(
    "20 km south of Ford", "between Ford and Mill", "A1 north of Ford", "10 miles NE of Mill",
    "the road from Ford to Bridge", "km 12 of the A1", "5-10 km from Mill", "جنوب فورد",
)  # fmt: skip
LINES = _bytes(
    "status\nFord\n--on\n2024-05-03", "changes\n--from\n2024-05-01\n--to\n2024-05-05\n--json",
    "highway\nA1\n--on\n2024-05-03", "posts\n--on\n2024-05-03\n--known-on\n2024-05-02",
    "resolve\nFord\n--near\n45.1,10.2\n--limit\n3", "history\nFord", "front\n--on\n2024-05-03",
    "resolve\n20 km south of Ford\n--within\nFord",
)  # fmt: skip


def _settings() -> bytes:
    return (_pristine() / "theatre.toml").read_bytes()


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
        name: Door(valid=_bytes(text), enter=_theatre_file(name)) for name, text in files.items()
    }
    found["theatre.toml"] = Door(valid=(_settings(),), enter=_theatre_file("theatre.toml"))
    for kind, name, text in (
        ("acled", "acled.csv", ACLED),
        ("ucdp-ged", "ged.csv", UCDP),
        ("claims", "claims.csv", OWN),
    ):
        found[f"ingest {kind}"] = Door(valid=_bytes(text), enter=_ingested(kind, name))
    for name, text in (
        ("geonames.txt", GEONAMES),
        ("pcodes.csv", PCODES),
        ("places.json", LINKED),
    ):
        found[f"listing {name}"] = Door(valid=_bytes(text), enter=_listing(name))
    return found | {
        "resolve": Door(valid=NAMES, enter=_resolve),
        "resolve bundled": Door(valid=NAMES, enter=_resolve_bundled),
        "scan": Door(valid=_bytes(REPORT, ARABIC), enter=_scan),
        "locate": Door(valid=PHRASES, enter=_locate),
        "report": Door(valid=_bytes(REPORT, ARABIC), enter=_read_text),
        "report bundled": Door(valid=_bytes(REPORT, ARABIC), enter=_read_arabic),
        "web page": Door(valid=_bytes(PAGE), enter=_read_page),
        "figures": Door(valid=_bytes(FIGURES), enter=_figures),
        "command": Door(valid=LINES, enter=_command, seconds=3.0),
        "records": Door(valid=_bytes(RECORDS), enter=_records),
    }
