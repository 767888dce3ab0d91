"""A sentence as a row of items: names, sides, days, verbs of the field, roads, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geoline.frame_words import ADVERBS, AUXILIARIES, FORCES, FRAMES, TYPES, VerbForm, word_set
from geoline.wordfilter import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geoline.actors import ActorNames
    from geoline.report_days import DaysSaid

__all__ = ["Item", "SideWords", "items_of"]

_TOKEN = re.compile(r"[^\W_]+(?:['’‘ʿʾ`´.-](?=\w)[^\W_]+)*|['’]s\b|[^\w\s]")
_POSSESSIVE = re.compile(r"(?<=.)['’]s$")
_AL = re.compile(r"^(?:al|el|ar|as|ash|at|an|ad|az|ul|um|il)-[^\W\da-z]")
# Regiment 46, Hill 105.
_NUMBERED = re.compile(r" \d{1,4}$")
_ROAD = re.compile(r"^[A-Z]{1,2}-?\d{1,3}$")
_HOLDING = frozenset({"held", "controlled", "run", "occupied", "dominated", "ruled"})
_HELPING = frozenset({"backed", "led", "allied", "aligned", "supported", "linked", "affiliated"})
_REGION = word_set(
    "province governorate countryside region provinces governorates muhafazah front pocket"
)
_PARTS = word_set(
    "northern southern eastern western northwestern northeastern southwestern southeastern "
    "north-western north-eastern south-western south-eastern north-west north-east rural "
    "south-west south-east northwest northeast southwest southeast central north south east "
    "west"
)
_ROAD_NOUNS = frozenset({"highway", "motorway", "road", "route", "highways", "roads", "autostrad"})
_POST_NOUNS = frozenset({"post", "posts", "point", "points", "outpost", "outposts"})
_PRONOUNS = word_set("it they he which who that them she we")
_CONTROL_ADJECTIVES = word_set("full complete total the military back back-in its their")
_ORGANISATIONS = word_set(
    "observatory agency ministry council nations office party union university television tv radio "
    "news president general colonel minister brigade street hospital human rights"
)
LONGEST_NAME = 5


@dataclass(slots=True)
class Item:
    """A part of a sentence, code points `start` to `end` of it.

    `kind` is N (a name), G (a region), A (a side), F (armed men of a side not said), D (days), V (a
    verb of the field), T (town, village …), R (a road), O (an observation post), P (a pronoun),
    H (rebel-held …) or w (any other word or sign); `value` is the side, and `known` whether the
    gazetteer may have the name.
    """

    kind: str
    start: int
    end: int
    low: str
    text: str
    value: str = ""
    known: bool = False
    verb: VerbForm | None = None
    days: DaysSaid | None = None


class _Token(NamedTuple):
    low: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class SideWords:
    """The words by which reports name the sides of a theatre.

    Parameters
    ----------
    words
        For each party or other actor its words; capitals matter only for words all in capitals.
    names
        What datasets call them; such names are known too.
    """

    words: Mapping[str, Iterable[str]]
    names: ActorNames | None = None
    _by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = field(
        default_factory=dict, init=False, repr=False
    )

    def __post_init__(self) -> None:
        listed = [(word, actor) for actor, words in self.words.items() for word in words]
        if self.names is not None:
            for actor, patterns in self.names.patterns.items():
                cut = (re.sub(r"\*.*|\(.*|:.*", "", pattern).strip() for pattern in patterns)
                listed += [(name, actor) for name in cut if len(name) > 1]
        for word, actor in listed:
            tokens = tuple(token.lower() for token in _TOKEN.findall(word))
            if tokens:
                rows = self._by_first.setdefault(tokens[0], [])
                rows.append((tokens, actor, word if word.isupper() else ""))
        for rows in self._by_first.values():
            rows.sort(key=lambda row: -len(row[0]))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def needles(self) -> list[str]:
        """Give texts in small letters of which one stands wherever a side is named."""
        known = {
            words[0] if capitals and len(words) == 1 else max(words, key=len)
            for listed in self._by_first.values()
            for words, _, capitals in listed
        }
        return sorted(w for w in known if not any(o in w for o in known if o != w))

    def match(self, tokens: Sequence[_Token], at: int) -> tuple[str, int] | None:
        """Give the side named from a token on, and the number of its tokens."""
        for words, actor, capitals in self._by_first.get(_bare(tokens[at].low), ()):
            size = len(words)
            part = tokens[at : at + size]
            if len(part) < size or any(
                _bare(token.low) != word for token, word in zip(part, words, strict=True)
            ):
                continue
            if capitals and _POSSESSIVE.sub("", part[0].text) != capitals:
                continue
            return actor, size
        return None

    def of_word(self, word: str) -> str:
        """Give the side that one word names, empty if none."""
        found = self.match([_Token(word.lower(), word, 0, 0)], 0)
        return found[0] if found else ""


def items_of(
    text: str,
    sides: SideWords,
    places: Sequence[tuple[int, int]],
    days: Sequence[DaysSaid],
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
    """
    tokens = [
        _Token(match[0].lower().replace("’", "'"), match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]
    by_start = dict(places)
    by_day = {said.start: said for said in days}
    items: list[Item] = []
    at = 0
    while at < len(tokens):
        item, size = _item(text, tokens, at, sides, by_start, by_day)
        items.append(item)
        at += size
    return _joined(items)


def _item(  # noqa: C901, PLR0911, PLR0912, PLR0913, PLR0917
    text: str,
    tokens: Sequence[_Token],
    at: int,
    sides: SideWords,
    places: Mapping[int, int],
    days: Mapping[int, DaysSaid],
) -> tuple[Item, int]:
    low, word, start, end = tokens[at]
    if start in days:
        size = _size(tokens, at, days[start].end)
        last = tokens[at + size - 1].end
        return Item("D", start, last, low, text[start:last], days=days[start]), size
    side = sides.match(tokens, at)
    if side is not None:
        return _side(text, tokens, at, *side)
    if "-" in low:
        front, _, back = low.rpartition("-")
        if back in _HOLDING:
            return Item("H", start, end, low, word, sides.of_word(front)), 1
        if back in _HELPING:
            return Item("w", start, end, "adj", word), 1
    if start in places:
        size = _size(tokens, at, places[start])
        last = places[start]
        if at + size < len(tokens) and _NUMBERED.match(text[last : tokens[at + size].end]):
            last = tokens[at + size].end
            size += 1
        following = tokens[at + size].low if at + size < len(tokens) else ""
        before = tokens[at - 1].low if at else ""
        kind = "G" if following in _REGION or before in _PARTS else "N"
        if following in _ROAD_NOUNS or _hyphen_road(tokens, at, size):
            return _road(text, tokens, at, size)
        return Item(kind, start, last, low, text[start:last], known=True), size
    if _ROAD.match(word) or low in _ROAD_NOUNS:
        return _road(text, tokens, at, 1)
    if low in {"observation", "monitoring", "military"} and at + 1 < len(tokens):
        following = tokens[at + 1].low
        if following in _POST_NOUNS:
            return Item("O", start, tokens[at + 1].end, following, "post"), 2
    verb = _verb(tokens, at)
    if verb is not None and not (word[0].isupper() and at and word.isupper()):
        form, size = verb
        last = tokens[at + size - 1].end
        return Item("V", start, last, low, text[start:last], verb=form), size
    if low in FORCES:
        return Item("F", start, end, low, word), 1
    if low in TYPES:
        return Item("T", start, end, low, word), 1
    if low in _PRONOUNS:
        return Item("P", start, end, low, word), 1
    return _name(text, tokens, at, places, days, sides)


def _size(tokens: Sequence[_Token], at: int, end: int) -> int:
    size = 1
    while at + size < len(tokens) and tokens[at + size].start < end:
        size += 1
    return size


def _side(text: str, tokens: Sequence[_Token], at: int, actor: str, size: int) -> tuple[Item, int]:
    start = tokens[at].start
    while at + size < len(tokens) and tokens[at + size].low in FORCES:
        size += 1
    last = tokens[at + size - 1]
    low = "possessive" if _POSSESSIVE.search(last.low) else last.low
    return Item("A", start, last.end, low, text[start : last.end], actor), size


def _hyphen_road(tokens: Sequence[_Token], at: int, size: int) -> bool:
    later = [token.low for token in tokens[at + size : at + size + 3]]
    return bool(later) and later[0] in "-–—" and any(word in _ROAD_NOUNS for word in later)


def _road(text: str, tokens: Sequence[_Token], at: int, size: int) -> tuple[Item, int]:
    start = tokens[at].start
    name = tokens[at].text if _ROAD.match(tokens[at].text) else ""
    while at + size < len(tokens):
        token = tokens[at + size]
        if token.low in _ROAD_NOUNS or token.low in {"international", "-", "–"}:
            size += 1
        elif _ROAD.match(token.text):
            name, size = name or token.text, size + 1
        elif tokens[at + size - 1].low in {"-", "–"} and token.text[0].isupper():
            size += 1
        else:
            break
    last = tokens[at + size - 1].end
    return Item("R", start, last, "road", text[start:last], name.replace("-", "")), size


def _verb(tokens: Sequence[_Token], at: int) -> tuple[VerbForm, int] | None:
    for follow, form in FRAMES.get(tokens[at].low, ()):
        size = 1 + len(follow)
        if tuple(token.low for token in tokens[at + 1 : at + size]) != follow:
            continue
        if not form.control:
            return form, size
        while at + size < len(tokens) and tokens[at + size].low in _CONTROL_ADJECTIVES:
            size += 1
        words = [token.low for token in tokens[at + size : at + size + 2]]
        if len(words) == 2 and words[0] == "control" and words[1] in {"of", "over", "on"}:  # noqa: PLR2004
            return form, size + 2
    return None


def _name(  # noqa: PLR0913, PLR0917
    text: str,
    tokens: Sequence[_Token],
    at: int,
    places: Mapping[int, int],
    days: Mapping[int, DaysSaid],
    sides: SideWords,
) -> tuple[Item, int]:
    low, word, start, end = tokens[at]
    plain = Item("w", start, end, low, word)
    alone = at + 1 >= len(tokens) or not _capital(tokens[at + 1].text)
    if not _capital(word) or (at == 0 and (alone or low in ADVERBS or low in AUXILIARIES)):
        return plain, 1
    if low in FUNCTION_WORDS or (word.isupper() and len(word) > 1):
        return plain, 1
    size = 1
    while at + size < len(tokens) and size < LONGEST_NAME:
        token = tokens[at + size]
        if token.start in places or token.start in days or sides.match(tokens, at + size):
            break
        if not (_capital(token.text) or token.text.isdigit()) or token.low in FUNCTION_WORDS:
            break
        if text[tokens[at + size - 1].end : token.start] != " ":
            break
        size += 1
    part = tokens[at : at + size]
    last = part[-1].end
    if any(_bare(token.low) in _ORGANISATIONS for token in part) or (
        size == 1 and low.endswith(("ian", "ish", "ese", "ians"))
    ):
        return Item("w", start, last, low, text[start:last]), size
    following = tokens[at + size].low if at + size < len(tokens) else ""
    if following in _ROAD_NOUNS:
        return _road(text, tokens, at, size)
    region = following in _REGION or (at and tokens[at - 1].low in _PARTS)
    kind = "G" if region else "N"
    return Item(kind, start, last, low, text[start:last]), size


def _capital(word: str) -> bool:
    return word[0].isupper() or bool(_AL.match(word))


def _bare(low: str) -> str:
    return _POSSESSIVE.sub("", low)


def _joined(items: list[Item]) -> list[Item]:
    """Join a side's name with one right behind it: "Turkish-backed" "rebels" is one side."""
    found: list[Item] = []
    for item in items:
        if item.kind == "A" and found and found[-1].kind == "A" and found[-1].low != "possessive":
            before = found.pop()
            item.start = before.start
            item.text = f"{before.text} {item.text}"
        found.append(item)
    return found
