"""How heavy and how fast the page is, beside other ways to show the same days in one HTML file.

Run ``python tests/benchmarks/page.py`` (``--places``, ``--days``, ``--changes``, ``--claims``;
``--only NAME`` for one contestant; ``--page FILE`` for a page that is there already; ``--cdn
FOLDER`` names the ``node_modules`` from which links to content delivery networks are served;
``--large`` adds 30,000 places and 1,000 days for geoline).

The data are those of `invented_war`: places, who held them each day, areas, line. geoline's page
has all of it, with band, roads, posts and claims; the peers show areas and places of each day, no
more, drawn in the way that was fastest for them (folium on one canvas, without tiles).

* Bytes: the file; beside it what it fetched from other hosts, where those could be served.
* Offline: opened from disk in a browser without a network; how many requests it made (all refused)
  and whether anything of the data was drawn within 15 s (``--patience``).
* Load: from the start of the navigation to the end of the first frame in which areas and places
  stand on the map, milliseconds: the second animation frame after they do. Median over new windows
  of one browser, 1280 by 800. What peers fetch is served from this disk without delay, which is to
  their advantage.
* Step: main-thread time of going one day on, Chromium's ``TaskDuration``: script, style, layout and
  paint, whatever the page does meanwhile; 60 days one after the other, two animation frames after
  each (and a tenth of a second where a page draws later), divided by the days; median of three
  rounds. "Of it processor" leaves out what the thread waited, for the graphics process or for other
  programs on the machine. "In play" is the processor time with a quarter of a second between the
  days, so that what a page puts off until it has rest counts too.
* Jump: to a day drawn at random, 60 times: the time the jump's script takes, and from the start of
  the next animation frame until its callbacks, style, layout and paint are done.
  What measuring a step costs (the same 60 with no step taken) is printed and not taken off.
* Build: from the data to the file on disk, seconds of one process, best of several.

Peers that are not installed are said so and left out: ``pip install keplergl swiftmap``. Files that
pages link to come from npm. For folium: ``npm install leaflet@1.9.3 jquery@3.7.1 bootstrap@5.2.2
leaflet.awesome-markers jquery-ui-dist iso8601-js-period@0.2.1 leaflet-timedimension@1.1.1
moment@2.18.1 leaflet.timeline@1.6.0 @fortawesome/fontawesome-free@6.2.0``. For keplergl: ``npm
install kepler.gl es-module-shims@2.8.1 maplibre-gl@4 esbuild react@19.1.0 react-dom@19.1.0
redux@5.0.1 react-redux styled-components@6.1.19``, then ``page_modules.mjs``.
"""

from __future__ import annotations

import argparse
import os
import random
import runpy
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import page_contestants
from tests.benchmarks.invented_war import War, invent

if TYPE_CHECKING:
    from tests.benchmarks.page_contestants import Contestant

HERE = Path(__file__).parent
VIEWPORT = {"width": 1280, "height": 800}
STEPS, ROUNDS, PLAYED, JUMPS = 60, 3, 20, 60
PLAY_MS = 250
# Watches for the first drawn frame; a page's own policy does not bind it.
WATCH = """
(() => {
  const look = () => {
    let there = false;
    try { there = Boolean(READY); } catch {}
    if (!there) return requestAnimationFrame(look);
    const drawn = () => { window.drawnAfter = performance.now(); };
    requestAnimationFrame(() => requestAnimationFrame(drawn));
  };
  requestAnimationFrame(look);
})();
"""
JUMP = """
async (days) => {
  const took = [];
  for (const day of days) {
    let begun = 0;
    const painted = new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      requestAnimationFrame(() => { begun = performance.now(); port2.postMessage(0); });
    });
    const before = performance.now();
    (STEP)(day);
    const script = performance.now() - before;
    took.push(script + (await painted) - begun);
    await new Promise((done) => setTimeout(done, 60));
  }
  return took;
}
"""
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Result:
    """What was measured of one contestant; None where it could not be."""

    name: str
    bytes: int = 0
    fetched: int | None = None
    requests: int = 0
    opens: bool = False
    load: float | None = None
    step: float | None = None
    step_processor: float | None = None
    played: float | None = None
    jumps: list[float] = field(default_factory=list)
    build: float = 0.0
    idle: float | None = None


class Window:
    """A window of its own, with what was asked for from other hosts."""

    def __init__(
        self,
        browser: Any,  # noqa: ANN401  (playwright's Browser)
        address: str,
        contestant: Contestant,
        cdn: Path | None,
    ) -> None:
        self.context = browser.new_context(offline=cdn is None, viewport=VIEWPORT)
        self.tab = self.context.new_page()
        self.cdn, self.address = cdn, address
        self.requests: list[str] = []
        self.missed: list[str] = []
        self.fetched = 0
        self.tab.route("**/*", self._route)
        self.tab.add_init_script(WATCH.replace("READY", contestant.ready))
        # One session tells the time that tasks took, the other the processor time in them.
        self.sessions = [self.context.new_cdp_session(self.tab) for _ in range(2)]
        for session, domain in zip(self.sessions, ("timeTicks", "threadTicks"), strict=True):
            session.send("Performance.enable", {"timeDomain": domain})
        self.tab.goto(address, wait_until="commit")

    def _route(self, route: Any) -> None:  # noqa: ANN401  (playwright's Route)
        url = route.request.url
        if url == self.address or not url.startswith("http"):
            route.continue_()
            return
        self.requests.append(url)
        file = self.cdn and page_contestants.served(url, self.cdn)
        if file is None:
            self.missed.append(url)
            route.abort()
        else:
            self.fetched += file.stat().st_size
            route.fulfill(path=file, headers={"access-control-allow-origin": "*"})

    def drawn(self, patience: float) -> float | None:
        """Milliseconds to the first drawn frame; None if there was none in so many seconds."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            after: float | None = self.tab.evaluate("window.drawnAfter ?? null")
            if after is not None:
                return after
            self.tab.wait_for_timeout(50)
        return None

    def busy(self) -> list[float]:
        """Milliseconds of the main thread so far: in tasks, and of processor time in them."""
        told = [session.send("Performance.getMetrics")["metrics"] for session in self.sessions]
        return [1000 * next(m["value"] for m in t if m["name"] == "TaskDuration") for t in told]

    def days(self, step: str, days: list[int], rest: int = 0) -> list[float]:
        """Main-thread milliseconds a day of showing these days one after the other, as `busy`."""
        before = self.busy()
        self.tab.evaluate(
            f"async ([days, rest]) => {{ for (const day of days) {{ ({step})(day); await {FRAMES};"
            " if (rest) await new Promise((done) => setTimeout(done, rest)); } }",
            [days, rest],
        )
        return [(now - then) / len(days) for now, then in zip(self.busy(), before, strict=True)]


def measure(
    browser: Any,  # noqa: ANN401  (playwright's Browser)
    contestant: Contestant,
    war: War,
    options: argparse.Namespace,
) -> Result:
    """Build one contestant's file and measure it."""
    out = Result(contestant.name)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        took = []
        for _ in range(options.builds):
            started = time.perf_counter()
            contestant.build(war, file)
            took.append(time.perf_counter() - started)
        out.build, out.bytes = min(took), file.stat().st_size
        address = file.as_uri()

        window = Window(browser, address, contestant, None)
        out.opens = window.drawn(options.patience) is not None
        out.requests = len(window.requests)
        window.context.close()

        cdn = options.cdn if out.requests else None
        if not out.opens and cdn is None:
            return out
        loads = []
        for _ in range(options.windows):
            window = Window(browser, address, contestant, cdn)
            after = window.drawn(options.patience)
            if after is None:
                print(f"{contestant.name}: nothing drawn; not served: {window.missed}")
                return out
            loads.append(after)
            window.context.close()
        out.load = statistics.median(loads)

        window = Window(browser, address, contestant, cdn)
        window.drawn(options.patience)
        window.tab.wait_for_timeout(1500)
        out.fetched = window.fetched if cdn else 0
        first = max(1, (len(war.days) - STEPS) // 2)
        steps = list(range(first, min(first + STEPS, len(war.days))))
        draw = random.Random(5)
        jumps = [draw.randrange(len(war.days)) for _ in range(min(JUMPS, len(war.days)))]
        out.idle, _ = window.days("() => {}", steps)
        # Once for the just-in-time compiler, then measured.
        window.days(contestant.step, jumps[:5])
        rounds = []
        for _ in range(ROUNDS):
            window.days(contestant.step, [steps[0] - 1])
            window.tab.wait_for_timeout(500)
            rounds.append(window.days(contestant.step, steps, contestant.late_ms))
        out.step, out.step_processor = map(statistics.median, zip(*rounds, strict=True))
        shown = window.tab.evaluate(contestant.shown)
        expected = war.days[steps[-1]].isoformat()
        if shown != expected:
            print(f"{contestant.name}: shows {shown}, not {expected}")
        _, out.played = window.days(contestant.step, steps[:PLAYED], PLAY_MS)
        if contestant.late_ms:
            window.context.close()
            return out
        out.jumps = sorted(window.tab.evaluate(JUMP.replace("STEP", contestant.step), jumps))
        window.context.close()
    return out


# Goes to a day by its place on the slider.
TO = "(day) => window.geoline.setDay(DAYS[day])"
DAYS = "window.geolinePayload.days"


def measure_page(browser: Any, file: Path) -> None:  # noqa: ANN401  (playwright's Browser)
    """Measure a page that geoline wrote: first drawn, steps, jumps, memory."""
    page = page_contestants.CONTESTANTS[0]
    window = Window(browser, file.resolve().as_uri(), page, None)
    drawn = window.drawn(120) or float("inf")
    busy = window.busy()[1]
    count = window.tab.evaluate(f"{DAYS}.length")
    step = TO.replace("DAYS", DAYS)
    first = max(1, (count - STEPS) // 2)
    steps = list(range(first, min(first + STEPS, count)))
    jumps = [random.Random(5).randrange(count) for _ in range(min(JUMPS, count))]
    window.days(step, [*jumps[:5], steps[0] - 1])
    took, processor = window.days(step, steps)
    far = sorted(window.tab.evaluate(JUMP.replace("STEP", step), jumps))
    told = window.sessions[0].send("Performance.getMetrics")["metrics"]
    heap = next(metric["value"] for metric in told if metric["name"] == "JSHeapUsedSize")
    print(f"{file.stat().st_size:,} bytes, {count:,} days; first drawn after {drawn:,.0f} ms")
    print(f"of it the main thread's processor time: {busy:,.0f} ms at most")
    print(f"a day on: {took:.1f} ms, of it processor {processor:.1f} ms")
    print(f"a jump: median {far[len(far) // 2]:.1f} ms; heap after it {heap / 1e6:.0f} MB")
    window.context.close()


def table(results: list[Result]) -> None:
    """Print the figures, a contestant a column."""

    def number(value: float | None, digits: int = 0) -> str:
        return "–" if value is None else f"{value:,.{digits}f}"

    def centile(result: Result, share: float) -> float | None:
        if not result.jumps:
            return None
        return result.jumps[min(len(result.jumps) - 1, int(share * len(result.jumps)))]

    rows = [
        ("bytes in the file", [number(r.bytes) for r in results]),
        ("fetched from other hosts", [number(r.fetched) for r in results]),
        ("requests without network", [number(r.requests) for r in results]),
        ("opens without network", ["yes" if r.opens else "no" for r in results]),
        ("load to first drawn, ms", [number(r.load) for r in results]),
        ("main-thread ms a day-step", [number(r.step, 1) for r in results]),
        ("of it processor", [number(r.step_processor, 1) for r in results]),
        ("in play, processor", [number(r.played, 1) for r in results]),
        ("jump, median ms", [number(centile(r, 0.5), 1) for r in results]),
        ("jump, 95th centile ms", [number(centile(r, 0.95), 1) for r in results]),
        ("build, s", [number(r.build, 2) for r in results]),
        ("measuring a step, ms", [number(r.idle, 1) for r in results]),
    ]
    print("| |" + "".join(f" {r.name} |" for r in results))
    print("|---|" + "---|" * len(results))
    for name, values in rows:
        print(f"| {name} |" + "".join(f" {value} |" for value in values))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--places", type=int, default=5000)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--changes", type=int, default=4771)
    parser.add_argument("--claims", type=int, default=600)
    parser.add_argument("--windows", type=int, default=7)
    parser.add_argument("--builds", type=int, default=3)
    parser.add_argument("--patience", type=float, default=15, help="seconds to wait for a drawing")
    parser.add_argument("--only", action="append", help="name of a contestant; may be repeated")
    parser.add_argument("--cdn", type=Path, help="node_modules to serve linked files from")
    parser.add_argument("--large", action="store_true", help="30,000 places, 1,000 days as well")
    parser.add_argument("--page", type=Path, help="a page of geoline to measure, nothing else")
    options = parser.parse_args()
    chromium = runpy.run_path(str(HERE.parent / "conftest.py"))["find_chromium"]()
    if chromium is None:
        sys.exit("no Chromium; name one in GEOLINE_CHROMIUM")
    arguments = runpy.run_path(str(HERE.parent / "browser" / "conftest.py"))["ARGUMENTS"]

    if options.page:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            measure_page(browser, options.page)
            browser.close()
        return
    contestants = []
    for contestant in page_contestants.CONTESTANTS:
        if options.only and contestant.name not in options.only:
            continue
        if contestant.installed():
            contestants.append(contestant)
        else:
            print(f"{contestant.name}: not installed, left out")
    war = invent(
        places=options.places, days=options.days, changes=options.changes, claims=options.claims
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        print(f"Chromium {browser.version}; {describe(war)}; load {os.getloadavg()[0]:.1f}")
        table([measure(browser, contestant, war, options) for contestant in contestants])
        if options.large:
            big = invent(places=30_000, days=1000, changes=30_000, claims=options.claims)
            print(f"\n{describe(big)}")
            table([measure(browser, page_contestants.CONTESTANTS[0], big, options)])
        browser.close()


def describe(war: War) -> str:
    """Say how large the data are."""
    corners = war.areas.geometry.count_coordinates().groupby(war.areas["day"]).sum().mean()
    changes = sum(len(day) for day in war.changes)
    return (
        f"{len(war.places):,} places, {len(war.days)} days, {changes:,} changes, areas of "
        f"{corners:.0f} vertices a day, {len(war.roads)} highways, {len(war.posts)} posts, "
        f"{len(war.claims)} claims"
    )


if __name__ == "__main__":
    main()
