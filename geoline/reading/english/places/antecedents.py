"""The places before a "which", a participle or a verb without object, of which it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.places.place_list import PlaceList
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import clause_places, named_behind
from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.words.word_classes import BE, DETERMINERS, DIRECTIONS, QUANTITIES
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geoline.reading.english.sentence.clauses import Clauses, Subject, VerbGroup

__all__ = ["antecedent", "before_relative"]

_WORDS = word_sets("places", "antecedents")

# Between "which the army took" and what it is said of: "both of which", "X, which the allied army".
_LINKS = _WORDS["links"]
_BETWEEN = _WORDS["between"]
# Items back to the names that a noun is an apposition to, or to "among".
NEAR = 7


def antecedent(clauses: Clauses, group: VerbGroup, subject: Subject) -> PlaceList:
    """Find what is taken where it is said before: "X, which the army took"."""
    at = subject.at - 1
    while at > 0 and _links(clauses, at):
        at -= 1
    links = set(clauses.lows(at + 1, subject.at))
    relative = bool(links & {"which", "that"})
    if clauses.kind(at) not in {"name", "type"}:
        return _name_before(clauses, at) if relative else PlaceList()
    if _is_apart(clauses, at, links, subject):
        return PlaceList()
    every = bool(links & {"both", "all", "each"})
    found = before_relative(clauses, at, many=every or (relative and _two(clauses, at)))
    if found.names or clauses.kind(at) != "type":
        return found
    return named_behind(clauses.items, group.at + 1) or _the_one(clauses, at) or found


def _is_apart(clauses: Clauses, at: int, links: AbstractSet[str], subject: Subject) -> bool:
    """Whether nothing binds a noun to the subject behind it: "the Idlib rebels", "X, the army"."""
    if not links:
        return clauses.kind(at) == "name" and clauses.kind(subject.at) == "side"
    return "," in links and links.isdisjoint({"which", "that"})


def _the_one(clauses: Clauses, at: int) -> PlaceList | None:
    """Give what "the town" means; None for "towns", "a town"."""
    one = clauses.low(at - 1) in {"the", "this", "that"} and not clauses.low(at).endswith("s")
    return PlaceList(means="one", means_at=at) if one else None


def _name_before(clauses: Clauses, at: int) -> PlaceList:
    """Find the last name of a settlement before "which", behind the verb before it."""
    near = range(at, max(-1, at - NEAR - 1), -1)
    stop = next((n for n in near if is_verb(clauses.items[n])), -1)
    names = (n for n in near if clauses.kind(n) == "name" and n > stop)
    return PlaceList(names=[n for n in names if not clauses.items[n].container][:1])


def _two(clauses: Clauses, at: int) -> bool:
    """Whether a name is the second of "A and B": "which the army took" is said of both."""
    return (
        clauses.kind(at) == "name"
        and clauses.low(at - 1) == "and"
        and clauses.kind(at - 2) == "name"
        and clauses.low(at - 3) != ","
    )


def _links(clauses: Clauses, at: int) -> bool:
    item = clauses.items[at]
    return item.low in _LINKS or (item.kind == "word" and item.text[:1].isupper())


def before_relative(clauses: Clauses, at: int, *, many: bool) -> PlaceList:
    """Find the places that "which", or a participle, is said of.

    Parameters
    ----------
    clauses
        The sentence.
    at
        Number of the item before the word, or before its comma.
    many
        Whether all places of a list are meant, and not its last; so they are where no verb stands
        before the list.
    """
    at -= clauses.low(at) in {"itself", "themselves"}
    if clauses.kind(at) == "type" and clauses.kind(at - 1) == "name":
        if not clauses.items[at - 1].container:
            return PlaceList(names=[at - 1])  # "on its way to X airbase, which B took"
        # "X, the Aleppo village captured by A"
        at -= 2
        while at > 0 and clauses.low(at) in DETERMINERS | {","}:
            at -= 1
    if clauses.kind(at) == "type" or clauses.low(at) in {"those", "these"}:
        return _of_noun(clauses, at, many=many)
    if clauses.kind(at) != "name" or _locates(clauses, at):
        return _over_aside(clauses, at, many=many)
    group = _group_of(clauses, at)
    return PlaceList(names=group if many or _is_whole(clauses, group[0]) else [at])


def _is_whole(clauses: Clauses, first: int) -> bool:
    """Whether all of a list is meant: no verb stands before it, or "the villages of" does."""
    noun = clauses.low(first - 2) if clauses.low(first - 1) == "of" else ""
    villages = clauses.kind(first - 2) == "type" and noun.endswith("s")
    return villages or clauses.verb_back(first - 1, -1) is None


def _over_aside(clauses: Clauses, at: int, *, many: bool) -> PlaceList:
    """Read "in X and Y, both west of Aleppo, which A took"."""
    start = clauses.start(at + 1)
    near = [n for n in places_in(clauses.items, start, at + 1).names if n <= at]
    if not near and clauses.kind(at) == "name":
        comma = clauses.find_back({","}, at - 1, start)
        comma = at if comma is None else comma
        near = [n for n in range(start, comma) if clauses.names_settlement(n)]
        many = many or clauses.find({"both", "all"}, comma, at) is not None
    return PlaceList(names=near if many else near[-1:])


def _of_noun(clauses: Clauses, at: int, *, many: bool) -> PlaceList:
    """Read "X was among the towns that A took", "X, a village captured by A"."""
    before = clauses.low(at - 1)
    if before.isdigit() or before in QUANTITIES or clauses.lows(at - 2, at) == ["number", "of"]:
        return PlaceList(counted=True)  # "139 places lost by rebels", "the number of villages"
    among = clauses.find_back({"among"}, at - 1, max(0, at - NEAR))
    if among is not None and clauses.kind(among - 1) == "name":
        # "the command listed A and B among the towns taken"
        return PlaceList(names=_group_of(clauses, among - 1))
    if among is not None and clauses.low(among - 1) in BE:
        return PlaceList(names=clause_places(clauses, among - 1).names)
    names = _apposed(clauses, at)
    plural = clauses.low(at).endswith("s") and not names
    return PlaceList(names=names if many else names[-1:], counted=plural)


def _apposed(clauses: Clauses, at: int) -> list[int]:
    """Give the names that a noun is an apposition to: "X, a village"."""
    names = [n for n in places_in(clauses.items, clauses.start(at + 1), at + 1).names if n <= at]
    back = max(0, at - NEAR)
    if names or clauses.find_back({","}, at - 1, back) is None:
        return names
    return [n for n in range(back, at) if clauses.kind(n) == "name"]


def _locates(clauses: Clauses, at: int) -> bool:
    """Whether a name only says where another is: "X, east of Y"."""
    before = clauses.low(at - 1)
    side = before == "of" and clauses.low(at - 2) in DIRECTIONS
    own = clauses.items[at].text.endswith(("'s", "’s"))
    return clauses.items[at].container or own or side


def _group_of(clauses: Clauses, at: int) -> list[int]:
    """Give the names of a list that ends at a name, parted by commas and "and" alone."""
    group = [at]
    number = at - 1
    while number >= 0 and clauses.kind(number) in {"name", "word", "type"}:
        if clauses.kind(number) == "name":
            group.insert(0, number)
        elif clauses.low(number) not in _BETWEEN:
            break
        number -= 1
    return [n for n in group if n == at or not _locates(clauses, n)]
