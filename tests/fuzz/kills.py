"""End commands at random moments, fill the disk, close the folder, run two at once: ``make kills``.

``python tests/fuzz/kills.py --kills 200`` forks a process for each run of ``ingest``, ``map``,
``export``, ``extract`` and ``check`` and kills it after a random part of the time that a whole run
takes. After each, the theatre has to be readable, its ledger as it was or as it is after a whole
run, every output as it was or whole; and after one more run, nothing of the killed ones may be
left. It prints a line a command, and exits with status 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import pkgutil
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

import geoline
from geoline import load_theatre
from geoline.cli import main as command
from tests.fuzz.valid import ACLED, FIGURES, REPORT
from tests.fuzz.valley import base_theatre

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OLD = b"what was there before"
NOBODY = 65534


@dataclass(frozen=True, kw_only=True, slots=True)
class Try:
    """A command on a theatre, and the file that it writes; empty: the ledger."""

    words: tuple[str, ...]
    output: str = ""


TRIES = {
    "ingest": Try(words=("ingest", "acled.csv", "--format", "acled", "--report", "report.csv")),
    "map": Try(words=("map", "-o", "map.html"), output="map.html"),
    "export": Try(words=("export", "-o", "day.gpkg", "--on", "2024-05-03"), output="day.gpkg"),
    "extract": Try(
        words=(
            "extract",
            "texts",
            "--published",
            "2024-05-03",
            "--source",
            "gazette",
            "-o",
            "t.csv",
        ),
        output="t.csv",
    ),
    "check": Try(words=("check", "figures.csv", "-o", "check.html"), output="check.html"),
}


def prepare(folder: Path) -> Path:
    """Make a theatre and what the commands read beside it."""
    theatre = base_theatre(folder / "valley")
    rows = ACLED.splitlines()
    many = [rows[0]] + [rows[1].replace("VAL1", f"VAL{n}") for n in range(10, 400)]
    (folder / "acled.csv").write_text("\n".join(many) + "\n", encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (folder / "texts").mkdir()
    for number in range(60):
        (folder / "texts" / f"{number:02}.txt").write_text(REPORT, encoding="utf-8")
    return theatre


def run(folder: Path, one: Try, before: Callable[[], object] = lambda: None) -> int:
    """Fork, and run the command in the child; gives its process id."""
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        before()
        os.chdir(folder)
        silent = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (as long as the process)
        with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(io.StringIO()):
            try:
                command([*one.words, "--theatre", "valley"])
            except SystemExit as stop:
                status = int(stop.code or 0)
    finally:
        os._exit(status)


def finish(child: int) -> int:
    """Wait for a process; its exit status, negative if a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ledger(folder: Path) -> tuple[str, ...]:
    """Give the ids of the claims that the theatre has; fails if it cannot be read."""
    return tuple(sorted(c.claim_id for c in load_theatre(folder / "valley").data.claims))


def leftovers(folder: Path) -> list[str]:
    """List what a killed run left and a whole one does not."""
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.suffix in {".part", ".tmp"} or path.name.startswith((".geoline", "tmp"))
    )


@contextlib.contextmanager
def _place(one: Try):  # type: ignore[no-untyped-def]  # noqa: ANN202  (a folder, for a with)
    with tempfile.TemporaryDirectory(prefix="geoline-kills-") as name:
        folder = Path(name)
        prepare(folder)
        if one.output:
            (folder / one.output).write_bytes(OLD)
        yield folder


def whole_run(one: Try) -> tuple[float, tuple[str, ...], int]:
    """Give how long a whole run takes, the ledger after it, and the size of the output."""
    with _place(one) as folder:
        start = time.perf_counter()
        status = finish(run(folder, one))
        took = time.perf_counter() - start
        assert status in {0, 1}, f"{one.words}: {status}"
        size = (folder / one.output).stat().st_size if one.output else 0
        return took, ledger(folder), size


def faults_after(folder: Path, one: Try, before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Say what a run that did not end well has lost."""
    found = []
    try:
        told = ledger(folder)
    except Exception as error:  # noqa: BLE001  (whatever: the theatre cannot be read)
        return [f"theatre unreadable: {error}"]
    if told not in {tuple(before), tuple(after)}:
        found.append(f"ledger of {len(told)} claims, neither {len(before)} nor {len(after)}")
    if one.output:
        path = folder / one.output
        content = path.read_bytes() if path.exists() else b""
        if content != OLD and (not content or len(content) < 100):
            found.append(f"output of {len(content)} bytes")
    return found


def killed(name: str, times: int, rng: random.Random) -> Counter[str]:
    """Kill runs at random moments."""
    one, told = TRIES[name], Counter[str]()
    took, after, _ = whole_run(one)
    for _ in range(times):
        with _place(one) as folder:
            before = ledger(folder)
            child = run(folder, one)
            time.sleep(rng.random() * took)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            told["killed" if finish(child) < 0 else "had ended"] += 1
            for fault in faults_after(folder, one, before, after):
                told[f"FAULT {fault}"] += 1
            if finish(run(folder, one)) not in {0, 1}:
                told["FAULT the next run fails"] += 1
            elif ledger(folder) != after:
                told["FAULT the next run gives another ledger"] += 1
            if left := leftovers(folder):
                told[f"FAULT left behind: {left[:3]}"] += 1
    return told


def _disk_full(size: int) -> Callable[[], object]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that a write fails as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def full(name: str, rng: random.Random, times: int) -> Counter[str]:
    """Let no file grow beyond a size that is too small."""
    one, told = TRIES[name], Counter[str]()
    _, after, size = whole_run(one)
    for _ in range(times):
        with _place(one) as folder:
            before = ledger(folder)
            status = finish(run(folder, one, _disk_full(rng.randint(0, max(20, size - 1)))))
            told[f"status {status}"] += 1
            if status not in {0, 1, 2}:
                told[f"FAULT status {status}"] += 1
            for fault in faults_after(folder, one, before, after):
                told[f"FAULT {fault}"] += 1
            if left := leftovers(folder):
                told[f"FAULT left behind: {left[:3]}"] += 1
    return told


def closed(name: str) -> Counter[str]:
    """Run where nothing may be written, as a user who may not."""
    one, told = TRIES[name], Counter[str]()
    if os.geteuid():
        return Counter({"not tried: needs root, to become nobody": 1})
    _, after, _ = whole_run(one)
    with _place(one) as folder:
        before = ledger(folder)
        folder.chmod(0o755)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        status = finish(run(folder, one, lambda: os.setuid(NOBODY)))
        told[f"status {status}"] += 1
        if status != 2:
            told[f"FAULT status {status}"] += 1
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)
        for fault in faults_after(folder, one, before, after):
            told[f"FAULT {fault}"] += 1
    return told


def together(name: str) -> Counter[str]:
    """Run two at once: both end, and what is there is that of a run."""
    one, told = TRIES[name], Counter[str]()
    _, after, _ = whole_run(one)
    with _place(one) as folder:
        children = [run(folder, one) for _ in range(2)]
        statuses = sorted(finish(child) for child in children)
        told[f"status {statuses}"] += 1
        if not set(statuses) <= {0, 1, 2} or statuses[0] > 1:
            told[f"FAULT status {statuses}"] += 1
        for fault in faults_after(folder, one, after, after):
            told[f"FAULT {fault}"] += 1
        if left := leftovers(folder):
            told[f"FAULT left behind: {left[:3]}"] += 1
    return told


def main() -> None:
    """Try all, and say what was lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full", type=int, default=4, help="runs a command on a full disk")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=sorted(TRIES))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    names = options.only or list(TRIES)
    lost = False
    # A process that became nobody may not be allowed to read the libraries: all are read before.
    for module in pkgutil.walk_packages(geoline.__path__, "geoline."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in names:
        for what, told in (
            ("kills", killed(name, -(-options.kills // len(names)), rng)),
            ("disk full", full(name, rng, options.full)),
            ("folder closed", closed(name)),
            ("two at once", together(name)),
        ):
            print(f"{name:8} {what:14} {dict(told)}", flush=True)
            lost |= any(key.startswith("FAULT") for key in told)
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
