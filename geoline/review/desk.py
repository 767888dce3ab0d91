"""What the desk carries: reports with their claims, what names may mean, and the ledger near by."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from geoline.claims import EVENTS
from geoline.dates import PRECISIONS
from geoline.page import desk_words
from geoline.review.claim_rows import read_rows
from geoline.review.ledger_near import ledger_near
from geoline.review.meanings import meanings
from geoline.review.report_text import Report, places_in, texts_of, without_claims
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
    tables: Sequence[Path],
    *,
    reports: Sequence[Path] = (),
) -> dict[str, Any]:
    """Gather what a person needs to decide on the claims of tables.

    Parameters
    ----------
    theatre
        The theatre whose ledger is to take them.
    tables
        The claims, as `geoline extract -o` writes them or as `ingest --format claims` takes them.
    reports
        Files and folders of the reports, beside the folders of the tables and the folders in them.

    Returns
    -------
    dict
        Plain data, ready for JSON.

    Raises
    ------
    DataError
        If a table cannot be used, or one of `reports` is none.
    """
    read = read_rows(tables)
    grouped = _by_report(read.rows)
    texts = texts_of(grouped, tables, reports)
    silent = without_claims(grouped, tables, reports)
    for report in silent:
        grouped[report] = [_blank(report)]
    texts |= silent
    meant = meanings(theatre.gazetteer, grouped.values())
    ids = dict.fromkeys(place for meaning in meant for place, _, _ in meaning.candidates)
    places = [*theatre.gazetteer.places]
    listed = {place.id for place in places}
    places += [theatre.gazetteer[place] for place in ids if place not in listed]
    number = {place.id: n for n, place in enumerate(places)}
    picture, shown = small_map(theatre, places)
    ordered = [(n, report, row) for n, (report, rows) in enumerate(grouped.items()) for row in rows]
    return {
        "schema": 1,
        "words": desk_words(theatre.languages),
        "title": theatre.name,
        "table": tables[0].name,
        "key": _key(read, [report.file for report in silent]),
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
            {**report._asdict(), "text": texts.get(report), "silent": report in silent}
            for report in grouped
        ],
        "claims": [
            {
                "report": number_of_report,
                "cells": {key: cell for key, cell in row.items() if key and cell},
                **_marks(texts.get(report), row),
                "status": meaning.status,
                "candidates": [
                    {"place": number[place], "score": score, "matched": matched}
                    for place, score, matched in meaning.candidates
                ],
            }
            for (number_of_report, report, row), meaning in zip(ordered, meant, strict=True)
        ],
    }  # fmt: skip


def _by_report(
    rows: Sequence[Mapping[str, str]],
) -> dict[Report, list[Mapping[str, str]]]:
    """Put the rows of each report together, in the order in which the table names the reports."""
    found: dict[Report, list[Mapping[str, str]]] = {}
    for row in rows:
        key = Report(row.get("file", ""), row.get("source", ""), row.get("published", ""))
        found.setdefault(key, []).append(row)
    return found


def _blank(report: Report) -> dict[str, str]:
    """Give an empty row of a report in which nothing was read, to be filled in or refused."""
    return {"place": "", "date_end": report.published, **report._asdict()}


def _marks(text: str | None, row: Mapping[str, str]) -> dict[str, Any]:
    words, sentence, name = places_in(text, row) if text else (None, None, None)
    return {"words": words, "sentence": sentence, "name": name}


def _key(read: ClaimRows, silent: Sequence[str]) -> str:
    """Name the content, so that a browser finds again what was decided on these very claims."""
    said = json.dumps([read.header, [list(row.items()) for row in read.rows], silent])
    return hashlib.sha256(said.encode()).hexdigest()[:20]
