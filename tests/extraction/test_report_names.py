"""Reports in folders, behind addresses and in Parquet tables: the same claims wherever they lie."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import fsspec
import pytest

from geoline.errors import RequestError
from geoline.extraction import extract_answer
from geoline.extraction.report_names import report_names
from geoline.processes import local_cluster
from geoline.theatre import bundled, load_theatre

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXTS = [
    f"Syrian troops captured {place} and Hish on Tuesday. Report {number} from Idlib."
    for number, place in enumerate(("Talmenes", "Jarjanaz", "Maarrat al-Numan"))
]
ARABIC = "سيطرت قوات النظام أمس على القرى التالية في ريف إدلب:\n- تلمنس\n- جرجناز"


def _claims(*named: str, cluster: str = "") -> tuple[list[dict[str, Any]], str]:
    """Read reports; give the claims and the last line."""
    records, lines, _ = extract_answer(
        load_theatre().data, bundled(), named, published="2020-01-29", source="afp",
        cluster=cluster,
    )  # fmt: skip
    return records, lines[-1]


def _without_file(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: record[key] for key in record if key != "file"} for record in records]


def _table(path: Path, rows: Sequence[tuple[object, ...]], columns: str) -> None:
    path.parent.mkdir(exist_ok=True)
    asked = ", ".join("?" * len(rows[0]))
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({columns})")
        connection.executemany(f"INSERT INTO t VALUES ({asked})", rows)  # noqa: S608  (question marks)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports as files: text, a page, Arabic."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, text in enumerate(TEXTS):
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")
    (reports / "3.html").write_text(f"<html><body><p>{TEXTS[0]}</p></body>", encoding="utf-8")
    (reports / "4.txt").write_text(ARABIC, encoding="utf-8")
    return reports


def test_reports_behind_an_address_are_read_as_those_here(folder: Path) -> None:
    """A bucket of reports would have to be copied by hand, onto every machine of a cluster."""
    store = fsspec.filesystem("memory")
    for path in folder.iterdir():
        store.pipe(f"/reports/{path.name}", path.read_bytes())
    store.pipe("/reports/README.pdf", b"not a report")
    here = _claims(str(folder))
    assert here[1].startswith("5 reports, 10 claims")
    assert _claims("memory://reports") == _claims("memory://reports/*.*") == here
    with local_cluster(2, in_threads=True) as cluster:
        assert _claims("memory://reports", cluster=cluster.scheduler_address) == here
    with pytest.raises(RequestError, match=r"memory://none: no such file"):
        report_names(["memory://none"])


def test_texts_in_partitions_are_read_row_by_row(folder: Path, tmp_path: Path) -> None:
    """A corpus as data people keep it would have to be written out as a million files."""
    parts = tmp_path / "parts"
    page = (folder / "3.html").read_text("utf-8")
    _table(parts / "part-0.parquet", [(text,) for text in TEXTS], "text VARCHAR")
    _table(parts / "part-1.parquet", [(page,), (ARABIC,)], "text VARCHAR")
    files, tables = _claims(str(folder)), _claims(str(parts))
    assert _without_file(tables[0]) == _without_file(files[0])
    assert tables[1] == files[1]
    assert {r["file"] for r in tables[0]} == {f"part-0.parquet#{n}" for n in (1, 2, 3)} | {
        f"part-1.parquet#{n}" for n in (1, 2)
    }
    store = fsspec.filesystem("memory")
    for path in parts.iterdir():
        store.pipe(f"/parts/{path.name}", path.read_bytes())
    assert _claims("memory://parts") == tables


def test_a_row_may_say_its_day_and_name(tmp_path: Path) -> None:
    """Reports of many days in one table would all be of one; a row without text ends the run."""
    path = tmp_path / "t.parquet"
    rows = [(TEXTS[0], date(2020, 2, 5), "afp-1"), (TEXTS[1], None, None), (None, None, "empty")]
    _table(path, rows, "text VARCHAR, published DATE, name VARCHAR")
    records, line = _claims(str(path))
    assert line.startswith("3 reports, 4 claims")
    told = {(r["file"], r["published"], r["date_end"]) for r in records}
    assert told == {("afp-1", "2020-02-05", "2020-02-04"),
                    ("t.parquet#2", "2020-01-29", "2020-01-28")}  # fmt: skip
    _table(
        path, [(TEXTS[0], "yesterday"), (TEXTS[1], "2020-02-05")], "text VARCHAR, published VARCHAR"
    )
    _, lines, _ = extract_answer(
        load_theatre().data, bundled(), [path], published="2020-01-29", source="afp"
    )
    (aside,) = [text for text in lines if text.startswith("set aside")]
    assert "t.parquet" in aside
    assert "row 1" in aside or "line 1" in aside
    assert "published" in aside


def test_a_table_that_cannot_be_read_is_set_aside(tmp_path: Path) -> None:
    """One broken part of a thousand would end the run, and nobody know which."""
    _table(tmp_path / "a.parquet", [(TEXTS[0],)], "text VARCHAR")
    _table(tmp_path / "b.parquet", [("x",)], "body VARCHAR")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 and no more")
    records, lines, complete = extract_answer(
        load_theatre().data, bundled(), [tmp_path], published="2020-01-29", source="afp"
    )
    assert (len(records), complete) == (2, False)
    aside = [text for text in lines if text.startswith("set aside: ")]
    assert "b.parquet: has no column 'text'; name the reports' texts so" in aside[0]
    assert "DuckDB cannot read" in aside[1]
    assert "c.parquet" in aside[1]
