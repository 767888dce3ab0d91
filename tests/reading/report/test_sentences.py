"""Where sentences, paragraphs and lists begin and end."""

from __future__ import annotations

import pytest

from geoline.reading.report.sentences import LONGEST, REACH, around, list_behind, sentences


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("They left on Jan. 3. Rain fell.", ["They left on Jan. 3.", "Rain fell."]),
        ("The U.S. said so. Gen. Ali came.", ["The U.S. said so.", "Gen. Ali came."]),
        ('He said: "It fell." They left.', ['He said: "It fell."', "They left."]),
        (
            "ARMY TAKES TOWN\nThe army took it on Monday.",
            ["ARMY TAKES TOWN", "The army took it on Monday."],
        ),
        ("They took the town\nof Ara on Monday.", ["They took the town\nof Ara on Monday."]),
        ("Taken:\n- Ara\n- Bor", ["Taken:", "- Ara", "- Bor"]),
        ("سقطت سراقب. ماذا بعد؟ لا شيء.", ["سقطت سراقب.", "ماذا بعد؟", "لا شيء."]),
        ("", []),
    ],
)
def test_sentences(text: str, cut: list[str]) -> None:
    """An event is read with another sentence's place, or is cut in two."""
    assert [text[s.start : s.end] for s in sentences(text)] == cut


def test_no_sentence_is_endless() -> None:
    """A table pasted without a point is read for minutes."""
    assert max(s.end - s.start for s in sentences("word " * LONGEST)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("They took:\n\n- Ara\n- Bor\n\nRain fell.", [1, 2]),
        ("They took:\n\nIn the north:\n* Ara\n• Bor", [1, 2, 3]),
        ("They took Ara.\n\n- Bor", []),
    ],
)
def test_lists_behind_a_colon(text: str, lines: list[int]) -> None:
    """The villages of a list are nobody's, or what stands behind it is taken too."""
    assert list(list_behind(text, sentences(text), 0)) == lines


def test_parts_around_names_are_cut_at_lines() -> None:
    """A long page is read whole for one name, or a sentence is torn."""
    text = "\n".join(["x" * 99] * 200)
    ((start, end),) = around(text, [10_000, 10_100])
    assert start > 0
    assert end < len(text)
    assert start <= 10_000 - REACH < 10_000 + REACH <= end
    assert {text[start - 1], text[end]} == {"\n"}
    assert around(text, []) == []
