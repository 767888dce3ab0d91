"""Reports in files to a table of claims that a person edits, and figures for `geoline check`."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from geoline.dates import parse_day
from geoline.errors import DataError, RequestError
from geoline.extract import Extractor
from geoline.files import replace_file
from geoline.report_figures import FIGURE_COLUMNS, ReportFigure, report_figures
from geoline.report_text import read_report, report_files
from geoline.side_words import SideWords
from geoline.word_classes import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from geoline.extracted import Extracted
    from geoline.seeds import Seeds

__all__ = ["CLAIM_TABLE", "extract_answer", "extractor_of"]

# Columns of the table, in the order in which a person reads them; `geoline ingest` takes it.
CLAIM_TABLE = (
    "evidence", "place", "place_id", "event", "actor", "date_start", "date_end", "certainty",
    "attributed_to", "flag", "about", "road", "from_actor", "date_precision", "published", "source",
    "origin", "lat", "lon", "span", "file",
)  # fmt: skip


def extractor_of(seeds: Seeds) -> Extractor:
    """Make the reader of reports on a theatre."""
    words = [word for party in seeds.parties.values() for word in party.name.split()]
    regions = [region.name for region in seeds.governorates]
    context = {w for w in [*words, *seeds.name.split(), *regions] if w[:1].isupper() and len(w) > 3}  # noqa: PLR2004
    generic = {word.lower() for party in seeds.parties.values() for word in party.words}
    return Extractor(
        seeds.gazetteer,
        SideWords(seeds.actor_words, seeds.actor_names, own=frozenset(words) | _OWN),
        context={word for word in context if word.lower() not in generic and word not in _COMMON},
        holders=seeds.parties,
        regions=regions,
    )


_OWN = frozenset({"Islamist", "Jihadist", "Armed"})
_COMMON = word_set("Army National Democratic Forces North South East West Front Party")


def extract_answer(  # noqa: C901, PLR0913
    seeds: Seeds,
    paths: Sequence[Path],
    *,
    published: str,
    source: str,
    output: Path | None = None,
    figures: Path | None = None,
) -> tuple[list[dict[str, Any]], list[str], bool]:
    """Read reports; give the claims as records, as lines, and whether all could be read and placed.

    Parameters
    ----------
    seeds
        The theatre.
    paths
        Files, or folders of them.
    published, source
        Day of publication, and whose reports.
    output, figures
        Tables to write, CSV.

    Raises
    ------
    DataError
        If a path is none.
    RequestError
        If the day is none, or a table has another ending.
    OSError
        If a table cannot be written.
    """
    try:
        day = parse_day(published)
    except ValueError as error:
        message = f"--published: {error}"
        raise RequestError(message) from None
    for path in (output, figures):
        if path is not None and path.suffix.lower() != ".csv":
            message = f"{path.name}: the table is written as .csv; name it so"
            raise RequestError(message)
    known = source in seeds.sources
    files = list(report_files(paths))
    if not files:
        message = "no report found; give text or HTML files, or a folder of them"
        raise RequestError(message)
    extractor = extractor_of(seeds)
    records: list[dict[str, Any]] = []
    counted: list[tuple[str, ReportFigure]] = []
    lines: list[str] = []
    for path in files:
        try:
            text = read_report(path)
        except (DataError, OSError) as error:
            lines.append(f"set aside: {' '.join(str(error).split())}")
            continue
        found = extractor.claims(text, day)
        records += [_record(claim, day, source, path.name, seeds) for claim in found]
        lines += [_line(claim, path.name, text) for claim in found]
        if figures is not None:
            counted += [(path.name, figure) for figure in report_figures(text, day)]
    aside = sum(line.startswith("set aside") for line in lines)
    unplaced = sum(r["place_id"] is None and r["about"] != "road" for r in records)
    if not known:
        lines.append(f"'{source}' is not in sources.csv; add it before the claims are ingested")
    counts = f"{len(files)} reports, {len(records)} claims, {unplaced} without a place"
    lines.append(f"{counts}, {aside} set aside")
    if output is not None:
        replace_file(output, _table(CLAIM_TABLE, map(_cells, records)))
    if figures is not None:
        rows = [
            _figure_row(f"{source}-{n}", f, source) for n, (_, f) in enumerate(counted, start=1)
        ]
        replace_file(figures, _table(FIGURE_COLUMNS, rows))
        lines.append(f"{len(rows)} figures: {figures}")
    return records, lines, not (aside or unplaced) and known


def _record(claim: Extracted, day: date, source: str, file: str, seeds: Seeds) -> dict[str, Any]:
    return {
        "place": claim.place,
        "place_id": claim.place_id,
        "lat": claim.lat,
        "lon": claim.lon,
        "about": claim.about,
        "road": claim.road,
        "event": claim.event,
        "actor": claim.actor or None,
        "from_actor": claim.from_actor or None,
        "date_start": claim.first.isoformat() if claim.first else None,
        "date_end": claim.last.isoformat(),
        "date_precision": claim.precision,
        "certainty": claim.certainty,
        "attributed_to": claim.attributed_to,
        "origin": _origin(claim.attributed_to, source, seeds),
        "span": list(claim.span),
        "evidence": claim.evidence,
        "flag": claim.flag,
        "source": source,
        "published": day.isoformat(),
        "file": file,
    }


def _origin(speaker: str, source: str, seeds: Seeds) -> str:
    """Give the listed source that a speaker is, empty if none is by that very name."""
    name = speaker.casefold().removeprefix("the ")
    for listed in seeds.sources.values():
        if name and name in {listed.id.casefold(), listed.name.casefold()} and listed.id != source:
            return listed.id
    return ""


def _line(claim: Extracted, file: str, text: str) -> str:
    days = f"{claim.first or 'by'} {claim.last}" if claim.first != claim.last else f"{claim.last}"
    where = claim.place_id or f"? {claim.flag}"
    row = text.count("\n", 0, claim.span[0]) + 1
    said = f" ({claim.attributed_to})" if claim.attributed_to else ""
    return (
        f"{file}:{row}: {claim.place} [{where}] {claim.event} {claim.actor or '?'}, {days}, "
        f"{claim.certainty}{said}: {claim.evidence}"
    )


def _cells(record: dict[str, Any]) -> dict[str, str]:
    cells = {key: "" if record[key] is None else str(record[key]) for key in CLAIM_TABLE}
    return cells | {"span": json.dumps(record["span"])}


def _figure_row(name: str, figure: ReportFigure, source: str) -> dict[str, str]:
    return {
        "id": name,
        "date_from": figure.first.isoformat(),
        "date_to": figure.last.isoformat(),
        "quantity": figure.quantity,
        "value": figure.value,
        "unit": figure.unit,
        "place_or_road": figure.place,
        "statement": figure.words,
        "source": source,
    }


def _table(columns: Sequence[str], rows: Any) -> bytes:  # noqa: ANN401  (any iterable of cells)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
