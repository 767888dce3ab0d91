"""An Arabic sentence as items: names, sides, days, verbs, and words with what is glued to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.reading.arabic.days import arabic_days
from geoline.reading.arabic.words.verbs import ARABIC_FORMS, EITHER
from geoline.reading.arabic.words.word_classes import (
    AIMS,
    COMPOUNDS,
    KNOWN,
    MANAGED,
    OF_NO_PEOPLE,
    PLACE_TYPES,
    PREPOSITIONS,
    REGIONS,
    SAYING,
    STOPS,
    TOPICS,
    TROOPS,
)
from geoline.reading.shared.item import Item, Speech
from geoline.reading.shared.tokens import Token, plain_arabic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.shared.side_words import SideWords

__all__ = [
    "ArabicItem",
    "arabic_items",
    "arabic_speeches",
    "arabic_tokens",
    "is_region",
    "may_name",
    "split_word",
]

_TOKEN = re.compile(r"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc]+|\d+|[^\w\s]|\w+")
_QUOTES = frozenset("\"“”«»'‘’")
_AND = ("و", "ف")
# What may be written in front of a word, longest first; "لل" stands for "ل" and the article.
_GLUED = ("بال", "لل", "ب", "ل", "ك", "س")
_WITH_ARTICLE, _BEFORE_NOUNS = {"بال", "لل"}, {"ب", "بال", "ك", "لل"}
SHORTEST = 3
# A line shorter than this part of the longest one is not wrapped.
WRAPPED = 0.7
# "The Libyan army": nobody's of the theatre.
_OF_A_PEOPLE = re.compile("ال[^ ]{2,}ي(?:ه)?")


@dataclass(slots=True)
class ArabicItem(Item):
    """An item with what is glued to it: "and", a preposition (or the future's "س"), a pronoun."""

    conjunction: str = ""
    prefix: str = ""
    pronoun: str = ""

    @property
    def form(self) -> str:
        """The form of its verb: "past", "present" or "noun"; empty if it has none."""
        return self.verb.form if self.verb is not None else ""


def arabic_items(
    text: str,
    sides: SideWords,
    places: Sequence[tuple[int, int]],
    published: date,
    before: date | None = None,
) -> list[ArabicItem]:
    """Cut an Arabic sentence into items.

    Parameters
    ----------
    text
        The sentence.
    sides
        Who is who.
    places
        Start and end of what the gazetteer's scanner takes for a place's name.
    published
        Day of publication.
    before
        The day named last before the sentence.
    """
    tokens = _with_lines(arabic_tokens(text), text)
    names = {start: text[start:end] for start, end in places}
    items: list[ArabicItem] = []
    at = 0
    while at < len(tokens):
        said = arabic_days(tokens, at, published, before)
        if said is not None:
            days, size = said
            item = ArabicItem("days", days.start, days.end, "days", tokens[at].text, days=days)
            before = days.last if days.precision in {"day", "month"} else before
        else:
            item, size = _named(tokens, at, names, sides, items) or _word(tokens[at])
        items.append(item)
        at += size
    items = _with_and(items)
    for number in range(len(items)):
        _set_form(items, number)
        _set_topic(items, number)
    _name_villages(items)
    return items


def arabic_tokens(text: str) -> list[Token]:
    """Cut a sentence into words and signs, plain, without quotation marks."""
    return [
        Token(plain_arabic(match[0]), match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if match[0] not in _QUOTES and match[0] not in "#_"
    ]


def _with_and(items: Sequence[ArabicItem]) -> list[ArabicItem]:
    """Join an "and" that stands apart to the word behind it: "و البويضة"."""
    kept: list[ArabicItem] = []
    for item in items:
        if kept and kept[-1].low == "و" and item.low[:1].isalpha() and not item.conjunction:
            item.conjunction = "و"
            kept.pop()
        kept.append(item)
    return kept


def _named(
    tokens: Sequence[Token],
    at: int,
    names: dict[int, str],
    sides: SideWords,
    before: Sequence[ArabicItem],
) -> tuple[ArabicItem, int] | None:
    """Give the side or the place named from a word on; of both the one that fits."""
    named, side = _name(tokens, at, names), _side(tokens, at, sides)
    acting = side is not None and side[1] >= (named[1] if named else 0)
    if named is not None and acting and not _acts(before):
        return named
    return side or named


def _with_lines(tokens: list[Token], text: str) -> list[Token]:
    """Put a sign where a line ends that is no wrapped one: short, or a mark stands at the next."""
    longest = max(map(len, text.split("\n")))
    found: list[Token] = []
    for token in tokens:
        last = found[-1].end if found else token.start
        if "\n" in text[last : token.start]:
            line = last - (text.rfind("\n", 0, last) + 1)
            if line < WRAPPED * longest or not token.text[0].isalpha():
                found.append(Token("؛", "؛", last, last))
        found.append(token)
    return found


def _acts(items: Sequence[ArabicItem]) -> bool:
    """Whether a name that may be a capital's, or a side's, is a side: it stands behind a verb."""
    return bool(items) and (items[-1].kind == "event" or items[-1].low in SAYING | MANAGED | AIMS)


def _name(tokens: Sequence[Token], at: int, names: dict[int, str]) -> tuple[ArabicItem, int] | None:
    token = tokens[at]
    # The scanner leaves out a prefix: "وسراقب" is found from its second letter on.
    start = next(
        (n for n in range(token.start, min(token.end, token.start + 3)) if n in names), None
    )
    if start is None or (start > token.start and len(names[start]) <= len("هو")):
        return None  # "وهو"
    end = start + len(names[start])
    size = 1
    while at + size < len(tokens) and tokens[at + size].start < end:
        size += 1
    item = ArabicItem("name", start, end, token.low, names[start], known=True)
    glued = token.low[: start - token.start]
    item.conjunction, item.prefix = glued[:1] if glued[:1] in _AND else "", glued.lstrip("وف")
    return item, size


def _side(tokens: Sequence[Token], at: int, sides: SideWords) -> tuple[ArabicItem, int] | None:
    token = tokens[at]
    for cut, put in (("", ""), ("و", ""), ("ف", ""), ("ب", ""), ("ل", ""), ("لل", "ال"),
                     ("ول", ""), ("وب", ""), ("ولل", "ال")):  # fmt: skip
        if not token.low.startswith(cut) or len(token.low) <= len(cut) + 1:
            continue
        first = token._replace(low=put + token.low[len(cut) :])
        found = sides.match([first, *tokens[at + 1 : at + 6]], 0)
        if found:
            actor, size = found
            behind = tokens[at + size].low if at + size < len(tokens) else ""
            if size == 1 and first.low == "الجيش" and _strange(behind, sides):
                return None
            end = tokens[at + size - 1].end
            item = ArabicItem("side", token.start, end, first.low, token.text, actor)
            item.conjunction = cut[:1] if cut[:1] in _AND else ""
            item.prefix = cut.removeprefix("و").removeprefix("ف")[:1]
            return item, size
    return None


def _strange(low: str, sides: SideWords) -> bool:
    """Whether a word behind "the army" makes it another people's."""
    return bool(_OF_A_PEOPLE.fullmatch(low)) and low not in OF_NO_PEOPLE and not sides.owns(low)


def split_word(low: str) -> tuple[str, str, str]:
    """Give "and", a preposition and the rest of a word, as far as the rest is a word of ours.

    Examples
    --------
    >>> split_word("وبلدات"), split_word("للسيطره"), split_word("وادي")
    (('و', '', 'بلدات'), ('', 'ل', 'السيطره'), ('', '', 'وادي'))
    """
    if low in ARABIC_FORMS or low in KNOWN or low in COMPOUNDS:
        return "", "", low
    for conjunction in ("", *_AND):
        rest = low.removeprefix(conjunction)
        if conjunction and (rest == low or len(rest) < len("لم")):
            continue
        if rest in ARABIC_FORMS or rest in KNOWN or (conjunction and rest in COMPOUNDS):
            return conjunction, "", rest
        if (parted := _without_preposition(rest)) is not None:
            return conjunction, *parted
    return "", "", low


def _without_preposition(low: str) -> tuple[str, str] | None:
    """Give a preposition written in front of a word of ours, and the word."""
    for glued in _GLUED:
        core = low.removeprefix(glued)
        if core == low or len(core) < SHORTEST:
            continue
        core = "ال" + core if glued in _WITH_ARTICLE else core
        if _may_stand_before(glued, core):
            return glued[0], core
    return None


def _may_stand_before(glued: str, core: str) -> bool:
    """Whether a preposition, or the future's "س", may be written in front of a word of ours."""
    form = ARABIC_FORMS.get(core)
    tense = form.verb.form if form is not None else ""
    if glued == "س":
        return tense == "present"
    fits = tense == "noun" if glued in _BEFORE_NOUNS else tense not in {"", "past"}
    return fits or (core in KNOWN and core not in STOPS)


def _word(token: Token) -> tuple[ArabicItem, int]:
    conjunction, prefix, low = split_word(token.low)
    form = ARABIC_FORMS.get(low)
    kind = "event" if form is not None else "type" if low in PLACE_TYPES else "word"
    item = ArabicItem(kind, token.start, token.end, low, token.text)  # type: ignore[arg-type]
    item.conjunction, item.prefix = conjunction, prefix
    if form is not None:
        item.verb, item.pronoun = form
    return item, 1


def _set_form(items: Sequence[ArabicItem], at: int) -> None:
    """Tell verbs from nouns that are written alike ("طرد", "استعادتها")."""
    item, before = items[at], items[at - 1].low if at else ""
    verb = item.verb
    if verb is None or item.prefix:
        return
    behind = items[at + 1] if at + 1 < len(items) else None
    of_side = behind is not None and behind.kind == "side"
    particle = behind is not None and (behind.form == "past" or behind.low in SAYING)
    if (item.low == "امن" and not of_side) or (item.low == "فقد" and particle):
        item.kind, item.verb = "word", None
    elif before in PREPOSITIONS and not item.conjunction:
        item.verb = verb._replace(form="noun") if _written_like_noun(item) else verb
    elif item.low in EITHER and (of_side or (behind is not None and behind.low in TROOPS)):
        item.verb = verb._replace(form="past")


def _written_like_noun(item: ArabicItem) -> bool:
    return item.form == "past" and not item.pronoun and item.low[-1:] not in "تا"


def _set_topic(items: Sequence[ArabicItem], at: int) -> None:
    """Take for a name, which the gazetteer will tell, what a sentence begins with as its topic."""
    item, before = items[at], items[at - 1].low if at else ""
    if before in TOPICS and item.low.startswith("ال") and may_name(item):
        item.kind, item.possessive = "name", True


def _name_villages(items: list[ArabicItem]) -> None:
    """Take for names, which the gazetteer will tell, what stands behind "village", and "Tell A"."""
    at = 0
    while at < len(items):
        item, before = items[at], items[at - 1] if at else None
        if item.kind == "name":
            # A region's name is none of a place told of.
            region = is_region(item) or (before is not None and before.low in REGIONS)
            item.known = item.known and not region
        elif item.kind == "word":
            _name_village(items, at, villages=before is not None and before.kind == "type")
        at += 1


def _name_village(items: list[ArabicItem], at: int, *, villages: bool) -> None:
    item, compound = items[at], items[at].low in COMPOUNDS
    if not compound and not (villages and may_name(item)):
        return
    following = items[at + 1] if compound and at + 1 < len(items) else None
    if following is not None and _joins(following):
        more = following.low if following.low.isdigit() else following.text
        _name_item(item, following.end, item.low, more)
        del items[at + 1]
    elif villages:
        _name_item(item, item.end, item.low, "")


def is_region(item: ArabicItem) -> bool:
    """Whether a name is one of a region with its noun: "the governorate of A"."""
    return item.kind == "name" and item.low in REGIONS


def _joins(item: ArabicItem) -> bool:
    """Whether a word or a shorter name goes on a name: "Tell" and "Rifat"."""
    if item.kind == "name":
        return not (item.conjunction or item.prefix)
    return item.kind == "word" and (may_name(item) or item.low.isdigit())


def _name_item(item: ArabicItem, end: int, low: str, more: str) -> None:
    glued = len(item.conjunction) if item.conjunction and low in COMPOUNDS else 0
    own = item.text[glued:]
    item.kind, item.start, item.end = "name", item.start + glued, end
    item.possessive = bool(more)
    item.text = f"{own} {more}".strip()


def may_name(item: ArabicItem) -> bool:
    """Whether a word may be a name that the scanner missed."""
    plain = not item.prefix and not item.conjunction and item.low not in KNOWN
    return (
        plain and item.kind == "word" and item.low[:1].isalpha() and len(item.low) >= SHORTEST - 1
    )


def arabic_speeches(items: Sequence[ArabicItem]) -> list[Speech]:
    """Give the words given in a sentence, each with whose it is."""
    found = []
    for number, item in enumerate(items):
        if item.kind == "word" and item.low in SAYING:
            later = items[number + 1 : number + 4]
            words = [i.text for i in later if i.kind in {"word", "side"} and i.low not in STOPS]
            found.append(Speech(item.start, item.end, " ".join(words[:3])))
    return found
