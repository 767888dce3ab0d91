"""The desk in a notebook: what is accepted there is in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline.errors import RequestError

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre

pytest.importorskip("anywidget", reason="anywidget is not installed")
HEAD = "place,place_id,event,actor,date_end,source"
ROW = f"{HEAD}\nSaraqib,saraqib,captured,government,2020-02-08,afp\n"


def test_what_is_accepted_is_saved_and_nothing_before(
    bundled_theatre: Theatre, tmp_path: Path
) -> None:
    """A notebook would ingest what nobody has looked at."""
    table = tmp_path / "claims.csv"
    table.write_text(ROW, "utf-8")
    desk = bundled_theatre.review(table)
    assert [claim["cells"]["place_id"] for claim in desk.payload["claims"]] == ["saraqib"]
    with pytest.raises(RequestError, match="no claim is accepted yet"):
        desk.save(tmp_path / "accepted.csv")
    desk.accepted = ROW  # as the browser sends it
    desk.save(tmp_path / "accepted.csv")
    assert (tmp_path / "accepted.csv").read_text("utf-8") == ROW
