"""What a theatre tells the reader of its reports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geoline.extraction.runs import extractor_of
from geoline.theatre import load_theatre

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
