"""A sentence as a row of items: names, sides, days, verbs, roads, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.gazetteer.scan import FUNCTION_WORDS
from geoline.reading.english.sentence.verb_slots import asked_for, merged
from geoline.reading.english.words.event_verbs import EVENT_NOUNS, EVENT_VERBS
from geoline.reading.english.words.word_classes import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    DIRECTIONS,
    FORCES,
    HELPING,
    HOLDING,
    ORGANISATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    QUANTITIES,
    REGION_NOUNS,
    SPEECH,
    SPOKESMEN,
    TYPES,
    VERBS,
)
from geoline.reading.english.words.word_sets import word_sets
from geoline.reading.shared.item import Item, ItemKind
from geoline.reading.shared.side_words import STRANGER, SideWords
from geoline.reading.shared.tokens import Token, bare, tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.shared.item import DaysSaid, VerbForm

__all__ = ["items_of"]

_WORDS = word_sets("sentence", "items")

_AL = re.compile(r"^(?:al?|el|ar|as|ash|at|an|ad|az|ul|um|il)-[^\W\da-z]")
# Regiment 46, Hill 105.
_NUMBERED = re.compile(r" \d{1,4}$")
_ROAD = re.compile(r"^[A-Z]{1,2}-?\d{1,3}$")
_PARTS = DIRECTIONS | _WORDS["parts"]
_ROAD_NOUNS = _WORDS["road_nouns"]
_POST_OPENERS = frozenset({"observation", "monitoring", "military"})
_PRONOUNS = _WORDS["pronouns"]
LONGEST_NAME = 5
# Words asked for before and behind a sentence, at most.
NOTHING = [""] * 48
# A name of so few letters is a part of many others.
SHORT_NAME = 4
_CLASSED = (
    frozenset(EVENT_VERBS) | SPEECH | FORCES | TYPES | _PRONOUNS | VERBS | _ROAD_NOUNS
    | _POST_OPENERS
)  # fmt: skip


# "Idlib state media" are no region's.
_MEDIA = frozenset({"media", "tv", "television", "news", "radio", "agency", "-"})
_ENDINGS = ("ed", "'s", "s'")
_POSSESSIVE_SIGNS = frozenset({"'s", "'", "’"})
_POST_NOUNS = _WORDS["post_nouns"]
_OPENERS = _WORDS["openers"]
_OBJECTS = DETERMINERS | TYPES | {"most", "parts", "large", "much", "them", "it"}
_PLAIN = ADVERBS | AUXILIARIES | VERBS | SPEECH | FORCES | TYPES | {"like", "unlike"}
_NO_VERB_BEHIND = DETERMINERS | PREPOSITIONS | ADVERBS | {"and", ",", "or", '"'}
_BEHIND_A_VERB = PREPOSITIONS | DETERMINERS | ADVERBS | {",", ".", "that"}
_SITES = TYPES | {"site"}
_ARTICLES = DETERMINERS - {"that"}
_ADJECTIVES = _PARTS - DIRECTIONS


def items_of(
    text: str,
    sides: SideWords,
    places: Sequence[tuple[int, int]],
    days: Sequence[DaysSaid],
    regions: frozenset[str] = frozenset(),
) -> list[Item]:
    """Cut a sentence into items.

    Parameters
    ----------
    text
        The sentence.
    sides
        Who is who.
    places
        Start and end of what the gazetteer's scanner takes for a place's name.
    days
        The days said in it.
    regions
        Names of regions; a place may bear the name of its region.
    """
    tokens = tokens_of(text)
    lows = [token.low for token in tokens] + NOTHING
    said = {said.start: said for said in days}
    reader = _Reader(text, tokens, lows, sides, dict(places), said, regions)
    return merged(reader.items())


@dataclass(slots=True)
class _Reader:
    text: str
    tokens: list[Token]
    # The tokens in small letters; nothing stands before the first (the last from behind) and after.
    lows: list[str]
    sides: SideWords
    places: Mapping[int, int]
    days: Mapping[int, DaysSaid]
    regions: frozenset[str]

    def items(self) -> list[Item]:
        found: list[Item] = []
        begun = self.places.keys() | self.days.keys()
        begins = self.sides.begins
        at, last = 0, len(self.tokens)
        while at < last:
            low, text, start, end = self.tokens[at]
            # A word in small letters that belongs to no class: nothing need be tried.
            classed = low != text or low in _CLASSED or start in begun or begins(low)
            done = low.endswith("ing") and self.lows[at - 1] in BE
            if not (classed or done or low.endswith(_ENDINGS) or "-" in low):
                found.append(Item("word", start, end, low, text))
                at += 1
                continue
            item, size = self._classed(at)
            found.append(item)
            at += size
        return found

    def _classed(self, at: int) -> tuple[Item, int]:
        """Read the item that begins at a word; what a word may be is seen from it at once."""
        low, text, start, _ = self.tokens[at]
        answer = self._side(at) if self.sides.begins(bare(low)) else None
        if start in self.days and (answer is None or answer[0].end < self.days[start].end):
            answer = self._days(at)
        if answer is None and "-" in low:
            answer = self._hyphenated(at)
        if answer is None and start in self.places:
            answer = self._place(at)
        if answer is None and (text[0].isupper() or low in _ROAD_NOUNS):
            answer = self._road(at)
        return answer or self._plain(at)

    def _plain(self, at: int) -> tuple[Item, int]:
        """Read a word that is no day, side, place or road of a list."""
        low = self.lows[at]
        answer = self._post(at) if low in _POST_OPENERS else None
        if answer is None and low in EVENT_VERBS:
            answer = self._event(at)
        return answer or self._post_of(at) or self._by_word(at) or self._name(at)

    def _item(self, kind: ItemKind, at: int, size: int, low: str = "") -> Item:
        first, text, start, end = self.tokens[at]
        if size > 1:
            end = self.tokens[at + size - 1].end
            text = self.text[start:end]
        return Item(kind, start, end, low or first, text)

    def _size(self, at: int, end: int) -> int:
        size = 1
        while at + size < len(self.tokens) and self.tokens[at + size].start < end:
            size += 1
        return size

    def _days(self, at: int) -> tuple[Item, int] | None:
        said = self.days.get(self.tokens[at].start)
        if said is None:
            return None
        size = self._size(at, said.end)
        item = self._item("days", at, size, "days")
        item.days = said
        return item, size

    def _side(self, at: int) -> tuple[Item, int] | None:
        found = self.sides.match(self.tokens, at)
        if found is None:
            return None
        actor, size = found
        if self.lows[at] == "military" and size == 1 and self._military_of_others(at + 1):
            return None
        possessive = self._is_possessive(at + size)
        if possessive:
            size += self.lows[at + size] in _POSSESSIVE_SIGNS
        else:
            size += self._forces_from(at + size)
        item = self._item("side", at, size)
        item.possessive = possessive
        before = self.tokens[at - 1].text if at else ""
        others = self.sides.strange(before) if item.text.islower() else self._of_another(at)
        item.value = STRANGER if others else actor
        item.acts = not possessive and self.lows[at + size] not in SPOKESMEN
        return item, size

    def _of_another(self, at: int) -> bool:
        """Whether "Army" goes with a name before it that is no side's: "al-Fateh Army"."""
        before = self.tokens[at - 1].text if at and self.tokens[at].text.startswith("Army") else ""
        named = bool(before) and _capital(before) and not self._opens(at - 1)
        return named and not self.sides.of_word(before) and bare(before) not in self.sides.own

    def _military_of_others(self, at: int) -> bool:
        """Whether "military" only tells of what follows: "a military source", "factions"."""
        if self.lows[at] in SPOKESMEN:
            return True
        following = self.sides.match(self.tokens, at) if at < len(self.tokens) else None
        return following is not None and self.tokens[at].text.islower()

    def _is_possessive(self, end: int) -> bool:
        """Whether the words up to a number end with an s that makes them somebody's."""
        last = self.lows[end - 1]
        return last != bare(last) or self.lows[end] in _POSSESSIVE_SIGNS

    def _forces_from(self, at: int) -> int:
        """Give the number of words for armed men from a number on, of no other side."""
        size = int(self.lows[at] == "armed" and self.lows[at + 1] in FORCES)
        while self.lows[at + size] in FORCES and not self.sides.match(self.tokens, at + size):
            size += 1
        return size

    def _hyphenated(self, at: int) -> tuple[Item, int] | None:
        front, sign, back = self.lows[at].rpartition("-")
        if sign and back in HOLDING:
            item = self._item("held", at, 1)
            item.value = self.sides.of_word(front)
            return item, 1
        return (self._item("word", at, 1, "adj"), 1) if sign and back in HELPING else None

    def _place(self, at: int) -> tuple[Item, int] | None:
        start = self.tokens[at].start
        if start not in self.places:
            return None
        size = self._size(at, self.places[start])
        if at + size < len(self.tokens) and _NUMBERED.match(
            self.text[self.tokens[at + size - 1].end : self.tokens[at + size].end]
        ):
            size += 1
        if self.lows[at + size] in _ROAD_NOUNS or self._hyphen_road(at, size):
            return self._road_from(at, size)
        if size == 1 and len(self.tokens[at].text) <= SHORT_NAME and self._goes_on(at, 1):
            return None  # "San Fernando" is no San
        item = self._item(self._kind_of_name(at, size), at, size)
        item.known = True
        name = item.text.removesuffix("'s").removesuffix("’s")
        item.container = name in self.regions and self.lows[at + size] != "city"
        return item, size

    def _kind_of_name(self, at: int, size: int) -> ItemKind:
        following, before = self.lows[at + size], self.lows[at - 1]
        # "southern Idlib", "Idlib province"; but "south of X", "X area".
        if following == "region" and self.tokens[at].start in self.places:
            return "region" if self.text[slice(*self._span(at, size))] in self.regions else "name"
        parted = before in _ADJECTIVES or (
            before in DIRECTIONS and self.tokens[at].text in self.regions
        )
        state = bare(following) == "state" and self.lows[at + size + 1] not in _MEDIA
        return "region" if bare(following) in REGION_NOUNS or parted or state else "name"

    def _span(self, at: int, size: int) -> tuple[int, int]:
        return self.tokens[at].start, self.tokens[at + size - 1].end

    def _hyphen_road(self, at: int, size: int) -> bool:
        later = [self.lows[n] for n in range(at + size, at + size + 3)]
        return later[0] in {"-", "–", "—"} and any(word in _ROAD_NOUNS for word in later)

    def _road(self, at: int) -> tuple[Item, int] | None:
        token = self.tokens[at]
        return (
            self._road_from(at, 1) if _ROAD.match(token.text) or token.low in _ROAD_NOUNS else None
        )

    def _road_from(self, at: int, size: int) -> tuple[Item, int]:
        name = self.tokens[at].text if _ROAD.match(self.tokens[at].text) else ""
        while at + size < len(self.tokens):
            token = self.tokens[at + size]
            if _ROAD.match(token.text):
                name = name or token.text
            elif token.low not in _ROAD_NOUNS | {"international", "-", "–"} and not (
                self.lows[at + size - 1] in {"-", "–"} and token.text[0].isupper()
            ):
                break
            size += 1
        item = self._item("road", at, size, "road")
        item.value = name.replace("-", "")
        return item, size

    def _post(self, at: int) -> tuple[Item, int] | None:
        if self.lows[at] not in _POST_OPENERS or self.lows[at + 1] not in _POST_NOUNS:
            return None
        return self._item("post", at, 2, self.lows[at + 1]), 2

    def _post_of(self, at: int) -> tuple[Item, int] | None:
        """Read "post" behind a people's name: "the Turkish post in Morek"."""
        post = self.lows[at] in _POST_NOUNS and "point" not in self.lows[at]
        whose = self.sides.of_word(self.tokens[at - 1].text) if at and post else ""
        named = bool(whose) and self.tokens[at - 1].text[0].isupper()
        return (self._item("post", at, 1), 1) if named else None

    def _event(self, at: int) -> tuple[Item, int] | None:
        text = self.tokens[at].text
        if self._is_noun(at) or (text.isupper() and len(text) > 1 and at):
            return None
        for particles, form in EVENT_VERBS.get(self.lows[at], ()):
            behind = at + 1 + len(particles)
            if self._qualifies(at, form) or not self._has(particles, at + 1):
                continue
            end = asked_for(self.lows, behind, form.slot)
            if end:
                item = self._item("event", at, end - at)
                item.verb = form
                return item, end - at
        return None

    def _is_noun(self, at: int) -> bool:
        """Whether a word that may be a verb is a noun: "the capture of X", "X's fall"."""
        low, before = self.lows[at], self.lows[at - 1]
        if low == "control" and not self._takes_object(at + 1):
            return True
        if low not in EVENT_NOUNS:
            return False
        owned = before.endswith("'s") and self.tokens[at - 1].text[0].isupper()
        of = self.lows[self._over_days(at + 1)] in {"of", "over", "by"}
        return owned or of or before in POSSESSIVES

    def _qualifies(self, at: int, form: VerbForm) -> bool:
        """Whether a form of a verb qualifies a noun, or is one: "the surrounding plain"."""
        before = self.lows[at - 1]
        if form.form == "ing":
            return before in _ARTICLES and not self._takes_object(at + 1)
        # "its gains", "the western approaches"
        own = before in _ARTICLES or before in POSSESSIVES or before.endswith("ern")
        return form.form == "s" and own

    def _has(self, particles: tuple[str, ...], at: int) -> bool:
        """Whether particles stand at a number, and are no days: "taken over the weekend"."""
        behind = range(at, at + len(particles))
        if tuple(self.lows[n] for n in behind) != particles:
            return False
        return not any(self.tokens[n].start in self.days for n in behind)

    def _over_days(self, at: int) -> int:
        """Give the number behind a day, if one begins at a number."""
        said = self.days.get(self.tokens[at].start) if at < len(self.tokens) else None
        return at if said is None else at + self._size(at, said.end)

    def _takes_object(self, at: int) -> bool:
        """Whether a place, or a word that leads to one, stands at a number."""
        known = at < len(self.tokens) and self.tokens[at].start in self.places
        return known or self.lows[at] in _OBJECTS

    def _by_word(self, at: int) -> tuple[Item, int] | None:
        low, text = self.lows[at], self.tokens[at].text
        site = low in TYPES and self.lows[at + 1] == "of"  # "the Base of Regiment 46"
        if text[0].isupper() and not (site or self._opens(at)):
            return None
        kind = self._kind_of_word(at, low)
        if kind is None:
            return None
        item = self._item(kind, at, 1)
        if kind == "force" and at and self.sides.strange(self.tokens[at - 1].text):
            item.kind, item.value = "side", STRANGER  # "Ethiopian forces"
        return item, 1

    def _kind_of_word(self, at: int, low: str) -> ItemKind | None:
        """Give the kind of a word of a class; None if it is of none."""
        before = self.lows[at - 1]
        if low in SPEECH and before not in _ARTICLES and not self._names(at):
            return "speech"
        if low in FORCES and not (low == "side" and before.endswith("ern")):
            return "force"
        if low in TYPES:
            return "type"
        if low in _PRONOUNS and not (low == "that" and self.lows[at + 1] in TYPES):
            return "pronoun"
        return "verb" if self._is_verb(at, low) else None

    def _is_verb(self, at: int, low: str) -> bool:
        listed = low in VERBS and self.lows[at - 1] not in _ARTICLES
        return listed or self._unlisted_verb(at)

    def _names(self, at: int) -> bool:
        """Whether a verb only gives a name: "a base known as Regiment 46"."""
        return self.lows[at] == "known" and self.lows[at + 1] in {"as", "for", "to"}

    def _name(self, at: int) -> tuple[Item, int]:
        text = self.tokens[at].text
        if not self._may_begin(at) or (text.isupper() and len(text) > 1):
            return self._item("word", at, 1), 1
        size = 1
        while size < LONGEST_NAME and self._goes_on(at, size):
            size += 1
        if self._names_no_place(at, size):
            return self._item("word", at, size), size
        if self.lows[at + size] == "of" and size > 1 and self.lows[at + size - 1] in _SITES:
            return self._item("type", at, size, "site"), size  # "the World Heritage Site of A"
        if self.lows[at + size] in _ROAD_NOUNS or (size > 1 and self.lows[at + size - 1] == "road"):
            return self._road_from(at, size)
        return self._item(self._kind_of_name(at, size), at, size), size

    def _names_no_place(self, at: int, size: int) -> bool:
        """Whether words in capitals name an organisation or a people."""
        low, villages = self.lows[at], self.lows[at + size] in {"villages", "towns"}
        if size == 1 and (low in TYPES or low.endswith(("ian", "ish", "ese", "ians"))):
            return True
        men = at + size < len(self.tokens) and self.sides.of_word(self.lows[at + size])
        if men or self.lows[at + size] in FORCES:
            return True  # "Takfiri terrorists"
        if villages and (self.lows[at - 1] in QUANTITIES or self.lows[at - 1].isdigit()):
            return True  # "a dozen Alawite villages"
        return any(bare(word.low) in ORGANISATIONS for word in self.tokens[at : at + size])

    def _may_begin(self, at: int) -> bool:
        token = self.tokens[at]
        if not _capital(token.text) or token.low in FUNCTION_WORDS:
            return False
        if bare(token.text) in self.sides.own:
            return False
        alone = at + 1 >= len(self.tokens) or not _capital(self.tokens[at + 1].text)
        opens = self._opens(at)
        plain = token.low in _PLAIN
        return not (opens and (alone or plain))

    def _opens(self, at: int) -> bool:
        return at == 0 or self.lows[at - 1] in _OPENERS

    def _unlisted_verb(self, at: int) -> bool:
        """Whether a word in -ed is a verb by what stands around it."""
        low = self.lows[at]
        if low.endswith("ing") and self.lows[at - 1] in BE and low not in TYPES:
            return True
        if not low.endswith("ed") or len(low) <= len("ended") - 1 or not at:
            return False
        before, behind = self.lows[at - 1], self.lows[at + 1]
        follows = before not in _NO_VERB_BEHIND
        if self.sides.of_word(before) or before in FORCES:
            return True
        return follows and behind in _BEHIND_A_VERB

    def _goes_on(self, at: int, size: int) -> bool:
        number = at + size
        if number >= len(self.tokens):
            return False
        token = self.tokens[number]
        fits = (_capital(token.text) or token.text.isdigit()) and token.low not in FUNCTION_WORDS
        if not fits:
            return False
        taken = token.start in self.places or token.start in self.days
        gap = self.text[self.tokens[number - 1].end : token.start]
        return gap in {" ", "\n"} and not taken and not self.sides.match(self.tokens, number)


def _capital(word: str) -> bool:
    return word[0].isupper() or ("-" in word and bool(_AL.match(word)))
