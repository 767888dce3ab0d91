"""Linked Places Format 1.3: places exchanged with other gazetteers, as GeoJSON that is JSON-LD.

The format has `certainty` for a position, but no metres; a record is written with both, the metres
among its properties, and read back without loss. Names carry their script (`und-Latn`), the Arabic
name its language, since nobody said in which language a spelling was written.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from geoline.errors import DataError, RequestError
from geoline.gazetteer.importing.imported_rows import Imported, ImportedRows, inhabitants, point
from geoline.gazetteer.place import great_circle_km
from geoline.tables import first_bytes, load_json, opened, replace_file, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoline.gazetteer.place import Place

__all__ = ["export_linked_places", "read_linked_places"]

CONTEXT: list[object] = [
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld",
    {"gn": "http://www.geonames.org/", "wof": "https://spelunker.whosonfirst.org/id/"},
]

# What the grades of certainty stand for, in metres, where a record says nothing else.
CERTAINTY_M = {"certain": 1_000.0, "less-certain": 3_000.0, "uncertain": 10_000.0}
# GeoNames' feature classes, which the format asks for, by kind; what is not here is a site.
CLASSES = {
    "P": ("city", "town", "village", "hamlet", "suburb", "housing", "housing estate"),
    "T": ("hill", "tell"),
    "A": ("administrative unit",),
    "H": ("water",),
    "L": ("area",),
    "R": ("road",),
}
KIND_OF_CLASS = {key: kinds[0] for key, kinds in CLASSES.items()} | {"P": "village", "S": "site"}
# The Getty vocabulary's terms.
TYPES = {
    "city": ("300008389", "city"),
    "town": ("300008375", "town"),
    "village": ("300008372", "village"),
    "suburb": ("300000745", "neighborhood"),
    "hill": ("300008777", "hill"),
    "military base": ("300000455", "military base"),
    "site": ("300000809", "site"),
    "administrative unit": ("300232418", "administrative division"),
}
# How `lookup` and the links of a record call other gazetteers.
PREFIXES = {"wof": "wof", "geonames": "gn", "wikidata": "wd"}
_LINKS = {
    "wof": re.compile(r"(?:wof:|https?://(?:\w+\.)?whosonfirst\.org/id/)(\d+)/?"),
    "geonames": re.compile(r"(?:gn:|https?://(?:www\.|sws\.)?geonames\.org/)(\d+)(?:/.*)?"),
    "wikidata": re.compile(r"(?:wd:|https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)(Q\d+)"),
}
_SCRIPTS = (
    ("Arab", re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")),
    ("Cyrl", re.compile(r"[\u0400-\u052f]")),
    ("Latn", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ARABIC = re.compile(r"(?:ar|ara|arb|apc)(?:-.*)?", re.IGNORECASE)
_WKT_POINT = re.compile(r"\s*POINT\s*\(\s*(\S+)\s+([^\s)]+)\s*\)\s*", re.IGNORECASE)


def export_linked_places(
    places: Iterable[Place],
    target: Path | IO[str],
    *,
    base: str = "",
    countries: Sequence[str] = (),
    year: int | None = None,
) -> int:
    """Write places in Linked Places Format.

    Parameters
    ----------
    places
        The places.
    target
        A file, which is replaced as a whole or not at all, or an open text stream.
    base
        What the ids of places are put behind to make addresses ("https://example.org/place/");
        without it they are relative to where the file is published.
    countries
        Codes of the countries that the places lie in (ISO 3166-1, two letters), where known.
    year
        The year for which the records hold, which the format asks for; by default this year.

    Returns
    -------
    int
        How many places were written.

    Raises
    ------
    RequestError
        If a place cannot be written as JSON, or the file cannot be written.
    """
    held = str(datetime.now(UTC).year if year is None else year)
    written = []
    for place in places:
        try:
            record = _record(place, base, countries, held)
            line = json.dumps(record, ensure_ascii=False, allow_nan=False)
            line.encode()
        except ValueError as error:
            message = f"the place {place.id!a} cannot be written as JSON ({error}); correct it"
            raise RequestError(message) from None
        written.append(line)
    head = json.dumps({"type": "FeatureCollection", "@context": CONTEXT})[:-1]
    text = f'{head}, "features": [\n' + ",\n".join(written) + "\n]}\n"
    if not isinstance(target, Path):
        target.write(text)
        return len(written)
    try:
        replace_file(target, text.encode("utf-8"))
    except OSError as error:
        message = f"cannot write {target}: {error.strerror}; choose another place"
        raise RequestError(message) from error
    return len(written)


def _record(place: Place, base: str, countries: Sequence[str], year: str) -> dict[str, Any]:
    certainty = next(
        (grade for grade, most in CERTAINTY_M.items() if place.uncertainty_m <= most), "uncertain"
    )
    spellings = [(place.name, _language(place.name)), (place.name_ar, "ar")]
    spellings += [(name, _language(name)) for name in place.names]
    if place.name == place.name_ar:
        del spellings[0]
    names: list[dict[str, Any]] = [{"toponym": n, "lang": lang} for n, lang in spellings if n]
    if place.lookup:
        names[0]["citations"] = [{"label": place.lookup}]
    properties = {
        "title": place.name,
        "ccodes": list(countries),
        "fclasses": _classes(place.kind),
        "uncertainty_m": place.uncertainty_m,
    }
    if place.population is not None:
        properties["population"] = place.population
    record: dict[str, Any] = {
        "@id": _address(place.id, base),
        "type": "Feature",
        "properties": properties,
        "when": {"timespans": [{"start": {"in": year}}]},
        "names": names,
        "types": [_type(place.kind)],
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
    }
    record["geometry"]["certainty"] = certainty
    links = [
        {"type": "closeMatch", "identifier": f"{PREFIXES[kind]}:{key}"}
        for kind, _, key in (part.strip().partition(":") for part in place.lookup.split(";"))
        if kind in PREFIXES and key
    ]
    if links:
        record["links"] = links
    if place.admin:
        part_of = {"relationType": "gvp:broaderPartitive"}
        record["relations"] = [
            part_of | {"relationTo": _address(unit, base), "label": unit} for unit in place.admin
        ]
    if place.note:
        record["descriptions"] = [{"value": place.note, "lang": "en"}]
    return record


def _address(key: str, base: str) -> str:
    return key if _ABSOLUTE.fullmatch(key) else base + quote(key, safe="")


def _language(name: str) -> str:
    script = next((script for script, letters in _SCRIPTS if letters.search(name)), "Zyyy")
    return f"und-{script}"


def _classes(kind: str) -> list[str]:
    parts = kind.split("/")
    found = [key for part in parts for key, kinds in CLASSES.items() if part in kinds]
    return list(dict.fromkeys(found)) or ["S"]


def _type(kind: str) -> dict[str, Any]:
    term = TYPES.get(kind)
    vocabulary = {"identifier": f"aat:{term[0]}", "label": term[1]} if term else {"label": kind}
    return vocabulary | {"sourceLabels": [{"label": kind, "lang": "en"}]}


def read_linked_places(path: Path, *, base: str = "") -> Imported:
    """Read places in Linked Places Format.

    Parameters
    ----------
    path
        A FeatureCollection, or one Feature.
    base
        What to take off the addresses of places to get their ids.

    Raises
    ------
    DataError
        If it is not JSON or no such collection.
    """
    return records_of(load_document(path), path.name, base=base)


def load_document(path: Path) -> Any:  # noqa: ANN401  (whatever the file holds)
    """Load JSON: a document, or a feature a line, given as a FeatureCollection.

    Raises
    ------
    DataError
        If it is neither, or of the features a line one is no JSON.
    """
    first, _, rest = first_bytes(path).partition(b"\n")
    if not (rest.lstrip().startswith(b"{") and _is_json(first)):
        return load_json(path)
    features = []
    with opened(path) as file:
        for row, line in text_lines(file, path.name, _refuse):
            if line.strip():
                try:
                    features.append(json.loads(line))
                except (ValueError, RecursionError):
                    raise DataError(path.name, "is not JSON", row=row) from None
    return {"type": "FeatureCollection", "features": features}


def _refuse(error: DataError) -> None:
    raise error


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def records_of(document: object, name: str, *, base: str = "") -> Imported:
    """Read a FeatureCollection of Linked Places Format.

    Raises
    ------
    DataError
        If it is none.
    """
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        features = [document]
    if not any(map(is_record, features)) and features:
        reason = (
            "is not Linked Places Format: no feature in it has an '@id' and 'names'; "
            "export it as a FeatureCollection of that format"
        )
        raise DataError(name, reason)
    imported = ImportedRows(name)
    for number, feature in enumerate(features, start=1):
        try:
            _add(imported, number, feature, base)
        except DataError as error:
            imported.set_aside(error)
    return imported.done()


def is_record(feature: object) -> bool:
    """Whether it looks like a place of Linked Places Format."""
    return isinstance(feature, dict) and "@id" in feature and "names" in feature


def _add(imported: ImportedRows, row: int, feature: object, base: str) -> None:
    """Add a feature.

    Raises
    ------
    DataError
        If it cannot be used.
    """
    key = feature.get("@id") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(key, str) or not key.strip():
        raise DataError(imported.file, "is no feature with an address", row=row, key="@id")
    given = feature.get("properties")
    properties: dict[str, Any] = given if isinstance(given, dict) else {}
    names = [entry for entry in _dicts(feature, "names") if entry.get("toponym")]
    title = properties.get("title") or (names[0]["toponym"] if names else "")
    arabic = [e["toponym"] for e in names if _ARABIC.fullmatch(str(e.get("lang", "")))]
    lat, lon, radius = _position(imported.file, row, feature.get("geometry"))
    given_m = properties.get("uncertainty_m")
    if isinstance(given_m, int | float) and 0 < given_m < 1e7:  # noqa: PLR2004  (half a meridian)
        radius = float(given_m)
    imported.add(
        row,
        id=_key(key, base),
        name=title,
        lat=lat,
        lon=lon,
        names=[entry["toponym"] for entry in names],
        name_ar=arabic[0] if arabic else "",
        uncertainty_m=radius,
        kind=_kind(feature, properties),
        population=inhabitants(properties.get("population")),
        lookup=_lookup(feature, names),
        note=re.sub(r"[\t\r\n]+", " ", " ".join(_texts(_dicts(feature, "descriptions"), "value"))),
        admin=tuple(
            _key(unit, base)
            for relation in _dicts(feature, "relations")
            if relation.get("relationType") == "gvp:broaderPartitive"
            for unit in _texts([relation], "relationTo")
        ),
    )


def _dicts(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = record.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _texts(entries: Iterable[dict[str, Any]], key: str) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry.get(key), str) and entry[key]:
            yield entry[key]


def _key(address: str, base: str) -> str:
    if base and address.startswith(base):
        return unquote(address[len(base) :])
    return address if ":" in address else unquote(address)


def _kind(feature: dict[str, Any], properties: dict[str, Any]) -> str:
    for entry in _dicts(feature, "types"):
        for label in (*_texts(_dicts(entry, "sourceLabels"), "label"), *_texts([entry], "label")):
            return label
    classes = properties.get("fclasses")
    first = classes[0] if isinstance(classes, list) and classes else None
    return KIND_OF_CLASS.get(first, "place") if isinstance(first, str) else "place"


def _lookup(feature: dict[str, Any], names: Sequence[dict[str, Any]]) -> str:
    """Join what the first name cites and the records that the place is matched with."""
    parts = list(_texts(_dicts(names[0], "citations"), "label")) if names else []
    for link in _dicts(feature, "links"):
        if str(link.get("type")).rpartition(":")[2] not in {"closeMatch", "exactMatch"}:
            continue
        for address in _texts([link], "identifier"):
            known = (
                f"{kind}:{match[1]}"
                for kind, pattern in _LINKS.items()
                if (match := pattern.fullmatch(address))
            )
            part = next(known, address)
            if part not in "; ".join(parts).split("; "):
                parts.append(part)
    return "; ".join(parts)


def _position(file: str, row: int, geometry: object) -> tuple[float, float, float]:
    """Find the point of a geometry, and its radius in metres: a collection's surest, else first.

    Raises
    ------
    DataError
        If there is none.
    """
    parts = _dicts({"_": [geometry]}, "_")
    if parts and parts[0].get("type") == "GeometryCollection":
        parts = _dicts(parts[0], "geometries")
    grades = list(CERTAINTY_M)
    parts.sort(
        key=lambda part: grades.index(part["certainty"]) if part.get("certainty") in grades else 1
    )
    for part in parts:
        pairs = list(_pairs(part.get("coordinates")))
        wkt = part.get("geowkt")
        if not pairs and isinstance(wkt, str) and (match := _WKT_POINT.fullmatch(wkt)):
            pairs = [(match[1], match[2])]
        if not pairs:
            continue
        points = [point(file, row, lat, lon, keys=("latitude", "longitude")) for lon, lat in pairs]
        lats, lons = [p[0] for p in points], [p[1] for p in points]
        # The middle of what is drawn; a ring says its first point twice, which moves no middle.
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        reach = float(great_circle_km(lat, lon, lats, lons).max()) * 1000
        graded = CERTAINTY_M.get(str(part.get("certainty")), 0.0)
        return lat, lon, max(points[0][2], graded, round(reach, -1))
    raise DataError(file, "has no position", row=row, key="geometry")


def _pairs(coordinates: object) -> Iterator[tuple[object, object]]:
    """Give the pairs of longitude and latitude in coordinates of any depth."""
    waiting = [coordinates]
    while waiting:
        entry = waiting.pop()
        if not isinstance(entry, list):
            continue
        if len(entry) in {2, 3} and not any(isinstance(part, list) for part in entry):
            yield entry[0], entry[1]
        else:
            waiting.extend(reversed(entry))
