"""The grammar of relative phrases: "20 km south of X", "between X and Y", "western outskirts of X".

`parse_relation` reads a phrase in English, and the common ones in French, German, Turkish and
Arabic; it knows no places. How much a distance or a direction may be off follows from how it is
written, after Wieczorek, Guo & Hijmans, The point-radius method (IJGIS 18, 2004; "2004" below) and
Chapman & Wieczorek, Georeferencing Best Practices (GBIF, 2020):

* A direction means everything half-way to the next one of its kind: N 45° either side, NE 22.5°,
  NNE 11.25°. "due north" counts as one of the finest kind (a rule of this module).
* A distance is good to half its precision: 10 to 99 and below to ±0.5, 100 or 140 to ±5, 1000 to
  ±50, 10.5 (a half) to ±0.25, 10.25 (a quarter) to ±0.125, 10.1 to ±0.05.
* "About" widens to the rule of 2004: 20 to ±5, 25 to ±1, 10.5 to ±0.5. (The guides let such a word
  change nothing; press reports mean it.)
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

__all__ = ["Kind", "Phrase", "bearing", "distance_error", "parse_relation"]

Kind = Literal["offset", "distance", "direction", "part", "between", "near", "place", "road"]

LONGEST = 160  # characters; what is longer is no phrase but text
FARTHEST_M = 2_000_000.0
WINDS = ["n", "nne", "ne", "ene", "e", "ese", "se", "sse"]
WINDS += ["s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """What a relative phrase says, before any place is looked up.

    Parameters
    ----------
    kind
        `offset` (distance and direction), `distance`, `direction`, `part` (outskirts, countryside
        …), `between`, `near`, `place` ("the village of X") or `road` (a stretch of a road).
    names
        The places named, as written: one, or two for `between` and some roads.
    distance_m, distance_error_m
        Metres, and by how many the distance may be off either way.
    bearing_deg, width_deg
        Degrees clockwise from north, and by how many the direction may be off either way.
    extent
        `edge`, `part`, `countryside`, `area`, `subdistrict`, `district`, `province` or "".
    road
        The road as written, "" for "the highway", None if no road is meant.
    within
        What the place is said to lie in, as written.
    """

    text: str
    kind: Kind
    names: tuple[str, ...]
    distance_m: float | None = None
    distance_error_m: float = 0.0
    bearing_deg: float | None = None
    width_deg: float | None = None
    extent: str = ""
    road: str | None = None
    within: str = ""


# fmt: off
_ROOTS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "nord": "n", "nörd": "n", "sud": "s",
    "süd": "s", "ouest": "w", "est": "e", "ost": "e", "öst": "e", "septentrional": "n",
    "méridional": "s", "oriental": "e", "occidental": "w", "kuzey": "n", "güney": "s", "doğu": "e",
    "batı": "w", "شمال": "n", "جنوب": "s", "شرق": "e", "غرب": "w",
}
_METRES = {
    r"km|kms|kilomet(?:er|re)s?|kilomètres?|kilometern?|كم|كلم|كيلو ?مترا?|كيلومترات": 1000.0,
    r"m|met(?:er|re)s?|mètres?|metern?|متر|مترا|أمتار": 1.0,
    r"mi|miles?|meilen?|mil|ميل|ميلا|أميال": 1609.344,
    r"yd|yds|yards?": 0.9144,
}
_WORDS = {
    "a": "1", "an": "1", "one": "1", "half a": "0.5", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
    "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
    "a couple of": "1-3", "a few": "1-5", "several": "2-8", "بضعة": "1-5",
}
_EXTENTS = {
    r"outskirts?|edges?|suburbs?|entrances?|sides?|approaches|flanks?|fringes?|periphery|limits|"
    r"gates?|parts?|half|quarters?|neighbou?rhoods?|districts|ends?|sector|banlieues?|"
    r"périphérie|faubourgs?|entrée|lisière|quartiers?|partie|stadtrand|rand|vororten?|"
    r"außenbezirken?|stadtteilen?|banliyö\w*|giriş\w*|mahalle\w*|kesim\w*|taraf\w*|"
    r"[أا]طراف|مدخل|ضواحي|[أا]حياء|مشارف|محيط": "edge",
    r"countryside|rural areas?|hinterland|campagne|umland|umgebung|kırsal\w*|ريف": "countryside",
    r"areas?|zone|région|region|bölgesi|منطقة": "area",
    r"sub-?district|nahiyah?|ناحية": "subdistrict",
    r"district|ilçesi|قضاء": "district",
    r"province|governorate|gouvernorat|provinz|gouvernement|ili|محافظة": "province",
    r"village|town|city|hamlet|settlement|municipality|ville|localité|dorf|stadt|ortschaft|"
    r"köyü|kasabası|şehri|kenti|قرية|بلدة|مدينة": "",
}
# fmt: on

_ROOT = "|".join(sorted(_ROOTS, key=len, reverse=True))
_UNIT = "|".join(_METRES)
_PART = rf"(?P<part>{'|'.join(words for words, extent in _EXTENTS.items() if extent)})"
_WRAP = rf"(?P<part>{'|'.join(_EXTENTS)})"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_WIND = rf"(?:ال)?(?:{_ROOT})(?:ern|erly|wards?|lich(?:e[rns]?)?|en|es?|ي?ة|ي)?"
_HEADING = rf"{_WIND}(?:[-\s]?{_WIND}){{0,2}}"
_DIR = rf"(?P<dir>{_HEADING})(?![^\W\d_])"
_ABBR = r"(?P<dir>(?-i:[NSEW]{1,3}))(?!\w)"
_UP_TO = r"within|less than|under|up to|no more than|moins de|weniger als|[أا]قل من"
_ROUGH = (
    r"about|approximately|approx\.?|around|roughly|nearly|almost|some|over|more than|at least|"
    r"an estimated|ca\.?|circa|~|≈|environ|près de|plus de|etwa|rund|ungefähr|mehr als|yaklaşık|"
    r"نحو|حوالي|قرابة|زهاء|[أا]كثر من"
)


def _distance(mark: str = "") -> str:
    return (
        rf"(?:(?P<upto{mark}>{_UP_TO})\s+)?(?:(?P<rough{mark}>{_ROUGH})\s*)?(?:between\s+)?"
        rf"(?P<num{mark}>{_NUMBER}|{_WORD})"
        rf"(?:\s*(?:-|–|to|and|or|à|ou|bis|إلى)\s*(?P<num2{mark}>{_NUMBER}|{_WORD}))?"
        rf"[\s-]*(?P<unit{mark}>{_UNIT})(?!\w)(?:\s*\([^()]*\))?"
    )


_DIST = _distance()
_OF = r"\s+(?:(?:of|from|de la|de|du|des|von|der|من|عن)\s+|(?:de l|d)['’]\s*)"
_LEAD = (
    r"(?:(?:in|at|on|to|a|an|the|points?|places?|areas?|positions?|villages?|towns?|hills?|posts?|checkpoints?|"
    r"located|situated|lying|just|immediately|rural|à|au|en|dans|le|la|les|im|am|in den|an den|"
    r"der|den|die|das|في|على|إلى|الى|بعد|مسافة|يقع|تقع)\s+|l['’])*"
)
_DUE = r"(?:to\s+the\s+|au\s+)?(?:(?P<due>due|directly|straight)\s+)?"
_NAME, _OTHER = r"(?P<name>\S.*?)", r"(?P<other>\S.*?)"
_BY = r"(?:\s*\([^()]*\))?"  # "(by air)"
_GEN = r"['’](?:n?[ıiuü]n)\s+"  # of X, in Turkish
_TURKISH = r"(?P<dir>(?:kuzey|güney|doğu|batı){1,2})\w*"
_IN_ARABIC = r"(?=[\u0600-\u06ff])"
_TWO_WAYS = r"(?P<dirn>[\w-]+)(?:\s+and|,|\s+et|\s+und)"
_NEAR = (
    r"(?:near|close to|around|outside|next to|adjacent to|vicinity of|surroundings of|just off|"
    r"(?:près|autour|à proximité|aux environs|aux alentours) de|bei|nahe|in der nähe von|rund um|"
    r"قرب|بالقرب من|حول|قريب من|في محيط|محيط)\s+|(?:près|autour|à proximité|aux environs) d['’]"
)

# In order: the first that fits the whole text, and makes sense, counts.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("offset", rf"{_LEAD}{_DIST}\s+{_TWO_WAYS}\s+{_distance('b')}\s+(?P<dire>[\w-]+){_OF}{_NAME}"),
    ("offset", rf"{_LEAD}{_DIST}(?:\s+away)?\s+{_DUE}{_DIR}{_BY}{_OF}{_NAME}"),
    ("offset", rf"{_LEAD}{_DIST}\s+{_ABBR}{_BY}(?:{_OF}|\s+){_NAME}"),
    ("offset", rf"{_LEAD}{_DIST}\s+(?:إلى\s+|الى\s+)?{_IN_ARABIC}{_DIR}\s+{_NAME}"),
    ("offset", rf"{_NAME}{_GEN}{_DIST}\s+{_TURKISH}"),
    ("distance", rf"{_LEAD}{_DIST}(?:\s+away)?(?:{_OF}|\s+(?:outside|off)\s+){_NAME}"),
    ("distance", rf"{_NAME}['’]y?[ea]\s+{_DIST}(?:\s+(?:uzaklık|mesafe|uzak)\w*)?"),
    ("between", rf"{_LEAD}(?:(?:mid|half)-?way\s+)?between\s+{_NAME}\s+and\s+{_OTHER}"),
    ("between", rf"{_LEAD}entre\s+{_NAME}\s+et\s+{_OTHER}"),
    ("between", rf"{_LEAD}zwischen\s+{_NAME}\s+und\s+{_OTHER}"),
    ("between", rf"{_NAME}\s+(?:ile|ve)\s+{_OTHER}\s+aras[ıi]\w*"),
    ("between", rf"{_LEAD}بين\s+(?P<name>\S.{{2,}}?)\s+و\s?(?P<other>.{{2,}})"),
    ("part", rf"{_NAME}(?:{_GEN}|\s+){_TURKISH}\s+{_PART}"),
    ("part", rf"{_LEAD}{_DIR}\s+{_PART}(?:{_OF}|\s+){_NAME}"),
    ("part", rf"{_LEAD}{_PART}\s+{_DIR}{_OF}{_NAME}"),
    ("part", rf"{_NAME}(?:['’]s)?\s+{_DIR}\s+{_PART}"),
    ("part", rf"{_LEAD}{_DIR}\s+{_NAME}\s+{_PART}"),
    ("part", rf"{_LEAD}{_PART}\s+{_IN_ARABIC}{_NAME}\s+{_DIR}"),
    ("direction", rf"{_LEAD}{_DUE}{_DIR}{_OF}{_NAME}"),
    ("direction", rf"{_LEAD}{_ABBR}\s+of\s+{_NAME}"),
    ("direction", rf"{_NAME}{_GEN}{_TURKISH}"),
    ("direction", rf"{_LEAD}{_IN_ARABIC}{_DIR}\s+{_NAME}"),
    ("part", rf"{_LEAD}{_DIR}\s+{_NAME}"),
    ("part", rf"{_ABBR}\s+(?=\w){_NAME}"),
    ("near", rf"(?:in\s+)?(?:the\s+)?(?:{_NEAR}){_NAME}"),
    ("near", rf"{_NAME}(?:['’]\w+)?\s+(?:yakın|çevre|civar)\w*"),
    ("place", rf"{_LEAD}{_WRAP}{_OF}{_NAME}"),
    ("place", rf"(?:the\s+)?{_NAME}\s+{_WRAP}"),
    ("place", rf"(?:der|die|das)\s+{_WRAP}\s+{_NAME}"),
    ("place", rf"{_WRAP}\s+{_IN_ARABIC}{_NAME}"),
)
_READERS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_WRAPPED = tuple(reader for kind, reader in _READERS if kind == "place")
_ROAD = (
    r"(?:the\s+|l['’])?(?:international\s+)?"
    r"(?:(?:highway|motorway|autoroute|autobahn|road|الطريق(?: الدولي)?|طريق|[أا]وتوستراد)\s+)?"
    r"(?P<road>(?-i:[A-Z])-?\d{1,3}|(?:route|road|highway)\s\d{1,3}|[إا]م\s?-?\s?\d)"
    r"(?:\s+(?:international\s+)?(?:highway|motorway|road|route))?"
    r"|the\s+(?:(?:main|international)\s+)?(?:highway|motorway|road)"
)
_REST = r"(?:\s*\(\s*(?P<bracket>[^()]+)\)|,?\s+(?P<rest>.+))"
_ON_ROAD = re.compile(rf"(?:(?:on|along|stretch\s+of)\s+)?(?:{_ROAD}){_REST}", re.IGNORECASE)
_BY_ROAD = re.compile(rf"(?P<rest>.+?),?\s+(?:on|along|by|via)\s+(?:{_ROAD})", re.IGNORECASE)
# "the al-Bab–Aleppo road"; a plain hyphen parts two names unless an article stands before it.
_TO = r"(?:\s?[–—]\s?|\s-\s|\s+to\s+|(?<!\b[ae][a-z])(?<!\b[ae]sh)-)"
_ROAD_OF_TWO = re.compile(
    rf"(?:the\s+)?{_NAME}{_TO}{_OTHER}\s+(?:high|motor)?(?:road|way)", re.IGNORECASE
)
_A_TO_B = re.compile(rf"(?:from\s+)?{_NAME}\s+(?:to|–|—|-)\s+{_OTHER}", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?P<rest>\S.*?)\s+(?:(?:in|im|dans)\s+|في\s+|ب(?=ريف|محافظة))(?P<within>\S.*)", re.IGNORECASE
)
_NO_NAME = re.compile(r"(?:of|from|and|or|the|de|von|und|et|من|و)(?!\S)", re.IGNORECASE)
_NOTHING = re.compile(_LEAD, re.IGNORECASE)


def parse_relation(text: str) -> Phrase | None:
    """Read a relative phrase; None for a plain name and for whatever else is no such phrase.

    Examples
    --------
    >>> phrase = parse_relation("about 20 km south of Ma'arat al-Numan")
    >>> phrase.kind, phrase.names, phrase.distance_m, phrase.distance_error_m
    ('offset', ("Ma'arat al-Numan",), 20000.0, 5000.0)
    >>> phrase.bearing_deg, phrase.width_deg
    (180.0, 45.0)
    >>> parse_relation("Deir al-Sharqi") is None
    True
    """
    plain = _plain(text)
    if not plain or len(plain) > LONGEST:
        return None
    phrase = _on_road(plain) or _contained(plain) or _simple(plain)
    return None if phrase is None else replace(phrase, text=text.strip())


def bearing(words: str) -> tuple[float, float] | None:
    """Degrees clockwise from north and the width either side of a direction in words.

    Examples
    --------
    >>> bearing("south-eastern"), bearing("NNE"), bearing("südlich"), bearing("north-south")
    ((135.0, 22.5), (22.5, 11.25), (180.0, 45.0), None)
    """
    wind = words.casefold()
    if re.fullmatch(_HEADING, wind):
        wind = "".join(_ROOTS[root] for root in re.findall(_ROOT, wind))
    if wind not in WINDS:
        return None
    degrees = WINDS.index(wind) * 22.5
    return degrees, {1: 45.0, 2: 22.5}.get(len(wind), 11.25)


def distance_error(number: str, *, rough: bool = False) -> float:
    """By how much a distance may be off either way, in its own unit; see the head of the module.

    Examples
    --------
    >>> [distance_error(number) for number in ("10.1", "10.25", "10.5", "15", "30", "140", "2000")]
    [0.05, 0.125, 0.25, 0.5, 0.5, 5.0, 50.0]
    >>> [distance_error(number, rough=True) for number in ("6", "10.5", "20", "140", "2000")]
    [1.0, 0.5, 5.0, 5.0, 500.0]
    """
    value = Fraction(number)
    rest = value % 1
    if rest:
        halves = rest.denominator in {2, 4, 8}
        decimals = len(number.rstrip("0").partition(".")[2])
        precision = 1 / rest.denominator if halves else 10.0**-decimals
        return precision if rough else precision / 2
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0")) if value else 0
    if rough:
        return 0.5 * 10.0**zeros if zeros else 1.0
    return 0.5 * 10.0 ** min(zeros, max(len(digits) - 2, 0))


def _plain(text: str) -> str:
    """Fold digits, presentation forms and spaces; names keep their spelling."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        if letter in "½¼¾":
            letters.append({"½": ".5", "¼": ".25", "¾": ".75"}[letter])
        elif letter.isdecimal():
            letters.append(str(unicodedata.decimal(letter)))
        elif "\ufb50" <= letter <= "\uffef":
            letters.append(unicodedata.normalize("NFKC", letter))
        elif not re.match(r"[\u0640\u064b-\u0652\u200e\u200f\u2066-\u2069]", letter):
            letters.append({"٫": ".", "٬": ",", "،": ","}.get(letter, letter))
    folded = re.sub(r"(?<!\d)\.(?=\d)", "0.", "".join(letters))
    return re.sub(r"\s+", " ", folded).strip(' .,;:!?"“”«»')


def _simple(text: str) -> Phrase | None:
    for kind, reader in _READERS:
        match = reader.fullmatch(text)
        if match and (phrase := _phrase(kind, match)):
            return phrase
    return None


def _phrase(kind: Kind, match: re.Match[str]) -> Phrase | None:
    said = match.groupdict()
    names = tuple(_name(said[key]) for key in ("name", "other") if said.get(key))
    if not all(names):
        return None
    extent = _extent(said.get("part") or "")
    kind = "part" if extent else kind
    phrase = Phrase(text=match.string, kind=kind, names=names, extent=extent)
    if said.get("dirn"):
        return _orthogonal(phrase, said)
    headed = _headed(phrase, said) if said.get("dir") else phrase
    return _measured(headed, said) if headed and said.get("num") else headed


def _extent(part: str) -> str:
    return next((v for k, v in _EXTENTS.items() if re.fullmatch(k, part, re.IGNORECASE)), "")


def _headed(phrase: Phrase, said: dict[str, str | None]) -> Phrase | None:
    heading = bearing(said["dir"] or "")
    if heading is None:
        return None
    width = 11.25 if said.get("due") else heading[1]
    extent = "part" if phrase.kind == "part" and not said.get("part") else phrase.extent
    return replace(phrase, bearing_deg=heading[0], width_deg=width, extent=extent)


def _measured(phrase: Phrase, said: dict[str, str | None], mark: str = "") -> Phrase | None:
    unit = said[f"unit{mark}"] or ""
    metres = next(value for key, value in _METRES.items() if re.fullmatch(key, unit, re.IGNORECASE))
    distance, error = _distance_said(phrase.kind, said, mark, metres)
    if distance * metres > FARTHEST_M:
        return None
    return replace(phrase, distance_m=distance * metres, distance_error_m=error * metres)


def _distance_said(
    kind: Kind, said: dict[str, str | None], mark: str, metres: float
) -> tuple[float, float]:
    """Distance and its error, in the unit that is so many metres."""
    low, _, high = _number(said[f"num{mark}"] or "", metres).partition("-")
    high = _number(said[f"num2{mark}"] or "", metres).rpartition("-")[2] or high
    if high:
        ends = sorted((float(low), float(high)))
        return sum(ends) / 2, (ends[1] - ends[0]) / 2
    distance = float(low)
    if said[f"upto{mark}"]:  # all of the disc, or of the way in that direction
        return (distance, 0.0) if kind == "distance" else (distance / 2, distance / 2)
    return distance, distance_error(low, rough=bool(said[f"rough{mark}"]))


def _orthogonal(phrase: Phrase, said: dict[str, str | None]) -> Phrase | None:
    """2 mi E and 3 mi N: taken as meant exactly, the errors at right angles (both guides)."""
    x = y = error = 0.0
    for mark, wind in (("", "dirn"), ("b", "dire")):
        leg, heading = _measured(phrase, said, mark), bearing(said[wind] or "")
        if leg is None or heading is None:
            return None
        x += (leg.distance_m or 0.0) * math.sin(math.radians(heading[0]))
        y += (leg.distance_m or 0.0) * math.cos(math.radians(heading[0]))
        error = math.hypot(error, leg.distance_error_m)
    return replace(
        phrase,
        distance_m=math.hypot(x, y),
        distance_error_m=error,
        bearing_deg=math.degrees(math.atan2(x, y)) % 360,
        width_deg=0.0,
    )


def _number(written: str, metres: float) -> str:
    number = _WORDS.get(written.casefold(), written)
    thousands = r"\d{1,3}(,\d{3})+" if metres != 1 else r"\d{1,3}([.,]\d{3})+"
    if re.fullmatch(thousands, number):
        return re.sub("[.,]", "", number)
    return number.replace(",", ".")


def _name(written: str) -> str:
    """Take wrappers off a name: the town of X, X city."""
    name = re.sub(r"^the\s+", "", written, flags=re.IGNORECASE).strip(" ,;")
    for pattern in _WRAPPED:
        name = match["name"] if (match := pattern.fullmatch(name)) else name
    said = re.search(r"[^\W\d_]", name) and not _NO_NAME.match(name) and not bearing(name)
    return name if said else ""


def _on_road(text: str) -> Phrase | None:
    match = _ON_ROAD.fullmatch(text) or _BY_ROAD.fullmatch(text)
    if match is None:
        return _road_of_two(text)
    said = match.groupdict()
    road = re.sub(r"^[إا]م", "M", (said["road"] or "").upper()).replace(" ", "").replace("-", "")
    bracket = said.get("bracket")
    phrase = _part_of_road(bracket or said["rest"])
    if phrase is None and bracket:
        phrase = Phrase(text=text, kind="road", names=(_name(bracket),))
    return replace(phrase, kind="road", road=road) if phrase and all(phrase.names) else None


def _road_of_two(text: str) -> Phrase | None:
    two = _ROAD_OF_TWO.fullmatch(text)
    phrase = _phrase("road", two) if two else None
    return replace(phrase, road="") if phrase else None


def _part_of_road(rest: str) -> Phrase | None:
    at = re.fullmatch(rf"(?:at|in|by|through|near|عند)\s+{_NAME}", rest, re.IGNORECASE)
    two = _A_TO_B.fullmatch(rest)
    phrase = _phrase("road", at) if at else _simple(rest)
    return _phrase("road", two) if phrase is None and two else phrase


def _contained(text: str) -> Phrase | None:
    if not (match := _WITHIN.fullmatch(text)):
        return None
    rest, within = match["rest"], match["within"]
    if _NOTHING.fullmatch(rest + " "):
        return _simple(within)
    name = _name(rest)
    phrase = _simple(rest) or (Phrase(text=text, kind="place", names=(name,)) if name else None)
    return replace(phrase, within=within) if phrase else None
