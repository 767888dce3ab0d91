"""`geoline events`: clashes, strikes and attacks, by day, place and kind, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoline import situation
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_days, add_known
from geoline.cli.dialogue.asked import places_of, span_of, theatre_of
from geoline.dates import days_between

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from geoline.claims import Claim

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("place", nargs="*", metavar="PLACE", help="default: all")
    add_days(parser, "first day", "last day")
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Say what happened where besides changes of hands, and who tells of it."""
    theatre = theatre_of(options)
    as_known, first, last = span_of(theatre, options)
    days = days_between(first, last)
    claims = {c.claim_id: c for day in days for c in as_known.events.get(day, ())}
    remarks: list[str] = []
    if options.place:
        ids, remarks = places_of(theatre, options.place)
        claims = {name: claim for name, claim in claims.items() if claim.place_id in ids}
    table = situation.event_table(claims.values(), theatre.gazetteer)
    answers = [
        {
            **row,
            "place": theatre.gazetteer[row["place_id"]].name if row["place_id"] else row["place"],
            "deaths": [_deaths(claims[name]) for name in row["claims"] if claims[name].deaths],
        }
        for row in situation.event_counts(table)
    ]
    names = {source.id: source.name for source in theatre.data.sources.values()}
    lines = [_line(answer, names) for answer in answers] or ["no event is told of"]
    return Answer(answers, lines, IN_PART if remarks else DONE, remarks)


def _deaths(claim: Claim) -> dict[str, Any]:
    """Give an estimate of deaths with its range, and whose it is."""
    deaths = claim.deaths
    figures = {end: getattr(deaths, end) for end in ("low", "best", "high")}
    return {"source": claim.source, **figures}


def _line(answer: Mapping[str, Any], names: Mapping[str, str]) -> str:
    start, end = answer["date_start"], answer["date_end"]
    days = f"{end}" if start == end else f"by {end}" if start is None else f"{start} to {end}"
    count = f"{answer['count']} × " if answer["count"] > 1 else ""
    told = "; ".join(names[source] for source in answer["sources"])
    deaths = [
        f"deaths {d['best']}" + (f" ({d['low']} to {d['high']})" if d["low"] is not None else "")
        + f" by {names[d['source']]}'s estimate"
        for d in answer["deaths"]
    ]  # fmt: skip
    return f"{days}  {answer['place']}: {count}{answer['event']}; {'; '.join([told, *deaths])}"
