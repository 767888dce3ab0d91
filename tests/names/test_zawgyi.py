"""Burmese of before 2019, in the code points of the font Zawgyi, is the same names."""

from __future__ import annotations

import pytest

from geoline import Gazetteer
from geoline.names.zawgyi import in_unicode

# As typed for Zawgyi, and in Unicode.
PAIRS = [
    ("ျမန္မာ", "မြန်မာ"),
    ("ရန္ကုန္", "ရန်ကုန်"),
    ("ေနျပည္ေတာ္", "နေပြည်တော်"),
    ("မႏၲေလး", "မန္တလေး"),
    ("လား႐ႈိး", "လားရှိုး"),
    ("လားရိႈး", "လားရှိုး"),
    ("ၿမိတ္", "မြိတ်"),
    ("ျမစ္ႀကီးနား", "မြစ်ကြီးနား"),
    ("ပခုကၠဴ", "ပခုက္ကူ"),
    ("မိတၳီလာ", "မိတ္ထီလာ"),
    ("ေက်ာက္ျဖဴ", "ကျောက်ဖြူ"),
    ("စစ္ေတြ", "စစ်တွေ"),
]


@pytest.mark.parametrize(("typed", "meant"), PAIRS)
def test_text_typed_for_the_font_is_read(typed: str, meant: str) -> None:
    """Reports of ten years are in letters that no list has, and every name of them is unknown."""
    assert in_unicode(typed) == meant
    assert in_unicode(meant) == meant
    towns = Gazetteer.from_records(
        {"id": str(n), "name": name, "lat": n, "lon": 95.0}
        for n, name in enumerate(sorted({meant for _, meant in PAIRS}))
    )
    answer = towns.resolve(typed)
    assert (answer.status, answer.candidates[0].name) == ("resolved", meant)


@pytest.mark.parametrize(
    "name", ["ပဲခူး", "ဘားအံ", "တောင်ကြီး", "ဝႆးၵျႅင်း", "လၢႆးၶႃႈ", "မိူင်းၸႄႈ", "မန်လေး", "အင်္ဂလိပ်"]
)
def test_unicode_stays_as_it_is(name: str) -> None:
    """A Shan or Burmese name is taken for the font's and spoilt."""
    assert in_unicode(name) == name
