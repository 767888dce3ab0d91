"""Reports in files to a table of claims that a person edits, and figures for `geoline check`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geoline.dates import parse_day
from geoline.errors import RequestError
from geoline.extraction.report_figures import FIGURE_COLUMNS
from geoline.extraction.report_names import report_names
from geoline.extraction.runs import Run, read_all
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
    "attributed_to", "flag", "rule", "about", "road", "from_actor", "date_precision", "published",
    "source", "origin", "lat", "lon", "span", "file",
)  # fmt: skip


# Lines for people are made for so many files at most.
MOST_SAID = 500


def extract_answer(  # noqa: PLR0913  (one for each option)
    theatre: TheatreData,
    folder: Path,
    paths: Sequence[Path | str],
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
        Files, folders of them, addresses of fsspec's (`s3://bucket/reports/`); text, HTML, or
        Parquet tables with a report a row: `text`, and `published` and `name` where they are told.
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
    files = report_names(list(map(str, paths)))
    if not files:
        message = "no report found; give text, HTML or Parquet files, or a folder of them"
        raise RequestError(message)
    journal = output.with_name(f".{output.name}.read") if output is not None else None
    run = Run(folder, day, source, figures is not None, model)
    read = _Read(theatre, source)
    for answer in read_all(run, files, journal, cluster):
        read.take(answer, said=len(files) <= MOST_SAID)
    lines = [*read.lines, *read.counts(len(files))]
    if output is not None:
        replace_file(output, _table(CLAIM_TABLE, map(_cells, read.records)))
    if figures is not None:
        rows = [row | {"id": f"{source}-{n}"} for n, row in enumerate(read.figures, start=1)]
        replace_file(figures, _table(FIGURE_COLUMNS, rows))
        lines.append(f"{len(rows)} figures: {figures}")
    if journal is not None:
        journal.unlink(missing_ok=True)
    return read.records, lines, read.complete


@dataclass(slots=True)
class _Read:
    """What was read of some reports: claims and figures as records, and lines for people."""

    theatre: TheatreData
    source: str
    records: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    aside: int = 0

    def take(self, answer: dict[str, Any], *, said: bool) -> None:
        """Take what was read of one report; `said`: each claim is a line, too."""
        self.records += [
            record | _known(record, self.source, self.theatre) for record in answer["claims"]
        ]
        self.figures += answer["figures"]
        if answer["aside"]:
            self.aside += 1
            self.lines.append(f"set aside: {answer['aside']}")
        if said:
            self.lines += [_line(record) for record in answer["claims"]]

    @property
    def unplaced(self) -> int:
        """Number of the claims whose place is not known."""
        return sum(r["place_id"] is None and r["about"] != "road" for r in self.records)

    @property
    def complete(self) -> bool:
        """Whether all could be read and placed, and may be ingested."""
        return not (self.aside or self.unplaced) and self.source in self.theatre.sources

    def counts(self, files: int) -> list[str]:
        """Say how much was read, and what is to be done before it is ingested."""
        said = f"'{self.source}' is not in sources.csv; add it before the claims are ingested"
        counts = f"{files} reports, {len(self.records)} claims, {self.unplaced} without a place"
        listed = self.source in self.theatre.sources
        return [*([] if listed else [said]), f"{counts}, {self.aside} set aside"]


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
