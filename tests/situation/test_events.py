"""Events that say nothing of control, as a table of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geoline.claims import Claim, Deaths, parse_deaths
from geoline.dates import DayInterval
from geoline.situation.events import event_counts, event_table, events_by_day

if TYPE_CHECKING:
    from geoline.theatre import Theatre


def test_events_are_by_day_and_kind_with_their_sources(bundled_theatre: Theatre) -> None:
    """Clashes and strikes would be lost beside the claims about control, or told without source."""
    theatre = bundled_theatre
    events = theatre.events
    assert "clash" in set(events["event"])
    assert not {"captured", "retracted"} & set(events["event"])
    assert events["date_end"].is_monotonic_increasing
    assert (events["source"] != "").all()
    placed = events[events["place_id"].notna()]
    assert placed.geometry.notna().all()
    assert events.geometry[events["place_id"].isna()].isna().all()
    taken_back = {c for claim in theatre.data.claims for c in claim.corrects}
    assert not taken_back & set(events["claim_id"])


def claim(number: int, event: str, source: str, first: date | None, last: date) -> Claim:
    """Make a statement about one place."""
    return Claim(
        claim_id=f"c{number}", place="Saraqib", place_id="saraqib", about="place", event=event,
        actor=("government",), when=DayInterval(last, first), precision="between", source=source,
        deaths=Deaths(5, 2, 9) if number == 1 else None,
    )  # fmt: skip


def test_what_several_sources_tell_is_counted_once(bundled_theatre: Theatre) -> None:
    """Two papers on one clash would be two clashes, or two strikes of a day become one."""
    day, next_day = date(2020, 1, 28), date(2020, 1, 30)
    claims = [
        claim(1, "clash", "acled", day, day), claim(2, "clash", "ucdp-ged", day, day),
        claim(3, "strike", "acled", day, day), claim(4, "strike", "acled", day, day),
        claim(5, "attack", "acled", day, next_day), claim(6, "captured", "acled", day, day),
        claim(7, "clash", "acled", None, next_day),
    ]  # fmt: skip
    table = event_table(claims, bundled_theatre.gazetteer)
    counts = event_counts(table)
    assert [one["count"] for one in counts if one["event"] == "strike"] == [2]
    (both,) = [one for one in counts if one["event"] == "clash" and one["date_end"] == day]
    assert (both["count"], both["sources"]) == (1, ["acled", "ucdp-ged"])
    told = table.set_index("claim_id")
    assert told.loc["c1", ["deaths_low", "deaths_best", "deaths_high"]].tolist() == [2, 5, 9]
    assert told["deaths_best"].isna().sum() == len(table) - 1
    days = events_by_day(claims, [day, date(2020, 1, 29), next_day])
    assert [len(days[d]) for d in (day, date(2020, 1, 29), next_day)] == [5, 1, 2]


@pytest.mark.parametrize("text", ["", "-", "5-2", "9-5-2", "many", "2-5-", "-1"])
def test_an_estimate_of_deaths_has_its_range(text: str) -> None:
    """A slip would become a figure that nobody published."""
    with pytest.raises(ValueError, match="low-best-high"):
        parse_deaths(text)
