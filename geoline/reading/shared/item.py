"""Items of a sentence, in either language: sides, places, verbs, nouns, days, speech."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

__all__ = ["RECENT", "DaysSaid", "Item", "ItemKind", "Speech", "VerbForm"]

ItemKind = Literal[
    "name", "region", "side", "force", "days", "event", "speech", "verb", "type", "road", "post",
    "pronoun", "held", "word",
]  # fmt: skip


@dataclass(slots=True)
class Item:
    """A part of a sentence, code points `start` to `end` of it.

    `value` is the side of a side, of armed men or of "rebel-held", or a road's name; `known` is
    true if the gazetteer's scanner took it for a name, `container` if it is a region's name,
    `possessive` if an s follows ("the army's"), and `acts` is false for a side that only qualifies
    a noun ("rebel sources").
    """

    kind: ItemKind
    start: int
    end: int
    low: str
    text: str
    value: str = ""
    known: bool = False
    container: bool = False
    possessive: bool = False
    acts: bool = True
    verb: VerbForm | None = None
    days: DaysSaid | None = None

    @property
    def settlement(self) -> bool:
        """Whether it is a known place's name, and not a region's."""
        return self.kind == "name" and self.known and not self.container


class Speech(NamedTuple):
    """A word given in a sentence: where its verb stands, and whose it is ("" if not said)."""

    start: int
    end: int
    speaker: str


# Days that "recently", "in recent days" and the like reach back.
RECENT = 10


class DaysSaid(NamedTuple):
    """The days that a phrase means: code points `start` to `end`, first and last day, how exact.

    `first` is None and `precision` "by" where the words give no lower bound.
    """

    start: int
    end: int
    first: date | None
    last: date
    precision: str


class VerbForm(NamedTuple):
    """A form of a verb of the field.

    `slot` says where its place stands: "object" (captured X), "control" (took control of X),
    "gains" (added X to its gains), "source" (withdrew from X), "goal" (advanced towards X),
    "attack" (repelled an attack on X), "subject" (X fell to), "out" (drove A out of X), "under"
    (brought X under control), "flag" (raised the flag over X), "in" (B withdrew and A moved in);
    `form` is "base", "s", "past", "pp", "ed" (past or participle), "ing", "base/pp" or "any".
    """

    event: str
    slot: str
    form: str
