"""`geoline fold`: tables, folders and addresses in and out, and what is wrong told in a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fsspec
import geopandas as gpd
import pandas as pd
import pytest

from geoline.cli.program import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, Any, str]]

KARABAKH = Path(__file__).parents[2] / "theatres" / "karabakh-2020"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command for Karabakh; give its status, its answer and what it says besides."""

    def command(*arguments: str) -> tuple[int, Any, str]:
        with pytest.raises(SystemExit) as ended:
            main(["fold", *arguments, "--theatre", str(KARABAKH), "--json"])
        said = capsys.readouterr()
        return int(str(ended.value.code)), json.loads(said.out) if said.out else None, said.err

    return command


def test_tables_lie_where_fsspec_finds_them(run: Run, tmp_path: Path) -> None:
    """A ledger in a bucket would have to be copied by hand, and its answer back."""
    store = fsspec.filesystem("memory")
    store.pipe("/claims/a.csv", (KARABAKH / "claims" / "2020.csv").read_bytes())
    store.pipe("/claims/README.md", b"not a table")
    local = tmp_path / "spells.csv"
    status, answer, _ = run("-o", str(local))
    assert (status, answer["spells"]) == (0, len(local.read_text("utf-8").splitlines()) - 1)
    for claims in ("memory://claims", "memory://claims/*.csv", "memory://claims/a.csv"):
        assert run(claims, "-o", "memory://out/spells.csv")[0] == 0
        assert store.cat("/out/spells.csv") == local.read_bytes()
    assert run("-o", "memory://out/parts/")[0] == 0
    assert store.find("/out/parts") == ["/out/parts/part-00000.parquet"]
    assert run("-o", f"{tmp_path}/parts/")[0] == 0
    assert (tmp_path / "parts" / "part-00000.parquet").read_bytes() == store.cat(
        "/out/parts/part-00000.parquet"
    )


def test_claims_come_as_geoparquet_too(run: Run, tmp_path: Path) -> None:
    """What people keep for GIS, points beside the columns, in parts, would have to be converted."""
    assert run("-o", f"{tmp_path}/spells.csv")[0] == 0
    table = pd.read_csv(KARABAKH / "claims" / "2020.csv", dtype=str)
    points = gpd.GeoSeries.from_xy([46.7] * len(table), [39.8] * len(table), crs=4326)
    claims, half = gpd.GeoDataFrame(table, geometry=points), len(table) // 2
    store = fsspec.filesystem("memory")
    for number, part in enumerate((claims[:half], claims[half:])):
        part.to_parquet(tmp_path / "part.parquet")
        store.pipe(f"/geo/part-{number}.parquet", (tmp_path / "part.parquet").read_bytes())
    status, answer, _ = run("memory://geo", "-o", "memory://geo-out/spells.csv")
    assert (status, answer["tables"]) == (0, 2)
    assert store.cat("/geo-out/spells.csv") == (tmp_path / "spells.csv").read_bytes()


def test_what_is_wrong_is_one_line(run: Run, tmp_path: Path) -> None:
    """A slip would be a traceback, or a table of the theatre be written over."""
    for arguments, told in (
        (["-o", "spells.txt"], "must end in .csv or .parquet"),
        (["-o", f"{tmp_path}/"], "is there already"),
        (["-o", str(KARABAKH / "claims" / "spells.csv")], "is read as part of the theatre"),
        ([str(tmp_path / "none"), "-o", f"{tmp_path}/s.csv"], "no such file"),
        (["memory://none", "-o", f"{tmp_path}/s.csv"], "memory://none"),
        (["nowhere://x", "-o", f"{tmp_path}/s.csv"], "nowhere://x: "),
        (["-o", f"{tmp_path}/s.csv", "--known-on", "soon"], "'soon' is not a day"),
    ):
        status, answer, said = run(*arguments)
        assert (status, answer) == (2, None)
        assert told in said
        assert len(said.splitlines()) == 1
