"""A made-up payload for the page: real towns for scale, but invented villages, claims and dates.

Nothing in it is a fact about the war. It has the size of the bundled theatre, or any other that is
asked for, and reaches every branch of the page; `hostile` puts attacks into its texts.
"""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import MultiPoint, Point, Polygon, box

from geoline.page.lines import encode_line, encode_polygon

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FIRST_DAY = date(2019, 12, 18)
TOWNS = [  # name, Arabic name, lat, lon, rank
    ("Aleppo", "حلب", 36.204, 37.160, 1),
    ("Idlib", "إدلب", 35.931, 36.633, 1),
    ("Maarrat al-Numan", "معرة النعمان", 35.648, 36.677, 2),
    ("Saraqib", "سراقب", 35.864, 36.806, 2),
    ("Khan Shaykhun", "خان شيخون", 35.442, 36.651, 2),
    ("Jisr al-Shughur", "جسر الشغور", 35.814, 36.321, 2),
    ("Ariha", "أريحا", 35.813, 36.609, 2),
    ("Binnish", "بنش", 35.956, 36.712, 2),
    ("Sarmin", "سرمين", 35.904, 36.725, 2),
    ("Maarrat Misrin", "معرة مصرين", 36.012, 36.672, 2),
    ("al-Atarib", "الأتارب", 36.138, 36.830, 2),
    ("Darat Izza", "دارة عزة", 36.283, 36.852, 2),
    ("Kafr Nabl", "كفر نبل", 35.614, 36.561, 2),
    ("Harim", "حارم", 36.207, 36.519, 2),
    ("Salqin", "سلقين", 36.139, 36.454, 2),
    ("Afrin", "عفرين", 36.511, 36.869, 2),
    ("Suran", "صوران", 35.292, 36.748, 2),
    ("Murak", "مورك", 35.376, 36.690, 2),
    ("Tell Rifaat", "تل رفعت", 36.473, 37.097, 2),
    ("Kafr Zita", "كفر زيتا", 35.374, 36.602, 2),
]
# Small places near the towns above, for two-word names and Arabic ones of usual length.
FIRST_WORDS = ["Kafr", "Tall", "Khirbat", "Maarrat", "Dayr", "Ayn", "Khan", "Jabal", "Bayt", "Umm"]
LAST_WORDS = [
    "Halab",
    "Sharqi",
    "al-Jadid",
    "Rumman",
    "Zayta",
    "al-Tin",
    "Harf",
    "Salama",
    "al-Nahr",
    "Basin",
]
M5 = [
    (35.20, 36.735), (35.29, 36.75), (35.38, 36.69), (35.442, 36.651), (35.548, 36.644),
    (35.648, 36.677), (35.755, 36.756), (35.864, 36.806), (35.939, 36.846), (36.037, 36.967),
    (36.117, 37.051), (36.204, 37.16),
]  # fmt: skip
M4 = [
    (35.55, 35.86), (35.716, 36.093), (35.814, 36.262), (35.814, 36.321), (35.787, 36.472),
    (35.792, 36.567), (35.813, 36.609), (35.864, 36.806),
]  # fmt: skip
POSTS = [  # lat, lon of the twelve, roughly where they were
    (36.309, 36.756), (36.334, 36.844), (36.312, 36.940), (35.995, 37.001), (35.823, 36.954),
    (35.606, 36.853), (36.294, 37.045), (35.787, 35.995), (35.375, 36.690), (36.155, 37.070),
    (35.43, 36.37), (35.792, 36.295),
]  # fmt: skip
PARTIES = [
    ("government", "Government and allies", "الحكومة وحلفاؤها", "#b8453a", "diagonal"),
    ("opposition", "Opposition", "المعارضة", "#4f8a4c", "none"),
    ("turkey-sna", "Turkey and SNA", "تركيا والجيش الوطني", "#3f8f94", "dots"),
    ("sdf", "SDF", "قسد", "#c99a2e", "back-diagonal"),
    ("contested", "Contested", "متنازع عليها", "#8d8578", "cross"),
    ("unknown", "Not known", "غير معروف", "#c6c3bb", "none"),
]
ATTACKS = [
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "</script><script>window.hacked=1</script>",
    "<!--<script>",
    "\u202eإدلب reversed \u2066 isolate",
    "{{ 7 * 7 }}{% raw %}",
    "line\u2028separator\u2029and \ud800 half a pair",
    "javascript:window.hacked=1",
    "]]></style><script>window.hacked=1</script>\x0b\x00&amp;",
]
THEATRE = box(35.9, 35.22, 37.35, 36.62)
SEA_SHORE = [(35.0, 35.0), (35.0, 36.9), (35.75, 36.9), (35.78, 36.3), (35.74, 35.6), (35.9, 35.0)]


def build(
    *, places: int = 600, days: int = 80, seed: int = 7, hostile: bool = False
) -> dict[str, Any]:
    """Make the payload: a front that moves north-west over the given days."""
    rng = random.Random(seed)  # noqa: S311  (no secret)
    points = _places(rng, places)
    cells = _cells(points)
    holders = [_holders(points, day, days) for day in range(days)]
    for index, (_, _, _, _, rank) in enumerate(points):
        if rank > 3 and rng.random() < 0.05:
            day = rng.randrange(days)
            for later in holders[day : day + 3]:
                later[index] = "contested"
    claims: list[dict[str, Any]] = []
    changes = _changes(rng, holders, claims)
    payload = {
        "schema": 1,
        "title": "A made-up war",
        "title_ar": "حرب مختلقة",
        "languages": ["en", "ar"],
        "subtitle": "18 December 2019 – 6 March 2020",
        "note": "This map is invented, to test the page. Nothing on it happened.",
        "credits": ["Places: invented, but for some towns", "Borders: drawn by hand"],
        "bounds": [[35.3, 36.05], [36.52, 37.3]],
        "days": [(FIRST_DAY + timedelta(days=day)).isoformat() for day in range(days)],
        "opening": days // 2,
        "parties": [
            dict(zip(("id", "name", "name_ar", "color", "pattern"), row, strict=True))
            for row in PARTIES
        ],
        "basemap": _basemap(),
        "places": [
            {
                "id": f"p{index}", "name": name, "ar": arabic, "lat": lat, "lon": lon, "rank": rank,
                "uncertainty_m": rng.choice([200, 500, 1500, 3500]), "undated": index % 17 == 0,
                **({"also": ["Meqleb"]} if index == 3 else {}),
            }
            for index, (name, arabic, lat, lon, rank) in enumerate(points)
        ],
        "status": [_runs(rng, [day[index] for day in holders]) for index in range(len(points))],
        **_geometry(cells, holders),
        "changes": changes,
        "numbers": [_numbers(day) for day in changes],
        "held_km2": [_held(day) for day in holders],
        "band_km2": [{"government": 310, "opposition": 280}] * days,
        "sources": [
            {"name": "Agency One", "reliability": "B", "lean": "independent", "kind": "agency"},
            {"name": "State Daily", "reliability": "D", "lean": "government", "kind": "state"},
            {"name": "The Other Side", "reliability": "D", "lean": "opposition", "kind": "outlet"},
        ],
        "claims": claims,
        "highways": [_road("M5", M5, days), _road("M4", M4, days)],
        "posts": _posts(rng, days),
    }  # fmt: skip
    if hostile:
        _attack(payload)
    return payload


def _places(rng: random.Random, count: int) -> list[tuple[str, str, float, float, int]]:
    points = list(TOWNS)
    while len(points) < count:
        lat, lon = rng.uniform(35.26, 36.58), rng.gauss(36.72, 0.26)
        gap = 0.016
        if not 35.95 < lon < 37.3 or any(
            math.hypot(lat - other[2], (lon - other[3]) * 0.81) < gap for other in points[-120:]
        ):
            continue
        name = f"{rng.choice(FIRST_WORDS)} {rng.choice(LAST_WORDS)}"
        points.append((name, "قرية", round(lat, 4), round(lon, 4), 3 if rng.random() < 0.35 else 4))
    return points


def _cells(points: list[tuple[str, str, float, float, int]]) -> list[BaseGeometry]:
    where = [Point(lon, lat) for _, _, lat, lon, _ in points]
    diagram = shapely.voronoi_polygons(MultiPoint(where), extend_to=THEATRE)
    tree = shapely.STRtree(where)
    cells: list[BaseGeometry] = [Polygon()] * len(where)
    for cell in diagram.geoms:
        inside = tree.query(cell, predicate="contains")
        cells[int(inside[0])] = cell.intersection(THEATRE)
    return cells


def _holders(points: list[tuple[str, str, float, float, int]], day: int, days: int) -> list[str]:
    moved = max(0.0, (day - 2) / days) ** 1.3
    out = []
    for _, _, lat, lon, _ in points:
        wave = 0.05 * math.sin(lat * 21) + 0.03 * math.sin(lon * 33)
        east = lon - 36.98 + (lat - 35.9) * 0.15 + wave
        south = 35.52 - lat + wave
        reach = max(east, south) + 0.42 * moved * math.exp(-(((lat - 35.75) / 0.33) ** 2))
        if lat > 36.42 and lon < 37.0:
            out.append("turkey-sna")
        elif lat > 36.38 and lon < 37.2:
            out.append("sdf")
        else:
            out.append("government" if reach > 0 else "opposition")
    return out


def _changes(
    rng: random.Random, holders: list[list[str]], claims: list[dict[str, Any]]
) -> list[list[dict[str, Any]]]:
    out: list[list[dict[str, Any]]] = [[]]
    for day in range(1, len(holders)):
        today = []
        for place, (old, new) in enumerate(zip(holders[day - 1], holders[day], strict=True)):
            if old == new:
                continue
            numbers = []
            for _ in range(rng.randint(1, 3)):
                numbers.append(len(claims))
                claims.append(_claim(rng, len(claims), place, new, day))
            today.append({"place": place, "from": old, "to": new, "claims": numbers})
        out.append(today)
    return out


def _claim(rng: random.Random, number: int, place: int, holder: str, day: int) -> dict[str, Any]:
    iso = (FIRST_DAY + timedelta(days=day)).isoformat()
    precision = rng.choice(["day", "day", "by", "between"])
    earlier = (FIRST_DAY + timedelta(days=day - 1)).isoformat()
    return {
        "id": f"c{number}", "place": place, "written": f"Village {place}", "event": "captured",
        "actor": holder, "start": {"day": iso, "by": None, "between": earlier}[precision],
        "end": iso, "precision": precision, "published": iso, "source": rng.randrange(3),
        "origin": rng.choice([None, "State Daily", "Observatory"]),
        "url": "https://www.example.org/report?x=1&y=2", "note": "", "used": rng.random() > 0.15,
    }  # fmt: skip


def _runs(rng: random.Random, held: list[str]) -> list[list[Any]]:
    runs: list[list[Any]] = []
    for day, holder in enumerate(held):
        if not runs or runs[-1][1] != holder:
            besieged = int(holder == "opposition" and rng.random() < 0.005)
            runs.append([day, holder, int(rng.random() < 0.02), besieged, round(rng.random(), 2)])
    return runs


def _geometry(cells: list[BaseGeometry], holders: list[list[str]]) -> dict[str, Any]:
    areas: list[dict[str, Any]] = []
    fronts: list[list[list[int]]] = []
    for day, held in enumerate(holders):
        if day and held == holders[day - 1]:
            areas.append(areas[-1])
            fronts.append(fronts[-1])
            continue
        ground = {
            holder: shapely.coverage_union_all(
                [c for c, h in zip(cells, held, strict=True) if h == holder]
            )
            for holder in sorted(set(held))
        }
        areas.append({holder: _polygons(shape) for holder, shape in ground.items()})
        line = shapely.line_merge(
            ground["government"].boundary.intersection(ground["opposition"].boundary)
        )
        fronts.append(
            [
                encode_line(np.asarray(part.coords))
                for part in shapely.get_parts(line)
                if part.geom_type == "LineString"
            ]
        )
    return {"areas": areas, "front": fronts}


def _polygons(shape: BaseGeometry) -> list[list[list[int]]]:
    return [encode_polygon(part) for part in shapely.get_parts(shape) if part.area > 0]


def _numbers(changes: list[dict[str, Any]]) -> dict[str, Any]:
    tally: dict[str, dict[str, float]] = {}
    for change in changes:
        for side, key in ((change["to"], "gained"), (change["from"], "lost")):
            tally.setdefault(side, {"gained": 0.0, "lost": 0.0})[key] += 7.4
    return {"km2": tally}


def _held(held: list[str]) -> dict[str, float]:
    return {holder: round(held.count(holder) * 7.4, 1) for holder in sorted(set(held))}


def _road(name: str, points: list[tuple[float, float]], days: int) -> dict[str, Any]:
    coords = np.array([(lon, lat) for lat, lon in points])
    length = round(float(np.hypot(*(np.diff(coords, axis=0) * [90.4, 111.2]).T).sum()), 1)
    stretches, facts = [], []
    for day in range(days):
        cut = round(length * (0.25 + 0.5 * day / days), 1)
        ends = ("government", "opposition") if name == "M5" else ("opposition", "government")
        low, high = round(cut - 3, 1), round(cut + 3, 1)
        stretches.append([[0, cut, ends[0], [[low, cut]]], [cut, length, ends[1], [[cut, high]]]])
        facts.append({
            "cuts": [[cut, low, high, "Saraqib"]], "open": [], "front": [0.0, 0.0, 2.0, cut],
            "low": {ends[0]: low}, "high": {ends[0]: high},
        })  # fmt: skip
    return {
        "id": name,
        "name": name,
        "line": encode_line(coords),
        "length_km": length,
        "error_m": [1500, 4000],
        "shared": [["M4" if name == "M5" else "M5", 10.0, 20.0]],
        "places": [[0.0, "Murak", 17, 1, 0], [length / 2, "Saraqib", 3, 1, 1]],
        "claims": [0, 1],
        "days": stretches,
        "facts": facts,
    }


def _posts(rng: random.Random, days: int) -> list[dict[str, Any]]:
    steps = [
        [0, "behind own lines", "opposition", 0, "", 0],
        [days // 3, "at the front", "opposition", 1, "post pressed", 0],
        [days // 2, "encircled", "government", 0, "post pressed", 1],
    ]
    posts = [
        {
            "id": f"post-{number}", "name": f"Post {number}",
            "lat": lat, "lon": lon, "agreed": True,
            "number": number, "established": "2018-02-05", "note": "Agreed in Astana.",
            "status": steps[: 1 + number % 3], "place": f"Village {number}", "uncertainty_m": 500,
            "front": [[9.4, 7.0, 11.8]] * days, "claims": [0], "remarks": ["Written elsewhere."],
        }
        for number, (lat, lon) in enumerate(POSTS, start=1)
    ]  # fmt: skip
    for number in range(13, 49):
        start = rng.randrange(days // 2, days)
        status = rng.choice(["behind own lines", "at the front"])
        posts.append({
            "id": f"post-{number}", "name": f"Post {number}", "lat": rng.uniform(35.75, 36.1),
            "lon": rng.uniform(36.3, 36.95), "agreed": False, "number": None, "established": None,
            "note": "", "status": [[0, "not yet"], [start, status]],
        })  # fmt: skip
    return posts


def _basemap() -> dict[str, Any]:
    shore = Polygon(SEA_SHORE)
    world = box(34.5, 34.5, 38.8, 37.6)
    land = world.difference(shore)
    idlib = Polygon(
        [
            (36.2, 35.5),
            (36.6, 35.35),
            (37.1, 35.6),
            (37.05, 36.0),
            (36.6, 36.3),
            (36.35, 36.2),
            (36.15, 35.9),
        ]
    )
    return {
        "land": _polygons(land),
        "theatre": _polygons(THEATRE),
        "governorates": [{"name": "Idlib", "name_ar": "إدلب", "polygon": encode_polygon(idlib)}],
        "labels": [
            {"text": "Mediterranean Sea", "text_ar": "", "lat": 35.7, "lon": 35.5, "kind": "sea"},
            {"text": "Turkey", "text_ar": "تركيا", "lat": 36.35, "lon": 36.25, "kind": "country"},
            {"text": "Idlib", "text_ar": "إدلب", "lat": 35.72, "lon": 36.45, "kind": "governorate"},
            {"text": "Hama", "text_ar": "حماة", "lat": 35.36, "lon": 37.1, "kind": "governorate"},
        ],
    }  # fmt: skip


def _attack(payload: dict[str, Any]) -> None:
    """Put hostile texts where the data have texts."""
    payload["title"] = ATTACKS[2]
    payload["note"] = payload["credits"][0] = ATTACKS[1]
    for index, attack in enumerate([*ATTACKS, "A" * 100_000]):
        place = payload["places"][20 + index]
        place.update(name=attack, ar=attack, rank=2)
        payload["parties"][index % 4]["name"] = attack
        claim = payload["claims"][index]
        claim.update(
            place=20 + index, written=attack, note=attack, event=attack, origin=attack,
            published=attack,
            url=attack if index != 0 else "data:text/html,<script>window.hacked=1</script>",
        )  # fmt: skip
        payload["posts"][index].update(
            name=attack, note=attack, established=attack, place=attack, remarks=[attack]
        )
        payload["posts"][index]["status"][0][4] = attack
    for road in payload["highways"]:
        road["places"] = [[road["length_km"] / 2, attack, 3, 1, 0] for attack in ATTACKS]
        road["shared"] = [[attack, 1.0, 2.0] for attack in ATTACKS]
        for facts in road["facts"]:
            facts["cuts"][0][3] = ATTACKS[1]
            facts["open"] = [[ATTACKS[0], 0]]
    payload["parties"][0]["color"] = 'red;background:url("https://example.org/x")'
    payload["sources"][0].update(name=ATTACKS[0], reliability="__proto__", lean=ATTACKS[1])
    payload["title_ar"] = payload["note_ar"] = ATTACKS[4]
    for governorate in payload["basemap"]["governorates"]:
        governorate["name"] = governorate["name_ar"] = ATTACKS[1]
    for index, attack in enumerate(ATTACKS):
        payload["places"][20 + index]["also"] = [attack]
        payload["parties"][index % 4]["name_ar"] = attack
    payload["held_km2"][0][ATTACKS[0]] = 3.0
    payload["held_km2"][-1]["__proto__"] = 3.0
