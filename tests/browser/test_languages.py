"""The page in the languages that its theatre names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geoline.page.html_page import page_html, write_page
from geoline.page.languages import LANGUAGES, word_lists

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

DAYS = {
    "uk": "пʼятниця 7 лютого 2020 р.", "ru": "пятница 7 февраля 2020 г.",
    "fr": "vendredi 7 février 2020", "es": "viernes 7 de febrero de 2020",
    "pt": "sexta-feira 7 de fevereiro de 2020", "am": "ዓርብ 7 ፌብሩዋሪ 2020",
    "en": "Friday 7 February 2020", "ar": "الجمعة 7 شباط 2020",
}  # fmt: skip


def test_every_language_speaks_and_counts(
    made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """A reader would meet English in the midst, a wrong plural, or dates of another language."""
    write_page(page_html(made_up_payload | {"languages": list(LANGUAGES)}), tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html", "#day=2020-02-07")
    tab = opened.tab
    lists = word_lists(LANGUAGES)
    assert tab.locator("#languages option").count() == len(LANGUAGES)
    for language in LANGUAGES:
        said = lists[language]
        tab.locator("#languages").select_option(language)
        assert tab.locator("html").get_attribute("lang") == language
        assert tab.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        forms = tab.evaluate(
            "(locale) => Intl.PluralRules.supportedLocalesOf(locale).length"
            " ? new Intl.PluralRules(locale).resolvedOptions().pluralCategories : ['other']",
            said["locale"],
        )
        for noun, known in said["counted"].items():
            lacking = set(forms) - set(known) - {"zero"}
            assert not lacking, (language, noun, lacking)
        if language in DAYS:
            shown = tab.locator("#date").inner_text().replace("’", "ʼ")
            assert shown.casefold() == DAYS[language].casefold()
        if language != "en":
            layer = said["words"][lists["keys"].index("Places")]
            # The legend may be folded, where the front runs below it.
            assert layer in (tab.locator("#legend").text_content() or "")
    assert opened.troubles == []


def test_a_page_of_one_language_offers_no_other(
    made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """An Arabic button would stand on the page of a war in which nobody reads Arabic."""
    both = write_page(
        page_html(made_up_payload | {"languages": ["en", "ar"]}), tmp_path / "both.html"
    )
    one = write_page(page_html(made_up_payload | {"languages": ["uk"]}), tmp_path / "map.html")
    assert one < both + 3_000
    opened = open_page(tmp_path / "map.html", "#lang=ar")
    assert opened.tab.locator("html").get_attribute("lang") == "uk"
    assert not opened.tab.locator("#language").is_visible()
    assert not opened.tab.locator("#languages").is_visible()
    assert opened.tab.locator("#legend .ar").count() == 0
    assert opened.troubles == []
