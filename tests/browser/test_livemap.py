"""The live map of a notebook: its script in a browser, its Python behind it, as in Jupyter."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import geoline

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("anywidget", reason="anywidget is not installed")

FOLDER = Path(__file__).parents[1] / "theatres" / "karabakh-2020"
SYNCED = ("day", "place", "frame", "scene", "told")
# What Jupyter gives a widget's script: state, changes of it, and a way back to Python.
HARNESS = """
<!doctype html><meta charset="utf-8"><title>live map</title><div id="here"></div>
<script type="module">
const state = STATE, listeners = {}, dirty = new Set();
const tell = (key) => (listeners["change:" + key] || []).forEach((run) => run());
const take = (fresh) => Object.keys(fresh).forEach((key) => {
  if (JSON.stringify(state[key]) === JSON.stringify(fresh[key])) return;
  state[key] = fresh[key];
  tell(key);
});
const model = {
  get: (key) => state[key],
  set: (key, value) => { state[key] = value; dirty.add(key); tell(key); },
  save_changes: async () => {
    const sent = Object.fromEntries([...dirty].map((key) => [key, state[key]]));
    dirty.clear();
    take(await window.python(sent));
  },
  on: (event, run) => (listeners[event] ||= []).push(run),
  off: (event, run) => { listeners[event] = listeners[event].filter((one) => one !== run); },
};
const widget = await import("data:text/javascript;base64,SCRIPT");
window.gone = widget.default.render({ model, el: document.getElementById("here") });
window.take = take;
window.listening = () => Object.values(listeners).flat().length;
window.ready = true;
</script>
"""


class Notebook:
    """A cell's output with a live map in it."""

    def __init__(
        self,
        browser: Any,  # noqa: ANN401
        theatre: geoline.Theatre,
        day: str = "2020-11-06",
    ) -> None:
        self.widget = theatre.widget(day)
        self.sent: list[dict[str, str]] = []
        self.troubles: list[str] = []
        self.context = browser.new_context(offline=True, viewport={"width": 800, "height": 1100})
        self.tab = self.context.new_page()
        self.tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.tab.on("console", lambda said: self.troubles.append(said.text))
        self.tab.expose_function("python", self._python)
        script = base64.b64encode(self.widget._esm.encode()).decode()  # noqa: SLF001
        state = json.dumps(self._state()).replace("<", "\\u003c")
        page = HARNESS.replace("STATE", state).replace("SCRIPT", script)
        self.tab.set_content(f"<style>{self.widget._css}</style>{page}")  # noqa: SLF001
        self.tab.wait_for_function("window.ready")

    def _state(self) -> dict[str, Any]:
        return {name: getattr(self.widget, name) for name in SYNCED}

    def _python(self, sent: dict[str, str]) -> dict[str, Any]:
        self.sent.append(sent)
        for name, value in sent.items():
            setattr(self.widget, name, value)
        return self._state()

    def follow(self) -> None:
        """Let the browser see what was set in Python."""
        self.tab.evaluate("(fresh) => window.take(fresh)", self._state())

    def fill(self, place: str) -> str:
        """Colour of a place on the map."""
        color: str = self.tab.locator(f"[data-place='{place}']").get_attribute("fill")
        return color


@pytest.fixture
def notebook(browser: Any) -> Iterator[Notebook]:  # noqa: ANN401  (playwright's Browser)
    """Open the second theatre in a cell."""
    opened = Notebook(browser, geoline.load_theatre(FOLDER))
    yield opened
    opened.context.close()


def test_slider_asks_python_for_a_day(notebook: Notebook) -> None:
    """The slider would move, and the map would stay."""
    colors = notebook.widget.frame["colors"]
    assert notebook.fill("shusha") == colors["armenian-forces"]
    slider = notebook.tab.get_by_role("slider", name="Day")
    slider.focus()
    for _ in range(3):
        notebook.tab.keyboard.press("ArrowRight")
    notebook.tab.wait_for_function("document.querySelector('output').textContent == '2020-11-09'")
    notebook.tab.wait_for_selector(f"[data-place='shusha'][fill='{colors['azerbaijan']}']")
    assert notebook.widget.day == "2020-11-09"
    assert notebook.widget.situation.spells["shusha"].holder == "azerbaijan"
    assert notebook.sent[-1] == {"day": "2020-11-09"}
    assert notebook.troubles == []


def test_the_map_has_the_signs_of_the_page(
    browser: Any,  # noqa: ANN401  (playwright's Browser)
    bundled_theatre: geoline.Theatre,
) -> None:
    """An analyst would not tell sides apart without colour, nor see doubt, posts and towns."""
    notebook = Notebook(browser, bundled_theatre, "2020-02-06")
    tab = notebook.tab
    assert tab.locator(".geoline-texture").count() >= 3
    tiles = tab.evaluate(
        "[...document.querySelectorAll('pattern path')].map((p) => p.getAttribute('d'))"
    )
    assert len(set(tiles)) == len(tiles) >= 4
    doubt = tab.locator(".geoline-band").first.get_attribute("fill")
    assert doubt is not None
    assert tab.locator(doubt.removeprefix("url(").removesuffix(")")).count() == 1
    assert tab.locator(".geoline-post[data-status='encircled'] .geoline-post-ring").count() >= 3
    names = tab.locator(".geoline-name").all_text_contents()
    assert {"Idlib", "Saraqib"} <= set(names)
    boxes = tab.evaluate(
        "[...document.querySelectorAll('.geoline-name')].map((name) => {"
        " const b = name.getBBox(); return [b.x, b.y + 4, b.x + b.width, b.y + b.height - 4]; })"
    )
    for n, a in enumerate(boxes):
        for b in boxes[:n]:
            assert min(a[2], b[2]) <= max(a[0], b[0]) or min(a[3], b[3]) <= max(a[1], b[1])
    assert notebook.troubles == []
    notebook.context.close()


def test_click_gives_the_claims(notebook: Notebook) -> None:
    """An analyst could not go from a colour to the claims behind it."""
    notebook.tab.locator("[data-place='shusha']").click()
    notebook.tab.wait_for_selector(".geoline-claims td")
    claims = notebook.widget.claims
    assert notebook.widget.place == "shusha"
    assert set(claims.claim_id) >= {"krb-025", "krb-027"}
    assert notebook.tab.locator(".geoline-claims tbody tr").count() == len(claims)
    links = notebook.tab.locator(".geoline-claims a")
    assert {link.get_attribute("href") for link in links.all()} == set(claims.url)
    # By keyboard, and away again.
    notebook.tab.locator("[data-place='hadrut']").focus()
    notebook.tab.keyboard.press("Enter")
    notebook.tab.wait_for_selector("[data-place='hadrut'][aria-pressed='true']")
    assert notebook.widget.claims.place_id.unique().tolist() == ["hadrut"]
    notebook.tab.locator("svg").click(position={"x": 3, "y": 3})
    notebook.tab.wait_for_selector(".geoline-claims i")
    assert len(notebook.widget.claims) == 0
    assert notebook.troubles == []


def test_python_moves_the_map(notebook: Notebook) -> None:
    """`widget.day = …` in the next cell would change nothing on the screen."""
    notebook.widget.day = "2020-11-20"
    notebook.widget.place = "aghdam"
    notebook.follow()
    assert notebook.tab.locator("output").text_content() == "2020-11-20"
    assert notebook.fill("aghdam") == notebook.widget.frame["colors"]["azerbaijan"]
    assert "Aghdam" in notebook.tab.locator(".geoline-claims b").text_content()
    assert notebook.sent == []
    # A cell that is cleared leaves nothing behind.
    assert notebook.tab.evaluate("window.listening()") > 0
    notebook.tab.evaluate("window.gone()")
    assert notebook.tab.evaluate("window.listening()") == 0


def test_texts_are_no_markup(browser: Any) -> None:  # noqa: ANN401  (playwright's Browser)
    """A claim copied from a hostile page would run its script in the reader's notebook."""
    theatre = geoline.load_theatre(FOLDER)
    notebook = Notebook(browser, theatre)
    attack = "<img src=x onerror=alert(1)>"
    notebook.widget.place = "shusha"
    notebook.widget.told = [[attack] * 7 + ["javascript:alert(1)"]]
    notebook.follow()
    assert notebook.tab.locator(".geoline-claims td").first.text_content() == attack
    assert notebook.tab.locator(".geoline-claims a, .geoline-claims img").count() == 0
    notebook.context.close()
