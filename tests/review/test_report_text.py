"""The reports found again, and where in them each claim stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoline.errors import DataError
from geoline.review.report_text import Report, places_in, texts_of, without_claims

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
    right, wrong, outside = (
        Report("a.txt", "x", ""),
        Report("a.txt", "y", ""),
        Report("../b", "", ""),
    )
    groups = {
        right: [{"evidence": "Right one."}],
        wrong: [{"evidence": "Wrong."}],
        outside: [{"evidence": "x"}],
    }
    for folder, text in (("one", "Wrong."), ("two", "So. Right one.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, "utf-8")
    both = {right: "So. Right one.", wrong: "Wrong."}
    assert texts_of(groups, [tmp_path / "claims.csv"], []) == both
    beside = [tmp_path / "one" / "claims.csv"]
    assert texts_of(groups, beside, []) == {wrong: "Wrong."}
    assert texts_of(groups, beside, [tmp_path / "two"]) == both
    with pytest.raises(DataError, match="is no file or folder"):
        texts_of(groups, beside, [tmp_path / "missing"])


def test_a_report_without_a_claim_is_looked_at_too(tmp_path: Path) -> None:
    """What the reader missed altogether would never be seen by anybody."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"In {name}.", "utf-8")
    (tmp_path / "c.html").write_text("<p>The desk itself.</p>", "utf-8")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02")
    known = [Report("a.txt", "afp", "2020-01-29")]
    silent = without_claims(known, [tmp_path / "c.csv"], [tmp_path])
    assert silent == {Report("b.txt", "afp", "2020-01-29"): "In b.txt."}
    assert without_claims(
        [*known, Report("z", "ap", "")], [tmp_path / "c.csv"], [tmp_path]
    ).keys() == {Report("b.txt", "", "")}
