"""Exports: read back by GDAL and by what else opens them, styles, refusals, the printed map."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import fsspec
import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoline import RequestError
from geoline.cli.program import main
from geoline.export.layers.layers import LAYERS, export_of
from geoline.export.layers.styles import looks_of
from geoline.export.print.labels import Room
from geoline.export.print.sheet import MapSheet
from geoline.export.write import write_export

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre

DAY, NEXT = date(2020, 1, 29), date(2020, 1, 30)
KML = {"k": "http://www.opengis.net/kml/2.2"}
TITLES = {name: title for name, _, title, _ in LAYERS}


@pytest.fixture(scope="module")
def files(bundled_theatre: Theatre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with two days in every GIS format, one day as `day.*`."""
    folder = tmp_path_factory.mktemp("export")
    for ending in ("gpkg", "geojson", "parquet", "kml", "csv"):
        write_export(folder / f"days.{ending}", bundled_theatre.as_known(), DAY, NEXT)
        write_export(folder / f"day.{ending}", bundled_theatre.as_known(), DAY, DAY)
    return folder


def expected(bundled_theatre: Theatre, name: str, *days: date) -> int:
    """Count the rows that a layer has on days."""
    if name == "changes":
        before = {DAY: date(2020, 1, 28), NEXT: DAY}
        return sum(len(bundled_theatre.as_known().changes(before[day], day).places) for day in days)
    return sum(len(getattr(bundled_theatre.as_known().on(day), name)) for day in days)


@pytest.mark.parametrize(("name", "kind", "title", "geometry_type"), LAYERS)
def test_gdal_reads_the_geopackage(  # noqa: PLR0913, PLR0917  (fixtures, and a row of LAYERS)
    bundled_theatre: Theatre, files: Path, name: str, kind: str, title: str, geometry_type: str
) -> None:
    """A layer is missing in QGIS, lies elsewhere, or its days are text that cannot be sorted."""
    info = pyogrio.read_info(files / "days.gpkg", layer=name)
    assert info["crs"] == "EPSG:4326"
    assert info["geometry_type"] == geometry_type, kind
    # On these days nobody tells of an event alone; what its layer says: tests/situation.
    some = expected(bundled_theatre, name, DAY, NEXT)
    assert info["features"] == some > (-1 if name == "events" else 0)
    types = dict(zip(info["fields"].tolist(), info["ogr_types"], strict=True))
    assert types["day"] == "OFTDate"
    assert info["layer_metadata"]["IDENTIFIER"] == title
    assert "GeoNames" in info["dataset_metadata"]["CREDITS"]
    assert "not surveyed" in info["dataset_metadata"]["NOTE"]


def test_values_survive_the_geopackage(bundled_theatre: Theatre, files: Path) -> None:
    """The GIS shows another area, holder or confidence than the map."""
    areas = pyogrio.read_dataframe(files / "day.gpkg", layer="areas").set_index("holder")
    meant = bundled_theatre.as_known().on(DAY).areas.set_index("holder")
    assert set(areas.index) == set(meant.index)
    for holder in meant.index:
        assert areas.km2[holder] == pytest.approx(meant.km2[holder], abs=1e-3)
        assert areas.geometry[holder].equals(meant.geometry[holder])
    places = pyogrio.read_dataframe(files / "day.gpkg", layer="places").set_index("place_id")
    town, spell = places.loc["khan-tuman"], bundled_theatre.as_known().on(DAY).spells["khan-tuman"]
    assert (town.holder, town.since.date()) == (spell.holder, spell.since)
    assert town.claims == "; ".join(spell.claims) != ""
    assert bool(town.contested) is spell.contested


def qml(path: Path) -> dict[str, ET.Element]:
    """Read the styles of a GeoPackage, by layer."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT min(useAsDefault) FROM layer_styles").fetchone() == (1,)
        rows = database.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()
    return {name: ET.fromstring(text) for name, text in rows}  # noqa: S314  (written here)


def test_qgis_opens_it_coloured(bundled_theatre: Theatre, files: Path) -> None:
    """QGIS gives the sides random colours, or none that a print without colour tells apart."""
    looks = looks_of(bundled_theatre.as_known().theatre)
    styles = qml(files / "day.gpkg")
    assert set(styles) == set(TITLES)
    symbols = {symbol.get("name"): symbol for symbol in styles["areas"].iter("symbol")}
    brushes = {}
    for category in styles["areas"].iter("category"):
        symbol = symbols[category.get("symbol", "")]
        look = looks[category.get("value", "")]
        colors = {p.get("v", "") for p in symbol.iter("prop") if p.get("k") == "color"}
        rgb = ",".join(str(int(look.color[n : n + 2], 16)) for n in (1, 3, 5))
        assert all(color.startswith(rgb) for color in colors)
        assert category.get("label") == look.name
        brushes[category.get("value")] = len(symbol.findall("layer"))
    assert brushes["government"] == 1
    assert brushes["opposition"] == brushes["sdf"] == 2


def test_qgis_shows_one_day_of_many(files: Path) -> None:
    """Eighty fronts lie on top of each other."""
    for name, root in qml(files / "days.gpkg").items():
        rules = list(root.iterfind("renderer-v2/rules/rule"))
        symbols = {s.get("name") for s in root.iterfind("renderer-v2/symbols/symbol")}
        assert {rule.get("symbol") for rule in rules} == symbols, name
        assert all(f"to_date('{NEXT}')" in rule.get("filter", "") for rule in rules)
    assert not any(list(root.iter("rule")) for root in qml(files / "day.gpkg").values())


def test_geojson_is_rfc_7946(bundled_theatre: Theatre, files: Path) -> None:
    """A web map fills the inverse of an area, or a tool stumbles over a coordinate system."""
    data = json.loads((files / "day.geojson").read_text(encoding="utf-8"))
    assert "crs" not in data
    assert data["credits"]
    assert data["known"].startswith("As known now")
    kinds = [feature["properties"]["kind"] for feature in data["features"]]
    assert {k: kinds.count(k) for k in set(kinds)} == {
        kind: count for name, kind, *_ in LAYERS if (count := expected(bundled_theatre, name, DAY))
    }
    for feature in data["features"]:
        if feature["properties"]["kind"] in {"area", "band"}:
            for outer, *holes in feature["geometry"]["coordinates"]:
                assert shapely.is_ccw(shapely.LinearRing(outer))
                assert not any(shapely.is_ccw(shapely.LinearRing(hole)) for hole in holes)
    info = pyogrio.read_info(files / "days.geojson")
    assert (info["driver"], info["crs"]) == ("GeoJSON", "EPSG:4326")
    assert info["features"] == sum(expected(bundled_theatre, name, DAY, NEXT) for name in TITLES)
    west, south, east, north = info["total_bounds"]
    assert 33 < south < north < 38
    assert 35 < west < east < 43, "longitude comes first"


def test_geoparquet_is_read(bundled_theatre: Theatre, files: Path) -> None:
    """A table of all days cannot be filtered by layer and day, or has lost its CRS."""
    table = gpd.read_parquet(files / "days.parquet")
    assert table.crs.equals(4326)
    for name, kind, _, geometry_type in LAYERS:
        part = table[table["kind"] == kind]
        assert len(part) == expected(bundled_theatre, name, DAY, NEXT)
        if part.empty:
            continue
        assert set(part.geometry.dropna().geom_type) == {geometry_type}
        assert set(part["day"]) == {DAY, NEXT}
    from pyarrow import parquet  # noqa: PLC0415

    schema = parquet.read_schema(files / "days.parquet")
    assert str(schema.field("day").type) == "date32[day]"
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    assert "credits" in json.loads(schema.metadata[b"geoline"])
    if "Parquet" in pyogrio.list_drivers():
        assert pyogrio.read_info(files / "days.parquet")["features"] == len(table)


def test_kml_has_folders_styles_and_days(bundled_theatre: Theatre, files: Path) -> None:
    """Google Earth shows one heap in one colour, and its slider does nothing."""
    layers = [name for name, _ in pyogrio.list_layers(files / "days.kml")]
    assert layers == list(TITLES.values())
    for name, title in TITLES.items():
        info = pyogrio.read_info(files / "days.kml", layer=title, force_feature_count=True)
        assert info["features"] == expected(bundled_theatre, name, DAY, NEXT)
    root = ET.parse(files / "days.kml").getroot()  # noqa: S314  (written here)
    styles = {f"#{style.get('id')}" for style in root.iterfind(".//k:Style", KML)}
    marks = root.findall(".//k:Placemark", KML)
    assert {mark.findtext("k:styleUrl", "", KML) for mark in marks} <= styles
    assert {mark.findtext("k:TimeSpan/k:begin", "", KML) for mark in marks} == {
        DAY.isoformat(), NEXT.isoformat(),
    }  # fmt: skip
    color = root.findtext(".//k:Style[@id='area-government']/k:PolyStyle/k:color", "", KML)
    assert color[2:] == "3d55c8"  # #c8553d as KML writes it: blue, green, red
    assert not root.findall(".//k:href", KML), "a viewer would fetch from a host"


def test_csv_is_a_table_of_places(bundled_theatre: Theatre, files: Path) -> None:
    """A spreadsheet cannot be joined back to places and claims, or GDAL finds no coordinates."""
    with (files / "days.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == expected(bundled_theatre, "places", DAY, NEXT)
    (row,) = (r for r in rows if r["place_id"] == "khan-tuman" and r["day"] == "2020-01-29")
    spell = bundled_theatre.as_known().on(DAY).spells["khan-tuman"]
    assert (row["holder"], row["since"]) == (spell.holder, spell.since.isoformat())
    assert row["claims"] == "; ".join(spell.claims)
    table = pyogrio.read_dataframe(
        files / "days.csv", X_POSSIBLE_NAMES="lon", Y_POSSIBLE_NAMES="lat"
    )
    place = bundled_theatre.as_known().theatre.gazetteer["khan-tuman"]
    point = table.geometry[table["place_id"] == "khan-tuman"].iloc[0]
    assert (point.x, point.y) == pytest.approx((place.lon, place.lat), abs=1e-6)


def test_ogrinfo_reads_them(files: Path) -> None:
    """The GDAL of a distribution refuses what the one in the wheel reads."""
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("no ogrinfo (Debian: gdal-bin)")
    for name in ("day.gpkg", "day.geojson", "day.kml", "day.csv"):
        run = subprocess.run(
            [ogrinfo, "-ro", "-al", "-so", files / name],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "Feature Count" in run.stdout
        assert "ERROR" not in run.stderr


def test_first_day_has_all_layers(bundled_theatre: Theatre) -> None:
    """The day from which nothing changed yet cannot be exported."""
    first = bundled_theatre.as_known().theatre.first_day
    export = export_of(bundled_theatre.as_known(), first, first)
    assert [layer.name for layer in export.layers] == list(TITLES)
    changes = export["changes"]
    assert len(changes) == 0
    assert changes.columns["date"].dtype.kind == "M"


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A script does not learn what was written, or writes what was not known that evening."""
    path = tmp_path / "evening.csv"
    with pytest.raises(SystemExit) as done:
        main(
            ["export", "-o", str(path), "--on", "2020-01-28", "--known-on", "2020-01-28", "--json"]
        )
    answer = json.loads(capsys.readouterr().out)
    assert (done.value.code, answer["bytes"]) == (0, path.stat().st_size)
    assert (answer["from"], answer["known_on"]) == ("2020-01-28", "2020-01-28")
    rows = {r["place_id"]: r for r in csv.DictReader(path.read_text("utf-8").splitlines())}
    assert answer["layers"] == {"places": len(rows)}
    assert rows["maarrat-al-numan"]["holder"] == "opposition"
    assert rows["maarrat-al-numan"]["contested"] == "true"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.doc"], ".gpkg"),
        (["-o", "no/such/x.gpkg"], "does not exist"),
        (["-o", "x.png", "--from", "2020-01-01", "--to", "2020-01-02"], "--on"),
        (["-o", "x.gpkg", "--from", "2020-01-02", "--to", "2020-01-01"], "earlier day first"),
        (["-o", "x.gpkg", "--on", "2020-01-02", "--to", "2020-01-01"], "not both"),
        (["-o", "x.gpkg", "--on", "2021-01-02"], "outside"),
        (["-o", "x.mp4", "--layer", "places"], "leave --layer out"),
    ],
)
def test_refusals(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A traceback instead of a line, or half a file."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as done:
        main(["export", *arguments])
    assert done.value.code == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("library", "module", "ending"),
    [
        ("pyarrow", "pyarrow.parquet", "parquet"),  # pandas itself asks for pyarrow
        ("matplotlib", "matplotlib", "png"),
        ("matplotlib", "matplotlib", "svg"),
        ("matplotlib", "matplotlib", "pdf"),
    ],
)
def test_what_is_missing_is_named(  # noqa: PLR0913, PLR0917  (fixtures, and a row of the table)
    bundled_theatre: Theatre,
    library: str,
    module: str,
    ending: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who installed geoline without extras gets a traceback, and loses the file of yesterday."""
    if library == "pyarrow":
        monkeypatch.delattr(pa, "parquet", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    for name in ("picture", "sheet", "legend"):
        monkeypatch.delitem(sys.modules, f"geoline.export.print.{name}", raising=False)
    path = tmp_path / f"day.{ending}"
    path.write_text("yesterday")
    with pytest.raises(RequestError, match=f"{library}: pip install"):
        write_export(path, bundled_theatre.as_known(), DAY, DAY)
    assert path.read_text() == "yesterday"


def test_printed_map(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """An editor gets a picture that is small, differs from run to run, or lacks its credits."""
    for name in ("a.svg", "b.svg", "c.png", "a.pdf", "b.pdf"):
        write_export(tmp_path / name, bundled_theatre.as_known(), DAY, DAY)
    for ending in ("svg", "pdf"):
        again = (tmp_path / f"b.{ending}").read_bytes()
        assert (tmp_path / f"a.{ending}").read_bytes() == again
    paper = (tmp_path / "a.pdf").read_bytes()
    assert paper.startswith(b"%PDF-")
    assert b"/CreationDate" not in paper
    assert re.search(rb"/Type /Pages[^>]*/Count 1\b", paper, flags=re.DOTALL)
    assert b"/FontFile2" in paper, "letters are shapes that nobody can search for or copy"
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "29 January 2020" in text
    assert "As known now" in text
    assert "OCHA" in text
    # What is written is shapes, with the words as a comment.
    words = " ".join(re.findall(r"<!-- (.*?) -->", text, flags=re.DOTALL))
    for said in (
        "Syrian government took", "Method", "SANA (C, government)", "completely reliable",
        "How to cite", "North-west Syria: who held what on 29 January 2020. Map, as known now",
        "Ground held by", "Highways M4, M5", "20 km",
    ):  # fmt: skip
        assert said in words
    assert "<image" not in text, "a picture in the drawing does not scale"
    from PIL import Image  # noqa: PLC0415

    with Image.open(tmp_path / "c.png") as image:
        assert min(image.size) > 2500
        assert "GeoNames" in image.info["Copyright"]
        grey = np.asarray(image.convert("L"))
    # White paper on every edge: nothing is clipped.
    edges = (grey[:30], grey[-30:], grey[:, :30], grey[:, -30:])
    assert all((edge == 255).all() for edge in edges)


point = st.tuples(st.floats(0, 300), st.floats(0, 300))
size = st.tuples(st.floats(5, 60), st.floats(5, 15))


@given(st.lists(st.tuples(point, size), max_size=25))
def test_names_never_overlap(asked: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    """Two names lie on each other, or one runs off the map."""
    room = Room((0, 0, 300, 300), shapely.LineString([(0, 0), (300, 300)]))
    placed = [room.place(*at, wide_high, 2.0) for at, wide_high in asked]
    boxes = [shapely.box(*p.box) for p in placed if p is not None]
    assert all(shapely.box(0, 0, 300, 300).covers(box) for box in boxes)
    for number, box in enumerate(boxes):
        assert (
            shapely.intersection(box, boxes[number + 1 :]).size == 0
            or (shapely.area(shapely.intersection(box, boxes[number + 1 :])) < 1e-9).all()
        )


def test_the_names_of_the_sentence_are_on_the_picture(
    bundled_theatre: Theatre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader is told that al-Eis fell, and looks for it in vain among the signs."""
    written = []
    write = MapSheet.write

    def spy(sheet: MapSheet, text: str, *at: float, **font: Any) -> None:  # noqa: ANN401  (as there)
        written.append(text)
        write(sheet, text, *at, **font)

    monkeypatch.setattr(MapSheet, "write", spy)
    day = date(2020, 2, 8)
    write_export(tmp_path / "day.svg", bundled_theatre.as_known(), day, day)
    assert {"al-Eis", "Shaykh Ahmad", "Tell Bajir", "Ijaz (S Aleppo)", "Makhala"} <= set(written)


def test_a_folder_has_a_table_a_layer_and_day(tmp_path: Path) -> None:
    """Many days would be one table that nobody can read a part of; or a bucket be out of reach."""
    store = fsspec.filesystem("memory")
    days = ["--from", "2020-01-29", "--to", "2020-01-30", "--layer", "places"]
    for target in (f"{tmp_path}/days/", "memory://days/"):
        with pytest.raises(SystemExit) as ended:
            main(["export", "-o", target, *days])
        assert ended.value.code == 0
    files = {p.relative_to(tmp_path / "days").as_posix() for p in (tmp_path / "days").glob("*/*")}
    assert files == {"places/2020-01-29.parquet", "places/2020-01-30.parquet"}
    assert {name.removeprefix("/days/") for name in store.find("/days")} == files
    for name in files:
        assert (tmp_path / "days" / name).read_bytes() == store.cat(f"/days/{name}")
    places = gpd.read_parquet(tmp_path / "days" / "places" / "2020-01-29.parquet")
    assert set(places["day"]) == {DAY}
    with pytest.raises(SystemExit) as ended:
        main(["export", "-o", f"{tmp_path}/days/", *days])
    assert ended.value.code == 2
