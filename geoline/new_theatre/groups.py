"""Actors as datasets write them, put together by their names: whose forces they are.

"Military Forces of Ukraine (2019-) Azov Regiment" and "Police Forces of Ukraine (2019-)" are
Ukraine's; "JNIM: Group for Support of Islam and Muslims" is JNIM. Forms of names are those of the
codebooks of ACLED (2023) and UCDP GED.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from anyascii import anyascii

from geoline.new_theatre.world import world

if TYPE_CHECKING:
    from geoline.new_theatre.world import Country

__all__ = ["Group", "group_of", "of_country", "slug", "state_patterns"]

_YEARS = re.compile(r"\s*\(\d{4}\s*-\s*(?:\d{4})?\)")
_STATE = re.compile(
    r"((?:Military|Police|State|Security) Forces|Armed Forces|Government) of (the )?(.+)"
)
_ACRONYM = re.compile(r"([A-Z][\w'’/-]{1,14}|\w+(?: \w+)?):\s+\S")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# Who takes part in no fighting for ground.
_NO_SIDE = re.compile(r"(?:civilians?|protesters|rioters|unidentified civilians)\b", re.IGNORECASE)
_FORCES = ("Military Forces", "Police Forces", "Government")
_TAKEN = {"contested", "unknown"}
_VIINA = {"a_rus": "RU", "a_ukr": "UA"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Whom a name means.

    Parameters
    ----------
    id, name
        Of the party or actor.
    country
        Code of the country whose forces they are; empty if they are no state's.
    state
        Whether they are a state's forces, also of one without a code.
    patterns
        What datasets call it, as `actor_names` of a theatre has it.
    """

    id: str
    name: str
    country: str = ""
    state: bool = False
    patterns: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def group_of(written: str) -> Group | None:
    """Find whom a dataset's name of an actor means; None if it is no side of a conflict.

    Examples
    --------
    >>> group_of("Military Forces of Ukraine (2019-) Azov Regiment").id
    'ukraine'
    >>> group_of("JNIM: Group for Support of Islam and Muslims").patterns
    ('JNIM', 'JNIM: *')
    """
    name = " ".join(written.split())
    if not name or _NO_SIDE.match(name):
        return None
    if name in _VIINA:
        found = world().country(_VIINA[name])
        return of_country(found, (name,))
    state = _STATE.match(name)
    if state is not None:
        return _state(state.group(1), state.group(2) or "", state.group(3))
    acronym = _ACRONYM.match(name)
    if acronym is not None:
        short = acronym.group(1)
        return Group(
            id=slug(short), name=short, patterns=(_literal(short), f"{_literal(short)}: *")
        )
    short = " ".join(_BRACKETS.sub("", name).split()) or name
    return Group(id=slug(short), name=short, patterns=(_literal(short), f"{_literal(short)} (*"))


def of_country(country: Country, patterns: tuple[str, ...]) -> Group:
    """Give the side that a country's state is."""
    return Group(
        id=slug(country.name),
        name=country.name,
        country=country.code,
        state=True,
        patterns=patterns,
    )


def _state(forces: str, article: str, whose: str) -> Group:
    """Tell the country from what stands behind it: years, a unit."""
    country = _YEARS.split(whose)[0].strip()
    found = world().find(country)
    words = country.split()
    while found is None and len(words) > 1 and country == whose.strip():
        words = words[:-1]  # "Military Forces of Mali Special Unit"
        found = world().find(" ".join(words))
    if found is not None and len(words) < len(country.split()):
        country = " ".join(words)
    exact = _literal(f"{forces} of {article}{country}")
    patterns = (exact, f"{exact} (*")
    if found is None:
        return Group(id=slug(country), name=country, state=True, patterns=patterns)
    return of_country(found, patterns)


def state_patterns(group: Group) -> tuple[str, ...]:
    """Give what ACLED, UCDP and VIINA call the forces of a country."""
    viina = [name for name, code in _VIINA.items() if code == group.country]
    # "the Central African Republic", "the Philippines"; one word without s has no article.
    articles = ("", "the ") if " " in group.name or group.name.endswith("s") else ("",)
    forces = [_literal(f"{kind} of {the}{group.name}") for kind in _FORCES for the in articles]
    return (*viina, *(p for name in forces for p in (name, f"{name} (*")))


def _literal(text: str) -> str:
    """Write a name so that a pattern means its letters alone."""
    return re.sub(r"([\[*?])", r"[\1]", text)


def slug(text: str) -> str:
    """Give an id: small letters, digits and hyphens.

    Examples
    --------
    >>> slug("Côte d'Ivoire")
    'cote-d-ivoire'
    """
    short = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")[:60].strip("-")
    return f"{short}-side" if short in _TAKEN else short or "side"
