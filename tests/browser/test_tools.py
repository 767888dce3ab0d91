"""The controls of the page: language, search, chart, ground, two days, files of the day."""

from __future__ import annotations

import io
import json
import random
import struct
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
import shapely

from geoline import load_theatre
from geoline.page.html_page import page_html, write_page
from geoline.page.lines import decode_line
from geoline.page.payload import _spelt, page_payload
from geoline.page.spellings import other_spellings
from tests.theatres.small import small_theatre

if TYPE_CHECKING:
    from geoline.gazetteer.gazetteer import Gazetteer
    from geoline.theatre import Theatre
    from tests.browser.conftest import Open, Opened

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WIDTH_OF_PAGE = "document.documentElement.scrollWidth"
SVG = "{http://www.w3.org/2000/svg}"
# English words that the Arabic interface must not show; names and notes of the data may.
LATIN_WORDS = """() => {
  const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest('bdi, svg, .claims, [hidden], #language, #map')) continue;
    if (/[A-Za-z]{4,}/.test(node.data.replace('GeoJSON', ''))) found.push(node.data);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    if (element.closest('.claims')) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const text = (element.getAttribute(name) || '').replace(/GeoJSON|Post \\d+/g, '');
      if (/[A-Za-z]{4,}/.test(text)) found.push(text);
    }
  }
  return found;
}"""


def search(opened: Opened, text: str) -> list[str]:
    """Type a name and give the names of the options."""
    opened.tab.get_by_role("combobox", name="Find a place").fill(text)
    names: list[str] = opened.tab.evaluate(
        "[...document.querySelectorAll('#found .found-name bdi:first-child')]"
        ".map((name) => name.textContent)"
    )
    return names


def select(opened: Opened, fragment: str) -> None:
    """Go to an address and wait for its card."""
    opened.tab.evaluate("(hash) => { location.hash = hash }", fragment)
    opened.until("!document.getElementById('selection').hidden")


def saved(opened: Opened, kind: str) -> bytes:
    """Click a button of the day's files and give what was saved."""
    with opened.tab.expect_download() as waited:
        opened.tab.locator(f"#save-{kind}").click()
    assert waited.value.suggested_filename.endswith(f".{kind}")
    return Path(waited.value.path()).read_bytes()


def test_arabic_interface(made_up_page: Path, open_page: Open) -> None:
    """Else readers in Syria get a page that speaks English, or runs the wrong way."""
    opened = open_page(made_up_page, "#day=2020-01-28&place=p3")
    opened.tab.locator("#language").click()
    root = opened.tab.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    opened.until("location.hash.includes('lang=ar')")
    assert opened.tab.locator("#selection h2").inner_text().startswith("سراقب")
    assert opened.tab.get_by_role("slider").get_attribute("aria-valuetext") == (
        "الثلاثاء 28 كانون الثاني 2020"
    )
    assert opened.tab.locator("#title").inner_text() == opened.tab.title()
    assert opened.tab.title().startswith("حرب مختلقة: ")
    assert opened.tab.locator(".leaflet-control-scale-line").inner_text().endswith(" كم")
    names = opened.tab.locator(".labels text[lang=ar]").all_text_contents()
    assert "سراقب" in names
    assert "المعارضة، منذ ما قبل" in opened.tab.locator("#selection .standing").inner_text()
    for part in ("#chart", "#posts", "#about"):
        opened.tab.locator(f"{part} summary").first.click()
    for fragment in ("place=p57", "post=post-4", "road=M5", "ground=35.9,36.7"):
        select(opened, f"#day=2020-02-06&lang=ar&{fragment}")
        assert opened.tab.evaluate(LATIN_WORDS) == []
    opened.tab.evaluate("{ location.hash = '#day=2020-02-06&with=2020-01-28&lang=ar' }")
    opened.until("document.getElementById('date').textContent.startsWith('بين')")
    assert opened.tab.evaluate(LATIN_WORDS) == []
    panel, map_box = (opened.tab.locator(f).bounding_box() for f in ("#panel", "#map"))
    assert panel is not None
    assert map_box is not None
    assert panel["x"] < map_box["x"]
    assert opened.troubles == []
    opened.tab.locator("#language").click()
    assert opened.tab.locator("#date").inner_text().startswith("Between 28 January 2020 and")
    opened.until("!location.hash.includes('lang')")


def test_arabic_counts(made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open) -> None:
    """Else the numbers do not agree with their nouns, as a careless translation has it."""
    said = {
        0: "لم تتغير السيطرة على أي مكان",
        1: "تغيرت السيطرة على مكان واحد",
        2: "تغيرت السيطرة على مكانين",
        3: "تغيرت السيطرة على 3 أماكن",
        11: "تغيرت السيطرة على 11 مكاناً",
        100: "تغيرت السيطرة على 100 مكان",
    }
    payload = dict(made_up_payload)
    payload["changes"] = []
    # A place changes hands, to and fro, on each day that counts it in.
    payload["status"] = [
        [
            [day, ("opposition", "government")[turn % 2], 0, 0, 1.0]
            for turn, day in enumerate([0, *(d for d, count in enumerate(said) if n < count)])
        ]
        for n in range(len(payload["places"]))
    ]
    payload["days"] = payload["days"][: len(said)]
    payload["opening"] = 0
    write_page(page_html(payload), tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html", "#lang=ar")
    for day, (count, words) in zip(payload["days"], said.items(), strict=True):
        opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", day)
        assert opened.tab.locator("#changes-head").text_content() == words
        opened.until(f"document.querySelectorAll('#changes li').length === {count}")


def test_arabic_on_a_phone(made_up_page: Path, open_page: Open) -> None:
    """Else the Arabic page must be pushed sideways on a phone."""
    opened = open_page(made_up_page, "#day=2020-02-06&lang=ar&place=p3", **PHONE)
    opened.tab.wait_for_timeout(200)
    assert opened.tab.evaluate(WIDTH_OF_PAGE) == 360
    assert opened.troubles == []


def test_browser_in_arabic_opens_in_arabic(made_up_page: Path, open_page: Open) -> None:
    """Else the reader's own choice of language counts for nothing."""
    opened = open_page(made_up_page, locale="ar-SY")
    assert opened.tab.locator("html").get_attribute("lang") == "ar"
    opened.tab.locator("#language").click()
    opened.until("location.hash.includes('lang=en')")


def gazetteer_page(
    gazetteer: Gazetteer, made_up: dict[str, Any], file: Path, *, also: bool
) -> None:
    """Write a page with the places of the bundled gazetteer."""
    ranks = {"city": 1, "town": 2, "village": 3}
    places = [
        {
            "id": place.id, "name": place.name, "ar": place.name_ar, "lat": place.lat,
            "lon": place.lon, "rank": ranks.get(place.kind, 4),
            **({"also": other_spellings(*_spelt(place))} if also else {}),
        }
        for place in gazetteer.places
    ]  # fmt: skip
    status = [[[0, "opposition", 0, 0, 0.9]] for _ in places]
    empty: dict[str, Any] = {"claims": [], "posts": [], "highways": []}
    changes: list[Any] = [[] for _ in made_up["days"]]
    write_page(
        page_html({**made_up, **empty, "places": places, "status": status, "changes": changes}),
        file,
    )


def test_search_hears_other_spellings(
    bundled_theatre: Theatre, made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """Else a reader who writes the name as his paper does is told that there is no such place."""
    gazetteer = bundled_theatre.gazetteer
    # Without the spellings that the page carries besides: these are what is asked for.
    gazetteer_page(gazetteer, made_up_payload, tmp_path / "map.html", also=False)
    opened = open_page(tmp_path / "map.html")
    for text, name in [
        ("Saraqeb", "Saraqib"),
        ("سراقب", "Saraqib"),
        ("Sraqb", "Saraqib"),
        ("Maaret al-Noman", "Maarrat al-Numan"),
        ("Ma'arrat an-Nu'man", "Maarrat al-Numan"),
        ("maarat numan", "Maarrat al-Numan"),
        ("معرة النعمان", "Maarrat al-Numan"),
        ("Khan Sheikhoun", "Khan Sheikhoun"),
        ("Khan Shaykhun", "Khan Sheikhoun"),
        ("khan sheikun", "Khan Sheikhoun"),
        ("Kafranbel", "Kafr Nabl"),
        ("Kafr Nbel", "Kafr Nabl"),
        ("كفرنبل", "Kafr Nabl"),
        ("Jisr esh-Shughour", "Jisr al-Shughur"),
        ("jisr shugur", "Jisr al-Shughur"),
    ]:
        assert search(opened, text)[0] == name, text
    listed = sorted(
        (spelling, place.name)
        for place in gazetteer.places
        for spelling in {*place.names} - {place.name, place.name_ar}
    )
    sample = random.Random(5).sample(listed, 120)  # noqa: S311  (no secret)
    answers = [(search(opened, spelling), name) for spelling, name in sample]
    first = sum(found[:1] == [name] for found, name in answers) / len(sample)
    among = sum(name in found for found, name in answers) / len(sample)
    assert first >= 0.8
    assert among >= 0.9
    assert opened.troubles == []


def test_search_by_keys(made_up_page: Path, open_page: Open) -> None:
    """Else a reader without a mouse cannot choose among the names, nor a screen reader say them."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    box = opened.tab.get_by_role("combobox", name="Find a place")
    box.fill("kafr")
    options = opened.tab.get_by_role("listbox").get_by_role("option")
    assert options.count() == 8
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") == "found-0"
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "found-1"
    assert options.nth(1).get_attribute("aria-selected") == "true"
    box.press("ArrowUp")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == "found-7"
    wanted = options.nth(7).locator("bdi").first.inner_text()
    box.press("Enter")
    assert opened.tab.locator("#selection h2").inner_text().startswith(wanted)
    box.fill("saraqb")
    text = options.first.inner_text()
    for part in ("Saraqib", "سراقب", "Town", "Government and allies"):
        assert part in text
    box.press("Escape")
    assert box.input_value() == ""
    assert opened.tab.locator("#found").is_hidden()
    assert opened.tab.locator("#selection").is_visible()
    assert search(opened, "meqleb")[0] == "Saraqib"
    # Nothing is like it: the page says so, and offers the nearest all the same.
    assert len(search(opened, "xqzwvxq")) == 3
    assert opened.tab.locator("#found").inner_text().startswith("No place of that name")
    box.press("Escape")
    box.fill("M5")
    options.first.click()
    assert opened.tab.locator("#selection h2").inner_text() == "M5"


def test_chart_moves_with_the_day_and_back(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else the chart shows another day than the map, or its figures are not those of the data."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    opened.until("document.querySelectorAll('.chart-plot').length === 3")
    days = made_up_payload["days"]
    plot = opened.tab.locator(".chart-plot").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    opened.tab.mouse.click(box["x"] + box["width"] * 20.5 / len(days), box["y"] + 10)
    assert opened.day == days[20]
    needle = plot.locator(".needle").evaluate("(e) => parseFloat(e.style.left)")
    assert needle == pytest.approx(100 * 20.5 / len(days))
    assert plot.get_attribute("role") == "img"
    assert "Land" in (plot.get_attribute("aria-label") or "")
    opened.tab.get_by_text("Figures of the day").click()
    opened.until("document.querySelector('#chart tbody td').textContent !== ''")
    held = made_up_payload["held_km2"]
    row = opened.tab.locator("#chart tbody").first.locator("tr", has_text="Government")
    now, first = held[20]["government"], held[0]["government"]
    assert f"{now:,.0f}" in row.inner_text()
    assert "310 in the band" in row.inner_text()
    assert f"+{now - first:,.0f}" in row.inner_text()
    # The lowest part of the stack reaches as high as its share of the whole.
    parts = opened.tab.locator(".chart-plot").first.locator(".chart-part")
    assert parts.count() == len({holder for day in held for holder in day})
    steps = (parts.first.get_attribute("d") or "").lstrip("M").split("L")
    share = now / max(sum(day.values()) for day in held)
    assert float(steps[2 * 20].split(" ")[1]) == pytest.approx(96 * (1 - share), abs=0.1)


def test_ground_names_its_reasons(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else nobody learns why ground between the places is drawn as it is."""
    day = 40
    change = next(
        c
        for c in made_up_payload["changes"][day]
        if c["to"] == "government" and c["from"] == "opposition"
    )
    place = made_up_payload["places"][change["place"]]
    iso = made_up_payload["days"][day]
    # A little beside the place, in its cell of the drawing.
    at = f"{place['lat'] + 0.002:.4f},{place['lon']:.4f}"
    opened = open_page(made_up_page, f"#day={iso}&ground={at}")
    text = opened.tab.locator("#selection").inner_text()
    assert "Drawn as held by Government and allies" in text
    assert "before that Opposition" in text
    assert "the map draws ground by the places around it" in text
    assert "Nearest front line:" in text
    assert place["name"] in text
    assert opened.tab.locator("#selection .claims a").count() >= 1
    opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", made_up_payload["days"][day - 1])
    assert "Drawn as held by Opposition" in opened.tab.locator("#selection").inner_text()
    opened.tab.locator("#selection button.change").first.click()
    opened.until("location.hash.includes('place=')")
    opened.tab.evaluate("{ location.hash = '#ground=nonsense,%00' }")
    opened.tab.wait_for_timeout(100)
    assert opened.troubles == []


def test_click_on_ground(made_up_page: Path, open_page: Open) -> None:
    """Else a click beside the places says nothing."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    opened.tab.evaluate("window.geoline.map.setView([35.62, 37.1], 14, {animate: false})")
    box = opened.tab.locator("#map").bounding_box()
    assert box is not None
    for dx in range(0, 300, 60):
        opened.tab.mouse.click(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2)
        if "Ground near" in opened.tab.locator("#selection").inner_text():
            break
    assert "Drawn as held by" in opened.tab.locator("#selection").inner_text()
    opened.until("location.hash.includes('ground=35.')")


def test_two_days_compared(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else the reader adds up seventy days himself to learn what a month changed."""
    opened = open_page(made_up_page, "#day=2020-02-20")
    days, status = made_up_payload["days"], made_up_payload["status"]
    picker = opened.tab.get_by_label("Compare with")
    picker.focus()
    picker.select_option(days[10])
    last = days.index("2020-02-20")

    def holder(runs: list[list[Any]], day: int) -> str:
        found: str = [run for run in runs if run[0] <= day][-1][1]
        return found

    moved = sum(holder(runs, 10) != holder(runs, last) for runs in status)
    assert opened.tab.locator("#changes-head").inner_text() == f"{moved} places changed hands"
    opened.until(f"document.querySelectorAll('#changes li').length === {moved}")
    held = made_up_payload["held_km2"]
    net = held[last]["government"] - held[10]["government"]
    balance = opened.tab.locator("#balance").inner_text()
    assert f"+{net:,.0f}" in balance
    assert "Net change" in balance
    assert opened.tab.locator("#roads .road-bar").count() == 4
    assert "28 Dec: " in opened.tab.locator("#roads").inner_text()
    opened.until(f"location.hash === '#day=2020-02-20&with={days[10]}'")
    assert opened.tab.locator("#thumb-with").is_visible()
    opened.tab.keyboard.press("Escape")
    assert opened.tab.locator("#date").inner_text() == "Thursday 20 February 2020"
    assert opened.tab.locator("#thumb-with").is_hidden()
    assert picker.input_value() == ""
    # From the address, and in either order; ended by its button.
    opened.tab.evaluate("(iso) => { location.hash = `#day=${iso}&with=2020-02-20` }", days[10])
    opened.until("document.getElementById('date').textContent.startsWith('Between 28 Dec')")
    assert f"+{net:,.0f}" in opened.tab.locator("#balance").inner_text()
    opened.tab.get_by_role("button", name="End the comparison").click()
    assert opened.tab.locator("#date").inner_text() == "Saturday 28 December 2019"
    assert opened.troubles == []


def test_buttons_of_the_day(made_up_page: Path, open_page: Open) -> None:
    """Else a button beside the slider does not do what it says, or does it past the last day."""
    opened = open_page(made_up_page, "#day=2020-03-05")
    speed = opened.tab.locator("#speed")
    for words in ("2×, double", "4×, four times", "1×, normal", "2×, double"):
        speed.click()
        assert speed.get_attribute("aria-label") == f"Speed {words}"
    forward = opened.tab.get_by_role("button", name="One day forward")
    forward.click()
    assert opened.day == "2020-03-06"
    assert forward.is_disabled()
    opened.tab.get_by_role("button", name="One day back").click()
    assert opened.day == "2020-03-05"
    opened.tab.get_by_role("button", name="Play", exact=True).click()
    opened.until("window.geoline.day === '2020-03-06'")
    opened.until("!document.getElementById('play').classList.contains('playing')")
    zoom = opened.tab.evaluate("window.geoline.map.getZoom()")
    opened.tab.get_by_role("button", name="Zoom in").click()
    opened.until(f"window.geoline.map.getZoom() > {zoom}")
    opened.tab.locator("#legend summary").click()
    assert opened.tab.locator("#legend-body").is_hidden()
    assert opened.troubles == []


def test_link_to_the_day(made_up_page: Path, open_page: Open) -> None:
    """Else the link that a reader copies leads to another day, or another language."""
    opened = open_page(
        made_up_page,
        "#day=2020-02-06&place=p3&lang=ar",
        permissions=["clipboard-read", "clipboard-write"],
    )
    opened.tab.locator("#link").click()
    opened.until("document.getElementById('told').textContent !== ''")
    copied = opened.tab.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("#day=2020-02-06&place=p3&lang=ar")
    assert copied.startswith("file:")


def test_known_is_hidden_where_there_is_nothing_to_choose(
    made_up_page: Path, open_page: Open
) -> None:
    """Else a control stands there that does nothing."""
    opened = open_page(made_up_page, "#known=2020-01-01")
    assert opened.tab.get_by_label("As known on").is_hidden()
    assert opened.troubles == []


def test_geojson_of_the_day(
    made_up_page: Path, made_up_payload: dict[str, Any], open_page: Open
) -> None:
    """Else a GIS refuses the day, or shows other areas than the page."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    content = saved(opened, "geojson")
    day = made_up_payload["days"].index("2020-02-06")
    table = gpd.read_file(io.BytesIO(content))
    assert table.crs.to_epsg() == 4326
    counts = table["layer"].value_counts().to_dict()
    assert counts["place"] == len(made_up_payload["places"])
    assert counts["post"] == len(made_up_payload["posts"])
    assert counts["highway"] == 4
    assert counts["front"] == counts["band"] == 1
    areas = table[table["layer"] == "area"].set_index("holder")
    for holder, polygons in made_up_payload["areas"][day].items():
        expected = shapely.union_all(
            [
                shapely.make_valid(
                    shapely.Polygon(decode_line(p[0]), [decode_line(r) for r in p[1:]])
                )
                for p in polygons
            ]
        )
        drawn = shapely.make_valid(areas.geometry[holder])
        assert drawn.symmetric_difference(expected).area < 1e-3 * expected.area
        assert all(p.exterior.is_ccw for p in shapely.get_parts(areas.geometry[holder]))
    place = table[table["id"] == "p3"].iloc[0]
    assert (place["name"], place["name_ar"]) == ("Saraqib", "سراقب")
    assert place["holder"] == opened.holder("p3")
    assert opened.requests == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_svg_of_the_day_stands_alone(made_up_page: Path, open_page: Open, language: str) -> None:
    """Else the picture cannot be opened, or carries what an editor's desk must refuse."""
    opened = open_page(made_up_page, f"#day=2020-02-06&lang={language}")
    root = check_svg(saved(opened, "svg"))
    said = " ".join(root.itertext())
    title = {"en": "A made-up war · Thursday 6 February 2020", "ar": "حرب مختلقة"}[language]
    assert title in said
    assert "Borders: drawn by hand" in said
    assert {"en": "Saraqib", "ar": "سراقب"}[language] in said
    assert {"en": "Front line", "ar": "خط الجبهة"}[language] in said
    assert {"en": " km", "ar": " كم"}[language] in said
    assert opened.requests == []
    assert opened.troubles == []


def test_png_of_the_day(made_up_page: Path, open_page: Open) -> None:
    """Else the picture for the article is missing, blank or too coarse to print."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    content = saved(opened, "png")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2400
    assert 1200 < height < 3600
    assert len(content) > 100_000
    assert opened.troubles == []


def check_svg(content: bytes) -> ET.Element:
    """Parse an SVG and make sure that nothing in it acts or leads elsewhere."""
    root = ET.fromstring(content)  # noqa: S314  (our own file)
    assert root.tag == f"{SVG}svg"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "style", "defs", "pattern", "clipPath", "g", "rect", "circle", "path",
            "text",
        }  # fmt: skip
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name
            assert "javascript:" not in value
            assert "url(" not in value or value.startswith("url(#")
    return root


def test_attacks_in_the_tools(
    hostile_page: Path, hostile_payload: dict[str, Any], open_page: Open
) -> None:
    """Else a hostile name runs code from the search, a card, the chart or a downloaded picture."""
    for language in ("en", "ar"):
        opened = open_page(hostile_page, f"#lang={language}")
        opened.until("document.querySelectorAll('.chart-plot').length > 0")
        opened.tab.locator("#chart details summary").click()
        for text in (
            "script",
            "hacked",
            "AAAAAAA",
            "إدلب",
            "img src",
            "\u202e",
            "A" * 10_000,
            "{{",
        ):
            opened.tab.locator("#query").fill(text)
            opened.tab.wait_for_timeout(20)
        opened.tab.locator("#query").fill("")
        for fragment in ("ground=35.9,36.7", "ground=35.6,37.0", "place=p20", "post=post-1"):
            select(opened, f"#lang={language}&{fragment}")
        first = opened.tab.evaluate("window.geoline.day")
        opened.tab.evaluate("window.geoline.compare('2019-12-29')")
        opened.tab.wait_for_timeout(200)
        assert first != "2019-12-29"
        for number in range(9):
            place = hostile_payload["places"][20 + number]
            lat, lon = place["lat"], place["lon"]
            opened.tab.evaluate(
                "([lat, lon]) => window.geoline.map.setView([lat, lon], 12, {animate: false})",
                [lat, lon],
            )
            if number % 4 == 0:
                check_svg(saved(opened, "svg"))
        assert len(saved(opened, "png")) > 10_000
        table = json.loads(saved(opened, "geojson"))
        assert any("window.hacked" in str(f["properties"].get("name")) for f in table["features"])
        assert opened.tab.evaluate("window.hacked") is None
        assert opened.tab.evaluate("document.querySelectorAll('img, iframe, object').length") == 0
        assert opened.tab.evaluate(WIDTH_OF_PAGE) <= 1280
        assert opened.requests == []
        assert opened.troubles == []


def test_every_control_by_keyboard_alone(made_up_page: Path, open_page: Open) -> None:
    """Else a control is there for those with a mouse only, or the focus is caught in it."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    opened.until("document.querySelectorAll('.chart-plot').length === 3")
    reached: list[str] = []
    for _ in range(140):
        opened.tab.keyboard.press("Tab")
        at = opened.tab.evaluate(
            "(() => { const e = document.activeElement; return e.id || e.parentElement?.id"
            " || e.className || e.tagName; })()"
        )
        if reached and at in {"BODY", "HTML", ""}:
            break
        reached.append(at)
        if at == "about":
            break
    needed = {
        "map", "legend", "layer-names", "layer-band", "back", "play", "forward", "speed", "slider",
        "language", "query", "with", "change", "roads", "chart", "posts", "save-png",
        "save-svg", "save-geojson", "link", "about",
    }  # fmt: skip
    assert needed <= set(reached), needed - set(reached)
    opened.tab.locator("#language").focus()
    opened.tab.keyboard.press("Enter")
    assert opened.tab.locator("html").get_attribute("lang") == "ar"
    opened.tab.keyboard.press("Enter")
    opened.tab.locator("#with").focus()
    opened.tab.keyboard.press("ArrowDown")
    opened.until("document.getElementById('date').textContent.startsWith('Between')")
    opened.tab.keyboard.press("Escape")
    opened.until("document.getElementById('date').textContent.startsWith('Thursday')")
    assert opened.troubles == []


def test_two_day_chart_prints(made_up_page: Path, open_page: Open) -> None:
    """Else the printed page loses the chart, or its controls are printed with it."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    opened.tab.emulate_media(media="print")
    opened.tab.wait_for_timeout(200)
    assert opened.tab.locator(".chart-plot").first.is_visible()
    for hidden in ("#tools", "#choices", "#language"):
        assert opened.tab.locator(hidden).is_hidden(), hidden


def test_a_day_as_it_was_known_then(
    made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """Else yesterday's map cannot be seen as it was known yesterday."""
    payload = dict(made_up_payload)
    days, first = payload["days"], payload["status"]
    # Nobody knew of any change: each day was known as the first.
    payload["as_known"] = {
        "status": [runs[:1] for runs in first],
        "changes": [[] for _ in days],
        "numbers": [{"km2": {}} for _ in days],
        "highways": [
            {"days": road["days"][:1] * len(days), "facts": road["facts"][:1] * len(days)}
            for road in payload["highways"]
        ],
        "posts": [{"status": post["status"][:1], "front": []} for post in payload["posts"]],
        **{
            key: payload[key][:1] * len(days)
            for key in ("areas", "front", "band")
            if key in payload
        },
    }
    write_page(page_html(payload), tmp_path / "map.html")
    moved = next(n for n, runs in enumerate(first) if len(runs) > 1 and runs[1][0] < 60)
    place = payload["places"][moved]["id"]
    opened = open_page(tmp_path / "map.html", f"#day={days[79]}&place={place}")
    assert opened.holder(place) == first[moved][-1][1]
    area = "document.querySelector('.area[data-holder=government]').getAttribute('d')"
    drawn, claims = opened.tab.evaluate(area), opened.tab.locator("#selection .claim").count()
    assert claims > 0
    opened.tab.locator("#known").select_option("then")
    assert opened.holder(place) == first[moved][0][1]
    assert opened.tab.evaluate(area) != drawn
    opened.until("location.hash.includes('known=then')")
    # Claims are shown from the day on which they were public.
    opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", days[0])
    assert opened.tab.locator("#selection .claim").count() < claims
    opened.tab.locator("#known").select_option("now")
    opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", days[79])
    assert opened.tab.evaluate(area) == drawn
    assert opened.troubles == []


def test_legend_filters_by_holder(made_up_page: Path, open_page: Open) -> None:
    """Else one side's ground and places cannot be looked at alone."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    box = opened.tab.get_by_label("Government and allies")
    shapes = opened.tab.locator(
        ".area[data-holder=government], .dots [data-holder=government] >> visible=true"
    )
    assert shapes.count() > 1
    box.uncheck()
    held = opened.tab.locator("#map [data-holder=government]:not(.road) >> visible=true")
    assert held.count() == 0
    assert opened.tab.locator(".dots [data-holder=opposition] >> visible=true").count() > 0
    box.check()
    assert opened.tab.locator(".area[data-holder=government] >> visible=true").count() == 1


OF_A_DAY = ("areas", "front", "band", "changes", "numbers", "held_km2", "band_km2")
TICKS = """() => [...document.querySelectorAll('.tick')].map((tick) => {
  const box = tick.getBoundingClientRect();
  return [box.left, box.right, tick.textContent];
}).sort((a, b) => a[0] - b[0])"""


@pytest.mark.parametrize("days", [1, 2, 80, 366, 1000, 9000])
@pytest.mark.parametrize("width", [1280, 390])
def test_dates_below_the_slider_stand_clear(
    tmp_path: Path, open_page: Open, days: int, width: int
) -> None:
    """Of a war of years the dates lay on each other, and none said its year."""
    first = date(2019, 12, 18)
    last = first + timedelta(days=days - 1)
    folder = small_theatre(tmp_path / "t", days=(first, first), highways=(), posts=(), claims=())
    payload = page_payload(load_theatre(folder).as_known(), first, first, first)
    # One day drawn, as often as there are days.
    payload |= {key: payload[key] * days for key in OF_A_DAY}
    payload["days"] = [(first + timedelta(days=n)).isoformat() for n in range(days)]
    path = tmp_path / "page.html"
    write_page(page_html(payload), path)
    opened = open_page(path, viewport={"width": width, "height": 800})
    for language in ("en", "ar"):
        opened.tab.evaluate(f"window.geoline.setLanguage('{language}')")
        opened.tab.wait_for_timeout(100)
        ticks = opened.tab.evaluate(TICKS)
        assert all(left[1] < right[0] for left, right in pairwise(ticks)), ticks
        assert len(ticks) >= min(days, 2)
        # Where there are several years, each end says its own.
        if first.year != last.year:
            assert str(first.year) in ticks[0][2]
            assert str(last.year) in ticks[-1][2]
        if days >= 366 and width == 1280:
            assert len(ticks) >= 4, ticks


def test_search_in_any_script(tmp_path: Path, open_page: Open) -> None:
    """The very name that the map shows would not be found."""
    spellings = {
        "Авдіївка": ["Avdiivka", "Авдеевка"],
        "Bakhmut": ["Бахмут", "Артемівськ"],
        "Lashio": ["လားရှိုး"],
        "Mekelle": ["መቐለ", "Մեքելե", "מקלה"],
    }
    towns = [(f"p{n}", name, 13 + n / 5, 25 + n % 2, "north") for n, name in enumerate(spellings)]
    folder = small_theatre(tmp_path / "t", towns=towns, claims=(), highways=(), posts=())
    places = folder / "places.csv"
    rows = [f"{line}," for line in places.read_text(encoding="utf-8").splitlines()]
    rows[0] += "spellings"
    for n, others in enumerate(spellings.values(), start=1):
        rows[n] += ";".join(others)
    places.write_text("\n".join(rows) + "\n", encoding="utf-8")
    path = tmp_path / "page.html"
    load_theatre(folder).write_map(path)
    opened = open_page(path)
    for name, others in spellings.items():
        for typed in (name, name[:4], *others, others[0][:-1]):
            opened.tab.fill("#query", typed)
            assert name in opened.tab.locator("#found [role=option]").first.inner_text(), typed
    for unknown in ("Rügen", "უშგული", "札幌", "Xyzzy"):
        opened.tab.fill("#query", unknown)
        found = opened.tab.locator("#found").inner_text()
        assert found.startswith("No place of that name on this map"), unknown
