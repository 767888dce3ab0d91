"""What holds for all tests: the theatres, which need what, what is said where it is missing.

`bundled_theatre` and `karabakh` are the two theatres, read once in a session.

Tests under ``tests/browser`` drive a Chromium. Where there is none they are skipped, and the
summary says that they were not run; with ``CI=true`` they fail instead, and so does a run of
everything in which none of them was executed. So with ``tests/postgis``, which need a PostgreSQL
with PostGIS (`tests/postgis/server.py`).

Run as a program, this file prints the path of the Chromium, or says on standard error what is
missing and exits with status 1; the Makefile asks it so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.theatre import Theatre

# Two tests run side by side: threads of linear algebra would only wait for each other, and that
# waiting counts as processor time. Set before numpy is loaded, and inherited by commands.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

# In CI the same examples on every run: a new one found there would fail somebody else's change.
# That a machine is slow is no fault of what is tested.
settings.register_profile(
    "geoline",
    derandomize=bool(os.environ.get("CI")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("geoline")

KARABAKH = Path(__file__).parent / "theatres" / "karabakh-2020"

# Commands on PATH, then where macOS keeps applications.
CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

NO_CHROMIUM = (
    "no Chromium: install one (Debian: apt-get install -y chromium) or name its executable in "
    "GEOLINE_CHROMIUM"
)


@cache
def find_chromium() -> str | None:
    """Find a Chromium that starts.

    ``GEOLINE_CHROMIUM``, if set, names the only candidate.

    Returns
    -------
    path
        Path of the executable, or None.
    """
    named = os.environ.get("GEOLINE_CHROMIUM")
    for candidate in [named] if named else CHROMIUMS:
        path = shutil.which(candidate)
        # Some distributions put a placeholder on PATH that only says what to install.
        if path and _starts(path):
            return path
    return None


def _starts(path: str) -> bool:
    try:
        run = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


def _in_ci() -> bool:
    return os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def bundled_theatre() -> Theatre:
    """North-west Syria 2019-20; no test changes it."""
    from geoline.theatre import load_theatre  # noqa: PLC0415  (the Makefile runs this file alone)

    return load_theatre()


@pytest.fixture(scope="session")
def karabakh() -> Theatre:
    """Nagorno-Karabakh 2020, elsewhere and with other parties; no test changes it."""
    from geoline.theatre import load_theatre  # noqa: PLC0415  (as above)

    return load_theatre(KARABAKH)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the Chromium to drive; without one the test is skipped, in CI it fails."""
    path = find_chromium()
    if path is None:
        (pytest.fail if _in_ci() else pytest.skip)(NO_CHROMIUM)
    return path


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests, and the commands that they run, out of the user's own cache folder.

    Those who run side by side share one: what one has drawn the other need not draw.
    """
    if hasattr(config, "workerinput"):
        return
    folder = tempfile.TemporaryDirectory(prefix="geoline-cache-", ignore_cleanup_errors=True)
    os.environ["XDG_CACHE_HOME"] = folder.name
    config.add_cleanup(folder.cleanup)


class Need(NamedTuple):
    """What the tests of a folder need of the machine."""

    folder: str
    missing: Callable[[], str]


def _no_chromium() -> str:
    return "" if find_chromium() else NO_CHROMIUM


def _no_postgis() -> str:
    from tests.postgis.server import NO_POSTGIS, find_postgis  # noqa: PLC0415  (as above)

    return "" if find_postgis() else NO_POSTGIS


# By the mark of the tests that have it.
NEEDS = {
    "browser": Need("tests/browser/", _no_chromium),
    "postgis": Need("tests/postgis/", _no_postgis),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need what not every machine has."""
    for item in items:
        for name, need in NEEDS.items():
            if item.nodeid.startswith(need.folder):
                item.add_marker(name)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that lacks what it needs, or fail it in CI, whatever fixtures it uses."""
    for name, need in NEEDS.items():
        if item.get_closest_marker(name) and (missing := need.missing()):
            (pytest.fail if _in_ci() else pytest.skip)(missing)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI, fail a run of everything that executed no test of some kind."""
    if _missed(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say plainly which tests were not run for want of what they need."""
    skipped = terminalreporter.stats.get("skipped", ())
    for name, need in NEEDS.items():
        not_run = [report for report in skipped if report.nodeid.startswith(need.folder)]
        if not_run and (missing := need.missing()):
            line = f"NOT RUN: {len(not_run)} {name} tests, {missing}"
            terminalreporter.write_line(line, yellow=True, bold=True)
    for name in _missed(config):
        terminalreporter.write_line(f"FAILED: CI executed no {name} test", red=True, bold=True)


def _missed(config: pytest.Config) -> list[str]:
    """Tell of what CI, where it ran everything, executed no test; in a worker of xdist, never."""
    reporter: pytest.TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
    narrowed = config.args_source is not pytest.Config.ArgsSource.TESTPATHS or any(
        config.getoption(name, None) for name in ("keyword", "markexpr", "collectonly", "lf")
    )
    if reporter is None or narrowed or not _in_ci():
        return []
    executed = [*reporter.stats.get("passed", ()), *reporter.stats.get("failed", ())]
    return [
        name
        for name, need in NEEDS.items()
        if not any(report.nodeid.startswith(need.folder) for report in executed)
    ]


if __name__ == "__main__":
    if find_chromium() is None:
        sys.exit(NO_CHROMIUM)
    sys.stdout.write(f"{find_chromium()}\n")
