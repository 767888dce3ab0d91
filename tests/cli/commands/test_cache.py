"""What is kept of earlier runs can be seen, deleted and done without."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING, Any

import pytest

from geoline.cli import main
from tests.theatres.small import small_theatre

if TYPE_CHECKING:
    from pathlib import Path


def test_kept_is_told_cleared_and_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk, or a map that looks wrong, would leave its user without a remedy."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    folder = str(small_theatre(tmp_path / "small"))

    def run(*typed: str) -> Any:  # noqa: ANN401  (JSON)
        with pytest.raises(SystemExit) as ended:
            main([*typed, "--json"])
        assert ended.value.code == 0
        gc.collect()  # a store writes when nobody needs it any more
        return json.loads(capsys.readouterr().out)

    asked = ("status", "--on", "2024-05-03", "--theatre", folder)
    plain = run(*asked, "--no-cache")
    assert not (tmp_path / "kept").exists()
    assert run("cache")["kept"] == []
    assert run(*asked) == plain == run(*asked)
    kept = {one["what"]: one["values"] for one in run("cache")["kept"]}
    assert kept["areas"] == 1
    assert run("cache", "--clear")["cleared"]
    assert run("cache")["kept"] == []
    assert run(*asked) == plain
