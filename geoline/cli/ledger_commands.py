"""The commands about the ledger: take rows in, tell a place's history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline.claims import claim_record, claims_in_force
from geoline.control import place_history
from geoline.ingest import ingest, write_report
from geoline.theatre import bundled
from geoline.theatre_folder import check_output

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.theatre import Theatre

__all__ = ["history_answer", "ingest_answer"]

# What is told of a claim in a history.
SAID = (
    "claim_id", "date", "date_precision", "event", "actor", "source", "origin", "published", "url",
    "note",
)  # fmt: skip
# Rows set aside that are shown without a report.
SHOWN = 5


def ingest_answer(
    folder: str | None, file: str, form: str, report: str | None, *, prune: bool = False
) -> tuple[dict[str, Any], list[str]]:
    """Take a file into a theatre's ledger; give the answer as data and as lines."""
    theatre = Path(folder) if folder else bundled()
    if report:
        check_output(Path(report), theatre, others=(Path(file),))
    done = ingest(theatre, Path(file), form, prune=prune)
    if report:
        write_report(done, Path(report))
    parts = {
        "accepted": done.accepted,
        "set_aside": len(done.set_aside),
        "duplicates": done.duplicates,
    }
    answer: dict[str, Any] = {"read": done.read, **parts, "corrections": done.corrections}
    answer["table"] = str(done.table) if done.table else None
    answer |= {"outside": list(done.outside), "gone": [e.reason for e in done.gone]}
    answer["pruned"] = done.pruned
    lines = [
        f"{done.read} rows read: "
        + ", ".join(f"{number} {what.replace('_', ' ')}" for what, number in parts.items())
    ]
    lines += [f"  {error}" for error in done.set_aside[:SHOWN]]
    if len(done.set_aside) > SHOWN:
        lines.append(f"  and {len(done.set_aside) - SHOWN} more; --report FILE lists all")
    if done.outside:
        some = ", ".join(done.outside[:SHOWN]) + (" …" if len(done.outside) > SHOWN else "")
        lines.append(
            f"{len(done.outside)} of those accepted are of days outside the theatre: {some}"
        )
    if done.gone:
        lines.append(f"{len(done.gone)} events of the ledger are no more in the dataset:")
        lines += [f"  {error}" for error in done.gone[:SHOWN]]
    return answer, lines


def history_answer(
    theatre: Theatre, place_ids: Sequence[str], known: str | None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Tell the history of places; give the answers as data and as lines."""
    as_known = theatre.as_known(known)
    data = theatre.data
    stand = claims_in_force(data.claims, as_known.known)
    answers: list[dict[str, Any]] = []
    lines: list[str] = []
    for place_id in place_ids:
        mine = [c for c in stand if c.place_id == place_id and c.about == "place"]
        place, spells = theatre.gazetteer[place_id], as_known.spells.get(place_id)
        if not spells:
            answers.append({"place": place.name, "place_id": place_id, "turns": []})
            lines.append(f"{place.name}: nothing is claimed, and no baseline")
            continue
        told = place_history(mine, spells, sources=data.sources, sides=data.sides)
        names = {source.id: source.name for source in data.sources.values()}
        first = told.first
        answers.append(
            {
                "place": place.name,
                "place_id": place_id,
                "before": {"holder": first.holder, "confidence": first.confidence},
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
        )
        lines.append(f"{place.name}: {first.holder} before, confidence {first.confidence:.2f}")
        lines += _days(told.before, names)
        for turn in told.turns:
            lines.append(
                f"  {turn.day}  {turn.from_holder} → {turn.to_holder}, "
                f"confidence {turn.confidence:.2f}: {turn.why}"
            )
            lines += _days(turn.days, names)
        for start, end in told.contested:
            lines.append(f"  contested from {start}" + (f" to before {end}" if end else ""))
    return answers, lines


def _said(claim: Claim) -> dict[str, Any]:
    record = claim_record(claim) | {"date": claim.when.end, "url": claim.url or None}
    return {key: record[key] for key in SAID}


def _days(days: Mapping[date, Sequence[Claim]], names: Mapping[str, str]) -> list[str]:
    lines = []
    for day, claims in days.items():
        said: dict[str, list[str]] = {}
        for claim in claims:
            what = f"{'by then ' if claim.bound else ''}{claim.event} ({claim.actor[0]})"
            whom = names[claim.source]
            if claim.origins:
                whom += f" after {', '.join(names[o] for o in claim.origins)}"
            said.setdefault(what, []).append(whom)
        lines += [f"      {day}  {what}: {'; '.join(whom)}" for what, whom in said.items()]
    return lines
