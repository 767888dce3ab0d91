"""The words of the page's interface, one file a language in `words/`, which a native may mend.

`words/en.toml` lists the English words, which are the keys of all the others. A page carries the
languages that its theatre names, and no other.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError
from geoline.situation import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown

__all__ = ["LANGUAGES", "desk_words", "faults", "word_lists", "wording_of", "written_words"]

ENGLISH, ARABIC = "en", "ar"
# Every one is a file of `words/`; the order is that of their names there.
LANGUAGES = ("am", "ar", "en", "es", "fr", "my", "pt", "ru", "uk")
# What a list may have for browsers that cannot write its dates: months, weekdays from Sunday on,
# and by style how year, month and day ({y}, {m}, {d}) stand.
_DATES = ("months", "weekdays", "dates")
# What a list says of the language besides its words.
_SIGNS = ("name", "locale", "comma", "semicolon", "percent", "stop")
MONTHS = 12
# What a list says for programs that have no browser.
_WRITTEN = ("day", "group", "map", "data", "claims", "versions")
_BLANK = re.compile(r"\{\d\}")


def word_lists(languages: Sequence[str]) -> dict[str, Any]:
    """Give what a page says in some languages.

    Parameters
    ----------
    languages
        Of `LANGUAGES`, the one that the page opens in first where the reader's is none of them.

    Returns
    -------
    dict
        `order`; `keys`, the English words, where another language needs them; and for each
        language `name`, `locale` (BCP 47, for dates, numbers and plurals), `rtl`, `comma`,
        `semicolon`, `percent`, `stop`, `counted` (forms by plural category) and `words` in the
        order of the keys.

    Raises
    ------
    RequestError
        If there is no word list for one of them.
    """
    order = list(dict.fromkeys(languages)) or [ENGLISH]
    for language in order:
        if language not in LANGUAGES:
            message = (
                f"theatre.toml, 'languages': the page has no words for '{language}'; choose of "
                f"{', '.join(LANGUAGES)}"
            )
            raise RequestError(message)
    lists: dict[str, Any] = {"order": order}
    keys = english_words()
    if order != [ENGLISH]:
        lists["keys"] = keys
    for language in order:
        said = _read(language)
        lists[language] = {sign: said[sign] for sign in _SIGNS} | {
            "rtl": said.get("rtl", False),
            "counted": said["counted"],
            **{part: said[part] for part in _DATES if part in said},
        }
        if language != ENGLISH:
            lists[language]["words"] = [said["words"].get(key, key) for key in keys]
    return lists


def desk_words(languages: Sequence[str]) -> dict[str, Any]:
    """Give what the desk says in some languages.

    Parameters
    ----------
    languages
        Of `LANGUAGES`; the desk opens in the reader's, or else in the first.

    Returns
    -------
    dict
        `order`, `keys` (the English words) and for each language `rtl` and `words` in the order of
        the keys; English has none of its own.
    """
    keys = _read(ENGLISH)["desk"]
    lists: dict[str, Any] = {"order": list(dict.fromkeys(languages)) or [ENGLISH], "keys": keys}
    for language in lists["order"]:
        said = _read(language)
        own = [] if language == ENGLISH else [said["desk"].get(key, key) for key in keys]
        lists[language] = {"rtl": said.get("rtl", False), "words": own}
    return lists


def wording_of(as_known: TheatreAsKnown, language: str) -> Wording:
    """Give how a language of the page says what happened on a day.

    Names of places are Arabic in Arabic, where there are such; data have no other language.

    Raises
    ------
    RequestError
        If there is no word list for it.
    """
    lists = word_lists([language])
    said = lists[language]
    words = dict(zip(lists.get("keys", ()), said.get("words", ()), strict=False))
    parties, written = as_known.theatre.parties, written_words(language)

    def place_name(place: Place) -> str:
        return (language == ARABIC and place.name_ar) or place.name

    def party_name(key: str) -> str:
        party = parties[key]
        return (language == ARABIC and party.name_ar) or words.get(party.name, party.name)

    return Wording(
        say=lambda phrase: words.get(phrase, phrase),
        place=place_name,
        party=party_name,
        comma=said["comma"],
        end=said["stop"],
        day=lambda day: _day_in_words(day, written),
        group=written["group"],
        rtl=said["rtl"],
    )


def _day_in_words(day: date, written: Mapping[str, Any]) -> str:
    """Write a day as a list says.

    Examples
    --------
    >>> from datetime import date
    >>> _day_in_words(date(2020, 1, 29), written_words("es"))
    '29 de enero de 2020'
    """
    form: str = written["day"]
    return form.format(d=day.day, m=written["months"][day.month - 1], y=day.year)


def english_words() -> list[str]:
    """List the words of the interface, in English."""
    words: list[str] = _read(ENGLISH)["words"]
    return words


def faults(language: str) -> list[str]:
    """Say what a word list lacks or has too much of, a line each; none for a whole one."""
    said, keys = _read(language), english_words()
    lines = [f"'{sign}' is missing" for sign in _SIGNS if not said.get(sign)]
    written = written_words(language)
    if len(written["months"]) != MONTHS:
        lines.append("written.months are not twelve")
    lines += [f"written.{key} is missing" for key in _WRITTEN if not written.get(key)]
    for part, listed in (("words", keys), ("desk", _read(ENGLISH)["desk"])):
        words = said[part] if language != ENGLISH else dict.fromkeys(listed, "")
        lines += [f"{key!r} has no words" for key in listed if key not in words]
        lines += [f"{key!r} is none of the {part}" for key in words if key not in listed]
        lines += [
            f"{key!r} and {text!r} have not the same blanks"
            for key, text in words.items()
            if text and sorted(_BLANK.findall(key)) != sorted(_BLANK.findall(text))
        ]
    nouns = _read(ENGLISH)["counted"]
    lines += [f"counted.{noun} is missing" for noun in nouns if noun not in said["counted"]]
    for noun, forms in said["counted"].items():
        if noun not in nouns:
            lines.append(f"counted.{noun} is no noun of the page")
        if "other" not in forms:
            lines.append(f"counted.{noun} lacks 'other'")
    return lines


def written_words(language: str) -> dict[str, Any]:
    """Give what is said without a browser.

    `months`, `day` and `group` say how days and thousands are written, `map`, `data`, `claims` and
    `versions` what the pages of days link to.
    """
    said = _read(language)
    return {"months": said.get("months", ()), **said.get("written", {})}


@cache
def _read(language: str) -> dict[str, Any]:
    path = files("geoline.page").joinpath(f"words/{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
