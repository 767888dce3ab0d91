"""What the docstrings of public names say of geometry."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FACES = sorted(
    ".".join(path.relative_to(ROOT).parts[:-1]) for path in ROOT.glob("geoline/**/__init__.pyi")
)
GEOMETRY = re.compile(r"Geo(DataFrame|Series)|Geometry|NDArray|Shapes")
POSITIONS = {"lat", "lon", "near", "box", "xy", "lonlat", "frame"}
# A CRS, a unit, or the shape of an array.
SAYS = re.compile(r"EPSG|WGS|CRS|degree|latitude|metre|\bkm\b|kilomet|\(n\b|\(n,")


def callables(face: str) -> Iterator[tuple[str, dict[str, object], str]]:
    """Give the functions and methods of a face: name, annotations, what its docstrings say.

    A method may leave it to its class to say.
    """
    module = importlib.import_module(face)
    for name in module.__all__:
        found = getattr(module, name)
        for key, value in vars(found).items() if inspect.isclass(found) else [(name, found)]:
            # Of a property, a cached one, a class method, a cached function.
            inner = (getattr(value, key, None) for key in ("fget", "func", "__func__"))
            asked = inspect.unwrap(next(filter(None, inner), value)) if callable(found) else value
            if inspect.isfunction(asked) and not key.startswith("_"):
                text = f"{inspect.getdoc(asked)} {inspect.getdoc(found)}"
                yield f"{name}.{key}", asked.__annotations__, text


def takes_geometry(annotations: dict[str, object]) -> bool:
    """Whether a function takes or gives geometry, an array or a position."""
    return bool(GEOMETRY.search(str(annotations))) or bool(POSITIONS & annotations.keys())


@pytest.mark.parametrize("face", FACES)
def test_geometry_says_its_crs_unit_or_shape(face: str) -> None:
    """A caller would give longitude for latitude, or degrees for metres, and get a wrong map."""
    silent = [
        name
        for name, annotations, text in callables(face)
        if takes_geometry(annotations) and not SAYS.search(text)
    ]
    assert silent == []


def test_there_are_such_names() -> None:
    """The test above would look at nothing."""
    met = [
        n for face in FACES for n, annotations, _ in callables(face) if takes_geometry(annotations)
    ]
    assert len(met) > 30
    assert {"Situation.areas", "front_line.front_line", "Gazetteer.resolve"} <= set(met)
