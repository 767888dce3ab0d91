"""`geoline changes`: what changed between the ends of two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline import situation
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days, add_known
from geoline.cli.dialogue.asked import theatre_of
from geoline.dates import parse_day

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_days(parser, "first day", "last day", required=True)
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Say which places and how much ground changed hands."""
    theatre = theatre_of(options)
    table = theatre.changes(options.first, options.last, options.known_on)
    told = situation.told_of_days(
        theatre.as_known(options.known_on), parse_day(options.first), parse_day(options.last)
    )
    answer = {
        "told": [{"day": str(day), "told": sentence} for day, sentence in told],
        "places": table.drop(columns="geometry").to_dict("records"),
        "km2": table.km2,
        "areas": [
            {
                "from_holder": area.from_holder,
                "to_holder": area.to_holder,
                "km2": area.km2,
                "places": list(area.places),
                "claims": list(area.claims),
            }
            for area in table.areas
        ],
    }
    lines = [f"{day}  {sentence}" for day, sentence in told]
    lines += [
        f"{row.date}  {row.place}: {row.from_holder} → {row.to_holder} ({len(row.claims)} claims)"
        for row in table.itertuples()
    ]
    lines += [
        f"{party}: +{km2['gained']:.0f} km², -{km2['lost']:.0f} km²"
        for party, km2 in table.km2.items()
        if km2["gained"] or km2["lost"]
    ]
    return Answer(answer, lines or ["nothing changed"])
