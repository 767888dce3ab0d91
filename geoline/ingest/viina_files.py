"""VIINA's files as they are shipped: events with their labels joined, and control by settlement.

VIINA 2.0 (Zhukov and Ayers) comes as tables of `event_info` (where and what), `event_labels` (what
the classifier says), `event_1pd` (both, one row an event a day) and `control` (each settlement's
status every day by four sources). They may stand in one folder, a file a year, plain or packed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.errors import DataError
from geoline.tables import Row, csv_rows, opened, text_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Aside = Callable[[DataError], None]

__all__ = ["VOICES", "viina_rows"]

# Columns that tell what a file is; the first that fits.
INFO, LABELS, ONCE, CONTROL = "event_info", "event_labels", "event_1pd", "control"
WHOLE = "events"
_MARKS = {
    CONTROL: {"geonameid", "status", "date"},
    WHOLE: {"event_id", "t_control_b", "address", "latitude"},
    ONCE: {"event_id_1pd", "t_control_b", "latitude", "sources"},
    INFO: {"event_id", "address", "latitude", "longitude"},
    LABELS: {"event_id", "t_control_b"},
}
# Whose word each column of a settlement's status is.
VOICES = {
    "status_wiki": "viina-wikipedia",
    "status_boost": "viina-events",
    "status_dsm": "viina-deepstatemap",
    "status_isw": "viina-isw",
}
SUFFIXES = (".csv", ".zip", ".gz")


def viina_rows(path: Path, aside: Aside) -> Iterator[tuple[list[str], Row]]:
    """Give the rows of a folder of VIINA's files, or of one of them, each with its header.

    Of `control` a settlement's first day and every day on which a source changes its status is a
    row, with `voice` and `was` beside the columns of the file; days without a change are none.

    Raises
    ------
    DataError
        If there is no such file, or its labels or places are missing.
    """
    kinds: dict[str, list[Path]] = {}
    for file in _files(path):
        kinds.setdefault(_kind(file), []).append(file)
    if "" in kinds and path.is_file():
        reason = (
            "is no file of VIINA; it needs the columns of event_info, event_labels, event_1pd or "
            "control"
        )
        raise DataError(path.name, reason, row=1)
    kinds.pop("", None)
    if not kinds:
        raise DataError(path.name, "holds no file of VIINA; give the folder with event_info")
    joined = INFO in kinds and LABELS in kinds
    if not joined and not kinds.keys() & {WHOLE, ONCE, CONTROL}:
        (kind,) = kinds
        other = LABELS if kind == INFO else INFO
        reason = f"is {kind} without {other}; put both in one folder and give the folder"
        raise DataError(kinds[kind][0].name, reason, row=1)
    if joined:
        yield from _joined(kinds[INFO], kinds[LABELS], aside)
    elif WHOLE not in kinds:
        yield from _once(kinds.get(ONCE, ()), aside)
    for file in kinds.get(WHOLE, ()):
        yield from _rows(file, aside)
    if CONTROL in kinds:
        yield from _changes(kinds[CONTROL], _where(kinds), aside)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
    if not path.is_file():
        raise DataError(path.name, "is no file or folder; look at the path")
    return [path]


def _kind(path: Path) -> str:
    """Tell by its header which of VIINA's tables a file is; empty if it is none."""
    for header, _ in _rows(path, lambda _: None):
        return next((kind for kind, mark in _MARKS.items() if mark <= set(header)), "")
    return ""


def _rows(path: Path, aside: Aside) -> Iterator[tuple[list[str], Row]]:
    with opened(path) as file:
        rows = csv_rows(text_lines(file, path.name, aside, whole=True), path.name, aside)
        header = next(rows, (0, []))[1]
        none = True
        for number, cells in rows:
            none = False
            yield header, Row(path.name, number, dict(zip(header, cells, strict=True)))
        if none:
            yield header, Row(path.name, 1, {})


def _joined(infos: list[Path], labels: list[Path], aside: Aside) -> Iterator[tuple[list[str], Row]]:
    """Join what is said of each event: its place from one table, its labels from the other."""
    said: dict[str, dict[str, str]] = {}
    for file in labels:
        for _, row in _rows(file, aside):
            cells = {k: v for k, v in row.cells.items() if k.endswith("_b")}
            said[row.optional("event_id")] = cells
    for file in infos:
        for header, row in _rows(file, aside):
            if not row.cells:
                continue
            found = said.get(row.optional("event_id"))
            if found is None:
                aside(row.fail("event_id", "has no row in event_labels; take both of one version"))
                continue
            yield [*header, *found], Row(row.file, row.line, row.cells | found)


def _once(files: Iterable[Path], aside: Aside) -> Iterator[tuple[list[str], Row]]:
    """Give the rows of the table that has an event a day once, each with an id of its own."""
    for file in files:
        for header, row in _rows(file, aside):
            cells = {**row.cells, "event_id": f"1pd-{row.optional('event_id_1pd')}"}
            yield ["event_id", *header], Row(row.file, row.line, cells if row.cells else {})


def _where(kinds: dict[str, list[Path]]) -> dict[str, dict[str, str]]:
    """Find name and position of settlements by their GeoNames id, from the tables of events."""
    found: dict[str, dict[str, str]] = {}
    for file in (*kinds.get(INFO, ()), *kinds.get(ONCE, ()), *kinds.get(WHOLE, ())):
        for _, row in _rows(file, lambda _: None):
            key = row.optional("geonameid")
            if key and key not in found and row.optional("latitude"):
                keys = ("asciiname", "latitude", "longitude")
                found[key] = {name: row.optional(name) for name in keys}
    return found


def _changes(
    files: list[Path], where: dict[str, dict[str, str]], aside: Aside
) -> Iterator[tuple[list[str], Row]]:
    """Give the days on which a source changed a settlement's status."""
    last: dict[tuple[str, str], str] = {}
    for file in files:
        for header, row in _rows(file, aside):
            place = row.optional("geonameid")
            for column, voice in VOICES.items():
                status, key = row.optional(column), (place, voice)
                if not status or status == last.get(key):
                    continue
                cells = {
                    "event_id": "-".join(
                        (voice.removeprefix("viina-"), place, row.optional("date"))
                    ),
                    "geonameid": place,
                    "date": row.optional("date"),
                    "voice": voice,
                    "status": status,
                    "was": last.get(key, ""),
                    **where.get(place, {}),
                }
                last[key] = status
                yield ["event_id", *header, "voice", "was"], Row(row.file, row.line, cells)
