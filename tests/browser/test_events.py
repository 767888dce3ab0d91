"""Events on the page: their signs, numbers, list, card and files; a long war of events alone."""

from __future__ import annotations

import copy
import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline.page.html_page import page_html, write_page

if TYPE_CHECKING:
    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

DAY = "2020-01-28"


def told(number: int, event: str, place: int, source: int, **more: object) -> dict[str, Any]:
    """Make a claim of an event."""
    return {
        "id": f"e{number}", "place": place, "written": f"Written {number}", "event": event,
        "actor": "Government and allies", "start": DAY, "end": DAY, "precision": "day",
        "published": DAY, "source": source, "origin": None, "url": None, "note": "", "used": False,
        "deaths": None,
    } | more  # fmt: skip


def with_events(payload: dict[str, Any], claims: list[dict[str, Any]]) -> dict[str, Any]:
    """Give a payload with these events besides."""
    out = copy.copy(payload)
    first = len(payload["claims"])
    out["claims"] = [*payload["claims"], *claims]
    out["events"] = list(range(first, first + len(claims)))
    return out


@pytest.fixture(scope="module")
def events_page(made_up_payload: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page with a clash that two sources tell of, strikes, an attack, and an older one."""
    claims = [
        told(0, "clash", 3, 0, deaths="2-5-9"), told(1, "clash", 3, 1),
        told(2, "strike", 4, 0), told(3, "strike", 4, 0), told(4, "attack", 6, 2, deaths="3"),
        told(5, "strike", 0, 0, start="2020-01-24", end="2020-01-24"),
        told(6, "strike", 99_999, 0),
    ]  # fmt: skip
    file = tmp_path_factory.mktemp("events") / "map.html"
    write_page(page_html(with_events(made_up_payload, claims)), file)
    return file


def test_events_are_counted_by_kind_and_lead_to_their_sources(
    events_page: Path, open_page: Open
) -> None:
    """A clash that two papers tell of would be two, or nobody could see who says so."""
    opened = open_page(events_page, f"#day={DAY}")
    tab = opened.tab
    opened.until("document.getElementById('count-strike').textContent === '3'")
    assert tab.locator("#count-clash").text_content() == "1"
    assert tab.locator("#count-attack").text_content() == "1"
    assert tab.locator("#events .event-kinds").inner_text().count(":") == 3
    assert "1 more, at places whose position is undecided" in tab.locator("#events").inner_text()
    assert tab.locator("g.event").count() >= 2
    tab.locator("#events button", has_text="Saraqib").click()
    card = tab.locator("#selection").inner_text()
    assert "Agency One" in card
    assert "State Daily" in card
    assert "Deaths, by the source's estimate: 5, between 2 and 9" in card
    opened.until("location.hash.includes('event=p3')")
    # The other kind of estimate says that it has no range.
    tab.evaluate("{ location.hash = '#event=p6' }")
    opened.until("document.querySelector('#selection').textContent.includes('without a range: 3')")
    assert opened.troubles == []


def test_kinds_and_days_of_events_are_chosen_in_the_legend(
    events_page: Path, open_page: Open
) -> None:
    """A reader could not tell strikes from clashes, or would miss those of the days before."""
    opened = open_page(events_page, f"#day={DAY}")
    tab = opened.tab
    signs = tab.locator("g.event .event-strike")
    opened.until("document.querySelectorAll('g.event .event-strike').length === 1")
    tab.locator("#event-strike").uncheck()
    assert signs.count() == 0
    tab.locator("#event-strike").check()
    tab.locator("#event-span").select_option("7")
    opened.until("document.getElementById('count-strike').textContent === '4'")
    assert tab.locator("g.event-other-day").count() == 1
    tab.locator("#layer-events").uncheck()
    assert tab.locator("g.event").count() == 0


def test_a_sign_on_the_map_opens_its_card(events_page: Path, open_page: Open) -> None:
    """The sign could be seen and not asked."""
    opened = open_page(events_page, f"#day={DAY}")
    opened.tab.evaluate("window.geoline.map.setView([36.204, 37.16], 12, {animate: false})")
    opened.tab.locator("#event-span").select_option("7")
    opened.until("document.querySelectorAll('g.event').length === 1")
    box = opened.tab.locator("#map").bounding_box()
    assert box is not None
    seen = [sign.bounding_box() for sign in opened.tab.locator("g.event").all()]
    (sign,) = [s for s in seen if s and 0 < s["x"] < box["width"] and 0 < s["y"] < box["height"]]
    opened.tab.mouse.click(sign["x"] + 6, sign["y"] + 6)
    opened.until("!document.getElementById('selection').hidden")
    assert opened.tab.locator("#selection h2").inner_text().startswith("Aleppo")
    assert "Strikes: 1" in opened.tab.locator("#selection").inner_text()


def test_events_are_in_the_file_of_the_day(events_page: Path, open_page: Open) -> None:
    """Who takes the day into a GIS would lose them."""
    opened = open_page(events_page, f"#day={DAY}")
    with opened.tab.expect_download() as waited:
        opened.tab.locator("#save-geojson").click()
    data = json.loads(Path(waited.value.path()).read_text("utf-8"))
    events = [f for f in data["features"] if f["properties"]["layer"] == "event"]
    clash = next(f for f in events if f["properties"]["event"] == "clash")
    assert clash["properties"]["sources"] == ["Agency One", "State Daily"]
    assert (clash["properties"]["count"], clash["properties"]["deaths"]) == (1, ["2-5-9"])
    assert clash["geometry"]["coordinates"] == [36.806, 35.864]


def test_a_long_war_of_events_alone_is_drawn(
    made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """A war known by its clashes would be an empty page, its slider of 1,500 days a smear."""
    first, count = date(2019, 1, 1), 1_500
    days = [(first + timedelta(days=n)).isoformat() for n in range(count)]
    claims = [
        told(n, ("clash", "strike", "attack")[n % 3], n % 20, 0, start=days[n], end=days[n])
        for n in range(0, count, 2)
    ]
    payload = with_events(made_up_payload | {"claims": []}, claims) | {
        "days": days, "opening": count - 2, "posts": [], "highways": [],
        "status": [[[0, "unknown", 0, 0, 0]] for _ in made_up_payload["places"]],
        "changes": [[] for _ in days], "numbers": [{} for _ in days],
        "areas": [{} for _ in days], "front": [[] for _ in days], "band": [[] for _ in days],
        "held_km2": [{} for _ in days], "band_km2": [{} for _ in days],
    }  # fmt: skip
    size = write_page(page_html(payload), tmp_path / "map.html")
    assert size < 200_000
    opened = open_page(tmp_path / "map.html")
    tab = opened.tab
    assert tab.locator("g.event").count() >= 3, "the last seven days, for single ones are sparse"
    bars = tab.evaluate("[...document.querySelectorAll('#bars .event-bar')].length")
    assert 50 < bars < 900
    ticks = tab.evaluate(
        "[...document.querySelectorAll('.tick')].map((t) => [t.textContent,"
        " t.getBoundingClientRect().left, t.getBoundingClientRect().right])"
    )
    for year in ("2019", "2020", "2021", "2022"):
        assert any(year in text for text, *_ in ticks), year
    ticks.sort(key=lambda tick: tick[1])
    assert all(a[2] <= b[1] for a, b in pairwise(ticks)), "names of days meet"
    for hidden in ("#chart", "#posts", "#language", "#languages"):
        if hidden.startswith("#lang") and "ar" in payload["languages"]:
            continue
        assert not tab.locator(hidden).is_visible(), hidden
    assert tab.locator("#layer-highways, #layer-posts, #layer-band").count() == 0
    sentence = tab.locator("#numbers").inner_text()
    assert re.match(r"(Clashes and advances|Strikes|Attacks on civilians): 1\.", sentence)
    assert opened.troubles == []
