"""What happened on a day in a sentence or two, in any language that there are words for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.dates import days_between, long_day
from geoline.holder import CONTESTED, UNKNOWN
from geoline.situation.chronology import Chronology

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from geoline.gazetteer import Place
    from geoline.situation.chronology import Happened, Taken
    from geoline.situation.situation import TheatreAsKnown

__all__ = [
    "SENTENCE_WORDS",
    "Statement",
    "Wording",
    "day_sentence",
    "day_sentences",
    "english",
    "statements",
    "told_of_days",
]

# Every phrase that a sentence is made of, in English, the key of every other language: {0} is a
# party or the first part of a list, {1} what is told of.
SENTENCE_WORDS = (
    "{0} took {1}",
    "{0} took {1}, by its own word",
    "Now told to be held by {0}: {1}",
    "Contested: {1}",
    "No longer known who holds {1}",
    "The {1} is open to {0} from end to end",
    "The {1} is cut for {0}",
    "Posts encircled: {1}",
    "Ceasefire",
    "No place changed hands",
    "{0} and {1} more",
    "{0} and {1}",
)
# Places that are named; of more the number is told.
NAMED = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One thing that happened, in no language yet.

    Parameters
    ----------
    phrase
        Of `SENTENCE_WORDS`.
    party
        Id of the party that it is about; empty if it is about none.
    about
        Places, or names of roads or posts, that are named, the weightiest first.
    more
        How many more there are than those named.
    """

    phrase: str
    party: str = ""
    about: tuple[Place | str, ...] = ()
    more: int = 0


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
    day
        A day in words.
    group
        What parts the thousands of a number.
    rtl
        Whether the language is written from the right.
    """

    say: Callable[[str], str]
    place: Callable[[Place], str]
    party: Callable[[str], str]
    comma: str = ", "
    end: str = ". "
    day: Callable[[date], str] = long_day
    group: str = ","
    rtl: bool = False

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

    def whole(self, number: float) -> str:
        """Write a number without decimals."""
        return f"{number:,.0f}".replace(",", self.group)


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
    return "".join(one + wording.end for one in day_sentences(told, wording)).rstrip()


def day_sentences(told: Happened, wording: Wording) -> list[str]:
    """Give the same as single sentences, without what closes them."""
    return [_said(one, wording) for one in statements(told)]


def statements(told: Happened) -> list[Statement]:
    """Give what happened on a day as statements, the weightiest first; one at least.

    Every place that changed hands is in one of them, named or counted.
    """
    found = [Statement(phrase="Ceasefire")] if told.ceasefires else []
    known = [taken for taken in told.taken if taken.holder != UNKNOWN and not taken.found]
    found += [_taken(taken) for taken in known[:1]]
    found += [
        Statement(
            phrase="The {1} is open to {0} from end to end"
            if turn.opened
            else "The {1} is cut for {0}",
            party=turn.party,
            about=(turn.road,),
        )
        for turn in told.roads
    ]
    found += [_taken(taken) for taken in known[1:]]
    if told.encircled:
        names = [post.name for post in told.encircled]
        found.append(_some("Posts encircled: {1}", "", names))
    found += [_taken(taken) for taken in told.taken if taken not in known]
    return found or [Statement(phrase="No place changed hands")]


def _taken(taken: Taken) -> Statement:
    phrase = "{0} took {1}, by its own word" if taken.own_word else "{0} took {1}"
    if taken.found:
        phrase = "Now told to be held by {0}: {1}"
    if taken.holder == CONTESTED:
        return _some("Contested: {1}", "", taken.places)
    if taken.holder == UNKNOWN:
        return _some("No longer known who holds {1}", "", taken.places)
    return _some(phrase, taken.holder, taken.places)


def _some(phrase: str, party: str, about: Sequence[Place | str]) -> Statement:
    """Name the first, and count the rest if that is more than one."""
    shown = len(about) if len(about) <= NAMED + 1 else NAMED
    return Statement(
        phrase=phrase, party=party, about=tuple(about[:shown]), more=len(about) - shown
    )


def _said(one: Statement, wording: Wording) -> str:
    names = [name if isinstance(name, str) else wording.place(name) for name in one.about]
    about = wording.listed(names, one.more) if names else ""
    return wording.filled(one.phrase, wording.party(one.party) if one.party else "", about)
