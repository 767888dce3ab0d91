"""The page for those who read it with a screen reader, or with weak eyes: axe at every state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
VIOLATIONS = """axe.run({ resultTypes: ['violations'] }).then(({ passes, violations }) => [
  passes.length,
  violations.map((one) => [one.id, one.impact, one.nodes.slice(0, 3).map((node) => node.target)]),
])"""
SHOW = "(hash) => { location.hash = hash }"
FOLDS = "document.querySelectorAll('#panel details').forEach((one) => (one.open = true))"
CLICK = "document.getElementById('{}').click()"
TYPE = """(() => {{
  const box = document.getElementById('query');
  box.focus();
  box.value = '{}';
  box.dispatchEvent(new Event('input', {{ bubbles: true }}));
}})()"""
DAY = "#day=2020-02-27"
# What is done to the page, one after another; after each of them axe looks at it.
EVERYWHERE = (
    FOLDS,
    f"{DAY}&place=saraqib",
    f"{DAY}&post=post-murak",
    f"{DAY}&road=M5",
    f"{DAY}&ground=35.93,36.87",
    f"{DAY}&region=Jabal al-Zawiya",
    f"{DAY}&event=saraqib",
    f"{DAY}&with=2020-02-06",
    CLICK.format("swiping"),
    DAY,
)
STATES: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "light": (
        "",
        {},
        (*EVERYWHERE, TYPE.format("maar"), TYPE.format("zzqx"), CLICK.format("link"),
         CLICK.format("play")),
    ),
    "dark": ("", {"color_scheme": "dark"}, (*EVERYWHERE, TYPE.format("maar"))),
    "arabic": ("#lang=ar", {}, (FOLDS, f"{DAY}&place=saraqib&lang=ar", TYPE.format("حلب"))),
    "phone": (
        "",
        PHONE,
        (CLICK.format("to-legend"), CLICK.format("sheet"), f"{DAY}&place=saraqib", FOLDS,
         f"{DAY}&with=2020-02-06"),
    ),
    "arabic-phone": ("#lang=ar", PHONE | {"color_scheme": "dark"}, (CLICK.format("sheet"), FOLDS)),
    "frame": ("#embed=1", {"viewport": {"width": 680, "height": 420}}, (f"{DAY}&embed=1",)),
    "forced": ("", {"forced_colors": "active"}, (FOLDS, f"{DAY}&place=saraqib")),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_at_any_state(bundled_page: Path, open_page: Open, state: str) -> None:
    """Else a reader with a screen reader, or with weak eyes, is shut out of a part of the page."""
    fragment, options, steps = STATES[state]
    opened = open_page(bundled_page, fragment, bypass_csp=True, **options)
    opened.tab.wait_for_timeout(500)
    opened.tab.evaluate(AXE)
    for step in ("", *steps):
        if step.startswith("#"):
            opened.tab.evaluate(SHOW, step)
        elif step:
            opened.tab.evaluate(step)
        opened.tab.wait_for_timeout(250)
        passed, found = opened.tab.evaluate(VIOLATIONS)
        assert found == [], (state, step)
        assert passed > 15
    assert opened.troubles == []
