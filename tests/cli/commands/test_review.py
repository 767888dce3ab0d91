"""`geoline review`: what it says, and where it writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geoline.cli.program import main

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "place,place_id,event,actor,date_end,source,file\n"
ROW = "Saraqib,saraqib,captured,government,2020-01-29,{},report.txt\n"


def test_it_says_what_is_missing_for_a_review(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person would sit down at a desk whose claims no ledger takes."""
    table = tmp_path / "claims.csv"
    table.write_text(HEAD + ROW.format("nobody"), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["review", str(table)])
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert "'nobody' is not in sources.csv" in said
    assert "the text of 1 reports is not at hand" in said
    assert (tmp_path / "claims.html").exists()
    table.write_text(HEAD + ROW.format("afp"), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["review", str(table), "-o", str(tmp_path / "desk.html"), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (ended.value.code, answer["claims"], answer["reports_found"]) == (0, 1, 0)


@pytest.mark.parametrize("output", ["claims.csv", "reports/a.html"])
def test_it_writes_over_nothing_that_it_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    """The claims, or a report, would be lost."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "claims.csv").write_text(HEAD + ROW.format("afp"), "utf-8")
    (tmp_path / "reports" / "a.html").write_text("<p>A report.</p>", "utf-8")
    before = (tmp_path / output).read_bytes()
    words = ["--reports", str(tmp_path / "reports"), "-o", str(tmp_path / output)]
    with pytest.raises(SystemExit) as ended:
        main(["review", str(tmp_path / "claims.csv"), *words])
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / output).read_bytes() == before
