"""A sentence as a row of items: names, sides, days, verbs, roads, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.frame_words import EVENT_NOUNS, EVENT_VERBS
from geoline.sentence_item import Item, ItemKind, merged
from geoline.side_words import STRANGER, SideWords, Token, bare, tokens_of
from geoline.word_classes import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    DIRECTIONS,
    FORCES,
    PREPOSITIONS,
    SPEECH,
    SPOKESMEN,
    TYPES,
    VERBS,
    word_set,
)
from geoline.wordfilter import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.report_days import DaysSaid

__all__ = ["items_of"]

_AL = re.compile(r"^(?:al|el|ar|as|ash|at|an|ad|az|ul|um|il)-[^\W\da-z]")
# Regiment 46, Hill 105.
_NUMBERED = re.compile(r" \d{1,4}$")
_ROAD = re.compile(r"^[A-Z]{1,2}-?\d{1,3}$")
_TIME = re.compile(r"^\d{1,2}[.:]\d\d$|^\d+(?:st|nd|rd|th)$")
_HOLDING = frozenset({"held", "controlled", "run", "occupied", "dominated", "ruled"})
_HELPING = frozenset({"backed", "led", "allied", "aligned", "supported", "linked", "affiliated"})
_REGION = word_set(
    "province governorate countryside region provinces governorates muhafazah front pocket plain "
    "de-escalation area's"
)
_PARTS = DIRECTIONS | word_set(
    "northern southern eastern western northwestern northeastern southwestern southeastern "
    "north-western north-eastern south-western south-eastern rural central"
)
_ROAD_NOUNS = frozenset({"highway", "motorway", "road", "route", "highways", "roads", "autostrad"})
_POST_NOUNS = frozenset({"post", "posts", "point", "points", "outpost", "outposts"})
_PRONOUNS = word_set("it they he which who that them she we")
_ORGANISATIONS = word_set(
    "observatory agency ministry council nations office party union university tv television radio "
    "news president general colonel minister street hospital human rights secretary federation"
)
LONGEST_NAME = 5
# A name of so few letters is a part of many others.
SHORT_NAME = 4
_CLASSED = (
    frozenset(EVENT_VERBS) | SPEECH | FORCES | TYPES | _PRONOUNS | VERBS | _ROAD_NOUNS
    | frozenset({"observation", "monitoring", "military"})
)  # fmt: skip


_OBJECTS = DETERMINERS | TYPES | {"most", "parts", "large", "much"}
_PLAIN = ADVERBS | AUXILIARIES | VERBS | SPEECH | FORCES | TYPES
_NO_VERB_BEHIND = DETERMINERS | PREPOSITIONS | ADVERBS | {"and", ",", "or", '"'}
_BEHIND_A_VERB = PREPOSITIONS | DETERMINERS | ADVERBS | {",", ".", "that"}
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
    reader = _Reader(
        text, tokens_of(text), sides, dict(places), {d.start: d for d in days}, regions
    )
    return merged(reader.items())


@dataclass(slots=True)
class _Reader:
    text: str
    tokens: list[Token]
    sides: SideWords
    places: Mapping[int, int]
    days: Mapping[int, DaysSaid]
    regions: frozenset[str]

    def items(self) -> list[Item]:
        steps = (
            self._days, self._side, self._hyphenated, self._place, self._road, self._post,
            self._event, self._by_word, self._name,
        )  # fmt: skip
        found: list[Item] = []
        at = 0
        while at < len(self.tokens):
            if self._is_plain(at):
                found.append(self._item("word", at, 1))
                at += 1
                continue
            item, size = next(answer for step in steps if (answer := step(at)) is not None)
            found.append(item)
            at += size
        return found

    def _is_plain(self, at: int) -> bool:
        """Whether a word in small letters belongs to no class, so that nothing need be tried."""
        low, text, start, _ = self.tokens[at]
        return not (
            low in _CLASSED
            or low != text
            or "-" in low
            or low.endswith(("ed", "'s", "s'"))
            or start in self.places
            or start in self.days
            or self.sides.begins(low)
        )

    def _item(self, kind: ItemKind, at: int, size: int, low: str = "") -> Item:
        start, end = self.tokens[at].start, self.tokens[at + size - 1].end
        return Item(kind, start, end, low or self.tokens[at].low, self.text[start:end])

    def _low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

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
        last = self._low(at + size - 1)
        possessive = last != bare(last) or self._low(at + size) in {"'s", "'"}
        size += self._low(at + size) == "'s"
        while (
            not possessive
            and self._low(at + size) in FORCES
            and self.sides.match(self.tokens, at + size) is None
        ):
            size += 1
        item = self._item("side", at, size)
        item.possessive = possessive
        before = self.tokens[at - 1].text if at else ""
        common = item.text.islower()
        item.value = STRANGER if common and self.sides.strange(before) else actor
        following = self._low(at + size)
        item.acts = not possessive and following not in SPOKESMEN
        return item, size

    def _hyphenated(self, at: int) -> tuple[Item, int] | None:
        front, sign, back = self._low(at).rpartition("-")
        if sign and back in _HOLDING:
            item = self._item("held", at, 1)
            item.value = self.sides.of_word(front)
            return item, 1
        return (self._item("word", at, 1, "adj"), 1) if sign and back in _HELPING else None

    def _place(self, at: int) -> tuple[Item, int] | None:
        start = self.tokens[at].start
        if start not in self.places:
            return None
        size = self._size(at, self.places[start])
        if at + size < len(self.tokens) and _NUMBERED.match(
            self.text[self.tokens[at + size - 1].end : self.tokens[at + size].end]
        ):
            size += 1
        if self._low(at + size) in _ROAD_NOUNS or self._hyphen_road(at, size):
            return self._road_from(at, size)
        if size == 1 and len(self.tokens[at].text) <= SHORT_NAME and self._goes_on(at, 1):
            return None  # "San Fernando" is no San
        item = self._item(self._kind_of_name(at, size), at, size)
        item.known = True
        item.container = item.text in self.regions and self._low(at + size) != "city"
        return item, size

    def _kind_of_name(self, at: int, size: int) -> ItemKind:
        following, before = self._low(at + size), self._low(at - 1)
        # "southern Idlib", "Idlib province"; but "south of X", "X area".
        if following == "region" and self.tokens[at].start in self.places:
            return "region" if self.text[slice(*self._span(at, size))] in self.regions else "name"
        parted = before in _ADJECTIVES or (
            before in DIRECTIONS and self.tokens[at].text in self.regions
        )
        return "region" if following in _REGION or parted else "name"

    def _span(self, at: int, size: int) -> tuple[int, int]:
        return self.tokens[at].start, self.tokens[at + size - 1].end

    def _hyphen_road(self, at: int, size: int) -> bool:
        later = [self._low(n) for n in range(at + size, at + size + 3)]
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
                self._low(at + size - 1) in {"-", "–"} and token.text[0].isupper()
            ):
                break
            size += 1
        item = self._item("road", at, size, "road")
        item.value = name.replace("-", "")
        return item, size

    def _post(self, at: int) -> tuple[Item, int] | None:
        if self._low(at) not in {"observation", "monitoring", "military"}:
            return None
        if self._low(at + 1) not in _POST_NOUNS:
            return None
        return self._item("post", at, 2, self._low(at + 1)), 2

    def _event(self, at: int) -> tuple[Item, int] | None:
        token = self.tokens[at]
        noun = token.low in EVENT_NOUNS and (
            self._low(at + 1) in {"of", "over", "by"} or self._low(at - 1) in _ITS
        )
        noun = noun or (token.low == "control" and not self._takes_object(at + 1))
        if noun or (token.text.isupper() and len(token.text) > 1 and at):
            return None
        for particles, form in EVENT_VERBS.get(token.low, ()):
            if (
                form.form == "ing"
                and self._low(at - 1) in _ARTICLES
                and not self._takes_object(at + 1)
            ):
                continue  # "the surrounding plain"
            size = 1 + len(particles)
            if tuple(self._low(n) for n in range(at + 1, at + size)) != particles:
                continue
            if any(self.tokens[n].start in self.days for n in range(at + 1, at + size)):
                continue  # "taken over the weekend"
            end = self._asked_for(at + size, form.slot)
            if end:
                item = self._item("event", at, end - at)
                item.verb = form
                return item, end - at
        return None

    def _takes_object(self, at: int) -> bool:
        """Whether a place, or a word that leads to one, stands at a number."""
        known = at < len(self.tokens) and self.tokens[at].start in self.places
        return known or self._low(at) in _OBJECTS

    def _asked_for(self, at: int, slot: str) -> int:
        """Where a verb ends whose slot asks for more words; 0 if they are not there."""
        if slot == "control":
            low = next((n for n in range(at, at + 6) if self._low(n) in _GRIPS), 0)
            words = [self._low(n) for n in range(at, low)]
            if not low or any(w in _ENDS_GRIP for w in words):
                return 0
            extends = self._low(at - 1).startswith(("ext", "exp")) and self._low(low + 1) == "to"
            return low + 2 if self._low(low + 1) in _OF or extends else 0
        if slot == "flag":
            return at if any(self._low(n) in _FLAGS for n in range(at, at + 6)) else 0
        if slot == "under":
            later = [self._low(n) for n in range(at, min(at + 30, len(self.tokens)))]
            held = any(w == "under" and _GRIPS & set(later[n : n + 5]) for n, w in enumerate(later))
            given = self._low(at - 1).startswith(("restor", "return", "brought", "bring")) and any(
                w in {"to", "into"} and _FOLDS & set(later[n : n + 5]) for n, w in enumerate(later)
            )
            return at if held or given else 0
        return at

    def _by_word(self, at: int) -> tuple[Item, int] | None:
        low, text = self._low(at), self.tokens[at].text
        if text[0].isupper() and not self._opens(at):
            return None
        article = self._low(at - 1) in _ARTICLES
        kinds: tuple[tuple[ItemKind, bool], ...] = (
            ("speech", low in SPEECH and not article and not self._names(at)),
            ("force", low in FORCES),
            ("type", low in TYPES),
            ("pronoun", low in _PRONOUNS and not (low == "that" and self._low(at + 1) in TYPES)),
            ("verb", (low in VERBS and not article) or self._unlisted_verb(at)),
        )
        kind = next((kind for kind, fits in kinds if fits), None)
        if kind is None:
            return None
        item = self._item(kind, at, 1)
        if kind == "force" and at and self.sides.strange(self.tokens[at - 1].text):
            item.kind, item.value = "side", STRANGER  # "Ethiopian forces"
        return item, 1

    def _names(self, at: int) -> bool:
        """Whether a verb only gives a name: "a base known as Regiment 46"."""
        return self._low(at) == "known" and self._low(at + 1) in {"as", "for", "to"}

    def _name(self, at: int) -> tuple[Item, int]:
        token = self.tokens[at]
        plain = self._item("word", at, 1), 1
        if not self._may_begin(at) or (token.text.isupper() and len(token.text) > 1):
            return plain
        size = 1
        while size < LONGEST_NAME and self._goes_on(at, size):
            size += 1
        part = self.tokens[at : at + size]
        if any(bare(word.low) in _ORGANISATIONS for word in part) or (
            size == 1 and token.low.endswith(("ian", "ish", "ese", "ians"))
        ):
            return self._item("word", at, size), size
        if self._low(at + size) in _ROAD_NOUNS:
            return self._road_from(at, size)
        return self._item(self._kind_of_name(at, size), at, size), size

    def _may_begin(self, at: int) -> bool:
        token = self.tokens[at]
        capital = _capital(token.text) and token.low not in FUNCTION_WORDS
        capital = capital and bare(token.text) not in self.sides.own
        alone = at + 1 >= len(self.tokens) or not _capital(self.tokens[at + 1].text)
        opens = self._opens(at)
        plain = token.low in _PLAIN
        return capital and not (opens and (alone or plain))

    def _opens(self, at: int) -> bool:
        return at == 0 or self._low(at - 1) in {".", ":", '"', "“", "-", "–", "•", "*", ")"}

    def _unlisted_verb(self, at: int) -> bool:
        """Whether a word in -ed is a verb by what stands around it."""
        low, before, behind = self._low(at), self._low(at - 1), self._low(at + 1)
        if len(low) <= len("ended") - 1 or not low.endswith("ed") or not at:
            return False
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
        taken = token.start in self.places or token.start in self.days
        gap = self.text[self.tokens[number - 1].end : token.start]
        return fits and gap == " " and not taken and not self.sides.match(self.tokens, number)


_GRIPS = frozenset({"control", "grip", "hold", "hands", "authority", "possession", "masters"})
_FOLDS = _GRIPS | {"fold", "embrace", "state", "sovereignty"}
_FLAGS = frozenset({"flag", "flags", "banner", "banners"})
_ITS = frozenset({"its", "their", "whose"})
_OF = frozenset({"of", "over", "on", "in"})
_ENDS_GRIP = (
    PREPOSITIONS | VERBS | SPEECH | AUXILIARIES | frozenset(EVENT_VERBS) | frozenset({",", "and"})
) - frozenset({"back", "forces"})


def _capital(word: str) -> bool:
    return word[0].isupper() or bool(_AL.match(word))
