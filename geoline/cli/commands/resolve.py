"""`geoline resolve`: names and phrases to places."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geoline import georeferencing
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_cluster, at_least_one
from geoline.cli.dialogue.asked import point_of, theatre_of
from geoline.cli.dialogue.terminal import watching

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geoline.theatre import Theatre

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("text", nargs="+", metavar="TEXT")
    parser.add_argument("--near", metavar="PLACE", help="a place or LAT,LON that decides")
    parser.add_argument("--within", metavar="PCODE or PLACE", help="only what lies in it")
    parser.add_argument(
        "--limit", type=at_least_one, default=5, metavar="N", help="candidates at most"
    )
    add_cluster(parser, "read a large gazetteer's names with N processes, or over a Dask cluster")


def run(options: Namespace) -> Answer:
    """Resolve each text."""
    theatre = theatre_of(options)
    if options.cluster:
        theatre.gazetteer.with_country.make_index(options.cluster, watching("reading names"))
    near = point_of(theatre, options.near)
    answers, lines = [], []
    for text in options.text:
        answer = _phrase(theatre, text, near) or asdict(
            theatre.gazetteer.resolve(text, near=near, within=options.within, limit=options.limit)
        )
        answers.append(answer)
        asked = "; did you mean" if answer["status"] == "unknown" and answer["candidates"] else ""
        lines.append(f"{text}: {answer['status']}{asked}")
        lines += [
            f"  {c['score']:.2f}  {c['name']}  {c['lat']:.4f},{c['lon']:.4f}"
            f"  ±{c['uncertainty_m']:.0f} m  {c['id']}"
            for c in answer["candidates"]
        ]
    complete = all(answer["status"] == "resolved" for answer in answers)
    return Answer(answers, lines, DONE if complete else IN_PART)


def _phrase(theatre: Theatre, text: str, near: tuple[float, float] | None) -> dict[str, Any] | None:
    """Answer for a phrase such as "20 km south of X"; None if the text is a name."""
    found = georeferencing.locate(text, theatre.gazetteer, theatre.data.highways, near)
    if found is None:
        return None
    readings = [] if found.status == "unknown" else [found, *found.alternatives]
    return {
        "query": text,
        "status": found.status,
        "candidates": [georeferencing.relation_record(reading) for reading in readings],
        "decided_by": found.explanation,
    }
