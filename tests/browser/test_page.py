"""The page in a real browser: opened from disk, without a network, used as a reader uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geoline.page.folium_map import page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.conftest import Open, Opened

pytestmark = pytest.mark.browser

WIDTH_OF_PAGE = "document.documentElement.scrollWidth"
LABEL_BOXES = """() => {
  const labels = document.querySelectorAll('.labels .label:not(.ground), .labels .shield');
  const shown = [...labels].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  return shown.map((label) => {
    const box = label.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom, label.textContent];
  });
}"""

# Holders of the shapes drawn over a place, by a selector of the shapes.
DRAWN_AT = """([selector, at]) => {
  const point = window.geoline.map.latLngToLayerPoint(at);
  const shapes = [...document.querySelectorAll(selector)];
  return shapes.filter((shape) => shape.isPointInFill(point)).map((shape) => shape.dataset.holder);
}"""

PIXEL_OF = """(at) => {
  const box = document.getElementById('map').getBoundingClientRect();
  const point = window.geoline.map.latLngToContainerPoint(at);
  return [box.left + point.x, box.top + point.y];
}"""


def overlaps(opened: Opened) -> list[tuple[str, str]]:
    """Pairs of names whose boxes meet by more than the slack of a text's own line height."""
    boxes = opened.tab.evaluate(LABEL_BOXES)
    slack = 3.5
    return [
        (a[4], b[4])
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack
    ]


def test_opens_offline_without_a_request(made_up_page: Path, open_page: Open) -> None:
    """Else the page is blank on a plane, and tells other hosts who reads it."""
    opened = open_page(made_up_page)
    opened.tab.evaluate(
        "for (const day of ['2019-12-18', '2020-03-06']) window.geoline.setDay(day)"
    )
    opened.tab.wait_for_timeout(300)
    assert opened.requests == []
    assert opened.troubles == []
    assert opened.tab.locator("[data-holder='government'].area").count() == 1


def test_an_old_browser_opens_the_page(made_up_page: Path, browser: Browser) -> None:
    """Else a browser that cannot inflate by itself shows nothing."""
    shown = []
    for script in ("", "delete window.DecompressionStream"):
        tab = browser.new_page()
        tab.add_init_script(script)
        tab.goto(made_up_page.as_uri() + "#day=2020-02-06")
        tab.locator("#map .area").first.wait_for(state="attached")
        shown.append(tab.locator("#map").inner_html())
        tab.close()
    assert shown[0] == shown[1]


def test_slider_keys(made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open) -> None:
    """Else a reader without a mouse, or with a screen reader, cannot change the day."""
    opened = open_page(made_up_page)
    days = made_up_payload["days"]
    slider = opened.tab.get_by_role("slider", name="Day")
    slider.focus()
    at = made_up_payload["opening"]
    for key, expected in [
        ("ArrowRight", at + 1),
        ("ArrowLeft", at),
        ("Shift+ArrowRight", at + 7),
        ("Shift+ArrowLeft", at),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("End", len(days) - 1),
        ("ArrowRight", len(days) - 1),
    ]:
        slider.press(key)
        assert opened.day == days[expected], key
        assert slider.get_attribute("aria-valuenow") == str(expected)
    assert slider.get_attribute("aria-valuemin") == "0"
    assert slider.get_attribute("aria-valuemax") == str(len(days) - 1)
    assert slider.get_attribute("aria-valuetext") == "Friday 6 March 2020"
    assert opened.tab.locator("#date").inner_text() == "Friday 6 March 2020"


def test_slider_follows_the_pointer(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else dragging lands on another day than the one under the pointer."""
    opened = open_page(made_up_page)
    box = opened.tab.locator("#slider").bounding_box()
    assert box is not None
    count = len(made_up_payload["days"])
    for day in (5, 60):
        opened.tab.mouse.click(box["x"] + box["width"] * (day + 0.5) / count, box["y"] + 20)
        assert opened.day == made_up_payload["days"][day]


def test_space_plays_and_escape_clears(made_up_page: Path, open_page: Open) -> None:
    """Else the two keys that the page promises do nothing."""
    opened = open_page(made_up_page, "#day=2020-01-05&place=p3")
    assert opened.tab.locator("#selection h2").inner_text().startswith("Saraqib")
    opened.tab.get_by_role("slider").focus()
    opened.tab.keyboard.press("Escape")
    assert opened.tab.locator("#selection").is_hidden()
    opened.tab.keyboard.press(" ")
    opened.until("window.geoline.day > '2020-01-06'")
    opened.tab.keyboard.press(" ")
    assert opened.tab.get_by_role("button", name="Play", exact=True).is_visible()
    stopped = opened.day
    opened.tab.wait_for_timeout(1000)
    assert opened.day == stopped


def test_days_show_what_the_payload_says(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else the map shows another day's holders after a jump, forwards or backwards."""
    opened = open_page(made_up_page)
    days, places = made_up_payload["days"], made_up_payload["places"]
    for day in (70, 3, 41, 0, 79):
        opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", days[day])
        for index in (0, 2, 3, 57, 211, 400):
            expected = [run for run in made_up_payload["status"][index] if run[0] <= day][-1]
            assert opened.holder(places[index]["id"]) == expected[1]
            at = [places[index]["lat"], places[index]["lon"]]
            assert opened.tab.evaluate(DRAWN_AT, [".dots path", at]) == [expected[1]]
            # The ground under a place that is held is its holder's; the day's areas are drawn.
            if expected[1] != "contested":
                assert expected[1] in opened.tab.evaluate(DRAWN_AT, ["path.area", at])
        for change in made_up_payload["changes"][day]:
            place = places[change["place"]]
            rings = opened.tab.evaluate(DRAWN_AT, ["path.ring", [place["lat"], place["lon"]]])
            assert change["to"] in rings, place["id"]
        areas = opened.tab.evaluate(
            "[...document.querySelectorAll('.area')].map((e) => e.dataset.holder)"
        )
        assert set(areas) == set(made_up_payload["areas"][day])


def test_highways_and_the_twelve_posts(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else the reader misses what the war was fought over, and who stood between."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    for road in ("M4", "M5"):
        paths = opened.tab.locator(f"path[data-highway='{road}']")
        assert paths.count() == 2
        assert {path.get_attribute("data-holder") for path in paths.all()} == {
            "government",
            "opposition",
        }
    assert opened.tab.locator("[data-post][data-agreed='true']").count() == 12
    assert opened.tab.locator("[data-post]").count() == len(made_up_payload["posts"])
    assert opened.tab.locator(".posts .post-number").all_text_contents() == [
        str(n) for n in range(1, 13)
    ]


def test_drawn_road_has_the_right_length(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else a stretch changes colour kilometres from where it changed hands."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    lengths = opened.tab.evaluate(
        "[...document.querySelectorAll('[data-highway=M5]')].map((path) => path.getTotalLength())"
    )
    day = made_up_payload["days"].index("2020-02-06")
    road = made_up_payload["highways"][0]
    cut = road["days"][day][0][1]
    # Web Mercator stretches the north a little, by about one per cent here.
    assert lengths[0] / sum(lengths) == pytest.approx(cut / road["length_km"], abs=0.012)


@pytest.mark.parametrize("zoom", [None, 9.5, 10.25, 11.5, 13])
def test_names_never_overlap(made_up_page: Path, open_page: Open, zoom: float | None) -> None:
    """Else names cannot be read where it matters, at the front."""
    opened = open_page(made_up_page, "#day=2020-01-27")
    if zoom is not None:
        opened.tab.evaluate(
            "(zoom) => window.geoline.map.setView([35.8, 36.7], zoom, {animate: false})", zoom
        )
    assert opened.tab.locator(".labels .label").count() >= 5
    assert overlaps(opened) == []


def test_arabic_names_run_right_to_left(made_up_page: Path, open_page: Open) -> None:
    """Else Arabic names are torn apart or turn the text beside them round."""
    opened = open_page(made_up_page, "#place=p1")
    heading = opened.tab.locator("#selection h2 [lang=ar]")
    assert heading.inner_text() == "إدلب"
    assert heading.evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    assert heading.evaluate("(e) => getComputedStyle(e).unicodeBidi") == "isolate"
    opened.tab.evaluate("window.geoline.map.setView([35.93, 36.63], 11, {animate: false})")
    names = opened.tab.locator(".label text[lang=ar]")
    assert "إدلب" in names.all_text_contents()
    assert names.first.evaluate("(e) => getComputedStyle(e).direction") == "rtl"


def test_place_opens_by_click_and_search(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else the claims behind the map cannot be reached, and the map must be believed."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    place = made_up_payload["places"][3]
    x, y = opened.tab.evaluate(PIXEL_OF, [place["lat"], place["lon"]])
    opened.tab.mouse.click(x, y)
    assert opened.tab.locator("#selection h2").inner_text().startswith("Saraqib")
    link = opened.tab.locator("#selection .claims a").first
    assert link.get_attribute("href") == "https://www.example.org/report?x=1&y=2"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.inner_text() == "example.org"
    opened.until("location.hash === '#day=2020-02-06&place=p3'")
    opened.tab.get_by_role("combobox", name="Find a place").fill("MAARET al noman")
    opened.tab.keyboard.press("Enter")
    assert opened.tab.locator("#selection h2").inner_text().startswith("Maarrat al-Numan")
    opened.tab.get_by_role("button", name="Close (Esc)").click()
    assert opened.tab.locator("#selection").is_hidden()


def test_lists_lead_to_what_the_map_shows(made_up_page: Path, open_page: Open) -> None:
    """Else posts and changed places can be reached with a mouse on the map alone."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    change = opened.tab.locator("#changes button").first
    name = change.locator(".change-place").inner_text()
    change.press("Enter")
    assert opened.tab.locator("#selection h2").inner_text().startswith(name)
    assert opened.tab.locator("#selection h2:focus").count() == 1
    opened.tab.get_by_text("Posts: ").click()
    opened.tab.get_by_role("button", name="Post 4 no. 4").press("Enter")
    assert opened.tab.locator("#selection h2").inner_text() == "Post 4"
    opened.tab.locator(".road-line", has_text="M5").press("Enter")
    assert opened.tab.locator("#selection h2").inner_text() == "M5"


def test_address_holds_the_day(made_up_page: Path, open_page: Open) -> None:
    """Else a day of the map cannot be linked or bookmarked."""
    opened = open_page(made_up_page, "#day=2020-01-28&post=post-4")
    assert opened.day == "2020-01-28"
    assert opened.tab.locator("#selection h2").inner_text() == "Post 4"
    opened.tab.evaluate("location.hash = '#day=2020-02-27&road=M5'")
    opened.until("window.geoline.day === '2020-02-27'")
    assert opened.tab.locator("#selection h2").inner_text() == "M5"
    opened.tab.evaluate("location.hash = '#day=nonsense&place=%00'")
    opened.tab.wait_for_timeout(200)
    assert opened.day == "2020-02-27"
    assert opened.troubles == []


def test_attacks_are_shown_as_text(hostile_page: Path, open_page: Open) -> None:
    """Else a hostile report runs code in the reader's browser or breaks the page."""
    opened = open_page(hostile_page)
    for number in range(9):
        opened.tab.evaluate("(i) => { location.hash = `#place=p${20 + i}` }", number)
        opened.tab.wait_for_timeout(60)
        opened.tab.evaluate("(i) => { location.hash = `#post=post-${i + 1}` }", number)
        opened.tab.wait_for_timeout(60)
    opened.tab.evaluate("{ location.hash = '#road=M5' }")
    opened.until("document.querySelector('#selection .road-towns') !== null")
    opened.tab.evaluate("{ location.hash = '#place=p20' }")
    opened.until("document.querySelector('#selection h2')?.textContent.includes('hacked')")
    assert "<script>window.hacked=1</script>" in opened.tab.locator("#selection").inner_text()
    assert opened.tab.locator("#selection .claims a").count() == 0
    assert opened.tab.evaluate("window.hacked") is None
    assert (
        opened.tab.evaluate(
            "document.querySelectorAll('img, iframe, object, body script:not([type]) ~ div').length"
        )
        == 0
    )
    assert opened.requests == []
    assert opened.troubles == []
    assert opened.tab.evaluate(WIDTH_OF_PAGE) <= 1280


def test_links_lead_only_to_the_web(hostile_page: Path, open_page: Open) -> None:
    """Else a claim's link runs a script when it is followed."""
    opened = open_page(hostile_page)
    for number in range(9):
        opened.tab.evaluate("(i) => { location.hash = `#place=p${20 + i}` }", number)
        opened.tab.wait_for_timeout(60)
        for link in opened.tab.locator("a[href]:not(.leaflet-control a)").all():
            assert (link.get_attribute("href") or "").startswith(("https://", "http://"))


@pytest.mark.parametrize("place", ["", "&place=p3"])
def test_phone(made_up_page: Path, open_page: Open, place: str) -> None:
    """Else the page must be pushed sideways on a phone, or its buttons are too small to hit."""
    opened = open_page(
        made_up_page,
        f"#day=2020-02-06{place}",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    opened.tab.wait_for_timeout(200)
    assert opened.tab.evaluate(WIDTH_OF_PAGE) == 360
    map_box = opened.tab.locator("#map").bounding_box()
    assert map_box is not None
    assert map_box["width"] == 360
    assert map_box["height"] >= 200
    for name in ("Play", "One day back", "One day forward"):
        box = opened.tab.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 36
    opened.tab.get_by_role("button", name="One day forward").tap()
    assert opened.day == "2020-02-07"
    sheet = opened.tab.locator("#sheet")
    open_now = sheet.get_attribute("aria-expanded") == "true"
    assert open_now is bool(place)
    sheet.tap()
    assert (sheet.get_attribute("aria-expanded") == "true") is not open_now
    assert opened.troubles == []


def test_dark_and_calm(made_up_page: Path, open_page: Open) -> None:
    """Else the page glares at night, and pulses for those whom that makes unwell."""
    opened = open_page(made_up_page, color_scheme="dark", reduced_motion="reduce")
    paper = opened.tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in paper[4:-1].split(",")) < 60
    opened.tab.evaluate("window.geoline.setDay('2020-02-06')")
    assert opened.tab.evaluate("document.getAnimations().length") == 0


def test_print_shows_the_map_without_controls(made_up_page: Path, open_page: Open) -> None:
    """Else the printed page is a screenshot of buttons, or an empty sheet."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    opened.tab.emulate_media(media="print")
    opened.tab.wait_for_timeout(200)
    for hidden in ("#time", "#search", ".leaflet-control-zoom", ".toggles"):
        assert opened.tab.locator(hidden).is_hidden(), hidden
    for shown in ("#map", "#legend-body", "#date", "#title"):
        assert opened.tab.locator(shown).is_visible(), shown
    box = opened.tab.locator("#map").bounding_box()
    assert box is not None
    assert box["height"] > 500
    opened.tab.emulate_media(media="screen")
    assert opened.tab.locator("#time").is_visible()


def test_layers_can_be_hidden(made_up_page: Path, open_page: Open) -> None:
    """Else the reader cannot clear the map of what he does not ask about."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    for layer, selector in [
        ("Names", ".labels .label"),
        ("Posts", "[data-post]"),
        ("Highways", "path[data-highway]"),
        ("Places", ".dots path"),
    ]:
        assert opened.tab.locator(f"{selector} >> visible=true").count() > 0
        opened.tab.get_by_label(layer, exact=True).uncheck()
        assert opened.tab.locator(f"{selector} >> visible=true").count() == 0, layer


def test_notebook_frame(made_up_payload: dict[str, Any], tmp_path: Path, browser: Browser) -> None:
    """Else the map is blank in Jupyter, whose frames have no address of their own."""
    file = tmp_path / "notebook.html"
    file.write_text(f"<!DOCTYPE html><body>{page(made_up_payload)._repr_html_()}", encoding="utf-8")
    context = browser.new_context(offline=True)
    tab = context.new_page()
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    tab.goto(file.as_uri())
    inside = tab.frame_locator("iframe")
    inside.get_by_role("button", name="One day forward").click()
    assert inside.locator("#date").inner_text() == "Tuesday 28 January 2020"
    assert inside.locator("path[data-highway='M5']").count() == 2
    # A frame has no address to link to; the other controls work.
    assert inside.locator("#link").is_hidden()
    inside.locator("#with").focus()
    inside.locator("#with").select_option("2020-02-06")
    assert inside.locator("#date").inner_text().startswith("Between 28 January 2020")
    inside.locator("#language").click()
    assert inside.locator("html").get_attribute("dir") == "rtl"
    with tab.expect_download() as waited:
        inside.locator("#save-geojson").click()
    assert waited.value.suggested_filename == "a-made-up-war-2020-01-28.geojson"
    tab.wait_for_timeout(300)
    assert troubles == []
    context.close()
