"""What a name says of where its place lies: "(SE Idlib)", "in Ariha district", ", Aleppo".

A name comes in; the name without the hint, and the hint, go out. It imports nothing but `re`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Whereabouts", "areas_of", "areas_said", "named", "whereabouts"]

_SIDES = {"n": "north", "s": "south", "e": "east", "w": "west"}
_ASIDE = re.compile(r"^(?P<name>[^()]+?)\s*\(\s*(?P<where>[^()]{2,}?)\s*\)\s*$")
_COMMA = re.compile(r"^(?P<name>[^,،]+?)\s*[,،]\s*(?P<where>[^,،]{3,}?)(?:\s*[,،].*)?$")
_IN = re.compile(
    r"^(?P<name>.+?)\s+(?:in|of)\s+(?:the\s+)?(?P<where>.+?)(?:'s)?\s+"
    r"(?P<unit>district|sub-?district|countryside|province|governorate|region|plain)$",
    re.IGNORECASE,
)
_IN_ARABIC = re.compile(r"^(?P<name>.+?)\s+(?:في|ب)\s*(?P<where>(?:ريف|منطقة|محافظة|ناحية)\s+.+)$")
_SIDE = re.compile(
    r"^(?P<side>(?:north|south)(?:-?\s?(?:east|west))?(?:ern)?|east(?:ern)?|west(?:ern)?|[ns]?[ew]|[ns])\.?\s+"
    r"(?:of\s+)?(?=\S)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*\b(?:district|sub-?district|countryside|province|governorate|region|rural area)\b|"
    r"^(?:ريف|منطقة|محافظة|ناحية)\s+|^rural\s+",
    re.IGNORECASE,
)


# The units of these words, as areas are named.
_UNITS = (
    (re.compile(r"\bsub-?district\b|^ناحية", re.IGNORECASE), "Sub-district"),
    (re.compile(r"\bdistrict\b|^منطقة", re.IGNORECASE), "District"),
    (re.compile(r"\b(?:governorate|province)\b|^محافظة", re.IGNORECASE), "Governorate"),
)


class Whereabouts(NamedTuple):
    """A name, the area that its place is said to lie in, on which sides of it, and its unit.

    The unit is "Governorate", "District", "Sub-district" or, where none is said, nothing. `phrase`
    tells that the words "in Ariha district" stood behind the name.
    """

    name: str
    area: str
    sides: tuple[str, ...]
    unit: str = ""
    phrase: bool = False


def whereabouts(text: str) -> Whereabouts | None:
    """Read what a name says of where its place lies; None if it says nothing.

    Examples
    --------
    >>> whereabouts("Ijaz (SE Idlib)")
    Whereabouts(name='Ijaz', area='Idlib', sides=('south', 'east'), unit='', phrase=False)
    >>> whereabouts("Maarata, Aleppo").area, whereabouts("Jub Abbas in Ariha district").unit
    ('Aleppo', 'District')
    """
    plain = " ".join(text.split())  # the rules try every space of a run
    rules = (_ASIDE, _COMMA, _IN, _IN_ARABIC)
    found = next(filter(None, (rule.match(plain) for rule in rules)), None)
    if found is None:
        return None
    where = found["where"].strip()
    said = where if "unit" not in found.re.groupindex else f"{where} {found['unit']}"
    unit = next((unit for words, unit in _UNITS if words.search(said)), "")
    side = _SIDE.match(where)
    sides: tuple[str, ...] = ()
    if side:
        words = side["side"].lower()
        sides = (
            tuple(_SIDES[letter] for letter in words)
            if len(words) <= 2  # noqa: PLR2004  (N, SE)
            else tuple(word for word in _SIDES.values() if word in words)
        )
        where = where[side.end() :]
    area = _UNIT.sub("", where).strip()
    phrase = found.re in {_IN, _IN_ARABIC}
    return Whereabouts(found["name"], area, sides, unit, phrase) if area else None


def areas_of(name: str, unit: str) -> list[str]:
    """Give the names of areas that a name, said to be of a unit or of none, may stand for."""
    likely = (f"{name} Governorate", name, f"{name} District")
    return [*([f"{name} {unit}"] if unit else []), *likely]


def areas_said(names: Iterable[str]) -> list[str]:
    """Give what areas the names say that their places lie in."""
    said = filter(None, map(whereabouts, names))
    return [area for where in said for area in areas_of(where.area, where.unit)]


def named(name: str) -> str:
    """Give the name without "in Ariha district" behind it."""
    said = whereabouts(name)
    return said.name if said and said.phrase else name
