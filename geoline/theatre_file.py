"""Read theatre.toml: days, frame, parties, who leans to whom, what datasets call them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geoline.actors import ActorNames
from geoline.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["Party", "Region", "TheatreFile"]

PATTERNS = frozenset({"none", "diagonal", "back-diagonal", "dots", "cross"})
RESERVED = frozenset({"contested", "unknown"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """Who may hold ground; its colour, the pattern without colour, and words that reports use."""

    id: str
    name: str
    name_ar: str
    color: str
    pattern: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A polygon of the basemap with its names; EPSG:4326."""

    name: str
    name_ar: str
    geometry: shapely.Geometry


@dataclass(frozen=True, kw_only=True, slots=True)
class Water:
    """A river (lines) or a lake or reservoir (polygons) of the basemap; EPSG:4326."""

    name: str
    name_ar: str
    kind: str
    geometry: shapely.Geometry


class TheatreFile:
    """The file theatre.toml."""

    def __init__(self, folder: Path) -> None:
        self.name = "theatre.toml"
        path = folder / self.name
        try:
            self.data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            reason = f"not found in '{folder.name}'; a theatre's folder needs it"
            raise DataError(self.name, reason) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(self.name, f"is not TOML: {error}") from None

    def get(self, key: str, kind: type[Any], default: Any = None) -> Any:  # noqa: ANN401
        """Give the value of a key, which must be of a kind."""
        value = self.data.get(key, default)
        if value is None:
            raise DataError(self.name, "is missing; add it", key=key)
        if not isinstance(value, kind):
            raise DataError(self.name, f"must be a {kind.__name__}, is {value!r}", key=key)
        return value

    def day(self, key: str) -> date:
        """Give a day; it may not lie before the first one."""
        from datetime import date as day_type  # noqa: PLC0415

        value = self.get(key, day_type)
        if key != "first_day" and value < self.data["first_day"]:
            raise DataError(self.name, "is before first_day", key=key)
        return value  # type: ignore[no-any-return]

    def box(self, key: str) -> tuple[float, float, float, float]:
        """Give west, south, east, north, in degrees."""
        value = self.get(key, list)
        if len(value) != 4 or not all(isinstance(v, int | float) for v in value):  # noqa: PLR2004
            raise DataError(self.name, "must be [west, south, east, north] in degrees", key=key)
        west, south, east, north = map(float, value)
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004
            raise DataError(self.name, "is not west < east, south < north in degrees", key=key)
        return west, south, east, north

    def parties(self) -> dict[str, Party]:
        """Give the parties by id, in the order of the file."""
        parties = {}
        for key, table in self.get("parties", dict).items():
            where = f"parties.{key}"
            if key in RESERVED:
                raise DataError(self.name, f"'{key}' is reserved; choose another id", key=where)
            pattern = table.get("pattern", "none")
            if pattern not in PATTERNS:
                known = ", ".join(sorted(PATTERNS))
                raise DataError(self.name, f"must be one of {known}", key=f"{where}.pattern")
            color = str(table.get("color", ""))
            if len(color) != 7 or not color.startswith("#"):  # noqa: PLR2004
                raise DataError(self.name, "must be #rrggbb", key=f"{where}.color")
            parties[key] = Party(
                id=key,
                name=str(table.get("name", key)),
                name_ar=str(table.get("name_ar", "")),
                color=color,
                pattern=pattern,
                words=tuple(map(str, table.get("words", ()))),
            )
        return parties

    def leans(self, parties: Mapping[str, Party]) -> dict[str, frozenset[str]]:
        """Give for each lean the parties that it speaks for."""
        leans = {}
        for lean, favoured in self.get("leans", dict).items():
            for party in favoured:
                if party not in parties:
                    reason = f"'{party}' is no party of this theatre"
                    raise DataError(self.name, reason, key=f"leans.{lean}")
            leans[lean] = frozenset(favoured)
        return leans

    def alliances(self, parties: Mapping[str, Party]) -> list[frozenset[str]]:
        """Give the sets of parties between whom there is no front."""
        groups = []
        for alliance in self.get("alliances", list, []):
            members = frozenset(alliance.get("parties", ()))
            if unknown := members - parties.keys():
                reason = f"'{min(unknown)}' is no party of this theatre"
                raise DataError(self.name, reason, key="alliances")
            groups.append(members)
        return groups

    def actor_names(self, actors: Container[str]) -> ActorNames:
        """Give what datasets call each party or actor, and who is a state."""
        names = self.get("actor_names", dict, {})
        for actor, patterns in names.items():
            if actor not in actors:
                reason = f"'{actor}' is no party or actor of this theatre"
                raise DataError(self.name, reason, key="actor_names")
            if not isinstance(patterns, list) or not all(isinstance(p, str) for p in patterns):
                raise DataError(self.name, "must be a list of texts", key=f"actor_names.{actor}")
        return ActorNames(
            {actor: tuple(patterns) for actor, patterns in names.items()},
            frozenset(k for k, t in self.get("parties", dict).items() if t.get("state") is True),
        )

    def words(self) -> dict[str, tuple[str, ...]]:
        """Give the words that reports use for each party and actor, names of parties among them."""
        found = {}
        for group in ("parties", "actors"):
            for key, table in self.get(group, dict, {}).items():
                name = str(table.get("name", key))
                words = [str(word) for word in table.get("words", ())]
                found[key] = tuple(dict.fromkeys([name, *words]))
        return found

    def friends(self, parties: Mapping[str, Party]) -> dict[str, frozenset[str]]:
        """Parties among whom each party or actor is at home."""
        home = {party: frozenset({party}) for party in parties}
        for alliance in self.get("alliances", list, []):
            members = frozenset(alliance.get("parties", ()))
            for member in (*members, *alliance.get("actors", ())):
                home[member] = home.get(member, frozenset()) | members
        return home

    def homelands(
        self, parties: Mapping[str, Party], land: Sequence[Region]
    ) -> dict[str, shapely.Geometry]:
        """Country by party: that of its own `land`, and of its allies'."""
        regions, own = {region.name: region.geometry for region in land}, {}
        for group in ("parties", "actors"):
            for key, table in self.get(group, dict, {}).items():
                if (name := table.get("land")) in regions:
                    own[key] = regions[name]
                elif name is not None:
                    reason = f"areas/land.geojson has no '{name}'; add it or drop the key"
                    raise DataError(self.name, reason, key=f"{group}.{key}.land")
        home = self.friends(parties)
        lands = {p: [own[m] for m in own if p in home.get(m, ())] for p in parties}
        return {party: shapely.union_all(found) for party, found in lands.items() if found}

    def confidences(self) -> dict[str, float]:
        """Give how sure a baseline is, by what it rests on."""
        table = self.get("baseline_confidence", dict)
        for basis, value in table.items():
            if not isinstance(value, int | float) or not 0 <= value <= 1:
                key = f"baseline_confidence.{basis}"
                raise DataError(self.name, "must be a number from 0 to 1", key=key)
        return {str(basis): float(value) for basis, value in table.items()}

    def labels(self) -> list[dict[str, Any]]:
        """Give the labels of the basemap."""
        labels = self.get("labels", list, [])
        for number, label in enumerate(labels, start=1):
            for key, kind in (("text", str), ("kind", str), ("lat", float), ("lon", float)):
                if not isinstance(label.get(key), kind):
                    where = f"labels[{number}].{key}"
                    raise DataError(self.name, f"is missing or no {kind.__name__}", key=where)
        return labels  # type: ignore[no-any-return]
