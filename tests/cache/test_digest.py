"""Digests tell content apart, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geoline
from geoline.cache import code_digest, digest
from geoline.cache.digest import COMPUTE_NOTHING

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text()
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A record of a test's own."""

    name: str
    day: date


def _exact(value: object) -> str:
    """Tell values apart as a digest should: 1, 1.0 and True are three things."""
    return repr(value)


@settings(max_examples=60)
@given(PLAIN, PLAIN)
def test_same_content_has_the_same_digest_and_no_other(one: object, other: object) -> None:
    """What was kept of one claim would be taken for what another says."""
    assert (digest(one) == digest(other)) == (_exact(one) == _exact(other))


def test_arrays_shapes_and_records_count_by_what_they_hold() -> None:
    """A place moved by a metre, or a line by a vertex, would leave the old map standing."""
    xy = np.array([[36.0, 35.0], [37.0, 35.0]])
    content = (xy, shapely.LineString(xy), Record("a", date(2020, 1, 1)), frozenset({"b", "c"}))
    again = (xy.copy(), shapely.LineString(xy), Record("a", date(2020, 1, 1)), {"c", "b"})
    assert digest(*content) == digest(*again)
    moved = xy + np.array([1e-9, 0.0])
    assert digest(xy) != digest(moved)
    assert digest(xy) != digest(xy.ravel())
    assert digest(shapely.LineString(xy)) != digest(shapely.LineString(moved))
    assert digest(Record("a", date(2020, 1, 1))) != digest(Record("a", date(2020, 1, 2)))


def test_what_cannot_be_told_apart_has_no_digest() -> None:
    """Two things of one address would be taken for one."""
    with pytest.raises(TypeError, match="object has no digest"):
        digest(object())


def test_digests_hold_from_run_to_run() -> None:
    """Nothing kept would ever be found again."""
    program = (
        "from geoline.cache import code_digest, digest;"
        "print(digest({'a': frozenset('xyz')}, 1.5), code_digest())"
    )
    command = [sys.executable, "-c", program]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert said.stdout.split() == [digest({"a": frozenset("xyz")}, 1.5), code_digest()]


def test_what_is_left_out_of_the_code_computes_nothing() -> None:
    """A mended rule would leave the maps of yesterday standing."""
    package = Path(geoline.__file__).parent
    asked, computing = ["situation", "page"], set[str]()
    while asked:
        name = asked.pop()
        computing.add(name)
        for path in (package / name).rglob("*.py"):
            text = path.read_text("utf-8")
            found = re.findall(
                r"^ *(?:from|import) geoline(?:\.| import )(\w+)", text, re.MULTILINE
            )
            folders = {one for one in found if (package / one).is_dir()}
            asked += folders - computing - set(asked)
    assert len(computing) > 8
    assert not computing & COMPUTE_NOTHING
