"""Read theatre.toml: days, frame, parties, who leans to whom, what datasets call them."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import shapely

from geoline.claims import ActorNames
from geoline.errors import DataError
from geoline.theatre_folder.post import PostWords

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Mapping, Sequence
    from pathlib import Path

    from geoline.theatre_folder.basemap import Region

__all__ = ["CONTESTED_GROUND", "UNKNOWN_GROUND", "Party", "ReadingWords", "TheatreFile"]

PATTERNS = frozenset({"none", "diagonal", "back-diagonal", "dots", "cross"})
LATEST_DAYS = 36_500
RESERVED = frozenset({"contested", "unknown"})
_KINDS: dict[type[Any], str] = {
    str: "a text in quotation marks",
    list: "a list in square brackets",
    dict: "a table with keys of its own",
    date: "a day without quotation marks, such as 2020-01-29",
}
# Every key that something reads.
_TOP = frozenset(
    {
        "id", "name", "name_ar", "subtitle", "first_day", "last_day", "opening_day", "gazetteer",
        "frozen_until", "frame", "view", "note", "note_ar", "credits", "country_of",
        "country_places", "parties", "actors", "languages", "report", "publisher", "url",
        "alliances", "actor_names", "leans", "baseline_confidence", "labels",
        "publish_after_days", "reading", "posts",
    }
)  # fmt: skip
_OF_TABLES = {
    "parties": frozenset({"name", "name_ar", "color", "pattern", "words", "state", "land"}),
    "actors": frozenset({"name", "name_ar", "words", "land"}),
    "alliances": frozenset({"name", "name_ar", "parties", "actors"}),
    "labels": frozenset({"text", "text_ar", "kind", "lat", "lon"}),
}
# The years of the calendar that days are written in, and the days of a theatre: every one is drawn.
YEARS, MOST_DAYS = (1583, 2200), 36_525
# Metres are planned for a frame of this size, in degrees.
WIDEST_FRAME, FARTHEST_NORTH = 60.0, 85.0
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_PARTY = re.compile(r"[\w.-]+")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
# Where the map stands; where errors are reported.
_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
_REPORT = re.compile(r"[^\s@/:]+@[^\s@/:]+|https?://[^\s/]\S*")


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
class ReadingWords:
    """What reports on a theatre are read with besides its parties' words.

    Parameters
    ----------
    not_places
        Words that look like names of its places and are none: countries, rulers, rivers.
    said_elsewhere
        Words of its parties that news of other wars has too; they do not place a report in it.
    own_people
        Words for its own people: another's army, or rebels, are none of its sides.
    """

    not_places: tuple[str, ...] = ()
    said_elsewhere: tuple[str, ...] = ()
    own_people: tuple[str, ...] = ()


# What ground may be besides a party's, in the look that every map gives it.
CONTESTED_GROUND = Party(
    id="contested", name="Contested", name_ar="متنازع عليها", color="#7a6a8f", pattern="cross"
)
UNKNOWN_GROUND = Party(
    id="unknown", name="Not known", name_ar="غير معروف", color="#b9b6ae", pattern="none"
)


class TheatreFile:
    """The file theatre.toml.

    Each method gives one part of it, checked.

    Raises
    ------
    DataError
        If the part asked for is missing or cannot be used; the text names the key and says what to
        do. So for the file itself, if it is not there or not TOML.
    """

    def __init__(self, folder: Path) -> None:
        self.name = "theatre.toml"
        path = folder / self.name
        try:
            self.data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            reason = f"not found in '{folder.name}'; a theatre's folder needs it"
            raise DataError(self.name, reason) from None
        except RecursionError:
            reason = "is nested too deeply; correct the brackets"
            raise DataError(self.name, reason) from None
        except UnicodeDecodeError:
            raise DataError(self.name, "is not UTF-8; save it as UTF-8") from None
        except ValueError as error:  # TOML that is none, numbers of thousands of digits
            raise DataError(self.name, f"is not TOML: {error}") from None
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); look at it"
            raise DataError(self.name, reason) from None

    def unread(self) -> list[str]:
        """Say which keys nothing reads, a line each."""
        said = [self._unknown(key, key, _TOP) for key in self.data]
        for group, known in _OF_TABLES.items():
            tables = self.data.get(group)
            listed = tables.items() if isinstance(tables, dict) else enumerate(tables or (), 1)
            for name, table in listed:
                if isinstance(table, dict):
                    said += [self._unknown(k, f"{group}.{name}.{k}", known) for k in table]
        return [line for line in said if line]

    def _unknown(self, key: str, where: str, known: Collection[str]) -> str:
        if key in known:
            return ""
        near = get_close_matches(key, known, n=1)
        remedy = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(sorted(known))}"
        return f"{self.name}, '{where}': nothing reads this key; {remedy}"

    def get(self, key: str, kind: type[Any], default: Any = None) -> Any:  # noqa: ANN401
        """Give the value of a key, which must be of a kind."""
        value = self.data.get(key, default)
        if value is None:
            raise DataError(self.name, "is missing; add it", key=key)
        if not isinstance(value, kind) or isinstance(value, datetime):
            raise DataError(self.name, f"must be {_KINDS[kind]}, is {value!r}", key=key)
        return value

    def tables(self, key: str) -> dict[str, dict[str, Any]]:
        """Give the tables under a key, each by its own; none if the key is not there."""
        found = self.get(key, dict, {})
        for name, table in found.items():
            if not isinstance(table, dict):
                raise DataError(self.name, f"must be a table, [{key}.{name}]", key=f"{key}.{name}")
        return found  # type: ignore[no-any-return]

    def texts(self, table: Mapping[str, Any], key: str, where: str) -> list[str]:
        """Give a list of texts in a table; none if the key is not there."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise DataError(self.name, "must be a list of texts", key=where)
        return value

    def id(self) -> str:
        """Give the theatre's id, which names its files."""
        value: str = self.get("id", str)
        if not _ID.fullmatch(value):
            reason = f"'{value}' must be small letters, digits and hyphens; it names the page"
            raise DataError(self.name, reason, key="id")
        return value

    def languages(self) -> tuple[str, ...]:
        """Give the languages of the page, ISO 639-1; without the key English, and Arabic if named.

        The page knows for which there are words.
        """
        if "languages" not in self.data:
            return ("en", "ar") if self.data.get("name_ar") else ("en",)
        return tuple(self.texts(self.data, "languages", "languages"))

    def report(self) -> str:
        """Give where readers report errors: a mail address or one of the web; empty for none."""
        value: str = self.get("report", str, "").strip()
        if value and not _REPORT.fullmatch(value):
            reason = (
                f"'{value}' is neither a mail address (errors@example.org) nor one of the web "
                "(https://example.org/issues/new)"
            )
            raise DataError(self.name, reason, key="report")
        return value

    def url(self) -> str:
        """Give the address of the web at which the map stands; empty if that is not said."""
        value: str = self.get("url", str, "").strip()
        if value and not _URL.fullmatch(value):
            reason = f"'{value}' is no address of the web, such as https://example.org/map/"
            raise DataError(self.name, reason, key="url")
        return value

    def day(self, key: str) -> date:
        """Give a day; it may not lie before the first one, nor beyond what can be drawn."""
        value: date = self.get(key, date)
        if not YEARS[0] <= value.year <= YEARS[1]:
            reason = f"is in the year {value.year}; write the day of the Gregorian calendar"
            raise DataError(self.name, reason, key=key)
        if key == "first_day":
            return value
        first = self.day("first_day")
        if value < first:
            raise DataError(self.name, "is before first_day; correct one of them", key=key)
        if (value - first).days >= MOST_DAYS:
            reason = f"is more than {MOST_DAYS // 365} years after first_day; correct one of them"
            raise DataError(self.name, reason, key=key)
        if key == "frozen_until" and value <= self.day("last_day"):
            raise DataError(self.name, "is not after last_day; correct one of them", key=key)
        if key == "opening_day" and "last_day" in self.data and value > self.day("last_day"):
            raise DataError(self.name, "is after last_day; correct one of them", key=key)
        return value

    def publish_after_days(self) -> int:
        """Give how many days late the theatre is shown; 0 if it does not say."""
        value = self.data.get("publish_after_days", 0)
        if type(value) is not int or not 0 <= value <= LATEST_DAYS:
            reason = f"must be a whole number of days, 0 to {LATEST_DAYS}, is {value!r}"
            raise DataError(self.name, reason, key="publish_after_days")
        return value

    def box(self, key: str) -> tuple[float, float, float, float]:
        """Give west, south, east, north, in degrees."""
        value = self.get(key, list)
        if len(value) != 4 or not all(type(v) in {int, float} for v in value):  # noqa: PLR2004
            raise DataError(self.name, "must be [west, south, east, north] in degrees", key=key)
        if not (-180 <= value[0] < value[2] <= 180 and -90 <= value[1] < value[3] <= 90):  # noqa: PLR2004
            raise DataError(self.name, "is not west < east, south < north in degrees", key=key)
        west, south, east, north = map(float, value)
        if max(east - west, north - south) > WIDEST_FRAME or max(-south, north) > FARTHEST_NORTH:
            reason = (
                f"is wider than {WIDEST_FRAME:.0f} degrees, or nearer to a pole than "
                f"{90 - FARTHEST_NORTH:.0f}; give the part of the world that is fought over"
            )
            raise DataError(self.name, reason, key=key)
        return west, south, east, north

    def parties(self) -> dict[str, Party]:
        """Give the parties by id, in the order of the file."""
        parties = {}
        self.get("parties", dict)
        for key, table in self.tables("parties").items():
            where = f"parties.{key}"
            if not _PARTY.fullmatch(key):
                reason = f"{key!r} must be letters, digits, '.', '_' and '-'; files refer by it"
                raise DataError(self.name, reason, key="parties")
            if key in RESERVED:
                raise DataError(self.name, f"'{key}' is reserved; choose another id", key=where)
            pattern = str(table.get("pattern", "none"))
            if pattern not in PATTERNS:
                known = ", ".join(sorted(PATTERNS))
                raise DataError(self.name, f"must be one of {known}", key=f"{where}.pattern")
            color = str(table.get("color", ""))
            if not _COLOR.fullmatch(color):
                reason = f"must be #rrggbb, is '{color}'"
                raise DataError(self.name, reason, key=f"{where}.color")
            parties[key] = Party(
                id=key,
                name=str(table.get("name", key)),
                name_ar=str(table.get("name_ar", "")),
                color=color,
                pattern=pattern,
                words=tuple(self.texts(table, "words", f"{where}.words")),
            )
        if not parties:
            reason = "there is none; add [parties.NAME] for each side that may hold ground"
            raise DataError(self.name, reason, key="parties")
        return parties

    def leans(self, parties: Mapping[str, Party]) -> dict[str, frozenset[str]]:
        """Give for each lean the parties that it speaks for."""
        leans, listed = {}, self.get("leans", dict)
        for lean in listed:
            favoured = self.texts(listed, lean, f"leans.{lean}")
            for party in favoured:
                if party not in parties:
                    reason = f"'{party}' is no party of this theatre; there are {_names(parties)}"
                    raise DataError(self.name, reason, key=f"leans.{lean}")
            leans[lean] = frozenset(favoured)
        return leans

    def alliances(self, parties: Mapping[str, Party]) -> list[frozenset[str]]:
        """Give the sets of parties between whom there is no front."""
        groups = []
        for members, _ in self._alliances():
            if unknown := members - parties.keys():
                reason = (
                    f"'{min(unknown)}' is no party of this theatre; there are {_names(parties)}"
                )
                raise DataError(self.name, reason, key="alliances")
            groups.append(members)
        return groups

    def _alliances(self) -> list[tuple[frozenset[str], list[str]]]:
        """Parties and actors of each alliance."""
        found = []
        for number, alliance in enumerate(self.get("alliances", list, []), start=1):
            where = f"alliances[{number}]"
            if not isinstance(alliance, dict):
                raise DataError(self.name, "must be a table, [[alliances]]", key=where)
            members = self.texts(alliance, "parties", f"{where}.parties")
            found.append((frozenset(members), self.texts(alliance, "actors", f"{where}.actors")))
        return found

    def actor_names(self, actors: Container[str]) -> ActorNames:
        """Give what datasets call each party or actor, and who is a state."""
        names = self.get("actor_names", dict, {})
        for actor in names:
            if actor not in actors:
                reason = f"'{actor}' is no party or actor of this theatre; add it or drop the key"
                raise DataError(self.name, reason, key=f"actor_names.{actor}")
            self.texts(names, actor, f"actor_names.{actor}")
        parties = self.tables("parties")
        for party, table in parties.items():
            if not isinstance(table.get("state", False), bool):
                where = f"parties.{party}.state"
                raise DataError(self.name, "must be true or false", key=where)
        return ActorNames(
            {actor: tuple(patterns) for actor, patterns in names.items()},
            states=frozenset(k for k, t in parties.items() if t.get("state")),
            country_of=self._country_of(parties),
            parties=frozenset(parties),
        )

    def _country_of(self, parties: Mapping[str, Any]) -> dict[str, str]:
        """Give whose country it is: one party, or one for each country by its name."""
        said = self.data.get("country_of", {})
        countries = said if isinstance(said, dict) else {"": said}
        for country, party in countries.items():
            if not isinstance(party, str) or party not in parties:
                where = f"country_of.{country}" if country else "country_of"
                reason = f"{party!r} is no party of this theatre; there are {_names(parties)}"
                raise DataError(self.name, reason, key=where)
        return {country.casefold(): party for country, party in countries.items()}

    def words(self) -> dict[str, tuple[str, ...]]:
        """Give the words that reports use for each party and actor, names of parties among them."""
        found = {}
        for group in ("parties", "actors"):
            for key, table in self.tables(group).items():
                name = str(table.get("name", key))
                words = self.texts(table, "words", f"{group}.{key}.words")
                found[key] = tuple(dict.fromkeys([name, *words]))
        return found

    def reading(self) -> ReadingWords:
        """Give what reports are read with besides the parties' words."""
        table = self.get("reading", dict, {})
        known = [field.name for field in fields(ReadingWords)]
        for key in table:
            if key not in known:
                reason = f"no such key; known are {', '.join(known)}"
                raise DataError(self.name, reason, key=f"reading.{key}")
        return ReadingWords(**{k: tuple(self.texts(table, k, f"reading.{k}")) for k in known})

    def post_words(self) -> PostWords:
        """Give what the theatre calls its posts."""
        table = self.get("posts", dict, {})
        known = [field.name for field in fields(PostWords)]
        for key, value in table.items():
            if key not in known:
                reason = f"no such key; known are {', '.join(known)}"
                raise DataError(self.name, reason, key=f"posts.{key}")
            if not isinstance(value, str):
                raise DataError(self.name, "must be a text in quotation marks", key=f"posts.{key}")
        return PostWords(**table)

    def friends(self, parties: Mapping[str, Party]) -> dict[str, frozenset[str]]:
        """Parties among whom each party or actor is at home."""
        home = {party: frozenset({party}) for party in parties}
        for members, actors in self._alliances():
            for member in (*members, *actors):
                home[member] = home.get(member, frozenset()) | members
        return home

    def homelands(
        self, parties: Mapping[str, Party], land: Sequence[Region]
    ) -> dict[str, shapely.Geometry]:
        """Country by party, in EPSG:4326: that of its own `land`, and of its allies'."""
        own = self._own_lands({region.name: region.geometry for region in land})
        home = self.friends(parties)
        lands = {p: [own[m] for m in own if p in home.get(m, ())] for p in parties}
        return {party: shapely.union_all(found) for party, found in lands.items() if found}

    def _own_lands(self, regions: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
        """Country by party or actor, of those that have one."""
        own = {}
        for group in ("parties", "actors"):
            for key, table in self.tables(group).items():
                name = table.get("land")
                if isinstance(name, str) and name in regions:
                    own[key] = regions[name]
                elif name is not None:
                    reason = f"areas/land.geojson has no '{name}'; add it or drop the key"
                    raise DataError(self.name, reason, key=f"{group}.{key}.land")
        return own

    def confidences(self) -> dict[str, float]:
        """Give how sure a baseline is, by what it rests on."""
        table = self.get("baseline_confidence", dict)
        for basis, value in table.items():
            if type(value) not in {int, float} or not 0 <= value <= 1:
                key = f"baseline_confidence.{basis}"
                raise DataError(self.name, "must be a number from 0 to 1", key=key)
        return {str(basis): float(value) for basis, value in table.items()}

    def labels(self) -> list[dict[str, Any]]:
        """Give the labels of the basemap."""
        labels = self.get("labels", list, [])
        for number, label in enumerate(labels, start=1):
            if not isinstance(label, dict):
                raise DataError(self.name, "must be a table, [[labels]]", key=f"labels[{number}]")
            for key, kind in (("text", str), ("kind", str), ("lat", float), ("lon", float)):
                value = label.get(key)
                if not isinstance(value, kind) or value in {math.inf, -math.inf} or value != value:  # noqa: PLR0124
                    where = f"labels[{number}].{key}"
                    raise DataError(self.name, f"is missing or no {kind.__name__}", key=where)
        return labels  # type: ignore[no-any-return]


def _names(parties: Collection[str]) -> str:
    return ", ".join(sorted(parties))
