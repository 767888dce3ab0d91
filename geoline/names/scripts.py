"""Bring a name to letters that the folding reads: invisible signs, presentation forms, scripts.

Latin, Cyrillic and Arabic letters stay as they are. Burmese typed for the font Zawgyi
(`geoline.names.zawgyi`) is brought to Unicode; Burmese is spelt as it is spoken, syllable by
syllable (after the romanisation of the Myanmar Language Commission and common usage); Armenian
digraphs become one sound; every other script is spelt letter by letter by `anyascii`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from geoline.names.zawgyi import in_unicode

__all__ = ["latin_letters", "tidied"]

# Joiners, marks of direction and order, soft hyphens, variation selectors, the byte-order mark.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff]"
)
# Letters in forms that only say how they are drawn: joined Arabic, ligatures, full width, bold.
_DRAWN = re.compile(
    "[\u0132\u0133\u013f\u0140\u01c4-\u01cc\u01f1-\u01f3\u1d2c-\u1d6a\u2070-\u209f\u2100-\u214f"
    "\u2460-\u24ff\ufb00-\ufdff\ufe20-\ufeff\uff00-\uffef\U0001d400-\U0001d7ff]+"
)
_COMBINING = re.compile("[\u0300-\u036f\u0653-\u0655]")
_BURMESE = re.compile("[\u1000-\u109f\uaa60-\uaa7f]+")
_ARMENIAN = re.compile("[\u0531-\u0587]+")
_OTHER = re.compile("[\u0530-\u05ff\u0700-\u1cff\u2c00-\u2dff\u3040-\ud7ff]")

_ARMENIAN_FIRST = re.compile("(?<![\u0531-\u0587])(?:[Եե]|[Ոո](?![ւՒ])|[Եե]ւ)")
_ARMENIAN_SOUNDS = {"ե": "ye", "ո": "vo", "եւ": "yev"}
_ARMENIAN_PAIRS = (("ու", "u"), ("եւ", "ev"), ("և", "ev"), ("իւ", "yu"), ("եա", "ya"), ("իա", "ya"))

# Burmese: what a syllable begins with, …
_ONSETS = dict(
    zip(
        "ကခဂဃငစဆဇဈဉညတထဒဓနပဖဗဘမယရလဝသဟအဋဌဍဎဏဠဿ",
        [
            "k",
            "k",
            "g",
            "g",
            "ng",
            "s",
            "s",
            "z",
            "z",
            "ny",
            "ny",
            "t",
            "t",
            "d",
            "d",
            "n",
            "p",
            "p",
            "b",
            "b",
            "m",
            "y",
            "y",
            "l",
            "w",
            "th",
            "h",
            "",
            "t",
            "t",
            "d",
            "d",
            "n",
            "l",
            "th",
        ],
        strict=True,
    )
)
_STANDALONE = {"ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "e", "ဩ": "aw", "ဪ": "aw"}
# … its vowel when nothing closes it, …
_OPEN = {
    "": "a", "ာ": "a", "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "ay", "ဲ": "e",
    "ော": "aw", "ေါ": "aw", "ို": "o", "ံ": "an", "ုံ": "on", "ိံ": "ein", "ိုံ": "on",
}  # fmt: skip
# … and its vowel together with the consonant that closes it.
_STOP, _NASAL, _NOTHING = "t", "n", ""
_CLOSED = {
    "က": ("et", "aik", "auk", "eik", "ok"),
    "င": ("in", "aing", "aung", "ein", "on"),
    "စ": ("it", "aik", "auk", "eik", "ok"),
    "ည": ("i", "i", "i", "i", "i"),
    "ဉ": ("in", "in", "in", "ein", "on"),
    "တ": ("at", "aik", "auk", "eik", "ok"),
    "န": ("an", "aing", "aung", "ein", "on"),
    "ပ": ("at", "aik", "auk", "eik", "ok"),
    "မ": ("an", "aing", "aung", "ein", "on"),
    "ယ": ("e", "o", "aw", "i", "u"),
    "ဝ": ("aw", "o", "aw", "i", "u"),
    "သ": ("a", "o", "aw", "i", "u"),
}
_LIKE = dict(zip("ခဂဇဆထဒဓဋဌဍဖဗဘဏလရဠ", "ကကစစတတတတတတပပပနယယယ", strict=True))
_VOWEL_COLUMN = {"": 0, "ို": 1, "ော": 2, "ေါ": 2, "ိ": 3, "ု": 4}
_SYLLABLE = re.compile(
    "(?P<onset>[က-အဿ])(?P<medial>[ျြွှ]*)(?P<vowel>(?:ော|ေါ|ို|ုံ|ိံ|[ာ-ဲ])?ံ?)(?P<asat>်?)[့း]*"
    "(?:(?P<final>[က-အ])(?:[့း]*(?:်[့း]*|္)))?[့း]*"
)


def tidied(name: str) -> str:
    r"""Take out what is not seen, and give drawn forms of letters as the letters themselves.

    Examples
    --------
    >>> tidied("\ufeffEl Fasher\u200f"), tidied("\uff33araqib")
    ('El Fasher', 'Saraqib')
    """
    if name.isascii():
        return name
    name = _BURMESE.sub(lambda found: in_unicode(found[0]), _INVISIBLE.sub("", name))
    if _DRAWN.search(name):
        name = _DRAWN.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name)
    return unicodedata.normalize("NFC", name) if _COMBINING.search(name) else name


def latin_letters(text: str) -> str:
    """Spell scripts other than Latin, Cyrillic and Arabic in Latin letters.

    Examples
    --------
    >>> latin_letters("လားရှိုး"), latin_letters("Շուշի"), latin_letters("ქუთაისი")
    ('lasho', 'shushi', 'kutaisi')
    """
    if not _OTHER.search(text):
        return text
    text = _BURMESE.sub(lambda found: _burmese(found[0]), text)
    text = _ARMENIAN.sub(lambda found: _armenian(found[0]), text)
    return _OTHER.sub(lambda found: _letter(found[0]), text)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    return anyascii(letter)


def _armenian(text: str) -> str:
    text = _ARMENIAN_FIRST.sub(lambda found: _ARMENIAN_SOUNDS[found[0].lower()], text).lower()
    for pair, sound in _ARMENIAN_PAIRS:
        text = text.replace(pair, sound)
    return text


@lru_cache(maxsize=65536)
def _burmese(text: str) -> str:
    text = text.replace("\u1037\u103a", "\u103a\u1037")
    spelt, at = [], 0
    while at < len(text):
        syllable = _SYLLABLE.match(text, at)
        if syllable is None:
            spelt.append(_STANDALONE.get(text[at], _letter(text[at]) if text[at].isdigit() else ""))
            at += 1
        else:
            spelt.append(_spoken(syllable))
            at = syllable.end()
    return "".join(spelt)


def _onset(letter: str, medial: str) -> str:
    glide = "y" if "ျ" in medial or "ြ" in medial else ""
    if "ှ" in medial and letter in "ရယသ":
        return "sh"
    if glide and letter in "ခသ":
        return "ch" if letter == "ခ" else "sh"
    return _ONSETS.get(letter, "") + glide


def _spoken(syllable: re.Match[str]) -> str:
    medial, vowel = syllable["medial"], syllable["vowel"]
    sound = _onset(syllable["onset"], medial)
    rounded = "ွ" in medial
    final = syllable["final"]
    if final is None or syllable["asat"]:
        end = _OPEN.get(vowel, "a")
        return sound + ("w" if rounded else "") + end + (_final_alone(final) if final else "")
    closed = _CLOSED.get(_LIKE.get(final, final))
    if closed is None:
        return sound + ("w" if rounded else "") + _OPEN.get(vowel, "a")
    column = _VOWEL_COLUMN.get(vowel)
    if column is None:
        return sound + _OPEN.get(vowel, "a")
    end = closed[column]
    if rounded:
        # -wat and -wan are spoken -ut and -un.
        end = {"at": "ut", "an": "un"}.get(end, "w" + end)
    return sound + end


def _final_alone(final: str) -> str:
    return {"က": "k", "တ": "t", "ပ": "p", "င": "ng", "န": "n", "မ": "n"}.get(final, "")
