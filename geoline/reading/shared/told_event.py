"""One event as a sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from geoline.reading.shared.item import DaysSaid, Item

__all__ = ["HAPPENED", "TAKEN", "Mood", "ToldEvent"]

# Events after which a side holds a place.
TAKEN = frozenset({"captured", "recaptured"})


@dataclass(slots=True)
class ToldEvent:
    """One event as a sentence tells it.

    Parameters
    ----------
    event
        "captured", "entered", "road cut" ….
    at
        Number of the item that says it.
    mood
        How the sentence stands to it.
    places
        Names of the places; empty where `means` says what is meant.
    days
        The days said of each place; one value where the places are not named.
    means
        "one" or "many" for "it", "the town", "both villages".
    means_at
        Number of the item that means it; -1 for the verb.
    side, side_means
        Party or actor; else "they" (whoever was named last), "agent" (nobody is said) or "other"
        (somebody who is no side).
    other
        The side it was taken from, or that is fought.
    partly
        Whether only a part of the place is meant.
    counted
        Whether places are counted and not named ("nine villages"); the next sentence may name them.
    road
        The road that is meant.
    post
        Whether an observation post is meant.
    entering
        Whether it is told of whoever "moved in": a capture only where another side had left.
    tense
        "past" of what is told, "perfect" ("has captured") and "before" ("had captured") of what
        was so by then, "named" of what is only named ("the capture of X"), "still" of what goes on
        ("still holds X").
    rule
        Name of the rule that read it (`geoline.reading.shared.rule`).
    """

    event: str
    at: int
    mood: Mood
    places: list[Item] = field(default_factory=list)
    days: list[DaysSaid | None] = field(default_factory=list)
    means: str = ""
    means_at: int = -1
    side: str = ""
    side_means: str = ""
    other: str = ""
    partly: bool = False
    counted: bool = False
    road: Item | None = None
    post: bool = False
    tense: str = ""
    entering: bool = False
    rule: str = ""


Mood = Literal["asserted", "unclear", "foreseen", "denied", "negated", "reported"]


# Moods, and certainties of claims, of what is given as having happened.
HAPPENED = frozenset({"asserted", "reported"})
