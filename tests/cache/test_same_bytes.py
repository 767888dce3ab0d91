"""What a page says is the same with what was kept and without, whatever claim is added."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoline import load_theatre
from geoline.cache import Store
from geoline.page import page_html, page_payload
from geoline.situation import TheatreAsKnown
from tests.theatres.small import CAPTURED, FIRST, LAST, TOWNS, small_theatre

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DAYS = (LAST - FIRST).days
CLAIMS = st.fixed_dictionaries(
    {
        "about": st.sampled_from(["place", "place", "place", "post", "road"]),
        "place": st.sampled_from(TOWNS),
        "event": st.sampled_from(["captured", "recaptured", "entered", "denied", "withdrew"]),
        "actor": st.sampled_from(["north", "south"]),
        "day": st.integers(0, DAYS),
        "public": st.integers(0, 2),
        "credibility": st.sampled_from(["2", "4"]),
    }
)


def _row(number: int, drawn: dict[str, Any]) -> dict[str, Any]:
    """Make a row of the ledger: of a place, of the post or of the road."""
    place, name, *_ = drawn["place"]
    day = FIRST + timedelta(days=drawn["day"])
    about = {"place": name, "place_id": place, "event": drawn["event"]}
    if drawn["about"] == "post":
        about = {"about": "post", "place": "Kutum", "place_id": "kutum", "event": "post encircled"}
    elif drawn["about"] == "road":
        about = {"about": "road", "place": "N1 (El Fasher)", "road": "N1", "event": "road held"}
    public = day + timedelta(days=drawn["public"])
    return CAPTURED | {"place_id": "", **about} | {
        "claim_id": f"d{number}", "actor": drawn["actor"], "date_start": day.isoformat(),
        "date_end": day.isoformat(), "published": public.isoformat(),
        "credibility": drawn["credibility"], "about": about.get("about", "place"),
        "road": about.get("road", ""),
    }  # fmt: skip


def _page(folder: Path, *, cache: bool) -> str:
    as_known = load_theatre(folder, cache=cache).as_known()
    days = as_known.theatre.first_day, as_known.theatre.last_day
    payload = page_payload(as_known, *days, days[1], each_evening=True)
    return page_html(payload, store=as_known.store)


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(st.lists(CLAIMS, min_size=1, max_size=2))
def test_one_claim_more_gives_the_page_of_a_run_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, Any]]
) -> None:
    """A map would show what an earlier claim said, and nobody could tell from where."""
    rows = [CAPTURED | {"about": "place", "road": "", "credibility": "2"}]
    for number, one in enumerate(drawn):
        rows.append(_row(number, one))
        folder = small_theatre(tmp_path_factory.mktemp("war") / "small", claims=rows)
        assert _page(folder, cache=True) == _page(folder, cache=False)


def test_one_claim_more_redraws_its_days_and_no_other(tmp_path: Path) -> None:
    """Each correction to a long war would cost the whole war again."""
    store = Store(tmp_path / "kept")

    def drawn(*claims: dict[str, Any]) -> dict[str, int]:
        folder = small_theatre(tmp_path / str(len(list(tmp_path.iterdir()))), claims=claims)
        as_known = TheatreAsKnown(load_theatre(folder, cache=False).data, store=store)
        page_payload(as_known, FIRST, LAST, FIRST)
        return {one.kind: one.values for one in store.told()}

    before = drawn(CAPTURED)
    last = (LAST - timedelta(days=1)).isoformat()
    more = {"claim_id": "c2", "place": "Kutum", "place_id": "kutum", "actor": "south",
            "date_start": last, "date_end": last, "published": last}  # fmt: skip
    after = drawn(CAPTURED, CAPTURED | more)
    # Two days (one map) with Kutum in other hands: of maps and of roads there is one more.
    grown = {kind: after[kind] - before[kind] for kind in after if after[kind] != before[kind]}
    assert {kind: grown[kind] for kind in ("areas", "band", "page")} == {
        "areas": 1, "band": 1, "page": 1,
    }  # fmt: skip
    assert grown["posts"] <= 2
    assert date.fromisoformat(last) > FIRST
