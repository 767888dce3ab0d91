"""The map at every size, in a frame, with a basemap; and without being seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline.page import Online, page_html, write_page

if TYPE_CHECKING:
    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FRONT_UNDER_LEGEND = """() => {
  const legend = document.getElementById('legend');
  if (!legend.open) return 0;
  const box = legend.getBoundingClientRect();
  const path = document.querySelector('path.front');
  const matrix = path.getScreenCTM();
  const length = path.getTotalLength();
  let under = 0;
  for (let at = 0; at < length; at += 4) {
    const { x, y } = path.getPointAtLength(at).matrixTransform(matrix);
    if (x > box.left && x < box.right && y > box.top && y < box.bottom) under += 1;
  }
  return under;
}"""


def test_the_legend_is_never_over_the_front(made_up_page: Path, open_page: Open) -> None:
    """The part of the line that a reader looks for would lie under its own explanation."""
    for width, height in ((1280, 800), (1024, 700)):
        opened = open_page(made_up_page, viewport={"width": width, "height": height})
        for day in ("2019-12-18", "2020-01-28", "2020-03-06"):
            opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", day)
            # It moves once the days stand still.
            opened.tab.wait_for_timeout(400)
            opened.until(f"({FRONT_UNDER_LEGEND})() === 0")


def test_a_legend_that_the_reader_opens_keeps_off_the_front(
    bundled_page: Path, open_page: Open
) -> None:
    """On a tablet, where it is folded at first, it would open over the line."""
    opened = open_page(bundled_page, "#day=2020-02-06", viewport={"width": 860, "height": 900})
    opened.tab.wait_for_timeout(400)
    opened.tab.locator("#legend summary").click()
    opened.tab.wait_for_timeout(400)
    assert opened.tab.locator("#layer-names").count() == 1
    assert opened.tab.locator("#legend").evaluate("(legend) => legend.open")
    assert opened.tab.evaluate(FRONT_UNDER_LEGEND) == 0


DOTS = """() => [...document.querySelectorAll('.dots path')].flatMap((path) =>
  (path.getAttribute('d') || '').split('M').slice(1).map(
    (circle) => `${path.dataset.holder} ${path.getAttribute('class')} ${circle}`)).sort()"""


def test_places_are_the_same_by_steps_and_by_a_jump(bundled_page: Path, open_page: Open) -> None:
    """A reader who plays the days would see other holders than one who opens the address."""
    opened = open_page(bundled_page, "#day=2020-01-24")
    dots = []
    for days in (
        ["2020-01-26", "2020-01-29", "2020-02-08", "2020-02-06"],
        ["2019-12-19", "2020-02-06"],
    ):
        for day in days:
            opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", day)
            opened.until(f"document.documentElement.dataset.day === '{day}'")
        dots.append(opened.tab.evaluate(DOTS))
    opened.tab.evaluate("window.geoline.setDay('2020-01-24')")
    assert dots[0] == dots[1] != opened.tab.evaluate(DOTS)
    assert len(dots[0]) > 400


def test_two_days_side_by_side_and_what_a_phone_says_of_them(
    made_up_page: Path, open_page: Open
) -> None:
    """A reader would have to keep one day in mind while looking at the other."""
    opened = open_page(made_up_page, "#day=2020-02-06&with=2020-01-28")
    assert opened.tab.locator("#swipe").is_hidden()
    opened.tab.get_by_label("Side by side").check()
    divider = opened.tab.locator("#swipe")
    before = opened.tab.locator("#swipe-then rect").get_attribute("width")
    divider.focus()
    divider.press("ArrowRight")
    assert opened.tab.locator("#swipe-then rect").get_attribute("width") != before
    assert opened.tab.locator(".then path.front").get_attribute("d")
    opened.tab.evaluate("window.geoline.compare('')")
    assert divider.is_hidden()
    assert opened.tab.locator("[clip-path='url(#swipe-now)']").count() == 0
    phone = open_page(
        made_up_page, "#day=2020-02-06&with=2020-01-28", viewport={"width": 360, "height": 740}
    )
    said = phone.tab.locator("#sheet-text").inner_text()
    assert "places changed hands" in said
    assert "km²" in said
    assert opened.troubles == phone.troubles == []


def test_an_address_keeps_view_and_layers(made_up_page: Path, open_page: Open) -> None:
    """A link to what somebody looked at would show another part of the map, or hidden layers."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    opened.tab.wait_for_timeout(300)
    assert "view" not in opened.tab.evaluate("location.hash")
    opened.tab.evaluate("void window.geoline.map.setView([35.8, 36.7], 11, { animate: false })")
    if not opened.tab.locator("#legend").evaluate("(legend) => legend.open"):
        opened.tab.locator("#legend summary").first.click()
    opened.tab.locator("#layer-posts").uncheck()
    opened.until("location.hash.includes('hide=posts') && location.hash.includes('view=35.8')")
    assert opened.tab.locator("#locator").is_visible()
    again = open_page(made_up_page, opened.tab.evaluate("location.hash"))
    again.tab.wait_for_timeout(300)
    center = again.tab.evaluate("[window.geoline.map.getCenter().lat, geoline.map.getZoom()]")
    assert center == pytest.approx([35.8, 11], abs=0.01)
    assert again.tab.locator("#map.hide-posts").count() == 1
    opened.tab.locator("#home").click()
    opened.until("!location.hash.includes('view')")
    assert opened.troubles == again.troubles == []


def test_buttons_are_seen_in_forced_colours(made_up_page: Path, open_page: Open) -> None:
    """Who needs high contrast would have no buttons, or sides all of one colour."""
    opened = open_page(made_up_page, "#day=2020-02-06", forced_colors="active")
    look = "(id) => getComputedStyle(document.getElementById(id), '::before').backgroundColor"
    paper = opened.tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(opened.tab.evaluate(look, key) != paper for key in ("play", "back"))
    adjusted = "getComputedStyle(document.getElementById('map')).forcedColorAdjust"
    assert opened.tab.evaluate(adjusted) == "none"


def test_a_frame_scrolls_past_the_map_and_learns_its_height(
    made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """An article with the map in it could not be scrolled, and the frame would cut it off."""
    write_page(page_html(made_up_payload | Online(embed=True).payload()), tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html", viewport={"width": 680, "height": 420})
    clock, slider = (opened.tab.locator(key).bounding_box() for key in ("#clock", "#slider"))
    assert clock is not None
    assert slider is not None
    assert abs(clock["y"] + clock["height"] / 2 - slider["y"] - 28) < 20
    wheel = "window.geoline.map.scrollWheelZoom.enabled()"
    assert not opened.tab.evaluate(wheel)
    opened.tab.locator("#map").click(position={"x": 200, "y": 100})
    assert opened.tab.evaluate(wheel)
    assert opened.troubles == []


def test_only_the_host_of_the_basemap_is_asked_and_only_when_it_is_on(
    made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """Whoever opens the page would tell somebody so, or the basemap would never come."""
    online = Online(tiles="https://tiles.example.org/{z}/{x}/{y}.png", credit="Somebody")
    write_page(page_html(made_up_payload | online.payload()), tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html")
    opened.tab.wait_for_timeout(200)
    assert opened.requests == []
    opened.tab.evaluate("document.getElementById('legend').open = true")
    opened.tab.locator("#tiled").check()
    opened.tab.wait_for_timeout(300)
    assert opened.requests
    assert all(url.startswith("https://tiles.example.org/") for url in opened.requests)
    assert opened.tab.locator("#tile-credit").inner_text() == "Somebody"
    assert [trouble for trouble in opened.troubles if "CSP" in trouble] == []


def test_the_day_without_a_map(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Who cannot see the map would have no way to the places, nor anybody to the day's claims."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    opened.tab.locator("#all-places summary").click()
    opened.until(
        f"document.querySelectorAll('#all-places tbody tr').length"
        f" === {len(made_up_payload['places'])}"
    )
    row = opened.tab.locator("#all-places tbody tr", has_text="Saraqib").first.inner_text()
    assert any(party["name"] in row for party in made_up_payload["parties"])
    with opened.tab.expect_download() as waited:
        opened.tab.locator("#save-csv").click()
    lines = Path(waited.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("claim_id,place_id,place,")
    assert all(line[0] not in "=+-@" for line in lines)
    opened.tab.evaluate(AXE.read_text("utf-8"))
    for fragment in ("#day=2020-02-06&place=p3", "#day=2020-02-06&with=2020-01-28"):
        opened.tab.evaluate("(hash) => { location.hash = hash }", fragment)
        opened.tab.wait_for_timeout(300)
        if "with" in fragment:
            opened.tab.get_by_label("Side by side").check()
        found = opened.tab.evaluate(
            "axe.run().then(({ violations }) => violations.map((one) => one.id + ' ' +"
            " one.nodes.map((node) => node.target.join()).join()))"
        )
        assert found == [], fragment
