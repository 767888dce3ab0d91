"""The text of the reports that claims were read from, and where in it each claim stands.

A table of claims names the file of each and the characters that it rests on. Positions for the page
are counted as JavaScript counts, in units of UTF-16.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from geoline.errors import DataError
from geoline.extraction import read_report, report_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Stretch", "places_in", "texts_of"]

Stretch = tuple[int, int]


def texts_of(
    rows: Sequence[Mapping[str, str]], table: Path, reports: Sequence[Path]
) -> dict[str, str]:
    """Find the reports, and give the text of each by the name of its file.

    Of several files of one name the one that holds the words of the claims is taken.

    Parameters
    ----------
    rows
        The claims.
    table
        Their table; a report that is not among `reports` is looked for in its folder and in the
        folders of that.
    reports
        Files, and folders that are searched through.

    Raises
    ------
    DataError
        If one of `reports` is none.
    """
    said: dict[str, list[str]] = {}
    for row in rows:
        # A name with a folder in it is none that `extract` writes.
        if row.get("file") and "/" not in row["file"] and "\\" not in row["file"]:
            said.setdefault(row["file"], []).append(row.get("evidence", ""))
    texts: dict[str, tuple[int, str]] = {}
    for path in _files(said, table, reports):
        evidence = said.get(path.name)
        if evidence is None:
            continue
        with suppress(DataError, OSError):  # no report; then its claims show their sentences
            text = read_report(path)
            holds = sum(words in text for words in evidence)
            if holds and holds > texts.get(path.name, (0, ""))[0]:
                texts[path.name] = (holds, text)
    return {name: text for name, (_, text) in texts.items()}


def _files(said: Iterable[str], table: Path, reports: Sequence[Path]) -> Iterable[Path]:
    yield from report_files(reports)
    folder = table.absolute().parent
    folders = [folder, *sorted(p for p in folder.iterdir() if p.is_dir() and not p.is_symlink())]
    for name in said:
        yield from (path for path in (f / name for f in folders) if path.is_file())


def places_in(text: str, row: Mapping[str, str]) -> tuple[Stretch | None, ...]:
    """Find the words that a claim rests on, their sentence, and in it the name of the place.

    Returns
    -------
    tuple
        First unit and the one behind the last of either; None where the text does not hold it.

    Examples
    --------
    >>> row = {"span": "[16, 20]", "evidence": "The army took Saraqib.", "place": "Saraqib"}
    >>> places_in("Later. The army took Saraqib.", row)
    ((16, 20), (7, 29), (21, 28))
    """
    span, evidence = _span(row.get("span", ""), len(text)), row.get("evidence", "")
    found = -1
    if evidence:
        latest = span[0] if span else len(text)
        found = text.rfind(evidence, 0, latest + len(evidence))
        found = found if found >= 0 else text.find(evidence)
    sentence = (found, found + len(evidence)) if found >= 0 else None
    inside = span and sentence and sentence[0] <= span[0] and span[1] <= sentence[1]
    # Characters counted in another version of the file mean other words.
    words = span if inside else None
    name = _name(text, row.get("place", ""), words, sentence)
    return tuple(_units(text, one) if one else None for one in (words, sentence, name))


def _name(text: str, place: str, words: Stretch | None, sentence: Stretch | None) -> Stretch | None:
    """Find a name: the last of the words, else the first in the sentence."""
    found = text.rfind(place, *words) if place and words else -1
    if found < 0 and place and sentence:
        found = text.find(place, *sentence)
    return (found, found + len(place)) if found >= 0 else None


def _span(cell: str, length: int) -> Stretch | None:
    with suppress(ValueError, RecursionError):
        match json.loads(cell):
            case [int(first), int(last)] if 0 <= first < last <= length:
                return first, last
    return None


def _units(text: str, stretch: Stretch) -> Stretch:
    before = _length(text[: stretch[0]])
    return before, before + _length(text[slice(*stretch)])


def _length(text: str) -> int:
    return (
        len(text) + sum(letter > "\uffff" for letter in text) if not text.isascii() else len(text)
    )
