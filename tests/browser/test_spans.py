"""Days in spans: a page of hundreds of days shows each as one that has them all at once would.

As one file, as a folder on a disk, and as a folder on a host.
"""

from __future__ import annotations

import runpy
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from shapely import box

from geoline.page import page_html, spans, split_page, write_page, write_split
from geoline.page.lines import encode_polygon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Open, Opened
    from tests.browser.payload import build
else:
    build = runpy.run_path(str(Path(__file__).with_name("payload.py")))["build"]

pytestmark = pytest.mark.browser

# Three spans of a hundred days; the page opens on the 150th.
EARLY, BORDER, OPENING, LATE = 5, 100, 150, 280
# Which of a grid of points a part of the picture covers.
COVERED = """
(selector) => {
  const shown = [...document.querySelectorAll(selector)].filter((path) => path.getAttribute("d"));
  const size = document.getElementById("map").getBoundingClientRect();
  const found = [];
  for (let x = 5; x < size.width; x += 29) for (let y = 5; y < size.height; y += 29) {
    for (const path of shown) {
      const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM().inverse());
      const fill = path.isPointInFill(at);
      if (fill) found.push(`${path.dataset.holder ?? path.getAttribute("class")} ${x} ${y}`);
    }
  }
  return found;
}
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    """A made-up war of three hundred days, with a band that wanders."""
    wanders = [box(36.2 + day / 500, 35.5, 36.3 + day / 500, 36.0) for day in range(300)]
    return build(places=80, days=300) | {"band": [[encode_polygon(one)] for one in wanders]}


@pytest.fixture(scope="module")
def forms(payload: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page in each form: where to open it, and where it may load from."""
    home = tmp_path_factory.mktemp("spans")
    write_page(page_html(payload), home / "map.html")
    write_split(split_page(payload), home / "map")
    assert len(list((home / "map").iterdir())) == 3
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=home)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}/map/"
        yield {
            "file": (home / "map.html", ""),
            "folder": (home / "map" / "index.html", (home / "map").as_uri()),
            "host": (f"{host}index.html", host),
        }
        server.shutdown()


@pytest.fixture
def opened(request: pytest.FixtureRequest, forms: Any, open_page: Open) -> Any:  # noqa: ANN401
    """Give what opens the page in one of the forms."""
    file, beside = forms[request.param]
    return partial(open_page, file, beside=beside)


def in_forms(*names: str) -> pytest.MarkDecorator:
    """Run a test on the page in some of its forms."""
    return pytest.mark.parametrize("opened", names, indirect=True)


def show(page: Opened, payload: dict[str, Any], day: int, other: int | None = None) -> None:
    """Go to a day, and wait until it is there."""
    iso = [None if d is None else payload["days"][d] for d in (day, other)]
    page.tab.evaluate("([day, other]) => { geoline.setDay(day); geoline.compare(other); }", iso)
    page.until(f"document.documentElement.dataset.day === '{iso[0]}'")
    page.until(f"document.getElementById('thumb-with').hidden === {str(other is None).lower()}")


@in_forms("file", "host")
def test_days_look_as_if_the_page_had_them_all_at_once(
    payload: dict[str, Any],
    opened: Open,
    open_page: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ground, line, band and the day's gains would be another war's, or missing at a border."""
    monkeypatch.setattr(spans, "_DAYS", 1000)
    write_page(page_html(payload), tmp_path / "whole.html")
    pages = [opened(), open_page(tmp_path / "whole.html")]
    for day, other in ((BORDER, None), (LATE, None), (LATE, EARLY)):
        for page in pages:
            show(page, payload, day, other)
        bands = [
            page.tab.evaluate("document.querySelector('path.band').getAttribute('d')")
            for page in pages
        ]
        assert bands[0] == bands[1] != ""
        for part in (".areas path", ".gains path"):
            cut, whole = (set(page.tab.evaluate(COVERED, part)) for page in pages)
            # Boundaries are written a little differently: some points lie on them.
            assert len(cut ^ whole) <= 4 + 0.01 * len(whole), (day, other, part)
            assert whole or other is None, (day, part)
        fronts = [
            page.tab.evaluate("document.querySelector('.front').getTotalLength()") for page in pages
        ]
        assert fronts[0] == pytest.approx(fronts[1], rel=0.01)
    assert pages[0].troubles == []


@in_forms("file", "folder", "host")
def test_a_link_leads_to_a_day_far_from_the_first_view(
    payload: dict[str, Any], opened: Open
) -> None:
    """A link in an article would show another day, or lose the place that it is about."""
    late, early = payload["days"][LATE], payload["days"][EARLY]
    page = opened(f"#day={late}&with={early}&place=p3")
    page.until(f"document.documentElement.dataset.day === '{late}'")
    page.until("document.querySelector('#selection h2')")
    page.tab.wait_for_timeout(400)
    address = page.tab.evaluate("location.hash")
    assert f"day={late}" in address
    assert f"with={early}" in address
    assert "place=p3" in address
    assert page.tab.locator("#wait").is_hidden()
    assert page.troubles == []


@in_forms("host")
def test_keys_pressed_while_days_are_loaded_count(payload: dict[str, Any], opened: Open) -> None:
    """Someone who steps through days would be stopped at a border that is none of the war's."""
    page = opened()
    slider = page.tab.get_by_role("slider", name="Day")
    slider.focus()
    slider.press("Home")
    for _ in range(15):
        slider.press("Shift+ArrowRight")
    page.until(f"document.documentElement.dataset.day === '{payload['days'][105]}'")
    slider.press("End")
    slider.press("ArrowLeft")
    page.until(f"document.documentElement.dataset.day === '{payload['days'][298]}'")
    assert slider.get_attribute("aria-valuenow") == "298"
    assert page.troubles == []


@in_forms("file")
def test_playing_goes_on_across_a_border(payload: dict[str, Any], opened: Open) -> None:
    """A war that plays would stop where its file happens to be cut."""
    page = opened()
    show(page, payload, 2 * BORDER - 1)
    page.tab.locator("#speed").click(click_count=2)
    page.tab.locator("#play").click()
    page.until(f"document.documentElement.dataset.day > '{payload['days'][2 * BORDER + 1]}'")
    assert page.troubles == []


@in_forms("folder")
def test_ground_tells_its_whole_story(payload: dict[str, Any], opened: Open) -> None:
    """The card of a spot would tell of the days alone that happened to be there."""
    page = opened()
    where = next(
        (p["lat"], p["lon"]) for p, runs in zip(payload["places"], payload["status"], strict=True)
        if [run[1] for run in runs] == ["opposition", "government"] and runs[1][0] > 2 * BORDER
    )  # fmt: skip
    page.tab.evaluate(
        f"{{ location.hash = '#day={payload['days'][EARLY]}&ground={where[0]},{where[1]}' }}"
    )
    page.until("document.querySelector('#selection .strip, #selection .holders, #selection svg')")
    page.until(f"document.documentElement.dataset.day === '{payload['days'][EARLY]}'")
    show(page, payload, 299)
    assert "before that Opposition" in page.tab.locator("#selection .standing").inner_text()


def test_a_file_that_is_not_there_is_said_in_one_line(
    payload: dict[str, Any],
    open_page: Open,
    tmp_path: Path,
) -> None:
    """Whoever forgot to upload a file would see a map that does not move, and no reason."""
    folder = tmp_path / "map"
    write_split(split_page(payload), folder)
    lost = next(folder.glob(f"days-{payload['days'][200]}-*.js"))
    content = lost.read_bytes()
    lost.unlink()
    page = open_page(folder / "index.html", beside=folder.as_uri())
    show(page, payload, 110)
    page.tab.evaluate(f"geoline.setDay('{payload['days'][LATE]}')")
    page.until("!document.getElementById('wait').hidden")
    page.until("document.getElementById('wait').className === 'lost'")
    said = page.tab.locator("#wait").inner_text()
    assert lost.name in said
    assert "\n" not in said
    assert page.day == payload["days"][110]
    show(page, payload, EARLY)  # the others are still reached
    assert page.tab.locator("#wait").is_hidden()
    lost.write_bytes(content)
    show(page, payload, LATE)
