"""The bundled map in a browser: the towns change hands on the days that the reports give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline import load_theatre

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.fixture(scope="module")
def bundled_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page that `geoline map` writes."""
    path = tmp_path_factory.mktemp("bundled") / "nw-syria.html"
    load_theatre().write_map(path)
    return path


def test_towns_change_hands_as_reported(bundled_page: Path, open_page: Open) -> None:
    """The first thing an editor checks would be wrong, or the page would call home."""
    opened = open_page(bundled_page)
    slider = opened.tab.get_by_role("slider", name="Day")
    slider.focus()
    slider.press("Home")
    days = load_theatre().seeds.days
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
    changed = opened.tab.locator("[data-changed]")
    assert changed.count() >= 3
    assert opened.requests == []
    assert opened.troubles == []


def test_roads_and_posts_are_there(bundled_page: Path, open_page: Open) -> None:
    """The road that the offensive was about, or a post that it drove round, would be missing."""
    opened = open_page(bundled_page)
    for road in ("M4", "M5"):
        assert opened.tab.locator(f"path[data-highway='{road}']").count() > 0
    astana = opened.tab.locator("[data-post][data-astana='true']")
    assert len({astana.nth(n).get_attribute("data-post") for n in range(astana.count())}) == 12
    opened.tab.evaluate("window.geoline.setDay('2020-01-28')")
    for post in ("post-murak", "post-surman"):
        found = opened.tab.locator(f"[data-post='{post}']").first
        assert found.get_attribute("data-status") == "encircled"


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
