"""The parties and other actors of a new theatre, with looks that stay apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geoline.new_theatre.groups import Group, group_of, state_patterns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoline.new_theatre.lines import Drawn
    from geoline.new_theatre.told import Told

__all__ = ["COLOURS", "PATTERNS", "Side", "look", "sides_of"]

# Okabe and Ito's colours for the colour-blind, those farthest apart first. Seven and five have no
# common divisor: each colour meets each pattern before a pair comes again.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#F0E442", "#CC79A7", "#56B4E9", "#E69F00")
PATTERNS = ("none", "diagonal", "dots", "back-diagonal", "cross")
# Without a row about ground, the sides named most hold it: so many, with this share of all names.
MOST_SIDES, SHARE = 4, 0.05


@dataclass(frozen=True, slots=True)
class Side:
    """A party, or an actor that holds no ground.

    Parameters
    ----------
    group
        Who it is.
    party
        Whether it may hold ground.
    patterns
        What datasets call it.
    words
        What reports may call it.
    told, ground
        In how many rows it stands, and in how many of them it takes or loses ground.
    """

    group: Group
    party: bool
    patterns: tuple[str, ...]
    words: tuple[str, ...]
    told: int = 0
    ground: int = 0
    own: bool = field(default=False)


def sides_of(told: Told, drawn: Drawn | None, own: Iterable[str]) -> list[Side]:
    """Find the sides: those of the last known line, and those that the data name.

    Parameters
    ----------
    told
        What the data tell of.
    drawn
        The last known areas, if there are any.
    own
        Codes of the countries that the theatre is about; their forces are the countries' own.

    Returns
    -------
    list
        Parties first, those that take or lose most ground before the others.
    """
    groups: dict[str, Group] = {}
    patterns: dict[str, list[str]] = {}
    count: Counter[str] = Counter()
    ground: Counter[str] = Counter()
    holds: set[str] = set()
    for group in drawn.groups.values() if drawn is not None else ():
        groups[group.id] = group
        patterns.setdefault(group.id, []).extend(group.patterns)
        holds.add(group.id)
    for name, number in sorted(told.names.items(), key=lambda item: (-item[1], item[0])):
        found = group_of(name)
        if found is None:
            continue
        before = groups.setdefault(found.id, found)
        if found.country and not before.country:
            groups[found.id] = replace(before, country=found.country, state=True)
        patterns.setdefault(found.id, []).extend(found.patterns)
        count[found.id] += number
        ground[found.id] += told.ground[name]
    for actor, number in told.own_actors.items():
        groups.setdefault(actor, Group(id=actor, name=_title(actor)))
        patterns.setdefault(actor, [])
        count[actor] += number
        ground[actor] += told.own_ground[actor]
    holds |= {key for key, number in ground.items() if number}
    if len(holds) < 2:  # noqa: PLR2004  (one side makes no line)
        least = SHARE * sum(count.values())
        # In the order of the tables, so that the same data give the same sides.
        most = sorted(count, key=lambda key: (-count[key], key))[:MOST_SIDES]
        holds |= {key for key in most if count[key] >= least}
    wanted = set(own)
    sides = [
        Side(
            group,
            key in holds,
            tuple(dict.fromkeys([*patterns[key], *_usual(group, key in holds)])),
            _words(group, patterns[key]),
            count[key],
            ground[key],
            bool(group.country) and group.country in wanted,
        )
        for key, group in groups.items()
    ]
    return sorted(sides, key=lambda s: (not s.party, -s.ground, -s.told, s.group.id))


def look(number: int) -> tuple[str, str]:
    """Give colour and pattern of the party of a number; no two of 35 look alike."""
    return COLOURS[number % len(COLOURS)], PATTERNS[number % len(PATTERNS)]


def _words(group: Group, patterns: Iterable[str]) -> tuple[str, ...]:
    """Give what reports may call a side: what datasets call it, without their signs."""
    bare = [p.removesuffix(" (*").removesuffix(": *") for p in patterns]
    return tuple(w for w in dict.fromkeys([group.name, *bare]) if "*" not in w and w[:2] != "a_")


def _usual(group: Group, party: bool) -> tuple[str, ...]:  # noqa: FBT001  (an inner step)
    """Give what datasets that are still to come call a party's forces."""
    return state_patterns(group) if party and group.country else ()


def _title(identifier: str) -> str:
    text = identifier.replace("-", " ")
    return text[:1].upper() + text[1:]
