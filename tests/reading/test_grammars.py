"""The report level and both languages: who may know whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import geoline
from geoline.reading.extractor import grammar_of

READING = Path(geoline.__file__).parent / "reading"


def _imports(folder: str) -> set[str]:
    """List the rooms of `reading` from which the files of a folder import."""
    found = set()
    for path in (READING / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            parts = (name.split(".") for name in names if name.startswith("geoline.reading."))
            found |= {part[2] for part in parts}
    return found


@pytest.mark.parametrize(
    ("folder", "may"),
    [
        ("shared", {"shared"}),
        ("report", {"shared", "report"}),
        ("english", {"shared", "english"}),
        ("arabic", {"shared", "arabic"}),
    ],
)
def test_no_language_is_known_but_to_itself(folder: str, may: set[str]) -> None:
    """A third language could not be added without changing the two that are there."""
    assert _imports(folder) <= may


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("سيطرت قوات النظام على سراقب.", "ar"),
        ("The army took سراقب (Saraqib) on Monday.", "en"),
        ('قال مصدر في "SANA" إن الجيش دخل سراقب', "ar"),
        ("", "en"),
    ],
)
def test_a_sentence_is_read_by_the_grammar_of_its_letters(sentence: str, language: str) -> None:
    """An English report that gives a name in Arabic beside the Latin one would tell nothing."""
    assert grammar_of(sentence).language == language
