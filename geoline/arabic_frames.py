"""Arabic sentences: verb, side and a list of places, told or headed, with days and mood.

The order is verb, side, place ("سيطرت قوات النظام على أ وب"), or in headlines side, verb, place; or
a noun behind a verb that says it was done ("تمكنت … من السيطرة على أ"). What does not read like
that gives nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geoline.arabic_words import (
    AIMS,
    ARABIC_DAYS,
    ARABIC_MONTHS,
    ARABIC_TYPES,
    ARABIC_VERBS,
    CONDITIONS,
    EVENT_NAMES,
    MANAGED,
    NEGATED,
    OVER,
    PARTS,
    SAYING,
    STOPS,
    plain_arabic,
)
from geoline.frame import Frame
from geoline.frame_words import VerbForm
from geoline.report_days import DaysSaid
from geoline.sentence_item import Item
from geoline.side_words import Token
from geoline.speakers import Speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.mood import Mood
    from geoline.side_words import SideWords

__all__ = ["arabic_frames", "arabic_items"]

_TOKEN = re.compile(r"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc]+|\d+|[^\w\s]|\w+")
_AND = ("و", "ف")
_COMMAS = frozenset('،,:؛-–(«"')
_ENDS = frozenset(".!؟?")
DAY = timedelta(days=1)
# Words between verb and side, or side and place, at most; unknown words in a list at most.
REACH, MOST_UNKNOWN = 12, 3
_AWAY = frozenset(map(plain_arabic, ("في", "بريف", "باتجاه", "نحو", "إلى")))
_PREPARED = frozenset(
    map(plain_arabic, ("من", "مع", "ضد", "بين", "على", "إلى", "عن", "بدعم", "أمام"))
)


def arabic_items(
    text: str, sides: SideWords, places: Sequence[tuple[int, int]], published: date
) -> tuple[list[Item], list[Speech]]:
    """Cut an Arabic sentence into items; give whose word it is, too.

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
    """
    tokens = [
        Token(plain_arabic(match[0]), match[0], match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]
    names = {start: text[start:end] for start, end in places}
    items: list[Item] = []
    at = 0
    while at < len(tokens):
        item, size = _name(tokens, at, names) or _item(tokens, at, sides, published)
        items.append(item)
        at += size
    return items, _speeches(items)


def _name(tokens: Sequence[Token], at: int, names: dict[int, str]) -> tuple[Item, int] | None:
    token = tokens[at]
    # The scanner leaves out a prefix: "وسراقب" is found from its second letter on.
    start = next(
        (n for n in range(token.start, min(token.end, token.start + 3)) if n in names), None
    )
    if start is None:
        return None
    end = start + len(names[start])
    size = 1
    while at + size < len(tokens) and tokens[at + size].start < end:
        size += 1
    return Item("name", start, end, token.low, names[start], known=True), size


def _item(tokens: Sequence[Token], at: int, sides: SideWords, published: date) -> tuple[Item, int]:
    token = tokens[at]
    said = _days(tokens, at, published)
    if said is not None:
        days, size = said
        return Item("days", days.start, days.end, "days", token.text, days=days), size
    side = _side(tokens, at, sides)
    if side is not None:
        actor, size = side
        return Item(
            "side", token.start, tokens[at + size - 1].end, token.low, token.text, actor
        ), size
    bare = _bare(token.low)
    if bare in ARABIC_VERBS:
        return _event(token, bare, ARABIC_VERBS[bare], "past"), 1
    if bare in EVENT_NAMES:
        return _event(token, bare, EVENT_NAMES[bare], "ing"), 1
    place = bare in ARABIC_TYPES and bare not in STOPS
    return Item("type" if place else "word", token.start, token.end, bare, token.text), 1


def _event(token: Token, low: str, event: str, form: str) -> Item:
    item = Item("event", token.start, token.end, low, token.text)
    item.verb = VerbForm(event, "object", form)
    return item


def _bare(low: str) -> str:
    """Give a word without "and" before it, if it is one of ours."""
    known = low in ARABIC_VERBS or low in EVENT_NAMES or low in STOPS or low in NEGATED
    for size in (1, 2):
        rest = low[size:]
        fits = low[0] in _AND if size == 1 else low[:2] in {"وب", "ول", "وس"}
        if not known and fits and (
            rest in ARABIC_VERBS or rest in EVENT_NAMES or rest in ARABIC_TYPES or rest in NEGATED
            or rest in SAYING or rest in MANAGED or rest in AIMS or rest in STOPS
        ):  # fmt: skip
            return rest
    return low


def _side(tokens: Sequence[Token], at: int, sides: SideWords) -> tuple[str, int] | None:
    part = list(tokens[at : at + 5])
    for cut in ("", "و", "ل", "ب", "ف"):
        if not part[0].low.startswith(cut):
            continue
        first = part[0]._replace(low=part[0].low[len(cut) :])
        if first.low and (found := sides.match([first, *part[1:]], 0)):
            return found
    return None


def _days(tokens: Sequence[Token], at: int, published: date) -> tuple[DaysSaid, int] | None:
    low = _bare(tokens[at].low)
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    size = 1
    day: date | None = None
    if low == "يوم" and following in ARABIC_DAYS:
        low, size = following, 2
    if low in ARABIC_DAYS:
        day = published - (published.weekday() - ARABIC_DAYS[low]) % 7 * DAY
    elif low == "اليوم":
        day = published
        if following in ARABIC_DAYS:
            size = 2
    elif low == "امس":
        day = published - DAY
        if following in ARABIC_DAYS:
            size = 2
            day = published - (published.weekday() - ARABIC_DAYS[following]) % 7 * DAY
    elif low.isdigit() and len(low) < len("100"):
        day, size = _dated(tokens, at, published)
    if day is None:
        return None
    start, end = tokens[at].start, tokens[at + size - 1].end
    since = at and _bare(tokens[at - 1].low) == "منذ"
    if since:
        return DaysSaid(start, end, day, published, "between"), size
    return DaysSaid(start, end, day, day, "day"), size


def _dated(tokens: Sequence[Token], at: int, published: date) -> tuple[date | None, int]:
    words = [token.low for token in tokens[at + 1 : at + 4]]
    for size in (2, 1):
        month = ARABIC_MONTHS.get("_".join(words[:size]))
        if month:
            try:
                day = date(published.year, month, int(tokens[at].low))
            except ValueError:
                return None, 1
            if day > published + 60 * DAY:
                day = day.replace(year=day.year - 1)
            end = 1 + size
            if words[size : size + 1] == ["/"]:
                end += 2
            return day, min(end, len(tokens) - at)
    return None, 1


def _speeches(items: Sequence[Item]) -> list[Speech]:
    found = []
    for number, item in enumerate(items):
        if item.kind == "word" and item.low in SAYING:
            later = items[number + 1 : number + 4]
            words = [i.text for i in later if i.kind in {"word", "side"} and i.low not in STOPS]
            found.append(Speech(item.start, item.end, " ".join(words[:3])))
    return found


def arabic_frames(items: Sequence[Item]) -> list[Frame]:
    """Find the events that an Arabic sentence tells."""
    found: list[Frame] = []
    for at, item in enumerate(items):
        if item.verb is None:
            continue
        frame = Frame(item.verb.event, at, _mood(items, at))
        names, partly, end = _places(items, at)
        if not names:
            continue
        if frame.event == "fell":
            frame.event = "captured"
            side = _after(items, end, frozenset({"بيد", "بايدي", "تحت", "لصالح"}))
        elif frame.event == "captured" and _lasting(items, at):
            continue
        else:
            side = _subject(items, at, found)
        frame.side, frame.side_means = (side, "") if side else ("", "they")
        if partly and frame.event in {"captured", "recaptured"}:
            frame.event = "entered"
        frame.places = [items[n] for n in names]
        days = _own_days(items, at)
        frame.days = [days] * len(names)
        if item.verb.form == "past" or _done(items, at) or frame.mood != "asserted":
            found.append(frame)
    return found


def _lows(items: Sequence[Item], first: int, last: int) -> list[str]:
    return [items[n].low for n in range(max(0, first), min(len(items), last))]


def _clause(items: Sequence[Item], at: int) -> int:
    """Where the clause of a verb begins: behind a comma or a sign."""
    while at > 0 and items[at - 1].low not in _ENDS | {"،", "؛"}:
        at -= 1
    return at


def _mood(items: Sequence[Item], at: int) -> Mood:
    before = _lows(items, at - 4, at)
    clause = set(_lows(items, _clause(items, at), at))
    everything = set(_lows(items, 0, at))
    if clause & NEGATED and (set(before) & NEGATED or "نفى" in clause or "نفت" in clause):
        return "negated"
    if everything & CONDITIONS:
        return "foreseen"
    governors = set(_lows(items, at - 8, at))
    last = next((low for low in reversed(_lows(items, at - 8, at)) if low in AIMS | MANAGED), "")
    if last in AIMS and governors & AIMS:
        return "foreseen"
    if "قد" in before and items[at].low[:1] in "يت" and items[at].low not in {"تقدم", "تقدمت"}:
        return "unclear"
    return "unclear" if clause & {"انباء", "غير", "ربما"} else "asserted"


def _done(items: Sequence[Item], at: int) -> bool:
    """Whether a noun stands behind a word that says it was done."""
    return bool(set(_lows(items, at - REACH, at)) & MANAGED)


def _lasting(items: Sequence[Item], at: int) -> bool:
    """Whether it tells who holds a place, and not that it was taken: "… تسيطر … منذ عام"."""
    return items[at].low[:1] in "يت" and "منذ" in _lows(items, at, at + 20)


def _places(items: Sequence[Item], at: int) -> tuple[list[int], bool, int]:
    """Find the list of places behind a verb: item numbers, whether only parts, where it ends."""
    names: list[int] = []
    unknown, partly = 0, False
    number = at + 1
    while number < len(items) and not _ends(items, number, begun=bool(names)):
        item = items[number]
        if item.kind == "name":
            names.append(number)
            unknown = 0
        elif names and _may_be_name(items, number):
            # A short name behind "and" that the scanner did not trust.
            item.kind, item.start, item.text = "name", item.start + 1, item.text[1:]
            names.append(number)
        elif item.low in PARTS:
            partly = partly or not names
        elif item.kind in {"word", "days"} and item.low not in OVER | _COMMAS:
            unknown += 1
            joined = item.text.startswith("و") or items[number - 1].low in _COMMAS
            if unknown > (MOST_UNKNOWN if names else REACH) or (names and not joined):
                break
        number += 1
    return names, partly, number


def _ends(items: Sequence[Item], at: int, *, begun: bool) -> bool:
    """Whether a list of places, begun or not, ends before an item."""
    item = items[at]
    if item.kind == "event":  # "استعادت السيطرة على"
        return begun or item.verb is None or item.verb.form != "ing"
    if item.low in _ENDS:
        return True
    stops = item.kind == "word" and item.low in STOPS - OVER and item.low != "من"
    return stops and (begun or item.low in _AWAY)


def _may_be_name(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    follows = items[at - 1].kind in {"name", "type"} or items[at - 1].low == "،"
    long = len(item.text) > len("وحي")
    return item.kind == "word" and follows and long and item.text.startswith("و")


def _subject(items: Sequence[Item], at: int, earlier: Sequence[Frame]) -> str:
    """Give the side behind the verb, else the one before it, else that of the verb before."""
    for number in range(at + 1, min(len(items), at + REACH)):
        if items[number].kind == "side" and items[number - 1].low not in _PREPARED:
            return items[number].value
        if items[number].kind in {"name", "days"} or items[number].low in OVER | _ENDS:
            break
    for number in range(at - 1, max(-1, at - 2 * REACH), -1):
        if items[number].low in _ENDS:
            break
        free = number == 0 or items[number - 1].low not in _PREPARED
        if items[number].kind == "side" and free:
            return items[number].value
    acted = [frame.side for frame in earlier if frame.side]
    return acted[-1] if acted else ""


def _after(items: Sequence[Item], at: int, words: frozenset[str]) -> str:
    """Give the side behind one of a few words: "بيد قوات النظام"."""
    for number in range(max(0, at - 2), min(len(items), at + REACH)):
        if items[number].low in words:
            return next((i.value for i in items[number : number + 4] if i.kind == "side"), "")
    return ""


def _own_days(items: Sequence[Item], at: int) -> DaysSaid | None:
    """Give the days said nearest a verb in its clause, those of somebody's word as a bound."""
    behind: list[int] = []
    for n in range(at, len(items)):
        verb = items[n].verb
        if n > at and verb is not None and verb.form == "past":
            break
        if items[n].low in _ENDS:
            break
        if items[n].kind == "days":
            behind.append(n)
    if behind:
        return items[behind[0]].days
    before = [n for n in range(_clause(items, at), at) if items[n].kind == "days"]
    if not before:
        before = [n for n in range(at) if items[n].kind == "days"]
    if not before:
        return None
    days = items[before[-1]].days
    spoken = any(items[n].low in SAYING for n in range(max(0, before[-1] - 6), before[-1]))
    if days is not None and spoken:
        return days._replace(first=None, precision="by")
    return days
