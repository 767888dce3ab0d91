"""Digests of content: the same for the same content in every run, another for any other."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["code_digest", "digest"]

# Libraries whose version what is computed depends on.
LIBRARIES = ("numpy", "shapely", "scipy", "pyproj", "rapidfuzz")
SIZE = 20
# Packages that no kept value comes from.
COMPUTE_NOTHING = frozenset({
    "_data", "checking", "cli", "export", "extraction", "notebook", "reading",
})  # fmt: skip
# What is code, tables of words and other data that come with the code.
COMPUTES = (".bin", ".csv", ".json", ".py", ".toml")


def digest(*content: object) -> str:
    """Give a digest of content.

    Parameters
    ----------
    *content
        Text, numbers, None, days, arrays, geometries, data classes, and lists, sets and dicts with
        text as keys of such. Lists and tuples of the same are the same; the order of a dict counts.

    Raises
    ------
    TypeError
        If there is anything else in it.

    Examples
    --------
    >>> digest("a", 1.0) == digest("a", 1.0), digest("a", 1.0) == digest("a", 1)
    (True, False)
    """
    text = json.dumps(content, default=_plain, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=SIZE).hexdigest()


def _plain(value: object) -> Any:  # noqa: ANN401  (what JSON writes)
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, np.ndarray):
        return {"array": [value.dtype.str, list(value.shape), _of_array(value)]}
    if isinstance(value, shapely.Geometry):
        return {"shape": _of_bytes(shapely.to_wkb(value))}
    if is_dataclass(value) and not isinstance(value, type):
        name, read = _record(type(value))
        return {name: read(value)}
    if isinstance(value, set | frozenset):
        return {"set": sorted(digest(one) for one in value)}
    if isinstance(value, np.generic):
        return value.item()
    message = f"{type(value).__name__} has no digest"
    raise TypeError(message)


@cache
def _record(kind: Any) -> tuple[str, Callable[[object], object]]:  # noqa: ANN401  (a data class)
    """Give the name of a kind of record, and what reads the fields that it is made of."""
    names = [one.name for one in fields(kind) if one.init]
    return kind.__qualname__, attrgetter(*names) if names else lambda _: None


def _of_array(array: np.ndarray[Any, Any]) -> Any:  # noqa: ANN401  (what JSON writes)
    return array.tolist() if array.dtype == object else _of_bytes(array.tobytes())


def _of_bytes(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=SIZE).hexdigest()


def _version(library: str) -> str:
    """Give the version of a library without loading it: what its record is called."""
    where = find_spec(library)
    if where is None or where.origin is None:
        return ""
    return " ".join(sorted(p.name for p in Path(where.origin).parents[1].glob(f"{library}-*")))


@cache
def code_digest() -> str:
    """Give a digest of geoline's code and of the data that come with it, and of its libraries.

    What only reads, asks or shows is left out.
    """
    package = Path(__file__).parents[1]
    found = hashlib.blake2b(digest_size=SIZE)
    found.update(f"{sys.byteorder} {sys.version_info[:2]} {shapely.geos_version}".encode())
    found.update(" ".join(map(_version, LIBRARIES)).encode())
    for folder, within, files in os.walk(package):
        if folder == str(package):
            within[:] = set(within) - COMPUTE_NOTHING
        within.sort()
        for name in sorted(files):
            if name.endswith(COMPUTES):
                path = Path(folder, name)
                found.update(path.relative_to(package).as_posix().encode())
                found.update(path.read_bytes())
    return found.hexdigest()
