"""What happened on a day in a sentence or two, in any language that there are words for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.dates import days_between
from geoline.holder import CONTESTED, UNKNOWN
from geoline.situation.chronology import Chronology

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from geoline.gazetteer import Place
    from geoline.situation.chronology import Happened, Taken
    from geoline.situation.situation import TheatreAsKnown

__all__ = ["SENTENCE_WORDS", "Wording", "day_sentence", "english", "told_of_days"]

# Every phrase that a sentence is made of, in English, the key of every other language.
SENTENCE_WORDS = (
    "{0} took {1}",
    "{0} took {1}, by its own word",
    "{0} and {1} more",
    "{0} and {1}",
    "Contested: {0}",
    "No longer known who holds {0}",
    "The {0} is open to {1} from end to end",
    "The {0} is cut for {1}",
    "Posts encircled: {0}",
    "Ceasefire",
    "No place changed hands",
)
# Places that are named; of more the number is told.
NAMED = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How a language says things.

    Parameters
    ----------
    say
        A phrase of `SENTENCE_WORDS` in the language, with its {0}, {1}.
    place, party
        The name of a place, and of a party by its id.
    comma
        What stands between the members of a list.
    end
        What closes a sentence.
    """

    say: Callable[[str], str]
    place: Callable[[Place], str]
    party: Callable[[str], str]
    comma: str = ", "
    end: str = ". "

    def filled(self, phrase: str, *parts: object) -> str:
        """Give a phrase in the language with its blanks filled."""
        return self.say(phrase).format(*parts)

    def listed(self, names: Sequence[str], more: int = 0) -> str:
        """Give names as a list: "A, B and C", "A, B and 7 more"."""
        if more:
            return self.filled("{0} and {1} more", self.comma.join(names), more)
        if len(names) == 1:
            return names[0]
        return self.filled("{0} and {1}", self.comma.join(names[:-1]), names[-1])


def english(as_known: TheatreAsKnown) -> Wording:
    """Give the wording in English, with the names that the theatre gives."""
    parties = as_known.theatre.parties
    return Wording(say=str, place=lambda place: place.name, party=lambda key: parties[key].name)


def told_of_days(as_known: TheatreAsKnown, first: date, last: date) -> list[tuple[date, str]]:
    """Say in English what happened on the days after the first, up to the last.

    Returns
    -------
    list
        The days on which something happened, each with its sentence.
    """
    chronology, wording = Chronology(as_known), english(as_known)
    told = [chronology.on(day) for day in days_between(first, last)[1:]]
    return [(one.day, day_sentence(one, wording)) for one in told if one.weight]


def day_sentence(told: Happened, wording: Wording) -> str:
    """Say what happened on a day, the weightiest first, in a language.

    Examples
    --------
    "Government took Saraqib, by its own word. The M5 is open to Government from end to end."
    """
    parts = [wording.say("Ceasefire")] if told.ceasefires else []
    parts += [_taken(taken, wording) for taken in told.taken if taken.holder != UNKNOWN]
    parts += [
        wording.filled(
            "The {0} is open to {1} from end to end" if turn.opened else "The {0} is cut for {1}",
            turn.road,
            wording.party(turn.party),
        )
        for turn in told.roads
    ]
    if told.encircled:
        names = [post.name for post in told.encircled]
        parts.append(wording.filled("Posts encircled: {0}", _some(names, wording)))
    if not parts:
        lost = [_taken(taken, wording) for taken in told.taken]
        parts = lost or [wording.say("No place changed hands")]
    return "".join(part + wording.end for part in parts).rstrip()


def _taken(taken: Taken, wording: Wording) -> str:
    places = _some([wording.place(place) for place in taken.places], wording)
    if taken.holder == CONTESTED:
        return wording.filled("Contested: {0}", places)
    if taken.holder == UNKNOWN:
        return wording.filled("No longer known who holds {0}", places)
    phrase = "{0} took {1}, by its own word" if taken.own_word else "{0} took {1}"
    return wording.filled(phrase, wording.party(taken.holder), places)


def _some(names: Sequence[str], wording: Wording) -> str:
    """Name the first, and count the rest if that is more than one."""
    if len(names) <= NAMED + 1:
        return wording.listed(names)
    return wording.listed(names[:NAMED], len(names) - NAMED)
