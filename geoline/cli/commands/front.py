"""`geoline front`: areas, front line and band of a day as GeoJSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_day, add_known
from geoline.cli.dialogue.asked import day_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_day(parser)
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Give the areas, the front, its band and the pockets of a day as one GeoJSON document."""
    _, day = day_of(options)
    features = []
    tables = {"area": day.areas, "front": day.front, "band": day.band, "pocket": day.pockets}
    for kind, table in tables.items():
        for feature in json.loads(table.to_json())["features"]:
            feature["properties"]["kind"] = kind
            feature.pop("id", None)
            features.append(feature)
    return Answer({"type": "FeatureCollection", "features": features}, lines=None)
