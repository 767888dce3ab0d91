"""The countries of the world and its lakes, as `world.bin` has them (Natural Earth 1:10m)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from anyascii import anyascii

from geoline.errors import RequestError
from geoline.new_theatre.world.packed import GRID, polygons, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

__all__ = ["Country", "Lake", "World", "land_in", "world"]

_NOT_A_LETTER = re.compile(r"[^a-z]+")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Country:
    """A country.

    Parameters
    ----------
    code, alpha3
        ISO 3166-1 codes of two and of three letters; empty where it has none.
    name
        Its English name.
    names
        Its names by language (ISO 639-1).
    geometry
        Its land, lakes among it; MultiPolygon, EPSG:4326, good to some 300 m.
    """

    code: str
    alpha3: str
    name: str
    names: dict[str, str]
    geometry: shapely.Geometry = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lake:
    """A lake or reservoir that has a name; EPSG:4326."""

    name: str
    name_ar: str
    reservoir: bool
    geometry: shapely.Geometry = field(repr=False)


class World:
    """Countries and lakes, made into geometries as they are asked for."""

    def __init__(self, packed: bytes) -> None:
        head, self._points = unpack(packed)
        self._layers: dict[str, list[dict[str, Any]]] = {}
        self._boxes: dict[str, npt.NDArray[np.float64]] = {}
        self._made: dict[tuple[str, int], shapely.Geometry] = {}
        at = 0
        for layer in ("countries", "lakes"):
            self._layers[layer] = head[layer]
            boxes = []
            for record in head[layer]:
                record["at"] = at
                at += sum(map(sum, record["polygons"]))
                mine = self._points[record["at"] : at] / GRID
                boxes.append([*mine.min(axis=0), *mine.max(axis=0)])
            self._boxes[layer] = np.array(boxes)
        self._called: dict[str, int] = {}
        for number, record in enumerate(head["countries"]):
            for name in (record["a2"], record["a3"], record["name"], *record["called"]):
                self._called.setdefault(_plain(name), number)
        self._called.pop("", None)

    def country(self, text: str) -> Country:
        """Find a country by its code or name.

        Raises
        ------
        RequestError
            If there is none.

        Examples
        --------
        >>> world().country("ua").name, world().country("Burkina Faso").alpha3
        ('Ukraine', 'BFA')
        """
        found = self.find(text)
        if found is None:
            message = (
                f"there is no country '{text}'; give its ISO 3166 code (UA or UKR) or its English "
                "name"
            )
            raise RequestError(message)
        return found

    def find(self, text: str) -> Country | None:
        """Find a country by its code or any of its names; None if there is none.

        Of what stands in brackets one name is enough: "Myanmar (Burma)", "DR Congo (Zaire)".
        """
        for name in (text, _IN_BRACKETS.sub("", text), *_IN_BRACKETS.findall(text)):
            number = self._called.get(_plain(name))
            if number is not None:
                return self._country(number)
        return None

    def countries_in(self, box: Iterable[float]) -> list[Country]:
        """List the countries that have land in a box: west, south, east, north in degrees."""
        shape = shapely.box(*box)
        near = map(self._country, self._near("countries", shape))
        return [country for country in near if shapely.intersects(country.geometry, shape)]

    def countries_of(self, lonlat: npt.NDArray[np.float64]) -> dict[str, int]:
        """Count points, longitude and latitude (n, 2), in each country with a code, most first."""
        counts: dict[str, int] = {}
        if len(lonlat) == 0:
            return counts
        west, south = lonlat.min(axis=0)
        east, north = lonlat.max(axis=0)
        for number in self._near("countries", shapely.box(west, south, east, north)):
            country = self._country(number)
            shapely.prepare(country.geometry)
            inside = int(shapely.intersects_xy(country.geometry, lonlat).sum())
            if inside and country.code:
                counts[country.code] = inside
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def lakes_in(self, box: Iterable[float]) -> list[Lake]:
        """List the lakes and reservoirs that reach into a box: west to north as above, degrees."""
        shape = shapely.box(*box)
        found = []
        for number in self._near("lakes", shape):
            record, geometry = self._layers["lakes"][number], self._geometry("lakes", number)
            if shapely.intersects(geometry, shape):
                found.append(Lake(record["name"], record["name_ar"], record["reservoir"], geometry))
        return found

    def _near(self, layer: str, shape: shapely.Geometry) -> list[int]:
        west, south, east, north = shape.bounds
        boxes = self._boxes[layer]
        meets = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
        meets &= (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        near: list[int] = np.flatnonzero(meets).tolist()
        return near

    def _country(self, number: int) -> Country:
        record = self._layers["countries"][number]
        geometry = self._geometry("countries", number)
        return Country(record["a2"], record["a3"], record["name"], record["names"], geometry)

    def _geometry(self, layer: str, number: int) -> shapely.Geometry:
        key = (layer, number)
        if key not in self._made:
            record = self._layers[layer][number]
            points = self._points[record["at"] :]
            self._made[key] = polygons(points, record["polygons"])
        return self._made[key]


@lru_cache(maxsize=1)
def world() -> World:
    """Give the world, read once."""
    return World((files("geoline.new_theatre.world") / "world.bin").read_bytes())


def land_in(box: Iterable[float]) -> list[shapely.Geometry]:
    """Give the land of each country in a box: west, south, east, north in degrees (EPSG:4326)."""
    return [country.geometry for country in world().countries_in(box)]


def _plain(text: str) -> str:
    words = _NOT_A_LETTER.sub(" ", anyascii(text).lower().replace("&", " and ")).split()
    return " ".join(word for word in words if word != "the")
