"""What a name says of where its place lies: "(SE Idlib)", "in Ariha district", ", Aleppo".

A name comes in; the name without the hint, and the hint, go out. It imports nothing but `re`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Whereabouts", "whereabouts"]

_SIDES = {"n": "north", "s": "south", "e": "east", "w": "west"}
_ASIDE = re.compile(r"^(?P<name>[^()]+?)\s*\(\s*(?P<where>[^()]{2,}?)\s*\)\s*$")
_COMMA = re.compile(r"^(?P<name>[^,،]+?)\s*[,،]\s*(?P<where>[^,،]{3,}?)(?:\s*[,،].*)?$")
_IN = re.compile(
    r"^(?P<name>.+?)\s+(?:in|of)\s+(?:the\s+)?(?P<where>.+?)(?:'s)?\s+"
    r"(?:district|sub-?district|countryside|province|governorate|region|plain)$",
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


class Whereabouts(NamedTuple):
    """A name, the area that its place is said to lie in, and on which sides of it."""

    name: str
    area: str
    sides: tuple[str, ...]


def whereabouts(text: str) -> Whereabouts | None:
    """Read what a name says of where its place lies; None if it says nothing.

    Examples
    --------
    >>> whereabouts("Ijaz (SE Idlib)")
    Whereabouts(name='Ijaz', area='Idlib', sides=('south', 'east'))
    >>> whereabouts("Maarata, Aleppo").area, whereabouts("Jub Abbas in Ariha district").area
    ('Aleppo', 'Ariha')
    """
    plain = " ".join(text.split())  # the rules try every space of a run
    found = next(
        filter(None, (rule.match(plain) for rule in (_ASIDE, _COMMA, _IN, _IN_ARABIC))), None
    )
    if found is None:
        return None
    where = found["where"].strip()
    side = _SIDE.match(where)
    sides: tuple[str, ...] = ()
    if side:
        said = side["side"].lower()
        sides = (
            tuple(_SIDES[letter] for letter in said)
            if len(said) <= 2  # noqa: PLR2004  (N, SE)
            else tuple(word for word in _SIDES.values() if word in said)
        )
        where = where[side.end() :]
    area = _UNIT.sub("", where).strip()
    return Whereabouts(found["name"], area, sides) if area else None
