"""`geoline export`: a day or a span of days for GIS and for print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoline import export, postgis, theatre_folder
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days, add_known, add_processes
from geoline.cli.dialogue.asked import draw_days, folder_of, span_of, theatre_of
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

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
        help="ends in .gpkg .geojson .parquet .kml .csv .png .svg, .gif or .webp; or "
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
    output, database = Path(options.output), postgis.is_address(options.output)
    if not database:
        theatre_folder.check_output(output, folder_of(options))
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
    if database:
        folder = folder_of(options)
        answer = postgis.postgis_answer(
            options.output, as_known, folder, first, last, options.layer
        )
        size = f"schema {answer['schema']}"
    else:
        answer = export.export_answer(output, as_known, first, last, options.layer)
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
