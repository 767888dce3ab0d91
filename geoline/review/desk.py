"""What the desk carries: reports with their claims, what names may mean, and the ledger near by."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from geoline.claims import EVENTS
from geoline.dates import PRECISIONS
from geoline.review.claim_rows import read_rows
from geoline.review.ledger_near import ledger_near
from geoline.review.meanings import meanings
from geoline.review.report_text import places_in, texts_of
from geoline.review.small_map import small_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geoline.review.claim_rows import ClaimRows
    from geoline.theatre_folder import TheatreData

__all__ = ["desk_payload"]

# What only says that something is not so, of a claim that is named; the desk makes no such row.
TAKES_BACK = frozenset({"retracted", "discounted"})


def desk_payload(
    theatre: TheatreData,
    table: Path,
    *,
    reports: Sequence[Path] = (),
    rows: ClaimRows | None = None,
) -> dict[str, Any]:
    """Gather what a person needs to decide on the claims of a table.

    Parameters
    ----------
    theatre
        The theatre whose ledger is to take them.
    table
        The claims, as `geoline extract -o` writes them or as `ingest --format claims` takes them.
    reports
        Files and folders of the reports, beside the folder of the table and the folders in it.
    rows
        The table, if it was read already.

    Returns
    -------
    dict
        Plain data, ready for JSON.

    Raises
    ------
    DataError
        If the table cannot be used, or one of `reports` is none.
    """
    read = rows or read_rows(table)
    grouped = _by_report(read.rows)
    texts = texts_of(read.rows, table, reports)
    meant = meanings(theatre.gazetteer, grouped.values())
    ids = dict.fromkeys(place for meaning in meant for place, _, _ in meaning.candidates)
    places = [*theatre.gazetteer.places]
    listed = {place.id for place in places}
    places += [theatre.gazetteer[place] for place in ids if place not in listed]
    number = {place.id: n for n, place in enumerate(places)}
    picture, shown = small_map(theatre, places)
    ordered = [row for rows_of in grouped.values() for row in rows_of]
    return {
        "schema": 1,
        "title": theatre.name,
        "table": table.name,
        "key": _key(read),
        "columns": list(read.header),
        "span": [theatre.first_day.isoformat(), theatre.last_day.isoformat()],
        "parties": [
            {"id": p.id, "name": p.name, "color": p.color} for p in theatre.parties.values()
        ],
        "actors": sorted(theatre.actors - set(theatre.parties)),
        "events": [event for event in EVENTS if event not in TAKES_BACK],
        "precisions": list(PRECISIONS),
        "sources": {source.id: source.name for source in theatre.sources.values()},
        "unread": [str(error) for error in read.aside],
        "map": picture,
        "places": shown,
        "ledger": ledger_near(theatre, read.rows, ids),
        "reports": [
            {"file": file, "text": texts.get(file), "source": first.get("source", ""),
             "published": first.get("published", "")}
            for (file, _, _), first in ((key, rows_of[0]) for key, rows_of in grouped.items())
        ],
        "claims": [
            {
                "report": report,
                "cells": {key: cell for key, cell in row.items() if key and cell},
                **_marks(texts.get(row.get("file", "")), row),
                "status": meaning.status,
                "candidates": [
                    {"place": number[place], "score": score, "matched": matched}
                    for place, score, matched in meaning.candidates
                ],
            }
            for row, meaning, report in zip(
                ordered,
                meant,
                (n for n, rows_of in enumerate(grouped.values()) for _ in rows_of),
                strict=True,
            )
        ],
    }  # fmt: skip


def _by_report(
    rows: Sequence[Mapping[str, str]],
) -> dict[tuple[str, str, str], list[Mapping[str, str]]]:
    """Put the rows of each report together, in the order in which the table names the reports."""
    found: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for row in rows:
        key = (row.get("file", ""), row.get("source", ""), row.get("published", ""))
        found.setdefault(key, []).append(row)
    return found


def _marks(text: str | None, row: Mapping[str, str]) -> dict[str, Any]:
    words, sentence, name = places_in(text, row) if text else (None, None, None)
    return {"words": words, "sentence": sentence, "name": name}


def _key(read: ClaimRows) -> str:
    """Name the content, so that a browser finds again what was decided on these very claims."""
    said = json.dumps([read.header, [list(row.items()) for row in read.rows]])
    return hashlib.sha256(said.encode()).hexdigest()[:20]
