"""The table of claims that people edit, and the records of `extract --json`."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from geoline.extraction.claim_table import CLAIM_TABLE, extract_answer
from geoline.reading.arabic.grammar import ARABIC
from geoline.reading.english.grammar import ENGLISH
from geoline.theatre import bundled, load_theatre

if TYPE_CHECKING:
    from pathlib import Path

RULES = {rule.name for grammar in (ENGLISH, ARABIC) for rule in grammar.rules}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Syrian troops captured Talmenes and Jarjanaz in Idlib on Tuesday. They left Hish.", 2),
        ("سيطرت قوات النظام أمس على القرى التالية في ريف إدلب:\n- تلمنس\n- جرجناز", 2),
    ],
)
def test_every_claim_names_the_rule_that_read_it(tmp_path: Path, text: str, count: int) -> None:
    """Nobody can tell which rule misreads a kind of sentence, nor leave its claims out."""
    report, table = tmp_path / "report.txt", tmp_path / "claims.csv"
    report.write_text(text, "utf-8")
    records, lines, complete = extract_answer(
        load_theatre().data,
        bundled(),
        [report],
        published="2020-01-29",
        source="afp",
        output=table,
    )
    assert len(records) >= count
    assert {record["rule"] for record in records} <= RULES
    assert lines[-1] == f"1 reports, {len(records)} claims, 0 without a place, 0 set aside"
    assert complete
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == CLAIM_TABLE
    assert [row["rule"] for row in rows] == [record["rule"] for record in records]
