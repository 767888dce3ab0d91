"""Names, posts and textures on the map: nothing over the line, nothing that only colour tells."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from geoline.page.html_page import page_html, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Open, Opened

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
# Names that the drawn line runs through: boxes of letters, which are lower than those of lines.
NAMES_ON_THE_FRONT = """() => {
  const path = document.querySelector('.layer-day path.front');
  const matrix = path.getScreenCTM();
  const line = Array.from({ length: Math.ceil(path.getTotalLength() / 2) }, (_, i) =>
    path.getPointAtLength(2 * i).matrixTransform(matrix));
  const names = [...document.querySelectorAll('.labels .label:not([visibility=hidden])')];
  return names.filter((name) => {
    const box = name.getBoundingClientRect();
    const low = Math.min(4, box.height / 4);
    const meets = ({ x, y }) =>
      x > box.left + 1 && x < box.right - 1 && y > box.top + low && y < box.bottom - low;
    return line.some(meets);
  }).map((name) => name.textContent);
}"""
NAMES = """[...document.querySelectorAll('.labels .label:not([visibility=hidden])')]
  .map((name) => name.textContent)"""
TICKS = """[...document.querySelectorAll('.tick')].map((tick) => {
  const { left, right } = tick.getBoundingClientRect();
  return [left, right, tick.textContent];
})"""


def settled(opened: Opened, day: str) -> None:
    """Show a day, and wait until its names stand."""
    opened.tab.evaluate("(iso) => window.geoline.setDay(iso)", day)
    opened.tab.wait_for_timeout(450)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_no_name_lies_on_the_front(
    bundled_page: Path, open_page: Open, options: dict[str, Any]
) -> None:
    """The line would run through the name of the town that it is about."""
    opened = open_page(bundled_page, "#day=2019-12-19", **options)
    towns = {"2020-01-28": "Maarrat al-Numan", "2020-02-06": "Saraqib", "2020-02-27": "Saraqib"}
    for day in ("2019-12-24", *towns, "2020-03-05"):
        settled(opened, day)
        assert opened.tab.evaluate(NAMES_ON_THE_FRONT) == [], day
        names = opened.tab.evaluate(NAMES)
        assert len(names) > 15
        for town in ("Idlib", "Aleppo", *filter(None, [towns.get(day)])):
            assert any(name.startswith(town) for name in names), (day, town)
    assert opened.troubles == []


def test_posts_leave_towns_to_be_seen(bundled_page: Path, open_page: Open) -> None:
    """Saraqib, which everything was about, would lie under the posts around it."""
    opened = open_page(bundled_page, "#day=2020-02-06", **PHONE)
    assert opened.tab.locator(".post .post-tie[d^=M]").count() > 0
    hidden = opened.tab.evaluate(
        """() => {
          const posts = [...document.querySelectorAll('.post:not(.post-not-yet) .post-box')]
            .map((box) => box.getBoundingClientRect());
          const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
          return posts.flatMap((a, i) => posts.slice(0, i).filter((b) => over(a, b))).length;
        }"""
    )
    assert hidden == 0, "posts lie over each other"
    point = opened.tab.evaluate(
        "(() => { const p = window.geoline.map.latLngToContainerPoint([35.864, 36.806]);"
        " return [p.x, p.y]; })()"
    )
    boxes = [box.bounding_box() for box in opened.tab.locator(".post:visible .post-box").all()]
    for box in filter(None, boxes):
        inside = (
            box["x"] < point[0] < box["x"] + box["width"]
            and box["y"] < point[1] < box["y"] + box["height"]
        )
        assert not inside


def test_doubt_keeps_its_texture_while_days_play(made_up_page: Path, open_page: Open) -> None:
    """While it plays, the map would show a line as if nobody doubted it."""
    opened = open_page(made_up_page, "#day=2020-01-20")
    fill = "getComputedStyle(document.querySelector('.layer-day .band')).fill"
    opened.tab.locator("#speed").click()
    opened.tab.locator("#speed").click()
    opened.tab.locator("#play").click()
    seen = []
    for _ in range(12):
        opened.tab.wait_for_timeout(70)
        seen.append(opened.tab.evaluate(fill))
    opened.tab.locator("#play").click()
    assert opened.day > "2020-01-21"
    assert all("fill-doubt" in one for one in seen), seen
    # The gain has another texture, and only it is darker than its ground.
    look = (
        "(id) => [...document.querySelectorAll(`${id} path, ${id} rect`)]"
        ".map((e) => e.getAttribute('d') ?? getComputedStyle(e).fill)"
    )
    doubt, gain = (opened.tab.evaluate(look, f"#fill-{name}") for name in ("doubt", "gain-0"))
    assert doubt[0] == "none"
    assert gain[0] != "none"
    assert doubt[1] != gain[1]


def test_sides_are_told_apart_without_colour(made_up_page: Path, open_page: Open) -> None:
    """On a grey printer, or to a reader who sees no colours, both sides' gains would be one."""
    opened = open_page(made_up_page, "#day=2020-02-06")
    bars = opened.tab.evaluate(
        "[...new Set([...document.querySelectorAll('#bars > rect:not(.quiet)')]"
        ".map((bar) => bar.getAttribute('fill')))]"
    )
    assert len(bars) >= 2
    assert all(bar.startswith("url(#bar-") for bar in bars)
    textures = opened.tab.evaluate(
        "[...document.querySelectorAll('#bars > defs > pattern.pattern')]"
        ".map((p) => p.querySelector('path')?.getAttribute('d') ?? '')"
    )
    assert len(set(textures[:4])) == 4


def test_on_a_phone_the_legend_stands_below_the_map(made_up_page: Path, open_page: Open) -> None:
    """Opened, it would hide the line that it explains."""
    opened = open_page(made_up_page, "#day=2020-02-06", **PHONE)
    assert not opened.tab.locator("#legend").is_visible()
    opened.tab.locator("#to-legend").tap()
    opened.until("document.activeElement.closest('#legend') !== null")
    legend, frame = (opened.tab.locator(key).bounding_box() for key in ("#legend", "#frame"))
    assert legend is not None
    assert frame is not None
    assert frame["y"] + frame["height"] <= opened.tab.locator("#panel").bounding_box()["y"] + 1
    assert opened.tab.locator("#layer-names").is_visible()
    opened.tab.set_viewport_size({"width": 1000, "height": 700})
    opened.until("!document.querySelector('#frame > #to-legend:not([hidden])')")
    assert opened.tab.locator("#frame > #legend").count() == 1
    assert opened.troubles == []


def test_days_of_three_years_are_named_apart(
    made_up_payload: dict[str, Any], tmp_path: Path, open_page: Open
) -> None:
    """On a phone the dates below the slider would run into each other, or lose their years."""
    days = [(date(2022, 2, 24) + timedelta(days=n)).isoformat() for n in range(1_096)]
    still: dict[str, Any] = {
        key: [value] * len(days) for key, value in (("changes", []), ("numbers", {}))
    }
    empty: dict[str, Any] = {key: [{} for _ in days] for key in ("areas", "held_km2", "band_km2")}
    lines: dict[str, Any] = {key: [[] for _ in days] for key in ("front", "band")}
    payload = made_up_payload | still | empty | lines | {
        "days": days, "opening": 0, "posts": [], "highways": [], "claims": [], "told": [],
        "status": [[[0, "unknown", 0, 0, 0]] for _ in made_up_payload["places"]],
    }  # fmt: skip
    write_page(page_html(payload), tmp_path / "map.html")
    for fragment, options in (("", {}), ("", PHONE), ("#lang=ar", PHONE)):
        opened = open_page(tmp_path / "map.html", fragment, **options)
        ticks = sorted(opened.tab.evaluate(TICKS))
        assert len(ticks) >= 3
        assert all(a[1] <= b[0] for a, b in pairwise(ticks)), ticks
        assert ticks[0][0] >= 0
        assert ticks[-1][1] <= opened.tab.evaluate("innerWidth")
        assert opened.troubles == []
