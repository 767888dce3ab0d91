"""Other forms that a name may stand for: without a word of administration, an ending, an aside.

"Lashio Township" is Lashio, "Şuşa'da" is said of Şuşa, "Shusha/Shushi" and "Artemivsk (Bakhmut)"
give a place two names. They are tried only where the name as it stands is not known.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from geoline.names.folding import is_arabic
from geoline.names.scripts import tidied

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["other_forms", "without_administration"]

# Forms tried of one name at most.
MOST = 6
_TWO_NAMES = re.compile(r"^([^/()]{2,}?)\s*/\s*([^/()]{2,})$")
_ASIDE = re.compile(r"^([^()]+?)\s*\(\s*([^()]{2,}?)\s*\)\s*$")
# What an aside that is no second name says: where the place lies, what it is.
_NO_NAME = re.compile(
    r"\b(?:[nsew]|[ns][ew]|north|south|east|west|\w+ern|near|of|in|the|district|province|village|"
    r"town|city|countryside|governorate|post|side)\b|\d",
    re.IGNORECASE,
)
# Words for units and kinds of settlement, by language.
_WORDS = {
    "en": "township town city village district municipality municipal governorate province region "
    "county subdistrict sub-district community camp settlement raion rayon oblast",
    "ar": "مدينة بلدة قرية ناحية منطقة محافظة "
    "madinat madinah baldat qaryat nahiyat mantiqat muhafazat",
    "fa": "شهر شهرستان روستای بخش shahr shahrestan rusta-ye",
    "uk ru": "місто міста місті село села селі селище смт м. с. город города городе г. село села "
    "селе посёлок поселок пгт п. район района районе області область misto selo selyshche gorod",
    "tr az": "şehri şəhəri qəsəbəsi kəndi köyü ilçesi ili rayonu ili sehri seheri koyu kendi",
    "hy": "քաղաք քաղաքի գյուղ գյուղի գյուղում մարզ",
    "ka": "ქალაქი სოფელი ქალაქ სოფელ",
    "am": "ከተማ",
    "my": "မြို့ မြို့နယ် ရွာ ကျေးရွာ ခရိုင်",
    "ku": "bajarê gundê şarî شاری گوندی",
}
_ADMINISTRATION = sorted({w for words in _WORDS.values() for w in words.split()}, key=len)[::-1]
_BEFORE = re.compile(
    rf"^(?:{'|'.join(map(re.escape, _ADMINISTRATION))})(?:\s+of)?\s+(?=\S)", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"(?:\s+(?:{'|'.join(map(re.escape, _ADMINISTRATION))})|(?:မြို့နယ်|မြို့|ကျေးရွာ|ရွာ))$",
    re.IGNORECASE,
)
# What grammar adds: behind an apostrophe in Turkic, by itself in Armenian, Slavic and Turkic.
_APOSTROPHE = re.compile(
    r"(?<=\w{3})['’‘`](?:[dt][aeə]n?|n?[ıiuü]n|[ny]?[aeıiuüə]|l[aeə]r?|y?l[ae])$"
)
_ENDINGS = (
    (re.compile("(?<=[Ա-և]{3})(?:ում|ից|ի|ը|ն|եր|ով)$"), ("",)),
    (re.compile("(?<=[а-яёіїєґ]{3})(?:ого|ому|ої|ой|ом|ем|ою|ею|ами|ах)$"), ("", "а", "е", "ое")),
    (re.compile("(?<=[а-яёіїєґ]{3})(?:і|и|у|ю|е|ы)$"), ("а", "", "я", "о")),
    (re.compile("(?<=[а-яёіїєґ]{3})а$"), ("", "о")),
    (re.compile("(?<=[a-zÀ-ɏə]{4})(?:[dt][aeə]n?|n[ıiuü]n|y[aeə])$"), ("",)),
)
# Latin letters of Turkic languages alone: elsewhere -da and -ya belong to the name.
_TURKIC, _LATIN = re.compile("[əğışƏĞİŞ]"), re.compile("[A-Za-z]")
# x is said as ks (Luxor, Aksum); elsewhere it is kh, which the folding takes it for.
_X = re.compile("(?<=[aeiou])x(?=[aeiou])", re.IGNORECASE)
_KS = re.compile("(?<=[aeiou])(?:ks|cs|qs)(?=[aeiou])", re.IGNORECASE)
# The Turkish press writes c for j (Cercenaz), the German and the Polish ch for kh, from which the
# Russian has its ч (Арича); elsewhere they are k and sh, which the folding takes them for.
_C, _CH = re.compile("c(?![hkq])", re.IGNORECASE), re.compile("ch", re.IGNORECASE)
_RUSSIAN_CH = re.compile("[Чч]")


def other_forms(name: str) -> list[str]:
    """Give forms that a name may stand for, the likeliest first; none for most names.

    Examples
    --------
    >>> other_forms("Shusha/Shushi"), other_forms("Artemivsk (Bakhmut)"), other_forms("Luxor")
    (['Shusha', 'Shushi'], ['Bakhmut'], ['Luksor'])
    >>> other_forms("Lashio Township"), other_forms("Ijaz (S Aleppo)")
    (['Lashio'], [])
    >>> other_forms("Cercenaz")
    ['jerjenaz']
    """
    name = tidied(name).strip()
    forms = dict.fromkeys(islice(_forms(name), 2 * MOST))
    forms.pop(name, None)
    return list(forms)[:MOST]


def without_administration(name: str) -> str:
    """Give a name without a word for the kind of unit or settlement that it is.

    Examples
    --------
    >>> without_administration("Lashio Town"), without_administration("လားရှိုးမြို့")
    ('Lashio', 'လားရှိုး')
    """
    bare = _BEHIND.sub("", _BEFORE.sub("", " ".join(name.split()))).strip()
    return bare if len(bare) > 1 else name


def _without_ending(name: str) -> Iterator[str]:
    if _LATIN.search(name) and not _TURKIC.search(name):
        return
    for ending, others in _ENDINGS:
        if ending.search(name):
            yield from (ending.sub(other, name) for other in others)


def _forms(name: str) -> Iterator[str]:
    two = _TWO_NAMES.match(name)
    if two:
        yield from two.groups()
    aside = _ASIDE.match(name)
    if aside and not _NO_NAME.search(aside[2]):
        yield aside[2]
    bare = without_administration(name)
    yield bare
    yield _APOSTROPHE.sub("", bare)
    if is_arabic(bare):
        return
    yield from _without_ending(bare)
    if " " not in bare:
        yield _X.sub("ks", bare)
        yield _KS.sub("x", bare)
        yield _C.sub("j", bare)
        yield _CH.sub("kh", bare)
        yield _RUSSIAN_CH.sub("х", bare)
