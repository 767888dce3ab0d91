"""`geoline changes`: what changed between the ends of two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days, add_known
from geoline.cli.dialogue.asked import theatre_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_days(parser, "first day", "last day", required=True)
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Say which places and how much ground changed hands."""
    table = theatre_of(options).changes(options.first, options.last, options.known_on)
    answer = {
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
    lines = [
        f"{row.date}  {row.place}: {row.from_holder} → {row.to_holder} ({len(row.claims)} claims)"
        for row in table.itertuples()
    ]
    lines += [
        f"{party}: +{km2['gained']:.0f} km², -{km2['lost']:.0f} km²"
        for party, km2 in table.km2.items()
        if km2["gained"] or km2["lost"]
    ]
    return Answer(answer, lines or ["nothing changed"])
