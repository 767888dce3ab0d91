"""What a walk along a list of places has found so far, and what it expects next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from geoline.reading.english.places.list_cursor import ListCursor
from geoline.reading.english.places.place_list import LONG, PlaceList, list_follows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import Item

__all__ = ["ListWalk"]


@dataclass(slots=True)
class ListWalk:
    """A walk along a list of places.

    Parameters
    ----------
    cursor
        Where it is.
    found
        What it has found.
    slot
        Where it is in the sentence: "direct" at an element of the list, "beside" behind a
        preposition ("near X"), "aside" in an aside or behind the list.
    fresh
        Whether no name, and nothing that cannot stand before one, stands since the element began.
    adjectives
        Unknown words since the element began.
    noun, noun_at, definite
        The word for a kind of place met last, its number, and whether "the", "both" and the like
        stand before it.
    beside
        The name met behind a preposition.
    after_comma
        Whether that preposition stands behind a comma.
    between
        Whether "between" waits for its "and".
    """

    cursor: ListCursor
    found: PlaceList
    slot: Literal["direct", "beside", "aside"] = "direct"
    fresh: bool = True
    adjectives: int = 0
    noun: str = ""
    noun_at: int = -1
    definite: bool = False
    beside: Item | None = field(default=None)
    after_comma: bool = False
    between: bool = False

    @classmethod
    def along(cls, items: Sequence[Item], start: int, stop: int) -> ListWalk:
        """Begin a walk at an item."""
        return cls(ListCursor(items, start, stop), PlaceList(end=start))

    @property
    def direct(self) -> bool:
        """Whether a name here would be an element of the list."""
        return self.slot == "direct" and self.fresh

    @property
    def nothing_named(self) -> bool:
        """Whether neither a place nor a kind of place has been met."""
        return not (self.found.names or self.noun)

    @property
    def plural(self) -> bool:
        """Whether the word for a kind of place means several."""
        return self.noun.endswith("s") or self.noun == "communities"

    def open_element(self) -> None:
        """Begin another element of the list."""
        self.slot, self.fresh, self.adjectives = "direct", True, 0

    def follows(self, at: int) -> int | None:
        """Give the number of the name at which the list goes on from a number, if it does."""
        long = len(self.found.names) >= LONG
        return list_follows(self.cursor.items[: self.cursor.stop], at, long=long)

    def names_villages(self) -> bool:
        """Whether the word before, for kinds of places, stands behind their names."""
        at = self.cursor.at - 1
        return bool(self.found.names) and self.found.names[-1] == at - 1 and self.plural

    def locates(self) -> bool:
        """Whether a region's name behind a comma says where the place before it is."""
        at, items = self.cursor.at, self.cursor.items
        last = self.found.names[-1] if self.found.names else -1
        if last < 0 or last != at - 2 or self.cursor.word(-1) != ",":
            return False
        return items[at].container and not items[last].container
