"""The course of a road from GeoJSON, such as an extract of OpenStreetMap.

An extract has a road as many ways, in any order and direction, often as two carriageways, with
gaps where a bridge or a town street bears another name. `read_courses` joins the ways that bear the
road's name into a graph and takes the shortest way through it that leads from the road's first
way-point to its last; a way-point that this leaves aside is led through. Carriageways are near
enough to be one road; a small gap is bridged straight; where the file has nothing, or ends short of
a way-point, the way-points stand as before, with their errors.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline.errors import DataError
from geoline.highways.highway import BULGE, Course
from geoline.libraries import GEOD, csgraph, sparse, spatial

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from geoline.highways.highway import WayPoint

__all__ = ["read_courses"]

NAME_KEYS = ("ref", "name", "name:en")
# Error of a way that states none (metres): survey and the distance between two carriageways.
WAY_ERROR_M = 30.0
# Vertices nearer than this are one road: the carriageways of a motorway lie 10 to 60 m apart.
ABREAST_M, CELL_M = 60.0, 5.0
# A gap up to this is bridged (metres); leaving the road costs more than following it.
GAP_M = 2000.0
DETOUR = 3.0
# A way-point belongs to the course within twice its error and this (metres).
NEAR_M = 2000.0
# A way of the other road counts where two are one within this of the way-points (degrees).
SHARED_DEG = 0.1
DECIMALS = 7  # OpenStreetMap's own
SEPARATORS = re.compile(r"[;,/]")


def read_courses(path: Path, roads: Mapping[str, Sequence[WayPoint]]) -> dict[str, Course]:
    """Read the courses of roads.

    Parameters
    ----------
    path
        A GeoJSON FeatureCollection, EPSG:4326. A line is part of a road if one of its `ref` (a
        list, or parted by semicolons), its `name` or its `name:en` is the road's; a number
        `error_m` states how far it may be off, in metres. Where two roads are one, the ways may
        bear either name. All other features are passed over.
    roads
        Way-points by road.

    Returns
    -------
    dict
        Course by road; a road that no line bears is left out.

    Raises
    ------
    DataError
        If the file is no such GeoJSON, no line bears the name of any road, or a road misses one of
        its way-points; the text names file, feature and key.
    """
    name = path.name
    lines: dict[str, list[_Line]] = {road: [] for road in roads}
    known = {_folded(road): road for road in roads}
    for number, feature in enumerate(_features(path), start=1):
        properties = _properties(feature, name, number)
        wanted = {known[n] for n in _names(properties) if n in known}
        if not wanted:
            continue
        for line in _lines(feature, properties, name, number):
            for road in wanted:
                lines[road].append(line)
    if not any(lines.values()):
        reason = (
            f"no line bears the name of a road; set it to one of {', '.join(roads)}, "
            "or remove the file"
        )
        raise DataError(name, reason, key="ref")
    courses = {}
    for road, waypoints in roads.items():
        found = [*lines[road], *_shared(waypoints, lines)]
        if lines[road]:
            courses[road] = _course(road, found, waypoints, name)
    return courses


@dataclass(frozen=True, slots=True)
class _Line:
    lonlat: npt.NDArray[np.float64]
    error_m: float


def _features(path: Path) -> list[Any]:
    name = path.name
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        features = data["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"is no GeoJSON FeatureCollection ({error}); export the roads as GeoJSON"
        raise DataError(name, reason) from None
    crs = data.get("crs") or "CRS84"
    if not re.search(r"CRS84|EPSG:+4326", str(crs)):
        raise DataError(name, "is not in EPSG:4326; export it in degrees, WGS 84", key="crs")
    if not isinstance(features, list):
        raise DataError(name, "is no list; export the roads as GeoJSON", key="features")
    return features


def _properties(feature: Any, name: str, number: int) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        where = f"{name}, feature {number}"
        raise DataError(where, "is no GeoJSON feature; export it again")
    properties = dict(feature.get("properties") or {})
    tags = properties.get("tags")  # some exporters put OpenStreetMap's tags one level down
    return {**tags, **properties} if isinstance(tags, dict) else properties


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", "", name).casefold()


def _names(properties: Mapping[str, Any]) -> list[str]:
    stated = [properties.get(key) or "" for key in NAME_KEYS]
    values = [str(v) for value in stated for v in (value if isinstance(value, list) else [value])]
    return [_folded(part) for value in values for part in SEPARATORS.split(value) if part.strip()]


def _lines(
    feature: Mapping[str, Any], properties: Mapping[str, Any], name: str, number: int
) -> list[_Line]:
    where = f"{name}, feature {number}"
    error = properties.get("error_m", WAY_ERROR_M)
    if isinstance(error, bool) or not isinstance(error, int | float) or not 0 <= error <= 1e5:  # noqa: PLR2004
        reason = f"{error!r} is no number of metres; write one or leave the key out"
        raise DataError(where, reason, key="error_m")
    try:
        with np.errstate(invalid="ignore"):  # what is no number is told below
            shape = shapely.geometry.shape(feature["geometry"])
    except (KeyError, TypeError, AttributeError, ValueError, shapely.errors.ShapelyError):
        reason = "cannot be read; a road is a LineString or MultiLineString"
        raise DataError(where, reason, key="geometry") from None
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "LineString" or part.is_empty:
            continue  # the nodes of a junction may bear the road's name
        lonlat = shapely.get_coordinates(part)
        if not (np.isfinite(lonlat).all() and (np.abs(lonlat) <= (180, 90)).all()):
            reason = "has coordinates that are no degrees; export it in EPSG:4326"
            raise DataError(where, reason, key="geometry")
        found.append(_Line(lonlat.round(DECIMALS), float(error)))
    return found


def _shared(waypoints: Sequence[WayPoint], lines: Mapping[str, Sequence[_Line]]) -> Iterator[_Line]:
    """Give the ways of other roads along the legs that they share with this one."""
    for other, group in groupby(waypoints, key=lambda w: w.shared_with):
        ends = [(w.lon, w.lat) for w in group]
        if other not in lines or len(ends) < 2:  # noqa: PLR2004
            continue
        along = shapely.buffer(shapely.linestrings(ends), SHARED_DEG)
        for line in lines[other]:
            inside = shapely.intersection(shapely.linestrings(line.lonlat), along)
            for part in shapely.get_parts(inside):
                if part.geom_type == "LineString":
                    lonlat = shapely.get_coordinates(part).round(DECIMALS)
                    yield _Line(lonlat, line.error_m)


def _course(road: str, lines: list[_Line], waypoints: Sequence[WayPoint], name: str) -> Course:
    net = _Net(lines)
    points = np.array([(w.lon, w.lat) for w in waypoints])
    errors = np.array([w.error_m for w in waypoints])
    limit = NEAR_M + 2 * errors
    far, part, vertex = net.near(points, limit)
    pieces: list[Course] = []
    start = 0
    while start < len(waypoints):
        if part[start] < 0:
            pieces.append(Course(points[start : start + 1], errors[start : start + 1]))
            start += 1
            continue
        end = int(np.flatnonzero(part == part[start])[-1]) + 1
        missed = start + np.flatnonzero(part[start:end] != part[start])
        if len(missed):
            off = int(missed[0])
            reason = (
                f"the road passes its way-point {waypoints[off].name} at "
                f"{far[off, part[start]] / 1000:.1f} km, which is "
                "further than the errors of both allow; add the ways that lead there, or "
                "correct highways.csv"
            )
            raise DataError(name, reason, key=road)
        here = slice(start, end)
        off_way = far[here, part[start]] > errors[here] + net.error_m[vertex[here]]
        pieces += _along(
            net, Course(points[here], errors[here]), vertex[here], limit[here], off_way
        )
        start = end
    lonlat = np.vstack([piece.lonlat for piece in pieces])
    return _with_straights(lonlat, np.concatenate([piece.error_m for piece in pieces]))


def _along(
    net: _Net,
    waypoints: Course,
    vertex: npt.NDArray[np.intp],
    limit: npt.NDArray[np.float64],
    off: npt.NDArray[np.bool_],
) -> list[Course]:
    """Follow the ways past way-points, and go straight to those that they end short of.

    `off` says which are further from the vertex nearest to them than the errors of both.
    """
    path = net.through(waypoints.lonlat, vertex, limit)
    if len(path) < 2:  # noqa: PLR2004  (one vertex leads nowhere)
        return [waypoints]
    short = off & (vertex == path[0]) & net.ends(path[::-1])
    before = int(np.argmin(short))
    short = off & (vertex == path[-1]) & net.ends(path)
    after = len(short) - int(np.argmin(short[::-1]))
    return [
        Course(waypoints.lonlat[:before], waypoints.error_m[:before]),
        Course(net.lonlat[path], net.error_m[path]),
        Course(waypoints.lonlat[after:], waypoints.error_m[after:]),
    ]


class _Net:
    """The ways of one road as a graph of their vertices."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        every = np.vstack([line.lonlat for line in lines])
        self.lonlat, number = np.unique(every, axis=0, return_inverse=True)
        number = number.ravel()
        self.error_m = np.full(len(self.lonlat), np.inf)
        error = np.repeat([ln.error_m for ln in lines], [len(ln.lonlat) for ln in lines])
        np.minimum.at(self.error_m, number, error)
        follows = np.ones(len(number), dtype=bool)
        follows[np.cumsum([len(line.lonlat) for line in lines]) - 1] = False
        at = np.flatnonzero(follows)
        edges = np.column_stack((number[at], number[at + 1]))
        self._scale = np.cos(np.radians(self.lonlat[:, 1].mean()))
        xy = self.plane(self.lonlat)
        self.tree = spatial.cKDTree(xy)
        abreast = _abreast(xy)
        joined = np.vstack((edges, abreast))
        hops = np.vstack((abreast, self._gaps(xy, edges, _parts(joined, len(xy)))))
        pairs = np.vstack((edges, hops))
        cost = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
        cost[len(edges) :] *= DETOUR
        # Of several edges between two vertices the cheapest; no edge of length nought.
        pairs = np.sort(pairs, axis=1)
        order = np.lexsort((cost, pairs[:, 1], pairs[:, 0]))
        pairs, cost = pairs[order], np.maximum(cost[order], 1e-3)
        first = np.append(True, (np.diff(pairs, axis=0) != 0).any(axis=1))
        first &= pairs[:, 0] != pairs[:, 1]
        size = (len(xy), len(xy))
        self._graph = sparse.csr_array((cost[first], pairs[first].T), shape=size)
        self._part = _parts(pairs, len(xy))

    def _gaps(
        self, xy: npt.NDArray[np.float64], edges: npt.NDArray[np.intp], part: npt.NDArray[np.intp]
    ) -> npt.NDArray[np.intp]:
        """From each loose end to the nearest vertex of every other part within `GAP_M`."""
        hops: list[tuple[int, int]] = []
        for end in np.flatnonzero(np.bincount(edges.ravel(), minlength=len(xy)) == 1):
            around = np.array(self.tree.query_ball_point(xy[end], GAP_M))
            around = around[part[around] != part[end]]
            order = around[np.argsort(np.hypot(*(xy[around] - xy[end]).T))]
            _, first = np.unique(part[order], return_index=True)
            hops += [(int(end), int(other)) for other in order[first]]
        return np.array(hops, dtype=np.intp).reshape(-1, 2)

    def near(
        self, points: npt.NDArray[np.float64], limit: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Metres from each point to each part (n, parts), its part, and the vertex nearest there.

        Of several parts within the limit the one that most points are near is meant; -1 if none is.
        """
        xy, count = self.plane(points), int(self._part.max()) + 1
        metres = np.empty((len(points), count))
        vertex = np.empty((len(points), count), dtype=np.intp)
        order = np.argsort(self._part, kind="stable")
        sizes = np.bincount(self._part, minlength=count)
        for number, own in enumerate(np.split(order, np.cumsum(sizes)[:-1])):
            found = spatial.cKDTree(self.plane(self.lonlat[own])).query(xy)
            metres[:, number], vertex[:, number] = np.asarray(found[0]), own[np.asarray(found[1])]
        close = metres <= limit[:, None]
        ranked = np.argsort(-close.sum(axis=0), kind="stable")
        best = ranked[close[:, ranked].argmax(axis=1)]
        rows = np.arange(len(points))
        part = np.where(close.any(axis=1), best, -1)
        return metres, part, vertex[rows, best]

    def plane(self, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Metres in a plane that is true enough to compare distances along one road."""
        return np.asarray(np.radians(lonlat) * (self._scale, 1.0) * 6371008.8)

    def through(
        self,
        points: npt.NDArray[np.float64],
        vertex: npt.NDArray[np.intp],
        limit: npt.NDArray[np.float64],
    ) -> npt.NDArray[np.intp]:
        """Vertices of a way past points of one part (n, 2), each with the vertex nearest to it.

        The shortest way from the first to the last; where that leaves a point aside by more than
        its limit (metres), the way through the one left aside most.
        """
        xy = self.plane(points)
        legs, left = [(0, len(points) - 1)], [np.array([vertex[0]])]
        while legs:
            start, end = legs.pop()
            way = self._shortest(int(vertex[start]), int(vertex[end]))
            line = shapely.linestrings(self.plane(self.lonlat[[way[0], *way]]))
            inside = slice(start + 1, end)
            aside = shapely.distance(line, shapely.points(xy[inside])) - limit[inside]
            if len(aside) and aside.max() > 0:
                via = start + 1 + int(aside.argmax())
                legs += [(via, end), (start, via)]
            else:
                left.append(way[1:])
        return np.concatenate(left)

    def ends(self, path: npt.NDArray[np.intp]) -> bool:
        """Whether the ways end where a path of at least two vertices does: none leads on."""
        xy = self.plane(self.lonlat[path])
        apart = np.hypot(*(xy - xy[-1]).T)
        far = np.flatnonzero(apart > ABREAST_M)
        back = xy[far[-1] if len(far) else 0]
        ahead = (xy[-1] - back) / max(float(np.hypot(*(xy[-1] - back))), 1.0)
        around = self.plane(self.lonlat[self.tree.query_ball_point(xy[-1], GAP_M)])
        return not bool(((around - xy[-1]) @ ahead > ABREAST_M).any())

    def _shortest(self, start: int, end: int) -> npt.NDArray[np.intp]:
        """Vertices of the shortest way between two vertices of one part."""
        before = csgraph.dijkstra(
            self._graph, directed=False, indices=[start], return_predecessors=True
        )[1]
        way = [end]
        while way[-1] != start:
            way.append(int(before[0, way[-1]]))
        return np.array(way[::-1])


def _abreast(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Pairs of vertices (n, 2) that join all that lie abreast of each other.

    Vertices in one cell of `CELL_M` have one for all, or a thicket of them would have millions.
    """
    _, first, cell = np.unique(
        np.floor(xy / CELL_M), axis=0, return_index=True, return_inverse=True
    )
    own = np.column_stack((np.arange(len(xy)), first[cell.ravel()]))
    pairs = spatial.cKDTree(xy[first]).query_pairs(ABREAST_M, output_type="ndarray")
    return np.vstack((own[own[:, 0] != own[:, 1]], first[pairs].reshape(-1, 2)))


def _parts(pairs: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.intp]:
    """Give each vertex the number of its connected part."""
    weights: npt.NDArray[Any] = np.ones(len(pairs))
    graph = sparse.csr_array((weights, pairs.T), shape=(count, count))
    return csgraph.connected_components(graph, directed=False)[1].astype(np.intp)


def _with_straights(lonlat: npt.NDArray[np.float64], error_m: npt.NDArray[np.float64]) -> Course:
    """Drop repeated vertices and put one into the middle of each long leg, with its larger error.

    A leg of many metres between two vertices is either straight road or a gap; it is taken for a
    gap only where it exceeds what the ways of an extract have.
    """
    moved = np.append(True, (np.diff(lonlat, axis=0) != 0).any(axis=1))
    lonlat, error_m = lonlat[moved], error_m[moved]
    metres = GEOD.inv(*lonlat[:-1].T, *lonlat[1:].T)[2]
    long = np.flatnonzero(metres > GAP_M / 2)
    middle = (lonlat[long] + lonlat[long + 1]) / 2
    most = np.maximum(error_m[long], error_m[long + 1]) + BULGE * metres[long]
    return Course(np.insert(lonlat, long + 1, middle, axis=0), np.insert(error_m, long + 1, most))
