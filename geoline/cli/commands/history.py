"""`geoline history`: who held a place when, on whose word, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoline.claims import claim_record
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_known
from geoline.cli.dialogue.asked import places_of, theatre_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.control import History

__all__ = ["arguments", "run"]

# What an answer says of a claim, and the columns that say it.
SAID = {
    "claim_id": "claim_id", "date": "date_end", "date_precision": "date_precision",
    "event": "event", "actor": "actor", "source": "source", "origin": "origin",
    "published": "published", "url": "url", "note": "note",
}  # fmt: skip


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("place", nargs="+", metavar="PLACE")
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Tell the history of each place."""
    theatre = theatre_of(options)
    ids, remarks = places_of(theatre, options.place)
    as_known = theatre.as_known(options.known_on)
    names = {source.id: source.name for source in theatre.data.sources.values()}
    answers: list[dict[str, Any]] = []
    lines: list[str] = []
    for place_id in ids:
        place = {"place": theatre.gazetteer[place_id].name, "place_id": place_id}
        told = as_known.history(place_id)
        if told is None:
            answers.append({**place, "turns": []})
            lines.append(f"{place['place']}: nothing is claimed, and no baseline")
            continue
        answers.append(place | _record(told))
        lines += _lines(place["place"], told, names)
    return Answer(answers, lines, IN_PART if remarks else DONE, remarks)


def _record(told: History) -> dict[str, Any]:
    return {
        "before": {"holder": told.first.holder, "confidence": told.first.confidence},
        "turns": [
            {
                "date": turn.day,
                "from_holder": turn.from_holder,
                "to_holder": turn.to_holder,
                "confidence": turn.confidence,
                "why": turn.why,
                "said": [_said(c) for some in turn.days.values() for c in some],
            }
            for turn in told.turns
        ],
        "contested": [list(days) for days in told.contested],
    }


def _lines(place: str, told: History, names: Mapping[str, str]) -> list[str]:
    first = told.first
    lines = [f"{place}: {first.holder} before, confidence {first.confidence:.2f}"]
    lines += _days(told.before, names)
    for turn in told.turns:
        lines.append(
            f"  {turn.day}  {turn.from_holder} → {turn.to_holder}, "
            f"confidence {turn.confidence:.2f}: {turn.why}"
        )
        lines += _days(turn.days, names)
    for start, end in told.contested:
        lines.append(f"  contested from {start}" + (f" to before {end}" if end else ""))
    return lines


def _said(claim: Claim) -> dict[str, Any]:
    record = claim_record(claim)
    said = {name: record[column] for name, column in SAID.items()}
    return said | {"url": claim.url or None}


def _days(days: Mapping[date, Sequence[Claim]], names: Mapping[str, str]) -> list[str]:
    lines = []
    for day, told in days.items():
        said: dict[str, list[str]] = {}
        for claim in told:
            what = f"{'by then ' if claim.bound else ''}{claim.event} ({claim.actor[0]})"
            whom = names[claim.source]
            if claim.origins:
                whom += f" after {', '.join(names[o] for o in claim.origins)}"
            said.setdefault(what, []).append(whom)
        lines += [f"      {day}  {what}: {'; '.join(whom)}" for what, whom in said.items()]
    return lines
