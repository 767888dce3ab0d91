"""The text of the reports that claims were read from, and where in it each claim stands.

A table of claims names the file of each and the characters that it rests on. Positions for the page
are counted as JavaScript counts, in units of UTF-16.
"""

from __future__ import annotations

import json
from contextlib import suppress
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from geoline.errors import DataError
from geoline.extraction import read_report, report_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Report", "Stretch", "places_in", "texts_of", "without_claims"]

Stretch = tuple[int, int]


class Report(NamedTuple):
    """Which report: the name of its file, its source and its day, as the table says them."""

    file: str
    source: str
    published: str


def texts_of(
    groups: Mapping[Report, Sequence[Mapping[str, str]]],
    tables: Sequence[Path],
    reports: Sequence[Path],
) -> dict[Report, str]:
    """Find the reports that claims were read from, and give the text of each.

    Of several files of one name the one that holds most of the words of its claims is taken; one
    that holds none of them is another report.

    Parameters
    ----------
    groups
        The claims of each report.
    tables
        Their tables; a report that is not among `reports` is looked for in their folders and in
        the folders of these.
    reports
        Files, and folders that are searched through.

    Raises
    ------
    DataError
        If one of `reports` is none.
    """
    # A name with a folder in it is none that `extract` writes.
    names = {r.file for r in groups if r.file and "/" not in r.file and "\\" not in r.file}
    found: dict[str, list[str]] = {}
    for path in dict.fromkeys(_files(names, tables, reports)):
        if path.name in names:
            with suppress(DataError, OSError):  # no report; then its claims show their sentences
                found.setdefault(path.name, []).append(read_report(path))
    texts = {}
    for report, rows in groups.items():
        evidence = [row["evidence"] for row in rows if row.get("evidence")]
        held = [
            (sum(words in text for words in evidence), text) for text in found.get(report.file, ())
        ]
        most, text = max(held, key=itemgetter(0), default=(0, ""))
        if most:
            texts[report] = text
    return texts


def _files(names: Iterable[str], tables: Sequence[Path], reports: Sequence[Path]) -> Iterable[Path]:
    yield from report_files(reports)
    tops = dict.fromkeys(table.absolute().parent for table in tables)
    folders = [
        folder
        for top in tops
        for folder in (top, *sorted(p for p in top.iterdir() if p.is_dir() and not p.is_symlink()))
    ]
    for name in sorted(names):
        yield from (path for path in (f / name for f in folders) if path.is_file())


def without_claims(
    groups: Iterable[Report], tables: Sequence[Path], reports: Sequence[Path]
) -> dict[Report, str]:
    """Give the reports, of those named, in which no claim was read, with their text.

    A page beside a table, and of its name, is its desk. The reports are by the source and of the
    day of the others, where these are of one.
    """
    known = list(groups)
    names = {report.file for report in known}
    sources, days = {r.source for r in known}, {r.published for r in known}
    source = sources.pop() if len(sources) == 1 else ""
    published = days.pop() if len(days) == 1 else ""
    desks = {table.absolute().with_suffix(".html") for table in tables}
    found = {}
    for path in report_files(reports):
        if path.name not in names and path.absolute() not in desks:
            with suppress(DataError, OSError):
                found[Report(path.name, source, published)] = read_report(path)
    return found


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
