"""Events that say nothing of control, as a table of their own."""

from __future__ import annotations

from geoline import load_theatre


def test_events_are_by_day_and_kind_with_their_sources() -> None:
    """Clashes and strikes would be lost beside the claims about control, or told without source."""
    theatre = load_theatre()
    events = theatre.events
    assert "clash" in set(events["kind"])
    assert not {"captured", "retracted"} & set(events["kind"])
    assert events["date_end"].is_monotonic_increasing
    assert (events["source"] != "").all()
    placed = events[events["place_id"].notna()]
    assert placed.geometry.notna().all()
    assert events.geometry[events["place_id"].isna()].isna().all()
    taken_back = {c for claim in theatre.data.claims for c in claim.corrects}
    assert not taken_back & set(events["claim_id"])
