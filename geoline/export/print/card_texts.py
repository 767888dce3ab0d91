"""What stands on the card of a day; loads no matplotlib."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.situation import day_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.gazetteer import Place
    from geoline.situation import Happened, TheatreAsKnown, Wording

__all__ = ["CardTexts", "card_texts"]

# Names that a card tries to write: first of the day, then of the weightiest places of the map.
DAY_NAMES, OTHER_NAMES = 6, 14


@dataclass(frozen=True, kw_only=True, slots=True)
class CardTexts:
    """The texts of a card.

    Parameters
    ----------
    title, when, below
        What the map is about, the day in words, how it came about.
    told
        What happened, a sentence each, the weightiest first; without what closes them.
    taken, others
        Places whose names are written where there is room: those of the day, then others, the
        weightiest first.
    wording
        Of the language that these are in.
    """

    title: str
    when: str
    below: str
    told: tuple[str, ...]
    taken: tuple[Place, ...]
    others: tuple[Place, ...]
    wording: Wording


def card_texts(
    as_known: TheatreAsKnown, told: Happened, weightiest: Sequence[Place], wording: Wording
) -> CardTexts:
    """Say what stands on the card of a day.

    Parameters
    ----------
    as_known
        The theatre.
    told
        What happened on the day.
    weightiest
        As `geoline.situation.Chronology.weightiest` lists them.
    wording
        Of the language that it is to be in.
    """
    theatre = as_known.theatre
    taken = [place for one in told.taken for place in one.places][:DAY_NAMES]
    others = [place for place in weightiest if place not in taken][:OTHER_NAMES]
    arabic = wording.rtl
    return CardTexts(
        title=(arabic and theatre.name_ar) or theatre.name,
        when=wording.day(told.day),
        below=" ".join(((arabic and theatre.note_ar) or theatre.note).split()),
        told=tuple(day_sentences(told, wording)),
        taken=tuple(taken),
        others=tuple(others),
        wording=wording,
    )
