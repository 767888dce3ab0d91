"""Reports in a language that is not read say so."""

from __future__ import annotations

import pytest

from geoline.reading import language_not_read
from tests.reading.report_scores import read_reports

READ = (
    "reports.toml", "reports_others.toml", "reports_features.toml", "reports_arabic.toml",
    "report_sentences.toml", "reports_kinds.toml", "reports_arabic_held_out.toml",
)  # fmt: skip


FRENCH = (
    "L'armée syrienne a repris mercredi la ville de Saraqeb, a indiqué une source, et les rebelles "
    "se sont retirés vers le nord après des combats qui ont duré plusieurs jours."
)
PERSIAN = (
    "ارتش سوریه روز چهارشنبه شهر سراقب را پس از چند روز درگیری سنگین با شورشیان به طور کامل به "
    "کنترل خود درآورد و نیروهای مخالف به سوی شمال عقب نشینی کردند."
)
# Short: ten words or so.
TURKISH = (
    "Suriye ordusu salı günü Serakib kasabasını ele geçirdi, muhalifler kuzeye doğru çekildi ve "
    "çatışmalar sürüyor."
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Сирийская армия взяла под контроль город Саракиб.", "Cyrillic script"),
        ("סיבובי לחימה בעיר סראקב", "Hebrew script"),
        (FRENCH, "no English, by its words"),
        (PERSIAN, "no Arabic, by its words"),
        (TURKISH, "no English, by its words"),
        ("Saraqeb, Ariha, Kafr Nabl", ""),
        ("", ""),
    ],
)
def test_a_language_is_told(text: str, said: str) -> None:
    """A report in French gives no claim, and nobody learns why."""
    assert language_not_read(text) == said


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_not_refused(name: str) -> None:
    """A report in English that tells of no capture is said to be in another language."""
    assert [r.name for r in read_reports(name) if language_not_read(r.text)] == []
