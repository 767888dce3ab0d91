"""Relative phrases: what they say, where they point, and how large the circle is.

The guides cited: "2001", MaNIS/HerpNet/ORNIS Georeferencing Guidelines (Wieczorek 2001, rev. 2015),
which became Wieczorek, Guo & Hijmans, IJGIS 18 (2004); "2020", Chapman & Wieczorek, Georeferencing
Best Practices (GBIF).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoline import Gazetteer
from geoline.georeferencing.grammar import distance_error, parse_relation
from geoline.georeferencing.point_radius import heading_radius
from geoline.georeferencing.relations import Relation, locate, relation_record
from geoline.highways.highway import Highway, WayPoint

if TYPE_CHECKING:
    from geoline.theatre import Theatre

GEOD = Geod(ellps="WGS84")
MILE = 1609.344
few = settings(max_examples=60)


def found(bundled_theatre: Theatre, text: str) -> Relation:
    """Locate a phrase in the bundled theatre."""
    relation = locate(text, bundled_theatre.gazetteer, bundled_theatre.data.highways)
    assert relation is not None, text
    return relation


def town(lat: float, lon: float, radius_m: float = 1.0) -> Gazetteer:
    """Make a gazetteer of one town."""
    record = {"id": "x", "name": "Bakersfield", "lat": lat, "lon": lon, "uncertainty_m": radius_m}
    return Gazetteer.from_records([record])


def at(relation: Relation | None) -> tuple[float, float, float]:
    """Latitude, longitude and radius of a relation that has them."""
    assert relation is not None
    assert relation.lat is not None
    assert relation.lon is not None
    assert relation.uncertainty_m is not None
    return relation.lat, relation.lon, relation.uncertainty_m


def holds(relation: Relation | None, lat: float, lon: float) -> bool:
    """Whether a point lies in the circle of a relation."""
    centre_lat, centre_lon, radius = at(relation)
    return float(GEOD.inv(centre_lon, centre_lat, lon, lat)[2]) <= radius


# The guides' worked examples.


@pytest.mark.parametrize(
    ("distance", "error", "width", "radius"),
    [
        (10.0, 0.0, 22.5, 3.90),  # 2001 and 2020: 10 km NE, directions alone
        (10.0, 4.119, 22.5, 6.202),  # 2001: 10 km NE of Bakersfield (prints 6.210)
        (10.0, 2 + 5 + (79 + 40) / MILE, 45.0, 12.254),  # 2001: 10 mi E (by air) Bakersfield
    ],
)
def test_radius_of_a_heading_is_the_guides(
    distance: float, error: float, width: float, radius: float
) -> None:
    """Circles would not follow the published formula."""
    assert heading_radius(distance, error, width) == pytest.approx(radius, abs=0.006)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        *(("10.1", 0.05), ("10.25", 0.125), ("10.5", 0.25), ("10.6", 0.05), ("10.75", 0.125)),
        *(("10", 0.5), ("15", 0.5), ("30", 0.5), ("33", 0.5), ("100", 5), ("140", 5), ("200", 5)),
        *(("1000", 50), ("2000", 50)),
    ],
)
def test_error_of_a_distance_is_the_guides(number: str, error: float) -> None:
    """20 km would pass for as exact as 20.0 km (2020, the table of offset precisions)."""
    assert distance_error(number) == pytest.approx(error)


@pytest.mark.parametrize(
    ("number", "error"),
    [("6", 1), ("10.5", 0.5), ("10.6", 0.1), ("10.75", 0.25), ("10", 5), ("140", 5), ("2000", 500)],
)
def test_about_takes_the_wider_rule(number: str, error: float) -> None:
    """A distance of "about 10 km" would be as narrow as "10 km" (2001, the rule before 2020)."""
    assert distance_error(number, rough=True) == pytest.approx(error)


def test_distance_only_as_in_the_guide() -> None:
    """The place would not fit into its circle (2001: 5 mi from Bakersfield, 12,213 m)."""
    lat, lon, radius = at(locate("5 mi from Bakersfield", town(35.373, -119.018, 2 * MILE + 143)))
    assert (lat, lon) == (35.373, -119.018)
    assert radius == pytest.approx(12_213, abs=2)


def test_orthogonal_distances_as_in_the_guide() -> None:
    """Two distances would point elsewhere (2001: 2 mi E and 3 mi N of Bakersfield, 4,475 m)."""
    gazetteer = town(35 + 25 / 60 + 4 / 3600, -(118 + 58 / 60 + 54 / 3600), 2 * MILE + 79 + 40)
    lat, lon, radius = at(locate("2 mi E and 3 mi N of Bakersfield", gazetteer))
    assert lat == pytest.approx(35.4612939, abs=2e-5)
    assert lon == pytest.approx(-118.946227, abs=2e-5)
    assert radius == pytest.approx(4_475, abs=2)


def test_between_two_places_as_in_the_guide(bundled_theatre: Theatre) -> None:
    """2020: the middle, and half the distance; here with the larger circle of the two towns."""
    relation = found(bundled_theatre, "between Idlib and Ariha")
    a, b = relation.references
    apart = GEOD.inv(a.lon, a.lat, b.lon, b.lat)[2]
    assert at(relation)[2] == pytest.approx(
        apart / 2 + max(a.uncertainty_m, b.uncertainty_m), abs=1
    )


# Laws.

PLACES = st.tuples(st.floats(-70, 70), st.floats(-179, 179), st.floats(1, 5_000))
WINDS = st.sampled_from(
    [("south", 180.0, 45.0), ("NE", 45.0, 22.5), ("west-southwest", 247.5, 11.25)]
)


@few
@given(place=PLACES, km=st.integers(1, 99), wind=WINDS)
def test_distance_and_bearing_are_kept(
    place: tuple[float, float, float], km: int, wind: tuple[str, float, float]
) -> None:
    """20 km south would not be 20 km, or not south."""
    lat, lon, _ = at(locate(f"{km} km {wind[0]} of Bakersfield", town(*place)))
    azimuth, _, metres = GEOD.inv(place[1], place[0], lon, lat)
    assert metres == pytest.approx(km * 1000, abs=0.1)
    assert (azimuth - wind[1] + 180) % 360 - 180 == pytest.approx(0, abs=0.01)


# The ends of a range as often as what lies between them.
UNIT = st.sampled_from([-1.0, 1.0]) | st.floats(-1, 1)


@few
@given(place=PLACES, km=st.integers(1, 60), wind=WINDS, off=st.tuples(UNIT, UNIT, UNIT))
def test_every_reading_lies_in_the_circle(
    place: tuple[float, float, float],
    km: int,
    wind: tuple[str, float, float],
    off: tuple[float, float, float],
) -> None:
    """The place meant would lie outside, if the reporter measured from the edge of the town."""
    lat, lon, town_m = place
    c_lat, c_lon, radius = at(locate(f"{km} km {wind[0]} of Bakersfield", town(*place)))
    out = (km + 0.5 * off[0]) * 1000
    true_lon, true_lat, _ = GEOD.fwd(lon, lat, wind[1] + wind[2] * off[1], out)
    away = GEOD.inv(c_lon, c_lat, true_lon, true_lat)[0]
    true_lon, true_lat, _ = GEOD.fwd(true_lon, true_lat, away, town_m * abs(off[2]))
    assert GEOD.inv(c_lon, c_lat, true_lon, true_lat)[2] <= radius * 1.0001
    # No smaller than the guides', who count the town's circle along the heading.
    assert radius >= heading_radius(km * 1000, 500 + town_m, wind[2]) - 1


@few
@given(fills=UNIT, out=UNIT, turn=UNIT, shift=st.floats(0, 360))
def test_outskirts_lie_in_the_circle(
    bundled_theatre: Theatre, fills: float, out: float, turn: float, shift: float
) -> None:
    """Outskirts of a town that fills its circle, or is a point in it, would lie outside."""
    relation = found(bundled_theatre, "western outskirts of Aleppo")
    c_lat, c_lon, radius = at(relation)
    place = relation.references[0]
    size = place.uncertainty_m * (1 + fills) / 2
    lon, lat, _ = GEOD.fwd(place.lon, place.lat, shift, place.uncertainty_m - size)
    lon, lat, _ = GEOD.fwd(lon, lat, 270 + 45 * turn, size * (1 + out))
    assert GEOD.inv(c_lon, c_lat, lon, lat)[2] <= radius * 1.001
    assert radius == pytest.approx(place.uncertainty_m * 1.621, abs=2)


def test_order_of_two_places_does_not_matter(bundled_theatre: Theatre) -> None:
    """Between A and B would not be between B and A."""
    one, other = (
        found(bundled_theatre, "between Saraqeb and Ariha"),
        found(bundled_theatre, "between Ariha and Saraqeb"),
    )
    assert at(one) == pytest.approx(at(other), abs=1e-6)
    road = found(bundled_theatre, "M5 between Saraqeb and Maaret al-Numan")
    assert (road.from_place, road.to_place) == ("Maarrat al-Numan", "Saraqib")


WORDS = ["20", "km", "a", "south", "of", "the", "between", "and", "M5", "(", "in", "-", "Saraqeb"]
WORDS += ["'in", "شمال", "و", "بين", "outskirts", "road", "north", "'s", "to", "9" * 99, "½"]


@few
@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_text_is_read_or_left(bundled_theatre: Theatre, text: str) -> None:
    """One odd line of a report would stop all the others."""
    relation = locate(text, bundled_theatre.gazetteer, bundled_theatre.data.highways)
    assert relation is None or json.dumps(relation_record(relation))


# What counts as a phrase.


def test_no_name_of_the_gazetteer_is_a_phrase(bundled_theatre: Theatre) -> None:
    """Deir al-Sharqi, the eastern monastery, would be looked for east of some Deir."""
    names = [
        n for p in bundled_theatre.gazetteer.places for n in (p.name, p.name_ar, *p.names) if n
    ]
    assert [
        name
        for name in names
        if locate(name, bundled_theatre.gazetteer, bundled_theatre.data.highways) is not None
    ] == []
    plain = ["Deir al-Sharqi", "Tell al-Gharbi", "الدير الشرقي", "Near East", "M5", "20 km"]
    assert [text for text in plain if parse_relation(text) is not None] == []


def test_a_name_with_a_direction_in_it_stays_a_name() -> None:
    """Eastern Ghouta would become some point east of a place called Ghouta."""
    names = ["Eastern Ghouta", "Town of Karbala"]
    records = [{"id": n, "name": n, "lat": 33.5, "lon": 36.4 + len(n)} for n in names]
    gazetteer = Gazetteer.from_records(records)
    assert locate("Eastern Ghouta", gazetteer) is None
    assert locate("Town of Karbalaa", gazetteer) is None  # another spelling
    unknown = locate("south of Ghouta", gazetteer)
    assert unknown is not None
    assert (unknown.status, unknown.lat) == ("unknown", None)


SOUTH_20 = ("offset", 20_000.0, 180.0)
SOUTH = ("direction", None, 180.0)


@pytest.mark.parametrize(
    ("text", "kind", "distance", "heading"),
    [
        ("20 km south of Maarrat al-Numan", *SOUTH_20),
        ("à 20 km au sud de Maarrat al-Numan", *SOUTH_20),
        ("20 km südlich von Maarrat al-Numan", *SOUTH_20),
        ("Maarrat al-Numan'ın 20 km güneyinde", *SOUTH_20),
        ("على بعد ٢٠ كم جنوب معرة النعمان", *SOUTH_20),
        ("a village 20,0 km (12 miles) to the south of the town of Maarrat al-Numan", *SOUTH_20),
        ("au sud de Maarrat al-Numan", *SOUTH),
        ("im Süden von Maarrat al-Numan", *SOUTH),
        ("Maarrat al-Numan'ın güneyinde", *SOUTH),
        ("جنوبي مدينة معرة النعمان", *SOUTH),
        ("5 miles SSE of Maarrat al-Numan", "offset", 5 * MILE, 157.5),
        ("six kilometres north-west of Maarrat al-Numan", "offset", 6_000.0, 315.0),
        ("within 10 km of Maarrat al-Numan", "distance", 10_000.0, None),
        ("à 10 km de Maarrat al-Numan", "distance", 10_000.0, None),
        ("westliche Vororte von Maarrat al-Numan", "part", None, 270.0),
        ("ريف معرة النعمان الغربي", "part", None, 270.0),
        ("Maarrat al-Numan'ın batı kırsalında", "part", None, 270.0),
        ("la banlieue ouest de Maarrat al-Numan", "part", None, 270.0),
        ("Maarrat al-Numan's western countryside", "part", None, 270.0),
        ("bei Maarrat al-Numan", "near", None, None),
        ("قرب معرة النعمان", "near", None, None),
        ("Maarrat al-Numan yakınlarında", "near", None, None),
        ("the town of Maarrat al-Numan", "place", None, None),
    ],
)
def test_phrases_of_the_press(
    bundled_theatre: Theatre, text: str, kind: str, distance: float | None, heading: float | None
) -> None:
    """A report in another language, or in other words, would not be placed."""
    relation = found(bundled_theatre, text)
    assert (relation.kind, relation.status) == (kind, "resolved")
    assert [place.id for place in relation.references] == ["maarrat-al-numan"]
    assert relation.distance_m == (None if distance is None else pytest.approx(distance))
    assert relation.bearing_deg == heading


def test_between_in_other_languages(bundled_theatre: Theatre) -> None:
    """A stretch in a French, German, Turkish or Arabic report would not be placed."""
    english = at(found(bundled_theatre, "between Saraqeb and Ariha"))
    assert at(found(bundled_theatre, "entre Saraqeb et Ariha")) == pytest.approx(english)
    assert at(found(bundled_theatre, "zwischen Saraqeb und Ariha")) == pytest.approx(english)
    assert at(found(bundled_theatre, "Serakib ile Ariha arasında")) == pytest.approx(english)
    assert at(found(bundled_theatre, "بين سراقب وأريحا")) == pytest.approx(english)


# Where they point.


def test_the_post_south_of_maarrat_al_numan(bundled_theatre: Theatre) -> None:
    """The report's "20 km south" is the post at Maar Hattat, 9 km south: what does the circle say?

    It is inside, for "south" may be anything from SE to SW and the circle must hold both; but the
    distance does not fit: 20 km, however rounded, are not 9, and nothing else in the circle says
    so. The circle cannot confirm the post, it only does not rule it out.
    """
    relation = found(bundled_theatre, "20 km south of Ma'arat al-Numan")
    post, town_ = bundled_theatre.gazetteer["maar-hattat"], relation.references[0]
    assert holds(relation, post.lat, post.lon)
    away = GEOD.inv(town_.lon, town_.lat, post.lon, post.lat)[2]
    phrase = parse_relation("about 20 km south of Ma'arat al-Numan")
    assert phrase is not None
    assert away == pytest.approx(8_500, abs=500)
    assert 20_000 - phrase.distance_error_m - town_.uncertainty_m > away
    # Khan Sheikhoun, 23 km south, fits the words better and is in the circle too.
    khan = bundled_theatre.gazetteer["khan-sheikhoun"]
    assert holds(relation, khan.lat, khan.lon)


def test_a_direction_ends_half_way_to_the_next_town(bundled_theatre: Theatre) -> None:
    """North of Khan Sheikhoun would reach over the next towns."""
    relation = found(bundled_theatre, "north of Khan Sheikhoun")
    lat, _, radius = at(relation)
    assert lat > relation.references[0].lat
    assert radius < 10_000
    # Binnish is nearer to Saraqib, but does not lie south of it.
    assert "half-way to Maarrat al-Numan" in found(bundled_theatre, "south of Saraqeb").explanation


def test_a_stretch_of_the_motorway(bundled_theatre: Theatre) -> None:
    """M5 north of Saraqeb would be a point, or the whole road, or lead south."""
    saraqib, km = bundled_theatre.gazetteer["saraqib"], bundled_theatre.data.highways[0].waypoint_km
    north = found(bundled_theatre, "M5 north of Saraqeb")
    assert (north.road, north.status, north.from_place) == ("M5", "resolved", "Saraqib")
    assert north.from_km is not None
    assert north.to_km is not None
    assert north.to_km > north.from_km
    assert at(north)[0] > saraqib.lat
    south = found(bundled_theatre, "the M5 highway (south of Saraqeb)")
    assert (south.from_place, south.to_place) == ("Maarrat al-Numan", "Saraqib")
    away = found(bundled_theatre, "13 km north of Saraqeb on the M5")
    assert away.to_km is not None
    assert away.to_km == pytest.approx(north.from_km + 13 + 0.5 + 1.0, abs=0.02)
    for waypoint, there in zip(bundled_theatre.data.highways[0].waypoints, km, strict=True):
        if north.from_km <= there <= north.to_km:
            # Its error may lie on the far side.
            lat, lon, _ = at(north)
            away = GEOD.inv(lon, lat, waypoint.lon, waypoint.lat)[0]
            lon, lat, _ = GEOD.fwd(waypoint.lon, waypoint.lat, away, waypoint.error_m)
            assert holds(north, lat, lon)


def test_a_road_that_runs_elsewhere_is_doubted(bundled_theatre: Theatre) -> None:
    """The M4 "south of Saraqeb" would be drawn although it does not run there."""
    relation = found(bundled_theatre, "M4 south of Saraqeb")
    assert (relation.status, relation.road) == ("ambiguous", "")
    assert "M4 does not run so" in relation.explanation
    unknown = locate("M5 north of Saraqeb", bundled_theatre.gazetteer)
    assert unknown is not None
    assert "not known" in unknown.explanation


def test_two_roads_give_two_readings() -> None:
    """One of two roads between two towns would be chosen without a word."""
    towns: list[dict[str, Any]] = [
        {"id": n, "name": n, "lat": 35.0, "lon": x} for n, x in (("Karbala", 36), ("Tadmor", 37))
    ]
    points = [
        WayPoint(place_id=t["id"], name=t["name"], lat=t["lat"], lon=t["lon"], error_m=9)
        for t in towns
    ]
    roads = [Highway("A1", points), Highway("A2", points)]
    text = "the highway between Karbala and Tadmor"
    relation = locate(text, Gazetteer.from_records(towns), roads)
    assert relation is not None
    assert (relation.status, len(relation.alternatives)) == ("ambiguous", 1)
    assert {relation.road, relation.alternatives[0].road} == {"A1", "A2"}


# Namesakes.


def test_namesakes_carry_over(bundled_theatre: Theatre) -> None:
    """One of two places called al-Nayrab would be taken without a word."""
    relation = found(bundled_theatre, "5 km south of al-Nayrab")
    assert relation.status == "ambiguous"
    starts = {r.references[0].id for r in (relation, *relation.alternatives)}
    assert starts == {"al-nayrab", "al-nayrab-aleppo"}
    near = locate("5 km south of al-Nayrab", bundled_theatre.gazetteer, near=(36.2, 37.2))
    assert near is not None
    assert (near.status, near.references[0].id) == ("resolved", "al-nayrab-aleppo")


def test_the_other_place_or_the_area_decides_between_namesakes(bundled_theatre: Theatre) -> None:
    """Context in the phrase itself would be thrown away, or used without saying so."""
    relation = found(bundled_theatre, "between Saraqeb and al-Nayrab")
    assert (relation.status, relation.references[1].id) == ("resolved", "al-nayrab")
    assert "al-Nayrab" in relation.explanation
    relation = found(bundled_theatre, "Ayn Isa in the northern countryside of Latakia")
    assert relation.references[0].id == "ayn-isa-latakia"
    assert found(bundled_theatre, "Khan Sheikhoun in northern Aleppo").status == "ambiguous"
    assert found(bundled_theatre, "Khan Sheikhoun in southern Idlib").status == "resolved"


def test_the_record_is_json_and_complete(bundled_theatre: Theatre) -> None:
    """`geoline resolve --json` would break for whoever reads it."""
    record = json.loads(json.dumps(relation_record(found(bundled_theatre, "M5 north of Saraqeb"))))
    fields = {"id", "name", "lat", "lon", "score", "matched_name", "uncertainty_m", "source"}
    assert set(record) == fields | {"relation"}
    assert record["relation"]["road"] == "M5"
    assert record["relation"]["references"] == [{"id": "saraqib", "name": "Saraqib"}]
    assert 0.8 < record["score"] <= 1
