"""Names in other scripts, and with signs that nobody sees, are the same names."""

from __future__ import annotations

import pytest

from geoline import Gazetteer
from geoline.names.folding import is_arabic, plain, reading
from geoline.names.scripts import tidied

TOWNS = {
    "Lashio": "လားရှိုး",
    "Mandalay": "မန္တလေး",
    "Yangon": "ရန်ကုန်",
    "Myitkyina": "မြစ်ကြီးနား",
    "Kyaukme": "ကျောက်မဲ",
    "Taunggyi": "တောင်ကြီး",
    "Sagaing": "စစ်ကိုင်း",
    "Pathein": "ပုသိမ်",
    "Loikaw": "လွိုင်ကော်",
    "Mawlamyine": "မော်လမြိုင်",
    "Mekelle": "መቐለ",
    "Aksum": "አክሱም",
    "Kutaisi": "ქუთაისი",
    "Tskhinvali": "ცხინვალი",
    "Shushi": "Շուշի",
    "Stepanakert": "Ստեփանակերտ",
    "Hewlêr": "هەولێر",
    "Silêmanî": "سلێمانی",
    "Qamishli": "قامشلی",
    "Peshawar": "پشاور",
    "Charsadda": "چارسدہ",
    "Sarıkamış": "Сарыкамыш",
}


def _towns(names: dict[str, str], *, listed: int) -> Gazetteer:
    return Gazetteer.from_records(
        {"id": pair[0], "name": pair[listed], "lat": 10 + n, "lon": 40, "names": []}
        for n, pair in enumerate(names.items())
    )


@pytest.mark.parametrize("listed", [0, 1])
def test_a_name_is_found_across_scripts(listed: int) -> None:
    """A report in the country's own script names towns that the list has in Latin letters only."""
    towns = _towns(TOWNS, listed=listed)
    answers = towns.resolve_many([pair[1 - listed] for pair in TOWNS.items()])
    found = [answer.candidates[0].id if answer.candidates else "" for answer in answers]
    assert [wanted for wanted, got in zip(TOWNS, found, strict=True) if wanted != got] == []


@pytest.mark.parametrize(
    "sign", ["\ufeff", "\u200b", "\u200d", "\u200e", "\u202b", "\u2068", "\u00ad", "\ufe0f"]
)
def test_signs_that_nobody_sees_are_no_letters(sign: str) -> None:
    """Two names look the same, and one is unknown: a mark of a word processor stands in it."""
    for name in ("El Fasher", "الفاشر"):
        for marked in (name + sign, sign + name, name[:4] + sign + name[4:]):
            assert (plain(marked), reading(marked), is_arabic(marked)) == (
                plain(name),
                reading(name),
                is_arabic(name),
            )


def test_drawn_forms_are_their_letters() -> None:
    """A name copied out of a PDF, in joined forms or full width, is unknown."""
    assert tidied("\ufe8e\ufedf\ufed4\ufe8e\ufeb7\ufeae") == "\u0627\u0644\u0641\u0627\u0634\u0631"
    assert plain("Ｓａｒａｑｉｂ") == "saraqib"
    assert reading("o\u0308lu\u0308") == reading("ölü")


@pytest.mark.parametrize("name", ["ا,لرشي\u200dدين", "ا,ب", "،", "\u200d", ",", "ا"])
def test_names_of_which_hardly_a_letter_is_left(name: str) -> None:
    """A slip of the keyboard would end in a traceback instead of "unknown"."""
    record = {"id": "x", "name": "Rashidin", "lat": 36.1, "lon": 37.0, "names": ["الراشدين"]}
    gazetteer = Gazetteer.from_records([record])
    assert gazetteer.resolve(name).status in {"resolved", "ambiguous", "unknown"}
    assert [a.query for a in gazetteer.resolve_many([name, "Rashidin"])] == [name, "Rashidin"]
