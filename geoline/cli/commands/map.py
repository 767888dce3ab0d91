"""`geoline map`: every day as one HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline import page, theatre_folder
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days, add_known, add_processes
from geoline.cli.dialogue.asked import draw_days, folder_of, span_of, theatre_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="default: the theatre's .html; a folder with --split"
    )
    add_days(parser, "first day on the slider", "last day on the slider")
    parser.add_argument("--on", metavar="DAY", help="day shown first")
    add_known(parser)
    parser.add_argument(
        "--as-known", action="store_true", help="show also what was known on each day; slower"
    )
    parser.add_argument(
        "--tiles",
        default="",
        metavar="URL",
        help="a basemap that readers may switch on: with {z}, {x}, {y}, of one host",
    )
    parser.add_argument("--credit", default="", metavar="TEXT", help="whom the basemap is by")
    parser.add_argument("--embed", action="store_true", help="to stand in a frame of another page")
    parser.add_argument(
        "--split",
        action="store_true",
        help="a folder to publish on the web: index.html and a file for each span of days",
    )
    add_processes(parser)


def run(options: Namespace) -> Answer:
    """Write the page, and say what is on it."""
    theatre = theatre_of(options)
    path = Path(options.output or (theatre.data.id if options.split else f"{theatre.data.id}.html"))
    if options.split:
        page.check_folder(path, folder_of(options))
    else:
        theatre_folder.check_output(path, folder_of(options))
    as_known, first, last = span_of(theatre, options)
    online = page.Online(tiles=options.tiles, credit=options.credit, embed=options.embed)
    online.payload()  # what is wrong is said before the days are drawn
    draw_days(as_known, first, last, options, page.write_day)
    size = theatre.write_map(
        path,
        first=options.first,
        last=options.last,
        opening=options.on,
        known=options.known_on,
        each_evening=options.as_known,
        online=online,
        split=options.split,
    )
    data = theatre.data
    outside = [c.when.end for c in data.claims_outside if c.when.end > data.last_day]
    undecided = sum(1 for c in data.claims if c.about in {"place", "post"} and not c.place_id)
    answer: dict[str, Any] = {
        "file": str(path),
        "bytes": size,
        "theatre": data.id,
        "from": str(first),
        "to": str(last),
        "known_on": options.known_on,
        "places": len(data.gazetteer),
        "claims": len(data.claims),
        "claims_after_last_day": len(outside),
        "claims_not_placed": undecided,
        "names_undecided": len(data.undecided),
        "highways": [road.id for road in data.highways],
        "posts": sum(post.lat is not None for post in data.posts),
    }
    lines = [f"{path}: {data.name}, {first} to {last}, {size:,} bytes", *_counts(answer)]
    if outside:
        lines.append(
            f"{len(outside)} claims are of days after {data.last_day}, up to {max(outside)}: "
            "listed, but no day shown rests on them; see last_day in theatre.toml"
        )
    if data.delay_text:
        lines.append(data.delay_text)
    return Answer(answer, lines)


def _counts(answer: dict[str, Any]) -> list[str]:
    """Say in words how much is on the page, and how much could not be placed."""
    counts = [f"{answer[what]} {what}" for what in ("claims", "places", "posts") if answer[what]]
    lines = [", ".join([*counts, *answer["highways"]])]
    if answer["claims_not_placed"]:
        names = f"{answer['claims_not_placed']} claims about {answer['names_undecided']} names"
        lines.append(f"{names} are not placed: undecided.csv")
    return lines
