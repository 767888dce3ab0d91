"""A desk takes today's export again and again, for a week."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import geoline
from geoline.ingest.into_ledger import ingest
from geoline.new_theatre.asked import Asked
from geoline.new_theatre.make import make_theatre

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2030, 6, 1)
ARMY, REBELS = "Military Forces of Iceland (2020-)", "Northern Front"
TAKES = "Non-state actor overtakes territory"
# Day of the event, its id, sub-event, town, and the day on which the export had it (again).
EVENTS = [
    (0, "ISL1", "Armed clash", "Akureyri", 0),
    (0, "ISL2", TAKES, "Selfoss", 0),
    (1, "ISL3", TAKES, "Akureyri", 1),
    (2, "ISL4", "Armed clash", "Akureyri", 2),
    (2, "ISL4", "Government regains territory", "Akureyri", 4),  # mended two days later
    (4, "ISL5", "Armed clash", "Selfoss", 4),
    (5, "ISL6", "Government regains territory", "Selfoss", 5),
    (6, "ISL7", "Armed clash", "Akureyri", 6),
]
TOWNS = {"Akureyri": (65.6835, -18.0878), "Selfoss": (63.933, -20.997)}


def export(path: Path, today: int) -> Path:
    """Write what the dataset has on a day: all events so far, each as it was last written."""
    rows = {event[1]: event for event in EVENTS if event[4] <= today}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            (
                *("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1"),
                *("actor2", "country", "location", "latitude", "longitude", "source", "timestamp"),
            )
        )
        for day, name, sub_event, town, public in rows.values():
            published = datetime.combine(FIRST + timedelta(days=public), datetime.min.time(), UTC)
            when, at = FIRST + timedelta(days=day), TOWNS[town]
            what = name, f"{when:%d/%m/%Y}", "Battles", sub_event, REBELS, ARMY
            writer.writerow([*what, "Iceland", town, *at, "Agency A", int(published.timestamp())])
    return path


def test_a_week_of_exports(tmp_path: Path) -> None:
    """A morning's run would lose days, count rows twice, or change what was printed before."""
    folder, printed = tmp_path / "isl", {}
    for today in range(7):
        file, day = export(tmp_path / "today.csv", today), FIRST + timedelta(days=today)
        if today == 0:
            make_theatre(folder, Asked(countries=("IS",), data=((file, "acled"),)))
        else:
            done = ingest(folder, file, "acled")
            assert (done.read, len(done.set_aside)) == (done.accepted + done.duplicates, 0)
            public_today = [event for event in EVENTS if event[4] == today]
            assert done.accepted == len(public_today), day
            assert done.corrections == (today == 4)
        claims = (folder / "claims" / "acled.csv").read_bytes()
        assert ingest(folder, file, "acled").accepted == 0
        assert (folder / "claims" / "acled.csv").read_bytes() == claims, "again nothing changes"
        theatre = geoline.load_theatre(folder)
        told = max(event[0] for event in EVENTS if event[4] <= today)
        assert theatre.data.last_day == FIRST + timedelta(days=told), "the days roll on"
        held = theatre.on(theatre.data.last_day, known=day).places.set_index("place")["holder"]
        printed[day] = theatre.data.last_day, held[list(TOWNS)].to_dict()
    for day, (last, held) in printed.items():
        again = theatre.on(last, known=day).places.set_index("place")["holder"]
        assert again[list(TOWNS)].to_dict() == held, f"as it was printed on {day}"
    assert [held["Akureyri"] for _, held in printed.values()] == ["unknown"] + [
        "northern-front"
    ] * 3 + ["iceland"] * 3
    assert [held["Selfoss"] for _, held in printed.values()] == ["northern-front"] * 5 + [
        "iceland"
    ] * 2
