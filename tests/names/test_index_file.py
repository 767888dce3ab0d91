"""The index on disk: never trusted when it is damaged or of other names, written by two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geoline.names.index_file import MOST_KEPT, kept_arrays
from geoline.names.spelling_index import SpellingIndex

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.names.name_arrays import NameArrays

NAMES = [["Saraqib", "سراقب"], ["Khan Shaykhun", "خان شيخون"], ["Kafr Nabl"]]
PEOPLE = [32495, 34371, None]


def _same(one: NameArrays, two: NameArrays) -> bool:
    both = zip(one.arrays().values(), two.arrays().values(), strict=True)
    return all(np.array_equal(a, b) and a.dtype == b.dtype for a, b in both)


def test_what_is_loaded_is_what_was_built(tmp_path: Path) -> None:
    """A second run would answer otherwise than the first."""
    built, loaded = (kept_arrays(NAMES, PEOPLE, tmp_path) for _ in range(2))
    assert _same(built, loaded)
    assert not loaded.names.flags.writeable  # it is the file
    assert SpellingIndex(loaded).matches("Saraqeb") == SpellingIndex(built).matches("Saraqeb")


def test_other_names_are_another_file(tmp_path: Path) -> None:
    """A place that was added or renamed would stay unknown."""
    kept_arrays(NAMES, PEOPLE, tmp_path)
    more = SpellingIndex(kept_arrays([*NAMES, ["Maarrat Misrin"]], [*PEOPLE, None], tmp_path))
    assert more.matches("Maaret Misrin")[0].place == 3
    fewer = SpellingIndex(kept_arrays(NAMES, [None, None, None], tmp_path))
    assert len(list(tmp_path.glob("*.names"))) == 3
    assert fewer.arrays.place_crowd.max() < more.arrays.place_crowd.max()


@pytest.mark.parametrize("harm", ["cut", "byte", "head", "empty", "folder"])
def test_a_damaged_file_is_built_anew(tmp_path: Path, harm: str) -> None:
    """A disk that was full, or a crash, would give wrong answers for ever after."""
    sound = kept_arrays(NAMES, PEOPLE, tmp_path)
    (path,) = tmp_path.glob("*.names")
    held = path.read_bytes()
    if harm == "folder":
        path.unlink()
        path.mkdir()
    else:
        middle = len(held) - len(held) // 3
        path.write_bytes(
            {
                "cut": held[:middle],
                "byte": held[:middle] + bytes([held[middle] ^ 1]) + held[middle + 1 :],
                "head": held[:30] + b"x" * 30 + held[60:],
                "empty": b"",
            }[harm]
        )
    assert _same(kept_arrays(NAMES, PEOPLE, tmp_path), sound)
    if harm != "folder":
        assert path.read_bytes() == held


def test_two_runs_at_once_leave_one_sound_file(tmp_path: Path) -> None:
    """A second command started at the same time would read half a file."""
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: kept_arrays(NAMES, PEOPLE, tmp_path), range(8)))
    assert all(_same(found[0], other) for other in found)
    assert [path.suffix for path in tmp_path.iterdir()] == [".names"]


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    """Names could not be looked up on a machine without a home."""
    (tmp_path / "file").write_text("in the way")
    assert kept_arrays(NAMES, PEOPLE, tmp_path / "file" / "deeper").names.size


def test_old_files_go(tmp_path: Path) -> None:
    """Each edit of a list would leave an index on disk for ever."""
    for n in range(MOST_KEPT + 3):
        kept_arrays([[f"Saraqib {n}"]], [None], tmp_path)
    assert len(list(tmp_path.glob("*.names"))) == MOST_KEPT
