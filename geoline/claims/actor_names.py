"""Which party is meant by a name that a dataset gives an actor."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ActorNames"]

STATE_NAMES = ("military forces of", "police forces of", "government of")


@dataclass(frozen=True, slots=True)
class ActorNames:
    """The names under which parties and other actors are known to datasets.

    Parameters
    ----------
    patterns
        For each party or actor its names; `*` stands for anything, capitals do not matter.
    states
        Parties that are a state's forces.
    country_of
        The party whose government's country it is, by the name of the country as datasets write
        it; under the empty name for every country that is not listed.
    parties
        Those of them that may hold ground.

    Examples
    --------
    >>> names = ActorNames({"red": ("Army of Red*",), "blue": ("Blue Front",)})
    >>> names.of("Army of Red (2000-)"), names.of("Blue Front; Army of Red", sep=";")
    (('red',), ('blue', 'red'))
    """

    patterns: Mapping[str, tuple[str, ...]]
    states: frozenset[str] = frozenset()
    country_of: Mapping[str, str] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    _met: dict[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of(self, written: str, *, sep: str = "") -> tuple[str, ...]:
        """Give the parties meant by a name, or by a list of names; empty if none is known."""
        key = (written, sep)
        if key not in self._met:
            parts = [written, *written.split(sep)] if sep else [written]
            found = (self._one(part.strip().casefold()) for part in parts)
            self._met[key] = tuple(dict.fromkeys(name for name in found if name))
        return self._met[key]

    def government(self, country: str = "") -> str:
        """Give the party that is the country's own government; empty where it is not said.

        Where one party alone is a state's forces, nothing needs to be said.
        """
        said = self.country_of.get(country.casefold()) or self.country_of.get("")
        return said or (next(iter(self.states)) if len(self.states) == 1 else "")

    def with_states(self) -> ActorNames:
        """Give the same names with the states that they tell, if none is marked as a state's.

        Datasets call a state's forces the Military Forces, Police Forces or Government of a
        country.
        """
        if self.states:
            return self
        found = (
            party
            for party, patterns in self.patterns.items()
            if any(p.casefold().startswith(STATE_NAMES) for p in patterns)
        )
        return replace(self, states=frozenset(found) & self.parties)

    def _one(self, name: str) -> str:
        for party, patterns in self.patterns.items():
            if any(fnmatchcase(name, pattern.casefold()) for pattern in (party, *patterns)):
                return party
        return ""
