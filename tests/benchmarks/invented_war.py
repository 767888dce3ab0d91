"""A made-up war of any size, as data, for the benchmark of the page. Nothing in it is a fact.

`invent` gives places, who held them each day, areas, the line and its band, roads, posts and
claims: GeoDataFrames and arrays, as any program that draws them would have them.

How it moves: the line is a row of stations across the theatre. On three days of four, one to four
stretches of it (an eighth of its length each) move by some kilometres, four of five forwards, and
are roughened anew; all other vertices stay what they were. A place changes hands when the line
passes it. That gives about half of the changes asked for; the others are villages within 7 km of
the line that are taken and lost again one to three days later.

Names are put together from syllables and from the words that names of villages in the Levant are
made of, in Latin and in Arabic letters at once. Deflated, a name takes about as many bytes as one
of the bundled theatre.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geoline.page.packing import slug

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    Floats = npt.NDArray[np.float64]

FIRST_DAY = date(2019, 12, 18)
HOLDERS = ("government", "opposition", "turkey-sna", "sdf")
GOVERNMENT, OPPOSITION, TURKEY, SDF = range(4)
# West, south, east, north of the theatre, degrees; areas lie on a grid of 1e-4 degree (11 m).
FRAME = (35.9, 35.22, 37.35, 36.62)
GRID = 1e-4
SQUEEZE = 0.81  # a degree of longitude at 36° N, in degrees of latitude
START, END = np.array([35.85 * SQUEEZE, 35.02]), np.array([37.55 * SQUEEZE, 36.22])
STATIONS = 206
BAND_DEGREES = 0.025
NEAR_DEGREES = 0.065

_CONSONANTS = [
    ("b", "ب"), ("t", "ت"), ("j", "ج"), ("h", "ح"), ("kh", "خ"), ("d", "د"), ("r", "ر"),
    ("z", "ز"), ("s", "س"), ("sh", "ش"), ("s", "ص"), ("t", "ط"), ("", "ع"), ("gh", "غ"),
    ("f", "ف"), ("q", "ق"), ("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("w", "و"), ("y", "ي"),
]  # fmt: skip
_VOWELS = [("a", ""), ("a", ""), ("a", "ا"), ("i", "ي"), ("i", ""), ("u", "و"), ("u", "")]
_ENDS = [("", ""), ("", ""), ("a", "ة"), ("a", "ا"), ("in", "ين"), ("iya", "ية"), ("un", "ون")]
_FIRST = [
    ("Kafr", "كفر"), ("Tall", "تل"), ("Khirbat", "خربة"), ("Maarrat", "معرة"), ("Dayr", "دير"),
    ("Ayn", "عين"), ("Khan", "خان"), ("Jabal", "جبل"), ("Bayt", "بيت"), ("Umm", "أم"),
    ("Abu", "أبو"), ("Qasr", "قصر"), ("Burj", "برج"), ("Mazraat", "مزرعة"), ("Rasm", "رسم"),
]  # fmt: skip
_LAST = [
    ("al-Sharqiya", "الشرقية"), ("al-Gharbiya", "الغربية"), ("al-Kabira", "الكبيرة"),
    ("al-Saghira", "الصغيرة"), ("Fawqani", "فوقاني"), ("Tahtani", "تحتاني"),
    ("al-Jadida", "الجديدة"),
]  # fmt: skip
_M5 = [
    (36.735, 35.20), (36.75, 35.29), (36.69, 35.38), (36.651, 35.442), (36.644, 35.548),
    (36.677, 35.648), (36.756, 35.755), (36.806, 35.864), (36.846, 35.939), (36.967, 36.037),
    (37.051, 36.117), (37.16, 36.204),
]  # fmt: skip
_M4 = [
    (35.92, 35.65), (36.093, 35.716), (36.262, 35.814), (36.321, 35.814), (36.472, 35.787),
    (36.567, 35.792), (36.609, 35.813), (36.806, 35.864), (36.967, 36.037), (37.051, 36.117),
    (37.28, 36.31),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Road:
    """A highway.

    Attributes
    ----------
    id
        Its name.
    line
        Longitude and latitude, EPSG:4326.
    length_km
        Its length.
    days
        For each day its stretches: from kilometre, to kilometre, holder.
    """

    id: str
    line: shapely.LineString
    length_km: float
    days: list[list[tuple[float, float, str]]]


@dataclass(frozen=True, slots=True)
class War:
    """The data of a theatre, all in EPSG:4326.

    Attributes
    ----------
    days
        The days.
    places
        ``id``, ``name``, ``name_ar``, ``rank`` (1 a city … 4 a hamlet), ``uncertainty_m``, points.
    held
        Number of the holder in `HOLDERS`, shape (days, places).
    contested, besieged
        Of the same shape.
    changes
        For each day: number of the place, holder before, holder after, numbers of its claims.
    areas
        ``day``, ``holder`` and their ground, one row for a day and holder.
    front
        The line of each day.
    band
        Where it may run, each day.
    roads, posts, claims
        Highways; posts with ``status`` steps (from day, words); claims as records.
    """

    days: list[date]
    places: gpd.GeoDataFrame
    held: npt.NDArray[np.int8]
    contested: npt.NDArray[np.bool_]
    besieged: npt.NDArray[np.bool_]
    changes: list[list[tuple[int, str, str, list[int]]]]
    areas: gpd.GeoDataFrame
    front: list[BaseGeometry]
    band: list[BaseGeometry]
    roads: list[Road]
    posts: list[dict[str, Any]]
    claims: list[dict[str, Any]]


def invent(*, places: int, days: int, changes: int, claims: int, seed: int = 8) -> War:
    """Make the war.

    Raises
    ------
    ValueError
        If the line alone passes more places than changes are asked for.
    """
    draw = np.random.default_rng(seed)
    xy = np.round(draw.uniform(FRAME[:2], FRAME[2:], (places, 2)), 5)
    knots, displaced = _move(draw, days)
    held, near = _held(xy, knots, displaced)
    _flip(draw, held, near, changes)
    listed, records = _changes(draw, held, claims)
    ground = [_ground(knots, today) for today in displaced]
    rank = np.searchsorted([0.004, 0.02, 0.35], draw.random(places)) + 1
    names = [_name(draw) for _ in range(places)]
    return War(
        days=[FIRST_DAY + timedelta(days=day) for day in range(days)],
        places=gpd.GeoDataFrame(
            {
                "id": _ids([name for name, _ in names]),
                "name": [name for name, _ in names],
                "name_ar": [arabic for _, arabic in names],
                "rank": rank,
                "uncertainty_m": draw.choice([200, 500, 1500, 3500], places),
            },
            geometry=shapely.points(xy),
            crs="EPSG:4326",
        ),
        held=held,
        contested=_spans(draw, held.shape, max(1, places // 25), 3),
        besieged=_spans(draw, held.shape, max(1, places // 500), 15),
        changes=listed,
        areas=gpd.GeoDataFrame(
            [
                {"day": day, "holder": holder, "geometry": area}
                for day, today in enumerate(ground)
                for holder, area in today.items()
            ],
            crs="EPSG:4326",
        ),
        front=[_line(today) for today in ground],
        band=[_band(_line(today)) for today in ground],
        roads=[_road(name, line, ground) for name, line in (("M5", _M5), ("M4", _M4))],
        posts=_posts(draw, days),
        claims=records,
    )


def _move(draw: np.random.Generator, days: int) -> tuple[Floats, Floats]:
    """Stations along the line, 0 to 1, and how far each is displaced each day, degrees."""
    knots = np.linspace(-0.08, 1.08, STATIONS) + draw.uniform(-0.002, 0.002, STATIONS)
    smooth = -0.05 + 0.05 * np.sin(knots * 11) + 0.02 * np.sin(knots * 37)
    rough = draw.normal(0, 0.005, STATIONS)
    rows = [smooth + rough]
    # The line gains 0.4 degree (44 km) in all: the more days there are, the shorter a push.
    push = 0.4 / (days * 0.75 * 2.5 * 0.046 * 0.6)
    for _ in range(1, days):
        if draw.random() < 0.75:
            for _ in range(draw.integers(1, 5)):
                forward = draw.random() < 0.8
                middle = draw.choice(knots, 3)
                order = np.argsort(np.interp(middle, knots, smooth))
                off = (knots - middle[order[0 if forward else -1]]) / 0.03
                moved = np.abs(off) < 2
                step = push * draw.uniform(0.5, 1.5) * (1 if forward else -1)
                smooth[moved] += step * np.exp(-(off[moved] ** 2))
                rough[moved] = draw.normal(0, 0.005, moved.sum())
        rows.append(smooth + rough)
    return knots, np.array(rows)


def _frame_of(xy: Floats) -> tuple[Floats, Floats]:
    """Position along the line's axis (0 to 1) and displacement to its north-west, degrees."""
    axis = END - START
    length = float(np.hypot(*axis))
    offset = xy * [SQUEEZE, 1] - START
    along = offset @ axis / length**2
    return along, (offset @ np.array([-axis[1], axis[0]])) / length


def _held(xy: Floats, knots: Floats, displaced: Floats) -> tuple[npt.NDArray[np.int8], Any]:
    along, away = _frame_of(xy)
    gap = np.array([away - np.interp(along, knots, today) for today in displaced])
    held = np.where(gap < 0, GOVERNMENT, OPPOSITION).astype(np.int8)
    for number, area in ((TURKEY, _turkey()), (SDF, _sdf())):
        held[:, shapely.contains_xy(area, xy)] = number
    near = (np.abs(gap) < NEAR_DEGREES) & (held < TURKEY)
    return held, near


def _turkey() -> BaseGeometry:
    lon = np.linspace(35.8, 36.95, 34)
    edge = 36.40 + 0.03 * np.sin(lon * 23) + 0.015 * np.sin(lon * 71)
    return _snapped(shapely.Polygon([*zip(lon, edge, strict=True), (36.95, 36.8), (35.8, 36.8)]))


def _sdf() -> BaseGeometry:
    lon = np.linspace(36.95, 37.25, 14)
    edge = 36.37 + 0.02 * np.sin(lon * 29) + 0.012 * np.sin(lon * 83)
    return _snapped(shapely.Polygon([*zip(lon, edge, strict=True), (37.25, 36.8), (36.95, 36.8)]))


def _snapped(shape: BaseGeometry) -> BaseGeometry:
    return shapely.set_precision(shape, GRID)


def _ground(knots: Floats, displaced: Floats) -> dict[str, BaseGeometry]:
    """Areas of a day. Neighbours share their vertices; vertices that did not move are the same."""
    axis = END - START
    normal = np.array([-axis[1], axis[0]]) / np.hypot(*axis)
    line = (START + knots[:, None] * axis + displaced[:, None] * normal) / [SQUEEZE, 1]
    corners = [line[-1] + (1, -3), line[0] + (1, -3)]
    south = _snapped(shapely.Polygon(np.round(np.vstack([line, corners]), 4)))
    whole = shapely.box(*FRAME)
    turkey, sdf = whole & _turkey(), (whole & _sdf()) - _turkey()
    government = _polygons(_snapped((whole & south) - turkey - sdf))
    shapes = (government, _polygons(_snapped(whole - government - turkey - sdf)), turkey, sdf)
    return dict(zip(HOLDERS, shapes, strict=True))


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _line(ground: dict[str, BaseGeometry]) -> BaseGeometry:
    meets = ground["government"].boundary & ground["opposition"].boundary
    lines = [part for part in shapely.get_parts(meets) if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.MultiLineString(lines))


def _band(line: BaseGeometry) -> BaseGeometry:
    wide = shapely.buffer(line, BAND_DEGREES, quad_segs=2)
    return _snapped(shapely.simplify(wide, 3e-3) & shapely.box(*FRAME))


def _flip(
    draw: np.random.Generator, held: npt.NDArray[np.int8], near: npt.NDArray[np.bool_], changes: int
) -> None:
    """Let villages near the line fall and be lost again until there are so many changes."""
    missing = changes - int((held[1:] != held[:-1]).sum())
    if missing < 0:
        message = f"the line alone makes {changes - missing} changes; ask for more"
        raise ValueError(message)
    days, count = held.shape
    while missing > 0:
        place, day = int(draw.integers(count)), int(draw.integers(1, days))
        last = day + int(draw.integers(1, 4))
        # An odd change over is a village taken on the last day.
        if missing == 1:
            day, last = days - 1, days
        if (last >= days and missing > 1) or not near[day, place]:
            continue
        span = held[day - 1 : last + 1, place]
        if (span != span[0]).any():
            continue
        held[day:last, place] = OPPOSITION if span[0] == GOVERNMENT else GOVERNMENT
        missing -= 1 if last == days else 2


def _spans(
    draw: np.random.Generator, shape: tuple[int, ...], count: int, longest: int
) -> npt.NDArray[np.bool_]:
    marked = np.zeros(shape, dtype=bool)
    for _ in range(count):
        day = int(draw.integers(shape[0]))
        marked[day : day + int(draw.integers(1, longest + 1)), draw.integers(shape[1])] = True
    return marked


def _changes(
    draw: np.random.Generator, held: npt.NDArray[np.int8], claims: int
) -> tuple[list[list[tuple[int, str, str, list[int]]]], list[dict[str, Any]]]:
    """Changes of each day, some of them with one to three claims."""
    days, where = np.nonzero(held[1:] != held[:-1])
    days = days + 1
    with_claims = set(draw.permutation(len(days))[: max(1, claims // 2)].tolist())
    records: list[dict[str, Any]] = []
    listed: list[list[tuple[int, str, str, list[int]]]] = [[] for _ in held]
    for number, (day, place) in enumerate(zip(days.tolist(), where.tolist(), strict=True)):
        before, after = HOLDERS[held[day - 1, place]], HOLDERS[held[day, place]]
        cited: list[int] = []
        if number in with_claims:
            for _ in range(int(draw.integers(1, 4))):
                if len(records) < claims:
                    cited.append(len(records))
                    records.append(_claim(draw, len(records), place, after, day))
        listed[day].append((place, before, after, cited))
    return listed, records


def _ids(names: list[str]) -> list[str]:
    """Give the ids that gazetteers give: the name, and a number where it is not the first."""
    seen: Counter[str] = Counter()
    ids = []
    for name in names:
        seen[slug(name)] += 1
        ids.append(slug(name) if seen[slug(name)] == 1 else f"{slug(name)}-{seen[slug(name)]}")
    return ids


def _claim(
    draw: np.random.Generator, number: int, place: int, holder: str, day: int
) -> dict[str, Any]:
    iso = (FIRST_DAY + timedelta(days=day)).isoformat()
    # A report tells of several places: in the bundled theatre 4.3 claims have one address.
    report = np.random.default_rng(day)
    title = "-".join(_word(report)[0].lower() for _ in range(7))
    return {
        "id": f"c{number}", "place": place, "event": "captured", "actor": holder, "end": iso,
        "published": iso, "source": int(draw.integers(12)), "used": bool(draw.random() > 0.15),
        "url": f"https://www.example.org/{iso.replace('-', '/')}/{title}-{report.integers(99999)}",
    }  # fmt: skip


def _road(
    name: str, points: list[tuple[float, float]], ground: list[dict[str, BaseGeometry]]
) -> Road:
    line = shapely.segmentize(shapely.LineString(points), 0.02)
    bent = shapely.get_coordinates(line)
    bent = np.round(bent + 0.004 * np.sin(bent[:, ::-1] * 90), 4)
    line = shapely.LineString(bent)
    length = float(np.hypot(*(np.diff(bent, axis=0) * [90.4, 111.2]).T).sum())
    kilometres = np.arange(0.25, length, 0.5)
    at = shapely.get_coordinates(
        shapely.line_interpolate_point(line, kilometres / length, normalized=True)
    )
    days = []
    for today in ground:
        here = np.full(len(at), len(HOLDERS) - 1)
        for number, holder in enumerate(HOLDERS):
            here[shapely.contains_xy(today[holder], at)] = number
        ends = [*(np.flatnonzero(np.diff(here)) + 1).tolist(), len(at)]
        begins = [0, *ends[:-1]]
        days.append(
            [
                (a * 0.5, min(b * 0.5, length), HOLDERS[here[a]])
                for a, b in zip(begins, ends, strict=True)
            ]
        )
    return Road(name, line, length, days)


def _posts(draw: np.random.Generator, days: int) -> list[dict[str, Any]]:
    """Forty-eight posts, twelve of them there from the first day."""
    posts = []
    for number in range(1, 49):
        first = number <= 12
        begins = 0 if first else int(draw.integers(days // 2, days))
        steps = [] if first else [(0, "not yet")]
        steps.append((begins, "behind own lines"))
        if number % 3 == 0 and begins + 3 < days:
            steps.append((begins + 2, "at the front"))
        posts.append(
            {
                "id": f"post-{number}",
                "name": f"Post {number}",
                "lon": round(float(draw.uniform(36.1, 37.1)), 4),
                "lat": round(float(draw.uniform(35.5, 36.3)), 4),
                "agreed": first,
                "status": steps,
            }
        )
    return posts


def _pick(draw: np.random.Generator, words: list[tuple[str, str]]) -> tuple[str, str]:
    return words[int(draw.integers(len(words)))]


def _word(draw: np.random.Generator) -> tuple[str, str]:
    parts = []
    for _ in range(1 + int(draw.random() < 0.65)):
        parts += [_pick(draw, _CONSONANTS), _pick(draw, _VOWELS)]
    parts += [_pick(draw, _CONSONANTS), _pick(draw, _ENDS)]
    latin = "".join(part for part, _ in parts).capitalize()
    return latin, "".join(part for _, part in parts)


def _name(draw: np.random.Generator) -> tuple[str, str]:
    words = [_word(draw)]
    if draw.random() < 0.4:
        words.insert(0, _pick(draw, _FIRST))
    if draw.random() < 0.15:
        words.append(_pick(draw, _LAST))
    return " ".join(latin for latin, _ in words), " ".join(arabic for _, arabic in words)
