"""What a dataset's file comes as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest

from geoline import DataError
from geoline.ingest.dataset_file import file_rows

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.tables import Row


def rows(path: Path) -> list[tuple[list[str], Row]]:
    """Read all rows; none may be set aside."""
    return list(file_rows(path, "acled", lambda error: pytest.fail(str(error))))


def test_geoparquet_has_the_rows_of_the_csv(tmp_path: Path) -> None:
    """Events kept as people keep points for GIS would have to be written out as CSV first."""
    table = pd.DataFrame({
        "event_id_cnty": ["SYR1", "SYR2"], "event_date": ["2020-01-28", "2020-01-29"],
        "location": ["Maʿarrat al-Nuʿmān", "سراقب"], "latitude": [35.64, 35.86],
        "notes": ["x", None],
    })  # fmt: skip
    table.to_csv(tmp_path / "a.csv", index=False)
    points = gpd.GeoSeries.from_xy([36.67, 36.8], table["latitude"], crs=4326)
    gpd.GeoDataFrame(table, geometry=points).to_parquet(tmp_path / "a.parquet")
    plain = [dict(row.cells) for _, row in rows(tmp_path / "a.csv")]
    geo = [dict(row.cells) for _, row in rows(tmp_path / "a.parquet")]
    assert [{k: v for k, v in row.items() if k != "geometry"} for row in geo] == plain
    assert [row.line for _, row in rows(tmp_path / "a.parquet")] == [1, 2]


def test_a_day_without_events_is_no_error(tmp_path: Path) -> None:
    """A desk's daily run would stop on the first quiet day."""
    (tmp_path / "a.json").write_text('{"status": 200, "count": 0, "data": []}', "utf-8")
    assert rows(tmp_path / "a.json") == []


def test_what_the_api_says_instead_is_told(tmp_path: Path) -> None:
    """An expired key would look like a broken file."""
    (tmp_path / "a.json").write_text('{"status": 403, "message": "Access denied"}', "utf-8")
    with pytest.raises(DataError, match=r"a.json: is JSON .* \(it says: Access denied\)"):
        rows(tmp_path / "a.json")
