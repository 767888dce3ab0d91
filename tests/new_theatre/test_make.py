"""`geoline new`: from the files that people have to a folder that is drawn as it is."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geoline import DataError, RequestError, load_theatre
from geoline.new_theatre.asked import Asked
from geoline.new_theatre.lines import read_drawn
from geoline.new_theatre.make import make_theatre
from geoline.new_theatre.sides import COLOURS, PATTERNS, look
from geoline.new_theatre.world.countries import world

ACLED = [
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1",
    "actor2", "country", "location", "latitude", "longitude", "geo_precision", "source",
    "timestamp",
]  # fmt: skip
ARMY, REBELS = "Military Forces of Iceland (2020-) Coast Guard", "NF: Northern Front"
WEST = shapely.box(-25, 63, -19, 67)


def acled(path: Path, days: dict[str, str], **more: object) -> Path:
    """Write rows of ACLED's form about three towns of Iceland, by day: the sub-event."""
    towns = [("Akureyri", 65.68, -18.09), ("Selfoss", 63.93, -21.0), ("Blönduós", 65.66, -20.28)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ACLED, restval="")
        writer.writeheader()
        for number, (day, sub_event) in enumerate(days.items()):
            name, lat, lon = towns[number % 3]
            writer.writerow(
                {
                    "event_id_cnty": f"ISL{number}",
                    "event_date": day,
                    "time_precision": 1,
                    "event_type": "Battles",
                    "sub_event_type": sub_event,
                    "actor1": REBELS,
                    "actor2": ARMY,
                    "country": "Iceland",
                    "location": name,
                    "latitude": lat,
                    "longitude": lon,
                    "geo_precision": 1,
                    "source": "Agency A; Radio B",
                }
                | more
            )
    return path


TAKES = {
    "02/06/2030": "Armed clash",
    "13/06/2030": "Non-state actor overtakes territory",
    "14 June 2030": "Government regains territory",
}


def polygons(path: Path, shapes: dict[str, shapely.Geometry]) -> Path:
    """Write areas with a column `side`, in the form of the file's ending."""
    frame = gpd.GeoDataFrame(
        {"side": list(shapes), "Name": list(shapes)}, geometry=list(shapes.values()), crs=4326
    )
    if path.suffix == ".kmz":
        inner = path.with_suffix(".kml")
        frame.to_file(inner, driver="KML")
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(inner, "doc.kml")
        inner.unlink()
        return path
    driver = {".geojson": "GeoJSON", ".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".kml": "KML"}
    frame.to_file(path, driver=driver[path.suffix])
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_acled_in_its_own_forms_makes_a_theatre(tmp_path: Path) -> None:
    """A new folder takes no row of a real export, or its map does not show what the rows say."""
    data = acled(tmp_path / "events.csv", TAKES)
    made = make_theatre(tmp_path / "isl", Asked(countries=("IS",), data=((data, "acled"),)))
    assert [(d.read, d.accepted, len(d.set_aside)) for _, d in made.ingested] == [(3, 3, 0)]
    theatre = load_theatre(tmp_path / "isl")
    data_read = theatre.data
    assert list(data_read.parties) == ["iceland", "nf"]
    assert (data_read.first_day, data_read.last_day) == (date(2030, 6, 2), date(2030, 6, 14))
    held = theatre.on("2030-06-14").places.set_index("place")["holder"]
    assert held["Selfoss"] == "nf"
    assert held["Blönduós"] == "iceland"
    before = theatre.on("2030-06-12").places.set_index("place")["holder"]
    assert (before["Selfoss"], before["Blönduós"]) == ("iceland", "nf"), "who lost it held it"
    assert {"Agency A", "Radio B"} <= {source.name for source in data_read.sources.values()}


def test_json_of_the_api_is_taken_as_the_csv_is(tmp_path: Path) -> None:
    """Who fetches ACLED by its API would have to turn the answer into a table first."""
    table = acled(tmp_path / "events.csv", TAKES)
    with table.open(encoding="utf-8") as file:
        answer = {"status": 200, "count": 3, "data": list(csv.DictReader(file))}
    api = tmp_path / "events.json"
    api.write_text(json.dumps(answer), "utf-8")
    for name, path in (("a", table), ("b", api)):
        make_theatre(tmp_path / name, Asked(countries=("IS",), data=((path, "acled"),)))
    claims = [(tmp_path / name / "claims" / "acled.csv").read_bytes() for name in "ab"]
    assert claims[0] == claims[1]


def test_again_nothing_changes_and_newer_rows_are_added(tmp_path: Path) -> None:
    """A desk that runs the command every day would lose its edits, or every row would be twice."""
    data = acled(tmp_path / "events.csv", TAKES)
    folder, asked = tmp_path / "isl", Asked(countries=("IS",), data=((data, "acled"),))
    make_theatre(folder, asked)
    toml = folder / "theatre.toml"
    toml.write_text(toml.read_text("utf-8").replace('name = "NF"', 'name = "The Front"'), "utf-8")
    before = contents(folder)
    assert make_theatre(folder, asked).files == []
    assert contents(folder) == before
    newer = acled(
        tmp_path / "newer.csv",
        {**TAKES, "20 June 2030": "Non-state actor overtakes territory"},
        actor1="Southern League",
    )
    rows = newer.read_text("utf-8").splitlines()
    newer.write_text("\n".join([rows[0], rows[4]]) + "\n", "utf-8")
    made = make_theatre(folder, Asked(data=((newer, "acled"),)))
    assert {path.as_posix() for path in made.files} == {"claims/acled.csv", "theatre.toml"}
    theatre = load_theatre(folder)
    assert theatre.data.parties["nf"].name == "The Front", "the edit stays"
    assert "southern-league" in theatre.data.parties
    assert theatre.data.last_day == date(2030, 6, 20), "the days roll on"
    assert len(theatre.claims) == 4


@pytest.mark.parametrize("ending", [".geojson", ".kml", ".kmz", ".gpkg"])
def test_polygons_of_any_kind_are_the_same(tmp_path: Path, ending: str) -> None:
    """The line that everybody has as polygons could be given in one form only."""
    file = polygons(tmp_path / f"line{ending}", {"Red": WEST})
    drawn = read_drawn(file, date(2030, 5, 1), None, ("Red", "Blue"))
    assert shapely.equals_exact(
        shapely.normalize(drawn.areas["red"]), shapely.normalize(WEST), 1e-6
    )


def test_last_known_line_is_where_the_map_starts(tmp_path: Path) -> None:
    """The line that everybody has as polygons could be given to no command."""
    file = polygons(tmp_path / "line.shp", {"Red": WEST})
    asked = Asked(countries=("IS",), last_known=file, as_of=date(2030, 5, 1), sides=("Red", "Blue"))
    make_theatre(tmp_path / "isl", asked)
    theatre = load_theatre(tmp_path / "isl")
    day = theatre.on("2030-05-01")
    holders = day.places.set_index("place")["holder"]
    assert (holders["Reykjavík"], holders["Akureyri"]) == ("red", "blue")
    truth = shapely.intersection(world().country("IS").geometry, WEST)
    areas = day.areas.set_index("holder").geometry
    off = shapely.area(shapely.symmetric_difference(areas["red"], truth))
    assert off < 0.01 * shapely.area(truth)
    assert len(day.front) == 1
    assert "line" in theatre.data.eve.source if theatre.data.eve else False
    assert any("line" in credit for credit in theatre.data.credits), "the page names its source"
    assert make_theatre(tmp_path / "isl", asked).files == [], "the same again changes nothing"


def test_holders_by_a_column(tmp_path: Path) -> None:
    """A file that says whose each polygon is would be drawn as one side's."""
    east = shapely.box(-19, 63, -13, 67)
    file = polygons(tmp_path / "line.geojson", {"Red": WEST, "Blue": east})
    asked = Asked(countries=("IS",), last_known=file, as_of=date(2030, 5, 1), holder="SIDE")
    make_theatre(tmp_path / "isl", asked)
    assert set(load_theatre(tmp_path / "isl").on("2030-05-01").areas["holder"]) == {"red", "blue"}
    with pytest.raises(RequestError, match=r"no column 'who'; there are side, Name, layer"):
        make_theatre(
            tmp_path / "other",
            Asked(countries=("IS",), last_known=file, as_of=date(2030, 5, 1), holder="who"),
        )


def test_areas_that_people_corrected_stay(tmp_path: Path) -> None:
    """Who mends a polygon by hand would lose it when the command is run again."""
    file = polygons(tmp_path / "line.geojson", {"Red": WEST})
    asked = Asked(countries=("IS",), last_known=file, as_of=date(2030, 5, 1), sides=("Red", "Blue"))
    make_theatre(tmp_path / "isl", asked)
    areas = tmp_path / "isl" / "baseline.geojson"
    mended = areas.read_text("utf-8").replace('"source":"line.geojson"', '"source":"our desk"')
    areas.write_text(mended, "utf-8")
    assert make_theatre(tmp_path / "isl", asked).files == []
    assert areas.read_text("utf-8") == mended
    polygons(file, {"Red": shapely.box(-25, 63, -17, 67)})
    made = make_theatre(tmp_path / "isl", asked)
    assert made.files == [Path("baseline.geojson")]
    assert made.review == ["baseline.geojson: line.geojson is there in place of our desk"]


def test_names_that_people_gave_stay(tmp_path: Path) -> None:
    """A source or party that was renamed would be there twice after the next day's file."""
    data = acled(tmp_path / "events.csv", TAKES)
    folder, asked = tmp_path / "isl", Asked(countries=("IS",), data=((data, "acled"),))
    make_theatre(folder, asked)
    for name, was, now in (
        ("sources.csv", "radio-b,Radio B,", "radio-b,Radio Bravo,"),
        *(
            (name, r"\bnf\b", "front")
            for name in ("theatre.toml", "baseline.csv", "claims/acled.csv")
        ),
    ):
        text, count = re.subn(was, now, (folder / name).read_text("utf-8"))
        assert count, name
        (folder / name).write_text(text, "utf-8")
    before = contents(folder)
    again = make_theatre(folder, asked)
    assert [(d.duplicates, len(d.set_aside)) for _, d in again.ingested] == [(3, 0)]
    assert contents(folder) == before


def test_table_keeps_its_columns(tmp_path: Path) -> None:
    """A column that people filled would be gone, or a table written anew without need."""
    data = acled(tmp_path / "events.csv", TAKES)
    folder, asked = tmp_path / "isl", Asked(countries=("IS",), data=((data, "acled"),))
    make_theatre(folder, asked)
    sources = folder / "sources.csv"
    mine = "name,id,reliability,lean\nRadio B,radio-b,B,independent\nAgency A,agency-a,A,nf\n"
    sources.write_text(mine, "utf-8")
    assert make_theatre(folder, asked).files == []
    newer = acled(tmp_path / "newer.csv", {"20 June 2030": "Armed clash"}, source="Paper C")
    newer.write_text(newer.read_text("utf-8").replace("ISL0", "ISL9"), "utf-8")
    make_theatre(folder, Asked(data=((newer, "acled"),)))
    lines = sources.read_text("utf-8").splitlines()
    assert lines[0].startswith("name,id,reliability,lean,")
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["Radio B", "radio-b", "B", "independent"],
        ["Agency A", "agency-a", "A", "nf"],
        ["Paper C", "paper-c", "C", "independent"],
    ]


def test_countries_alone_are_drawn(tmp_path: Path) -> None:
    """Who begins with a country would be refused a map; one across the 180th meridian, crash."""
    made = make_theatre(tmp_path / "fiji", Asked(countries=("FJ",)))
    assert any("set first_day" in text for text in made.review)
    theatre = load_theatre(tmp_path / "fiji")
    day = theatre.on(theatre.data.first_day)
    assert len(day.areas) == len(day.front) == 0
    assert set(day.places["holder"]) == {"unknown"}
    assert "Suva" in set(day.places["place"])
    assert theatre.write_map(tmp_path / "map.html") > 10_000


def test_data_of_elsewhere_are_refused(tmp_path: Path) -> None:
    """A slip in --country would make a theatre of which nothing can be drawn."""
    data = acled(tmp_path / "events.csv", TAKES)
    with pytest.raises(DataError, match=r"events.csv, 'latitude': none of its 3 rows .* --country"):
        make_theatre(tmp_path / "ml", Asked(countries=("ML",), data=((data, "acled"),)))
    file = polygons(tmp_path / "line.geojson", {"Red": WEST})
    asked = Asked(countries=("ML",), last_known=file, as_of=date(2030, 5, 1), sides=("Red", "Blue"))
    with pytest.raises(DataError, match=r"line.geojson, 'geometry': none .* lies in Mali, but at"):
        make_theatre(tmp_path / "ml", asked)
    (tmp_path / "ml").write_text("a file", "utf-8")
    with pytest.raises(RequestError, match="is a file"):
        make_theatre(tmp_path / "ml", asked)


def test_sea_is_nobodys_and_land_has_neighbours(tmp_path: Path) -> None:
    """The sea would belong to an army, and landlocked ground lie in water."""
    whole = shapely.box(22, 44, 41, 53)
    file = polygons(tmp_path / "line.geojson", {"Red": shapely.box(32, 44, 41, 47.5)})
    asked = Asked(countries=("UA",), last_known=file, as_of=date(2030, 5, 1), sides=("Red", "Blue"))
    make_theatre(tmp_path / "land", asked)
    areas = load_theatre(tmp_path / "land").on("2030-05-01").areas.geometry
    for lon, lat in ((36.6, 46.2), (35.6, 45.9), (31.0, 45.6)):
        assert not shapely.contains_xy(areas.to_numpy(), lon, lat).any(), "the Sea of Azov"
    land = gpd.read_file(tmp_path / "land" / "areas" / "land.geojson")
    assert {"Belarus", "Poland", "Moldova", "Ukraine"} <= set(land["name"])
    inland = shapely.Point(26.5, 53.0)
    assert land.geometry.contains(inland).any()
    assert not whole.is_empty


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"data": "not,a,dataset\n1,2,3\n"}, "row 1, 'event_id_cnty': this column is missing"),
        ({"last": '{"type": "FeatureCollection", "features": []}'}, "holds no polygon"),
        ({"last": "<kml"}, "cannot be read as GeoJSON"),
        ({"places": "what,is,this\n1,2,3\n"}, "is of no known kind"),
    ],
)
def test_what_is_not_what_it_says_leaves_the_folder(
    tmp_path: Path, files: dict[str, str], reason: str
) -> None:
    """A wrong file would leave half a theatre behind, or break the one that was there."""
    folder = tmp_path / "isl"
    data = acled(tmp_path / "events.csv", TAKES)
    make_theatre(folder, Asked(countries=("IS",), data=((data, "acled"),)))
    before = contents(folder)
    for name, text in files.items():
        (tmp_path / f"{name}.geojson").write_text(text, "utf-8")
    asked = Asked(
        countries=("IS",),
        data=((tmp_path / "data.geojson", "acled"),) if "data" in files else (),
        places=(tmp_path / "places.geojson",) if "places" in files else (),
        last_known=tmp_path / "last.geojson" if "last" in files else None,
        as_of=date(2030, 5, 1) if "last" in files else None,
        sides=("Red", "Blue") if "last" in files else None,
    )
    for target in (folder, tmp_path / "fresh"):
        with pytest.raises(DataError, match=reason):
            make_theatre(target, asked)
    assert contents(folder) == before
    assert not (tmp_path / "fresh").exists()


def test_events_alone_are_drawn(tmp_path: Path) -> None:
    """A war known by its clashes alone would draw nothing."""
    data = acled(tmp_path / "events.csv", dict.fromkeys(TAKES, "Armed clash"))
    make_theatre(tmp_path / "isl", Asked(data=((data, "acled"),)))
    theatre = load_theatre(tmp_path / "isl")
    day = theatre.on(theatre.data.last_day)
    assert len(day.areas) == len(day.front) == 0
    assert set(day.places["holder"]) == {"unknown"}
    assert theatre.write_map(tmp_path / "map.html") > 10_000


def test_parties_look_different() -> None:
    """Two parties would have one colour, or one pattern in print."""
    looks = [look(number) for number in range(len(COLOURS) * len(PATTERNS))]
    assert len(set(looks)) == len(looks)


def test_later_line_starts_the_map_again(tmp_path: Path) -> None:
    """A line that others drew a month later would change nothing, or change the days before it."""
    first = polygons(tmp_path / "first.geojson", {"Red": WEST})
    later = polygons(tmp_path / "later.geojson", {"Red": shapely.box(-25, 63, -17, 67)})
    data = acled(tmp_path / "events.csv", {"20 May 2030": "Armed clash"}, actor1="Red")
    sides = ("Red", "Iceland")
    start = Asked(
        countries=("IS",),
        data=((data, "acled"),),
        last_known=first,
        as_of=date(2030, 5, 1),
        sides=sides,
    )
    again = Asked(last_known=later, as_of=date(2030, 5, 11), sides=sides)
    make_theatre(tmp_path / "isl", start)
    assert make_theatre(tmp_path / "isl", again).files == [Path("baseline.geojson")]
    assert make_theatre(tmp_path / "isl", again).files == []
    theatre = load_theatre(tmp_path / "isl")
    red = [
        theatre.on(day).areas.set_index("holder")["km2"]["red"]
        for day in ("2030-05-01", "2030-05-10", "2030-05-11", "2030-05-20")
    ]
    assert red[0] == red[1] < 0.8 * red[2]
    assert red[2] == red[3]
    spells = theatre.on("2030-05-20").spells
    town = next(p.id for p in theatre.gazetteer.places if p.name == "Akureyri")
    assert theatre.on("2030-05-10").spells[town].holder == "iceland"
    assert (spells[town].holder, spells[town].since) == ("red", date(2030, 5, 11))
    as_then = theatre.on("2030-05-20", known="2030-05-10")
    assert as_then.spells[town].holder == "iceland", "nobody had drawn it yet"


def test_an_id_of_another_place_is_not_believed(tmp_path: Path) -> None:
    """What happened in Siversk would be drawn in Sevastopol, by a slip in a number."""
    folder = tmp_path / "viina"
    folder.mkdir()
    header = "event_id,date,geonameid,asciiname,longitude,latitude,address,source"
    # 694423 is Sevastopol in GeoNames; the row says Siversk, and where that is.
    row = '1,20300101,694423,Siversk,38.09,48.87,"Украина, Донецкая область, Северск",ria'
    (folder / "event_info.csv").write_text(f"{header}\n{row}\n", "utf-8")
    (folder / "event_labels.csv").write_text("event_id,t_control_b,a_rus_b,a_ukr_b\n1,1,1,0\n")
    make_theatre(tmp_path / "ukr", Asked(countries=("UA",), data=((folder, "viina"),)))
    theatre = load_theatre(tmp_path / "ukr")
    (place,) = {claim.place_id for claim in theatre.data.claims}
    assert (round(theatre.gazetteer[place].lat, 1), theatre.gazetteer[place].name) == (
        48.9,
        "Siversk",
    )
