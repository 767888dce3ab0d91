"""The large libraries, each loaded when something of it is first used.

geopandas, pandas, scipy and pyproj together take longer to load than most questions to answer, and
what is kept from an earlier run is answered without them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd
    import pyogrio
    import pyproj
    from scipy import ndimage, sparse, spatial, special
    from scipy.linalg import blas, lapack
    from scipy.sparse import csgraph

__all__ = [
    "GEOD", "blas", "csgraph", "gpd", "lapack", "ndimage", "pd", "pyogrio", "pyproj", "sparse",
    "spatial", "special",
]  # fmt: skip


class _Later:
    """Stands for something until one of its attributes is asked for."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> object:
        return getattr(self._make(), name)


def _library(name: str) -> Any:  # noqa: ANN401  (a module)
    return _Later(lambda: importlib.import_module(name))


if not TYPE_CHECKING:
    gpd, pd = _library("geopandas"), _library("pandas")
    pyogrio, pyproj = _library("pyogrio"), _library("pyproj")
    ndimage, spatial = _library("scipy.ndimage"), _library("scipy.spatial")
    special, sparse = _library("scipy.special"), _library("scipy.sparse")
    csgraph, blas = _library("scipy.sparse.csgraph"), _library("scipy.linalg.blas")
    lapack = _library("scipy.linalg.lapack")

_made: list[pyproj.Geod] = []


def _geod() -> pyproj.Geod:
    if not _made:
        _made.append(pyproj.Geod(ellps="WGS84"))
    return _made[0]


# Lines on the ellipsoid of WGS 84: metres and azimuths, longitude first.
GEOD = cast("pyproj.Geod", _Later(_geod))
