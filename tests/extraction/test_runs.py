"""What a theatre tells the reader of its reports."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geoline.extraction.runs import Run, extractor_of, read_all
from geoline.theatre import bundled, load_theatre

if TYPE_CHECKING:
    from geoline.reading import Extractor

PUBLISHED = date(2020, 1, 29)
SENTENCE = "{whose} captured the town of Talmenes on Tuesday."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Read reports on the bundled theatre."""
    return extractor_of(load_theatre().data)


@pytest.mark.parametrize(
    ("beside", "read"),
    [
        ("It lies in Idlib.", True),  # a region
        ("HTS said nothing.", True),  # an abbreviation that no other war has
        ("Assad said nothing.", True),
        ("Turkey said nothing.", False),  # is in the news of other wars too
        ("The Republican Guard said nothing.", False),
        ("", False),
    ],
)
def test_what_places_a_report_in_a_theatre(extractor: Extractor, beside: str, read: bool) -> None:  # noqa: FBT001
    """A town abroad that sounds like one of the theatre's is taken by one of its sides."""
    text = f"{SENTENCE.format(whose='The army')} {beside}"
    assert bool(extractor.claims(text, PUBLISHED)) is read


@pytest.mark.parametrize(
    ("whose", "side"),
    [
        ("Syrian rebels", "opposition"),
        ("Ethiopian rebels", None),
        ("الجيش السوري", "government"),
        ("الجيش الليبي", None),
    ],
)
def test_another_peoples_men_are_none_of_its_sides(
    extractor: Extractor, whose: str, side: str | None
) -> None:
    """A town is given to rebels of another continent."""
    text = f"{SENTENCE.format(whose=whose)} It lies in Idlib."
    if not whose.isascii():
        text = f"سيطر {whose} أمس على بلدة تلمنس في ريف إدلب."
    found = [c.actor for c in extractor.claims(text, PUBLISHED) if c.certainty == "asserted"]
    assert found == ([side] if side else [])


@pytest.mark.parametrize(
    "left", [b"\0" * 300, b"\xff\xfe journal", b"[1]\n{}\n[2]\n", b"{" * 5000, b"MARK\n[]\n", b""]
)
def test_a_journal_that_cannot_be_read_is_dropped(tmp_path: Path, left: bytes) -> None:
    """After a power cut every run of the folder would end in a traceback."""
    report = tmp_path / "r.txt"
    report.write_text("The Syrian army captured Saraqib in Idlib on Wednesday.", encoding="utf-8")
    run = Run(bundled(), date(2020, 2, 6), "sohr", figures=False)
    journal = tmp_path / ".t.csv.read"
    first = list(read_all(run, [report], journal))
    mark = journal.read_bytes().split(b"\n")[0]
    for content in (left.replace(b"MARK", mark), mark + b"\n" + left):
        journal.write_bytes(content)
        assert list(read_all(run, [report], journal)) == first


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    """One file of an old archive would end the whole folder, on every run."""
    name = os.fsencode(tmp_path) + b"/b\xc7.txt"
    try:
        Path(os.fsdecode(name)).write_text("The Syrian army captured Saraqib.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode names alone")
    table = tmp_path / "t.csv"
    run = Run(bundled(), date(2020, 2, 6), "sohr", figures=False)
    (answer,) = read_all(run, [Path(os.fsdecode(name))], table)
    (claim,) = answer["claims"]
    assert claim["file"] == "b\ufffd.txt"
    assert list(read_all(run, [Path(os.fsdecode(name))], table)) == [answer]


def test_a_report_in_a_language_that_is_not_read_says_so(tmp_path: Path) -> None:
    """A folder with reports in French gives an empty table, and status 0."""
    report = tmp_path / "fr.txt"
    report.write_text(
        "L'armée syrienne a repris la ville de Saraqeb le 05/02/2020, a indiqué une source, et les "
        "rebelles se sont retirés vers le nord après des combats qui ont duré plusieurs jours.",
        encoding="utf-8",
    )
    run = Run(bundled(), date(2020, 2, 6), "afp", figures=False)
    (answer,) = read_all(run, [report])
    assert answer["aside"] == (
        "fr.txt: not read (no English, by its words); reports are read in English and Arabic; "
        "named in it: places Saraqeb; days 2020-02-05"
    )
