"""A Chromium without a network, and pages to open in it."""

from __future__ import annotations

import runpy
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline.page.html_page import page_html, write_page

if TYPE_CHECKING:
    from geoline.theatre import Theatre
    from tests.browser.payload import build
else:
    # Tests are no package, so a neighbour cannot be imported by name.
    build = runpy.run_path(str(Path(__file__).with_name("payload.py")))["build"]

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

# Without these Chromium asks its maker's hosts for updates; with them a test sees the page's
# requests alone. The sandbox needs rights that a container seldom has.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Any]:
    """Start one Chromium for all the tests."""
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield started
        started.close()


class Opened:
    """A page in the browser, with all that went wrong on it.

    Attributes
    ----------
    requests
        Addresses that the page asked for, the file itself left out. All are refused, but for files
        beside it where those are allowed.
    troubles
        Console errors and warnings, uncaught errors, violations of the content security policy.
    """

    def __init__(
        self,
        tab: Any,  # noqa: ANN401  (Page)
        address: str,
        beside: str = "",
    ) -> None:
        self.tab, self._beside = tab, beside
        self.requests: list[str] = []
        self.troubles: list[str] = []
        tab.on("console", lambda said: self._note(said.type, said.text))
        tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        tab.route("**/*", lambda route: self._route(route, address))
        tab.add_init_script(
            "addEventListener('securitypolicyviolation', "
            "(event) => console.error('CSP ' + event.blockedURI))"
        )
        tab.goto(address)
        self.until("window.geoline && document.documentElement.dataset.day")

    def until(self, condition: str) -> None:
        """Wait for a condition; playwright's own way needs eval, which the policy forbids."""
        deadline = time.monotonic() + 10
        while not self.tab.evaluate(condition):
            assert time.monotonic() < deadline, f"never came true: {condition}"
            self.tab.wait_for_timeout(20)

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.troubles.append(f"{kind}: {text}")

    def _route(self, route: Any, address: str) -> None:  # noqa: ANN401  (playwright's Route)
        if route.request.url.partition("#")[0] == address.partition("#")[0]:
            route.continue_()
        else:
            self.requests.append(route.request.url)
            if self._beside and route.request.url.startswith(self._beside):
                route.continue_()
            else:
                route.abort()

    @property
    def day(self) -> str:
        """The ISO day that the page shows."""
        shown: str = self.tab.evaluate("document.documentElement.dataset.day")
        return shown

    def holder(self, place: str) -> str:
        """Who holds a place on the day shown."""
        holder: str = self.tab.evaluate("(id) => window.geoline.holderOf(id)", place)
        return holder


Open = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:  # noqa: ANN401  (playwright's Browser)
    """Open a file or an address in a new, offline window; ask for its size, colours and so on.

    With `beside`, an address, it may ask for what begins with it.
    """
    contexts = []

    def opener(
        file: Path | str,
        fragment: str = "",
        **options: Any,  # noqa: ANN401
    ) -> Opened:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        beside = options.pop("beside", "")
        address = file if isinstance(file, str) else file.resolve().as_uri()
        # A browser that is told to be offline does not reach this machine either.
        context = browser.new_context(offline=not address.startswith("http"), **options)
        contexts.append(context)
        return Opened(context.new_page(), address + fragment, beside)

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def made_up_payload() -> dict[str, Any]:
    """A payload of the bundled theatre's size, invented."""
    return build()


@pytest.fixture(scope="session")
def made_up_page(made_up_payload: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the invented payload, on disk."""
    file = tmp_path_factory.mktemp("page") / "map.html"
    write_page(page_html(made_up_payload), file)
    return file


@pytest.fixture(scope="session")
def bundled_page(bundled_theatre: Theatre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page that `geoline map` writes."""
    path = tmp_path_factory.mktemp("bundled") / "nw-syria.html"
    bundled_theatre.write_map(path)
    return path


@pytest.fixture(scope="session")
def hostile_payload() -> dict[str, Any]:
    """A payload whose every text is an attack."""
    return build(places=80, days=12, hostile=True)


@pytest.fixture(scope="session")
def hostile_page(hostile_payload: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose every text is an attack."""
    file = tmp_path_factory.mktemp("hostile") / "map.html"
    write_page(page_html(hostile_payload), file)
    return file
