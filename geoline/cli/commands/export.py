"""`geoline export`: a day or a span of days for GIS and for print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline import export, postgis
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days, add_known, add_processes
from geoline.cli.dialogue.asked import draw_days, folder_of, span_of, theatre_of
from geoline.cli.dialogue.target import is_parted, target_of
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

__all__ = ["arguments", "run"]

# Layers for which no line has to be drawn.
UNDRAWN = frozenset({"events", "places"})


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="ends in .gpkg .geojson .parquet .kml .csv .png .svg .pdf .gif .webp .mp4 or .webm; "
        "with / at its end, a folder of GeoParquet by layer and day; also an address such as "
        "s3://bucket/; or "
        "postgresql://USER@HOST/DATABASE?schema=NAME, for PostGIS",
    )
    parser.add_argument("--on", metavar="DAY", help="default: the theatre's opening day")
    add_days(parser, "every day from this one on, for GIS or as an animation", "last of these days")
    parser.add_argument(
        "--layer",
        default="",
        metavar="NAME",
        help="one layer alone, such as events (default: all; .csv: places)",
    )
    add_known(parser)
    add_processes(parser)


def run(options: Namespace) -> Answer:
    """Write the file, and say what is in it."""
    if postgis.is_address(options.output):
        return _exported(options, None)
    with target_of(options.output, folder_of(options)) as target:
        return _exported(options, target)


def _exported(options: Namespace, target: Path | None) -> Answer:
    """Write to a file or a folder; to the database that is named if there is none."""
    theatre = theatre_of(options)
    data, as_known = theatre.data, theatre.as_known(options.known_on)
    if options.on and (options.first or options.last):
        message = "give one day with --on, or days with --from and --to, not both"
        raise RequestError(message)
    if options.first or options.last:
        as_known, first, last = span_of(theatre, options)
        if options.layer not in UNDRAWN:
            draw_days(as_known, first, last, options)
    else:
        first = last = theatre.on(options.on or data.opening_day).day
    if target is None:
        answer = postgis.postgis_answer(
            options.output, as_known, folder_of(options), first, last, options.layer
        )
        size = f"schema {answer['schema']}"
    else:
        parted = is_parted(options.output)
        answer = export.export_answer(target, as_known, first, last, options.layer, parted=parted)
        answer["file"] = options.output
        size = f"{answer['bytes']:,} bytes"
    span = answer["from"] if first == last else f"{answer['from']} to {answer['to']}"
    counts = ", ".join(f"{count} {layer}" for layer, count in answer["layers"].items())
    lines = [f"{answer['file']}: {data.name}, {span}, {size}", counts]
    if data.delay_text:
        lines.append(data.delay_text)
    gone = answer.get("gone", {})
    told = ", ".join(f"{count} of {table}" for table, count in gone.items())
    remark = f"rows that the folder does not have were taken out of the database: {told}"
    return Answer(answer, lines, remarks=[remark] if told else [])
