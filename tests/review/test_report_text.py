"""The reports found again, and where in them each claim stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoline.errors import DataError
from geoline.review.report_text import places_in, texts_of

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.text(st.sampled_from("aب \U0001f600\n"), max_size=12)


def _units(text: str, stretch: tuple[int, int] | None) -> str:
    """Cut a text as JavaScript does."""
    assert stretch is not None
    wide = text.encode("utf-16-le")
    return wide[2 * stretch[0] : 2 * stretch[1]].decode("utf-16-le")


@given(WORDS, WORDS)
def test_marks_stand_on_their_words_whatever_the_letters(before: str, after: str) -> None:
    """The page would mark other words than the claim rests on, from the first emoji on."""
    evidence = "The army took Saraqib."
    text = f"{before}{evidence}{after}"
    start = len(before)
    row = {"evidence": evidence, "span": f"[{start + 9}, {start + 21}]", "place": "Saraqib"}
    words, sentence, name = places_in(text, row)
    assert _units(text, words) == "took Saraqib"
    assert _units(text, sentence) == evidence
    assert _units(text, name) == "Saraqib"


@pytest.mark.parametrize("span", ["", "[9, 900]", "[5]", "[-1, 3]", "{", "[" * 5000, "[40, 44]"])
def test_a_span_that_does_not_fit_marks_no_other_words(span: str) -> None:
    """Words of another version of a file would be shown as what a claim rests on."""
    text = "The army took Saraqib. Later it rained on all of them."
    row = {"evidence": "The army took Saraqib.", "span": span, "place": "Saraqib"}
    words, sentence, _ = places_in(text, row)
    assert words is None
    assert _units(text, sentence) == row["evidence"]


def test_reports_are_found_beside_the_table_and_told_from_namesakes(tmp_path: Path) -> None:
    """A person would read another report than the one a claim is from."""
    rows = [{"file": "a.txt", "evidence": "Right one."}, {"file": "../b.txt", "evidence": "x"}]
    for folder, text in (("one", "Wrong."), ("two", "So. Right one.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, "utf-8")
    table = tmp_path / "claims.csv"
    assert texts_of(rows, table, []) == {"a.txt": "So. Right one."}
    assert texts_of(rows, tmp_path / "one" / "claims.csv", []) == {}
    assert texts_of(rows, tmp_path / "one" / "claims.csv", [tmp_path / "two"]).keys() == {"a.txt"}
    with pytest.raises(DataError, match="is no file or folder"):
        texts_of(rows, table, [tmp_path / "missing"])
