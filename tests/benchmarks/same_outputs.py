"""Hold what geoline writes now against what an earlier commit wrote: byte for byte.

``python tests/benchmarks/same_outputs.py COMMIT`` (or ``make same REF=COMMIT``) writes, with the
code of the commit and with that of the working tree, on the same inputs: the pages (also
``--as-known``) and the exports of both theatres, every ``--json`` answer over a dozen days, and the
claims read from all test reports. It prints what differs and exits with status 1 if anything does.
A field that an earlier answer did not have is told once by name and not counted, unless
``--strict`` is given.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BUNDLED, KARABAKH = ROOT / "seeds" / "nw-syria", ROOT / "tests" / "theatres" / "karabakh-2020"
SUFFIXES = ("gpkg", "geojson", "parquet", "kml", "csv", "png", "svg")
NAMES = ("Maaret Al Numan", "سراقب", "Maarata", "20 km south of Ma'arat al-Numan", "Sarakib", "Foo")
DAYS = 12


def main() -> None:
    """Write with both trees, compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("commit", help="the earlier commit")
    parser.add_argument("--strict", action="store_true", help="fields that are new differ too")
    parser.add_argument(
        "--keep", type=Path, help="folder for the outputs, instead of a passing one"
    )
    parser.add_argument("--only", choices=sorted(PARTS), nargs="*", help="some parts alone")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        for part in options.only or PARTS:
            PARTS[part](options.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        out = options.keep or Path(folder)
        tree = Path(folder) / "tree"
        _git("worktree", "add", "--detach", str(tree), options.commit)
        try:
            for name, code in (("before", tree), ("after", ROOT)):
                (out / name).mkdir(parents=True)
                _write(code, out / name, options.only or [])
        finally:
            _git("worktree", "remove", "--force", str(tree))
        sys.exit(_compare(out / "before", out / "after", strict=options.strict))


def _git(*arguments: str) -> None:
    git = shutil.which("git") or "git"
    subprocess.run([git, *arguments], cwd=ROOT, check=True, capture_output=True)


def _write(code: Path, out: Path, only: list[str]) -> None:
    command = [sys.executable, __file__, "-", "--write", str(out.resolve())]
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONHASHSEED": "0"}
    environment["SOURCE_DATE_EPOCH"] = "1600000000"
    subprocess.run(
        [*command, *(["--only", *only] if only else [])], cwd=code, env=environment, check=True
    )


def _geoline(*arguments: str) -> str:
    """Run a command in this process; what it printed, and its status."""
    from geoline.cli import main as command  # noqa: PLC0415  (of the tree on PYTHONPATH)

    out, said = io.StringIO(), io.StringIO()
    status: Any = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            command(arguments)
        except SystemExit as stop:
            status = stop.code
    return f"{out.getvalue()}{said.getvalue()}status {status}\n"


def _theatres() -> dict[str, tuple[list[str], list[date]]]:
    """Give both theatres by name: how a command is told of them, and a dozen days."""
    found = {}
    for name, folder in (("nw-syria", BUNDLED), ("karabakh", KARABAKH)):
        settings = tomllib.loads((folder / "theatre.toml").read_text(encoding="utf-8"))
        first, last = settings["first_day"], settings["last_day"]
        step = (last - first) / (DAYS - 1)
        told = [] if folder == BUNDLED else ["--theatre", str(folder)]
        found[name] = told, [first + timedelta(days=round(i * step.days)) for i in range(DAYS)]
    return found


def write_pages(out: Path) -> None:
    """Pages of both theatres; the bundled one also with each day as it was known."""
    for name, (told, _) in _theatres().items():
        _geoline("map", *told, "-o", str(out / f"{name}.html"))
        if not told:
            _geoline("map", "--as-known", "-o", str(out / f"{name}-as-known.html"))


def write_answers(out: Path) -> None:
    """Every answer as data and as lines."""
    for name, (told, days) in _theatres().items():
        asked: dict[str, list[str]] = {
            "resolve": ["resolve", *NAMES],
            "check": ["check"],
            "highway-span": ["highway", "--from", f"{days[0]}", "--to", f"{days[-1]}"],
        }
        for day, before in zip(days, [days[0], *days], strict=False):
            for command in ("status", "posts", "highway", "front"):
                asked[f"{command}-{day}"] = [command, "--on", f"{day}"]
            asked[f"status-{day}-known"] = ["status", "--on", f"{day}", "--known-on", f"{day}"]
            asked[f"changes-{day}"] = ["changes", "--from", f"{before}", "--to", f"{day}"]
        for place in _some_places(told):
            asked[f"history-{place}"] = ["history", place]
        for title, arguments in asked.items():
            for form in (["--json"], []):
                if arguments[0] == "front" and not form:
                    continue
                path = out / f"{name}-{title}.{'json' if form else 'txt'}"
                text = _geoline(*arguments, *told, *form)
                path.write_text(text.replace(str(out), ""), encoding="utf-8")


def _some_places(told: list[str]) -> list[str]:
    rows = _geoline("status", "--on", f"{_theatres()['karabakh' if told else 'nw-syria'][1][6]}",
                    *told, "--json").rpartition("]")[0]  # fmt: skip
    return [row["place_id"] for row in json.loads(rows + "]")][::9]


def write_exports(out: Path) -> None:
    """A day in every form, and a week."""
    for name, (told, days) in _theatres().items():
        for suffix in SUFFIXES:
            _geoline("export", *told, "-o", str(out / f"{name}.{suffix}"), "--on", f"{days[6]}")
            if suffix not in {"png", "svg"}:
                week = ["--from", f"{days[6]}", "--to", f"{days[6] + timedelta(days=6)}"]
                _geoline("export", *told, "-o", str(out / f"{name}-week.{suffix}"), *week)


def write_claims(out: Path) -> None:
    """Claims read from the reports of the tests, by day of publication."""
    files = sorted({*(ROOT / "tests").rglob("report*.toml")})
    rows = [row for file in files for row in tomllib.loads(file.read_text("utf-8"))["report"]]
    for published in sorted({row["published"] for row in rows}):
        folder = out / "texts" / f"{published}"
        folder.mkdir(parents=True)
        texts = sorted(row["text"] for row in rows if row["published"] == published)
        for number, text in enumerate(texts):
            (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
        said = _geoline(
            "extract", str(folder), "--published", f"{published}", "--source", "sohr", "--json"
        )
        (out / f"claims-{published}.json").write_text(said.replace(str(out), ""), encoding="utf-8")
    shutil.rmtree(out / "texts")


PARTS = {
    "pages": write_pages,
    "answers": write_answers,
    "exports": write_exports,
    "claims": write_claims,
}


def _compare(before: Path, after: Path, *, strict: bool) -> int:
    names = sorted({path.name for folder in (before, after) for path in folder.iterdir()})
    new: set[str] = set()
    different = []
    for name in names:
        one, other = before / name, after / name
        if not (one.exists() and other.exists()):
            different.append(name)
            continue
        was, now = _plain(one), _plain(other)
        if was != now and not strict and name.endswith(".json"):
            now = _without_new_fields(was, now, new)
        if was != now:
            different.append(name)
    for name in sorted(new):
        print(f"new field, not counted: {name}")
    for name in different:
        print(f"differs: {name}")
    print(f"{len(names) - len(different)} of {len(names)} outputs are the same bytes")
    return 1 if different else 0


# The page says with which version of the program it was made; a GeoPackage when.
def _plain(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".gpkg":
        content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", b"", content)
    return content


def _without_new_fields(was: bytes, now: bytes, new: set[str]) -> bytes:
    """Take fields out of `now` that no record of `was` has."""
    try:
        old, status = _json(was)
        recent, new_status = _json(now)
    except ValueError:
        return now
    known = _fields(old)

    def kept(value: Any) -> Any:  # noqa: ANN401  (any JSON)
        if isinstance(value, dict):
            new.update(key for key in value if key not in known)
            return {key: kept(item) for key, item in value.items() if key in known}
        return [kept(item) for item in value] if isinstance(value, list) else value

    return was if (kept(recent), new_status) == (old, status) else now


def _json(content: bytes) -> tuple[Any, str]:
    text, _, status = content.decode("utf-8").rpartition("\nstatus ")
    decoder = json.JSONDecoder()
    value, end = decoder.raw_decode(text)
    return value, text[end:] + status


def _fields(value: Any) -> set[str]:  # noqa: ANN401  (any JSON)
    if isinstance(value, dict):
        return set(value).union(*map(_fields, value.values()))
    return set().union(*map(_fields, value)) if isinstance(value, list) else set()


if __name__ == "__main__":
    main()
