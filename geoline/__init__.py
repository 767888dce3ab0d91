"""geoline: from contradicting press reports to a front-line map that can be defended.

Examples
--------
>>> import geoline
>>> theatre = geoline.load_theatre()
>>> theatre.gazetteer.resolve("Maaret Al Numan").candidates[0].name
'Maarrat al-Numan'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoline.errors import CrsError, DataError, GeolineError, RequestError
    from geoline.front.line import FrontLine, front_line
    from geoline.gazetteer.gazetteer import Gazetteer, Resolution
    from geoline.theatre import Theatre, load_theatre

__version__ = "0.1.0"

__all__ = [
    "CrsError",
    "DataError",
    "FrontLine",
    "Gazetteer",
    "GeolineError",
    "RequestError",
    "Resolution",
    "Theatre",
    "__version__",
    "front_line",
    "load_theatre",
]

# Loaded when first used, so that `import geoline` and `geoline --help` answer at once.
_HOME = {
    "CrsError": "errors",
    "DataError": "errors",
    "FrontLine": "front.line",
    "Gazetteer": "gazetteer.gazetteer",
    "GeolineError": "errors",
    "RequestError": "errors",
    "Resolution": "gazetteer.resolution",
    "Theatre": "theatre",
    "front_line": "front.line",
    "load_theatre": "theatre",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    if name not in _HOME:
        message = f"module 'geoline' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"geoline.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
