"""The bundled map in a browser: the towns change hands on the days that the reports give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre
    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

DAYS = {
    "2020-01-27": {"maarrat-al-numan": "opposition", "saraqib": "opposition"},
    "2020-01-28": {"maarrat-al-numan": "government", "saraqib": "opposition"},
    "2020-02-05": {"maarrat-al-numan": "government", "saraqib": "opposition"},
    "2020-02-06": {"maarrat-al-numan": "government", "saraqib": "government"},
    "2020-02-26": {"maarrat-al-numan": "government", "saraqib": "government"},
    "2020-02-27": {"maarrat-al-numan": "government", "saraqib": "opposition"},
    "2020-03-02": {"maarrat-al-numan": "government", "saraqib": "government"},
}


def test_towns_change_hands_as_reported(
    bundled_theatre: Theatre, bundled_page: Path, open_page: Open
) -> None:
    """The first thing an editor checks would be wrong, or the page would call home."""
    opened = open_page(bundled_page)
    slider = opened.tab.get_by_role("slider", name="Day")
    slider.focus()
    slider.press("Home")
    days = bundled_theatre.data.days
    at = 0
    for iso, holders in DAYS.items():
        target = [str(day) for day in days].index(iso)
        for key, step in (("Shift+ArrowRight", 7), ("ArrowRight", 1)):
            while at + step <= target:
                slider.press(key)
                at += step
        assert opened.tab.evaluate("document.documentElement.dataset.day") == iso
        for place, holder in holders.items():
            assert opened.tab.evaluate(f"window.geoline.holderOf('{place}')") == holder, (
                iso,
                place,
            )
    opened.until("document.querySelectorAll('#changes button').length >= 3")
    assert opened.tab.locator("path.ring[d^=M]").count() >= 1
    assert opened.requests == []
    assert opened.troubles == []


def test_roads_and_posts_are_there(bundled_page: Path, open_page: Open) -> None:
    """The road that the offensive was about, or a post that it drove round, would be missing."""
    opened = open_page(bundled_page)
    for road in ("M4", "M5"):
        assert opened.tab.locator(f"path[data-highway='{road}']").count() > 0
    astana = opened.tab.locator("[data-post][data-agreed='true']")
    assert len({astana.nth(n).get_attribute("data-post") for n in range(astana.count())}) == 12
    legend = opened.tab.locator("#legend").inner_text()
    assert "Turkish posts" in legend
    assert "one of the twelve agreed in Astana" in legend
    opened.tab.evaluate("window.geoline.setDay('2020-01-28')")
    for post in ("post-murak", "post-surman"):
        found = opened.tab.locator(f"[data-post='{post}']").first
        assert found.get_attribute("data-status") == "encircled"


def test_a_cut_road_shows_where_and_who_says_so(bundled_page: Path, open_page: Open) -> None:
    """The day that the road was lost again would look like any other on the map and its card."""
    opened = open_page(bundled_page, "#day=2020-02-11&road=M5")
    card = opened.tab.locator("#selection")
    assert opened.tab.locator("[data-cut='M5']").count() == 0
    assert "Syrian government (not beyond doubt)" in card.inner_text()
    assert "14 Feb 2020" in card.inner_text()
    opened.tab.evaluate("window.geoline.setDay('2020-02-27')")
    assert opened.tab.locator("[data-cut='M5']").count() >= 2
    assert "times, at" in card.inner_text()
    assert "state media admit the road is cut" in card.inner_text()
    card.locator("summary").click()
    assert "Saraqib" in card.locator(".road-towns").inner_text()
    # Without colour: the marks along the road say who, the dots beside it say how sure.
    assert opened.tab.locator(".road-marks .mark-diagonal").get_attribute("d")
    assert opened.tab.locator(".layer-day .road-doubt").get_attribute("d")
    assert opened.troubles == []


def test_a_post_says_what_was_computed_and_what_was_reported(
    bundled_page: Path, open_page: Open
) -> None:
    """The reader would not learn that reports place the post elsewhere and call it less shut in."""
    opened = open_page(bundled_page, "#day=2020-01-28&post=post-maar-hattat")
    text = opened.tab.locator("#selection").inner_text()
    for said in (
        "In the area of Syrian government",
        "at the front, set up by 27 Jan 2020",
        "12 km from Maar Hattat, which lies 8 km from Maarrat al-Numan",
        "Drawn at the settlement that it is named after",
        "Turkish post",
    ):
        assert said in text
    opened.tab.evaluate("window.geoline.setDay('2019-12-18')")
    assert "In the area of" not in opened.tab.locator("#selection").inner_text()
    opened.tab.evaluate("{ location.hash = '#post=post-tall-khattab' }")
    opened.until("document.querySelector('#selection h2')?.textContent === 'Tall Khattab'")
    assert "it is not on the map" in opened.tab.locator("#selection").inner_text()
    assert opened.troubles == []


def test_a_claim_leads_to_its_source(bundled_page: Path, open_page: Open) -> None:
    """A reader could not check who said that Saraqib fell."""
    opened = open_page(bundled_page)
    opened.tab.goto(f"{bundled_page.as_uri()}#day=2020-02-06&place=saraqib")
    opened.tab.reload()
    opened.tab.wait_for_timeout(500)
    links = opened.tab.locator("a[href^='http']")
    assert links.count() > 20
    assert "noopener" in (links.first.get_attribute("rel") or "")
    assert opened.requests == []


def test_names_do_not_overlap_at_the_opening_zoom(bundled_page: Path, open_page: Open) -> None:
    """The map would open as a heap of names."""
    opened = open_page(bundled_page)
    boxes = opened.tab.evaluate(
        """() => [...document.querySelectorAll('.labels .label:not(.ground)')].map((label) => {
          const box = label.getBoundingClientRect();
          return [box.left, box.top, box.right, box.bottom];
        })"""
    )
    assert len(boxes) > 30
    slack = 3.5
    for n, a in enumerate(boxes):
        for b in boxes[:n]:
            apart = (
                min(a[2], b[2]) - max(a[0], b[0]) <= slack
                or min(a[3], b[3]) - max(a[1], b[1]) <= slack
            )
            assert apart


def test_ground_leads_to_the_claims_that_moved_it(bundled_page: Path, open_page: Open) -> None:
    """A reader could not learn why a square kilometre changed its colour that day."""
    opened = open_page(bundled_page, "#day=2020-02-08&ground=35.93,36.87")
    card = opened.tab.locator("#selection")
    text = card.inner_text()
    assert "Drawn as held by Syrian government, since 8 Feb 2020, before that Opposition" in text
    assert "Places near it that changed hands on 8 Feb 2020" in text
    assert card.locator("button.change").first.inner_text().startswith("Ijaz (S Aleppo)")
    assert card.locator(".claims a").count() >= 1
    assert opened.troubles == []


def test_the_day_is_told_dated_and_explained(bundled_page: Path, open_page: Open) -> None:
    """In five seconds a reader would learn who gained and not what, when, nor on whose word."""
    opened = open_page(bundled_page, "#day=2020-02-27&place=saraqib")
    numbers = opened.tab.locator("#numbers")
    assert numbers.locator("b").inner_text().startswith("Opposition took Saraqib, ")
    assert "The M5 is cut for Syrian government." in numbers.inner_text()
    card = opened.tab.locator("#selection")
    assert "since 27 Feb 2020" in card.locator(".standing").inner_text()
    assert card.locator(".because").inner_text().startswith("Since that day because of: captured")
    for_it, against = (card.locator(".sides > div").nth(n).inner_text() for n in (0, 1))
    assert "captured by Opposition" in for_it
    assert "denied by Syrian government" in against
    assert not card.locator("details").evaluate("(details) => details.open")
    marks = opened.tab.locator("#marks button")
    titles = [marks.nth(n).get_attribute("title") or "" for n in range(marks.count())]
    assert any(title.startswith("6 March 2020: Ceasefire.") for title in titles)
    marks.first.focus()
    opened.tab.keyboard.press("ArrowRight")
    opened.tab.keyboard.press("Enter")
    assert opened.day == "2020-01-28"
    assert opened.troubles == []


def test_picture_of_the_day_names_the_towns(bundled_page: Path, open_page: Open) -> None:
    """The picture of the day that Saraqib fell would not say where Saraqib is."""
    opened = open_page(bundled_page, "#day=2020-02-06")
    with opened.tab.expect_download() as waited:
        opened.tab.locator("#save-svg").click()
    picture = waited.value.path().read_text(encoding="utf-8")
    for town in ("Saraqib", "Idlib", "Aleppo", "Ariha", "Maarrat al-Numan", "Jisr al-Shughur"):
        assert f">{town}</text>" in picture, town


def test_arabic_names_lead_in_arabic(bundled_page: Path, open_page: Open) -> None:
    """A Syrian reader would have to spell his own villages in Latin letters."""
    opened = open_page(bundled_page, "#day=2020-02-06&lang=ar&post=post-maar-hattat")
    assert opened.tab.locator("#title").inner_text().startswith("شمال غرب سوريا: ")
    assert "سيطرة الحكومة السورية على سراقب" in opened.tab.locator("#numbers").inner_text()
    names = opened.tab.locator(".labels text").all_text_contents()
    assert sum("\u0600" <= name[0] <= "\u06ff" for name in names) > 0.8 * len(names)
    assert "من كان يسيطر" in (opened.tab.locator("#about-body").text_content() or "")
    assert opened.troubles == []


def test_a_village_that_nobody_reported_on_is_found(bundled_page: Path, open_page: Open) -> None:
    """Mastouma, in one of the first reports, was on no map; zoomed in, the land was empty."""
    opened = open_page(bundled_page, "#day=2020-02-06")
    opened.tab.get_by_role("combobox", name="Find a place").fill("Mastouma")
    opened.tab.get_by_role("option", name="Al Mastumah").click()
    card = opened.tab.locator("#selection").inner_text()
    assert "Al Mastumah" in card
    assert "Nobody reported on it" in card
    assert "Drawn as held by Opposition" in card
    opened.until("location.hash.includes('ground=35.8')")
    opened.tab.evaluate("window.geoline.map.setView([35.87, 36.65], 12, {animate: false})")
    opened.until("document.querySelector('.settlement-dots').getAttribute('d').length > 100")
    assert opened.tab.locator(".label.settlement").count() > 5
    opened.tab.evaluate("window.geoline.map.setZoom(9.5, {animate: false})")
    opened.until("!document.querySelector('.settlement-dots').getAttribute('d')")
    assert opened.troubles == []


def test_land_goes_on_and_says_where_the_map_ends(bundled_page: Path, open_page: Open) -> None:
    """Zoomed out, the land ended in straight coasts, and the ground as if the war did."""
    assert bundled_page.stat().st_size < 300_000
    opened = open_page(bundled_page)
    opened.tab.evaluate(
        "window.geoline.map.setZoom(window.geoline.map.getMinZoom(), {animate: false})"
    )
    opened.until("[...document.querySelectorAll('.label.edge')].length > 0")
    assert opened.tab.locator(".label.edge").first.text_content() == "not covered"
    assert opened.tab.locator("path.edge").get_attribute("d")
    # A point in Turkey far north of the theatre's own land, and one in the open sea.
    inside = """([lat, lon]) => {
      const map = window.geoline.map;
      const at = map.latLngToLayerPoint([lat, lon]);
      const point = new DOMPoint(at.x, at.y);
      return [...document.querySelectorAll('path.land')].some((p) => p.isPointInFill(point));
    }"""
    assert opened.tab.evaluate(inside, [37.7, 37.0])
    assert not opened.tab.evaluate(inside, [35.5, 34.6])
    assert opened.troubles == []


def test_what_many_told_of_is_found_first(bundled_page: Path, open_page: Open) -> None:
    """The beginning of a town's name leads to a village, and a post's number nowhere."""
    tab = open_page(bundled_page).tab
    for typed, first in {
        "Maarat": "Maarrat al-Numan",
        "Мааррат": "Maarrat al-Numan",
        "Khan": "Khan Sheikhoun",
        "post 9": "Murak Turkish post",
        "M5": "M5 Highway",
        "Jabal al-Zawiya": "Jabal al-Zawiya",
        "جبل الزاوية": "Jabal al-Zawiya",
        "Ghab": "Sahl al-Ghab",
        "Эль-Габ": "Sahl al-Ghab",
        "Idlib": "Idlib إدلب",
        "Idlib province": "Idlib Governorate",
        "Ariha district": "Ariha District",
        "western Aleppo countryside": "Western Aleppo countryside",
        "ريف إدلب الجنوبي": "Southern Idlib countryside",
        "Damascus Aleppo highway": "M5 Highway",
        "طريق حلب دمشق": "M5 Highway",
        "zzqx": "No place of that name on this map",
    }.items():
        tab.locator("#query").fill(typed)
        found = tab.locator("#found [role=option]").first.inner_text()
        assert " ".join(found.split()).startswith(first), typed
    assert tab.locator("#found [role=option][id]").count() == 3


def test_a_region_is_outlined_and_says_how_it_stands(bundled_page: Path, open_page: Open) -> None:
    """Reports speak of Jabal al-Zawiya: a reader would not know which ground is meant."""
    opened = open_page(bundled_page, "#day=2020-02-28")
    opened.tab.locator("#query").fill("Jabal al-Zawiya")
    opened.tab.keyboard.press("Enter")
    card = opened.tab.locator("#selection").inner_text()
    assert "Drawn as a circle of about 14.0 km" in card
    assert "Opposition" in card.split("Places of this map in it, by holder")[1]
    circle = opened.tab.locator("path.region").bounding_box()
    assert circle is not None
    assert circle["width"] == pytest.approx(circle["height"], rel=0.02)
    opened.until("location.hash.includes('region=Jabal')")
    again = open_page(bundled_page, "#day=2020-02-08&region=Southern+Idlib+countryside")
    assert again.tab.locator("path.region").get_attribute("d").startswith("M")
    again.tab.keyboard.press("Escape")
    assert not again.tab.locator("path.region").get_attribute("d")
    assert opened.troubles == again.troubles == []


def test_the_list_is_in_the_order_of_the_sentence(bundled_page: Path, open_page: Open) -> None:
    """The headline would lead with one village and the list under it with another."""
    opened = open_page(bundled_page, "#day=2020-02-08")
    opened.until("document.querySelectorAll('#changes .change').length >= 18")
    lead = opened.tab.locator("#numbers b").inner_text()
    first = opened.tab.locator("#changes .change-place").first.inner_text()
    assert lead.startswith(f"Syrian government took {first}, ")
    names = opened.tab.evaluate(
        "[...document.querySelectorAll('.labels .label')].map((name) => name.textContent)"
    )
    opened.until("!document.querySelector('#map.passing')")
    assert any(name.startswith(first) for name in names), "what the headline names is on the map"
    quiet = open_page(bundled_page, "#day=2020-01-19").tab
    aside = quiet.locator("#asides").inner_text()
    assert "Now contested: Abu Dafna" in aside
    assert "Last change: 17 January 2020" in aside
    assert "beyond this map" in quiet.locator("#roads").inner_text()
    assert "Not known" not in quiet.locator("#roads").inner_text()
