"""Reports in files to a table of claims that a person edits, and figures for `geoline check`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geoline.dates import parse_day
from geoline.errors import RequestError
from geoline.extraction.report_figures import FIGURE_COLUMNS
from geoline.extraction.runs import Run, read_all
from geoline.extraction.text import report_files
from geoline.extraction.user_model import ONLY_MODEL
from geoline.tables import csv_table, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from geoline.theatre_folder import TheatreData

__all__ = ["CLAIM_TABLE", "extract_answer"]

# Columns of the table, in the order in which a person reads them; `geoline ingest` takes it.
CLAIM_TABLE = (
    "evidence", "place", "place_id", "event", "actor", "date_start", "date_end", "certainty",
    "attributed_to", "flag", "about", "road", "from_actor", "date_precision", "published", "source",
    "origin", "lat", "lon", "span", "file",
)  # fmt: skip


# Lines for people are made for so many files at most.
MOST_SAID = 500


def extract_answer(  # noqa: PLR0913  (one for each option)
    theatre: TheatreData,
    folder: Path,
    paths: Sequence[Path],
    *,
    published: str,
    source: str,
    output: Path | None = None,
    figures: Path | None = None,
    cluster: str = "",
    model: str = "",
) -> tuple[list[dict[str, Any]], list[str], bool]:
    """Read reports; give the claims as records, as lines, and whether all could be read and placed.

    Parameters
    ----------
    theatre, folder
        The theatre, and its folder.
    paths
        Files, or folders of them.
    published, source
        Day of publication, and whose reports.
    output, figures
        Tables to write, CSV. What was read is kept beside `output` until it is written, so that a
        run that was ended goes on where it was.
    cluster
        Address of a Dask cluster, or how many processes of this machine to read with; empty: this
        process.
    model
        A reader of a user's own beside the rules, ``FILE.py:FUNCTION`` or ``MODULE:FUNCTION``.

    Raises
    ------
    DataError
        If a path is none.
    RequestError
        If the day is none, a table has another ending, there is no such cluster, or the model
        cannot be loaded.
    OSError
        If a table cannot be written.
    """
    day = _checked(published, output, figures)
    files = list(report_files(paths))
    if not files:
        message = "no report found; give text or HTML files, or a folder of them"
        raise RequestError(message)
    journal = output.with_name(f".{output.name}.read") if output is not None else None
    run = Run(folder, day, source, figures is not None, model)
    records: list[dict[str, Any]] = []
    counted: list[dict[str, str]] = []
    lines: list[str] = []
    aside = 0
    for answer in read_all(run, files, journal, cluster):
        aside += bool(answer["aside"])
        records += [record | _known(record, source, theatre) for record in answer["claims"]]
        counted += answer["figures"]
        if answer["aside"]:
            lines.append(f"set aside: {answer['aside']}")
        if len(files) <= MOST_SAID:
            lines += [_line(record) for record in answer["claims"]]
    unplaced = sum(r["place_id"] is None and r["about"] != "road" for r in records)
    known = source in theatre.sources
    if not known:
        lines.append(f"'{source}' is not in sources.csv; add it before the claims are ingested")
    counts = f"{len(files)} reports, {len(records)} claims, {unplaced} without a place"
    lines.append(f"{counts}, {aside} set aside")
    if output is not None:
        replace_file(output, _table(CLAIM_TABLE, map(_cells, records)))
    if figures is not None:
        rows = [row | {"id": f"{source}-{n}"} for n, row in enumerate(counted, start=1)]
        replace_file(figures, _table(FIGURE_COLUMNS, rows))
        lines.append(f"{len(rows)} figures: {figures}")
    if journal is not None:
        journal.unlink(missing_ok=True)
    return records, lines, not (aside or unplaced) and known


def _checked(published: str, *tables: Path | None) -> date:
    """Read the day of publication, and see that the tables are named as such."""
    for path in tables:
        if path is not None and path.suffix.lower() != ".csv":
            message = f"{path.name}: the table is written as .csv; name it so"
            raise RequestError(message)
    try:
        return parse_day(published)
    except ValueError as error:
        message = f"--published: {error}"
        raise RequestError(message) from None


def _known(record: dict[str, Any], source: str, theatre: TheatreData) -> dict[str, str]:
    """Give the listed source that a speaker is, empty if none is by that very name."""
    name = record["attributed_to"].casefold().removeprefix("the ")
    for listed in theatre.sources.values():
        if name and name in {listed.id.casefold(), listed.name.casefold()} and listed.id != source:
            return {"origin": listed.id}
    return {"origin": ""}


def _line(record: dict[str, Any]) -> str:
    first, last = record["date_start"] or "by", record["date_end"]
    days = last if first == last else f"{first} {last}"
    where = record["place_id"] or f"? {record['flag']}"
    said = f" ({record['attributed_to']})" if record["attributed_to"] else ""
    certainty = record["certainty"] + (f", {ONLY_MODEL}" if ONLY_MODEL in record["flag"] else "")
    return (
        f"{record['file']}: {record['place']} [{where}] {record['event']} "
        f"{record['actor'] or '?'}, {days}, {certainty}{said}: {record['evidence']}"
    )


def _cells(record: dict[str, Any]) -> dict[str, str]:
    cells = {key: "" if record[key] is None else str(record[key]) for key in CLAIM_TABLE}
    return cells | {"span": json.dumps(record["span"])}


def _table(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> bytes:
    return csv_table(columns, rows, spreadsheet=True)
