"""Outputs: whole or not at all, and never in the place of something else."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

import pytest

from geoline.errors import RequestError
from geoline.tables.replace import check_target, replace_file

if TYPE_CHECKING:
    from pathlib import Path


def test_no_device_pipe_or_folder_is_replaced(tmp_path: Path) -> None:
    """``-o /dev/null`` as root would leave the machine without it."""
    pipe, folder, link = tmp_path / "pipe", tmp_path / "folder", tmp_path / "link"
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to(pipe)
    for path in (pipe, link, folder):
        with pytest.raises(RequestError, match="is a "):
            replace_file(path, b"x")
    assert pipe.is_fifo()
    with pytest.raises(RequestError, match="does not exist"):
        replace_file(tmp_path / "none" / "x", b"x")
    with pytest.raises(RequestError, match="already"):
        check_target(tmp_path / "x", others=(tmp_path / "folder" / ".." / "x",))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "link", "pipe"]


def test_what_killed_runs_left_goes_and_what_others_write_stays(tmp_path: Path) -> None:
    """Parts of pages would pile up in the folder; or a run would take another's away from it."""
    left, live, other = (tmp_path / n for n in (".a.csv.1.part", ".a.csv.2.part", ".b.csv.1.part"))
    for path in (left, live, other):
        path.write_bytes(b"half")
    handle = os.open(live, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    replace_file(tmp_path / "a.csv", b"whole")
    os.close(handle)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".a.csv.2.part", ".b.csv.1.part", "a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"whole"
