"""Whose the polygons of a file are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geoline.new_theatre.lines import read_drawn

if TYPE_CHECKING:
    from pathlib import Path

PLACEMARK = """<Folder><name>{layer}</name><Placemark><name>{name}</name><Polygon><outerBoundaryIs>
<LinearRing><coordinates>{x},10,0 {x},12,0 {y},12,0 {x},10,0</coordinates></LinearRing>
</outerBoundaryIs></Polygon></Placemark></Folder>"""


def my_maps(path: Path, *named: tuple[str, str]) -> Path:
    """Write a polygon for each layer and name, as Google My Maps does."""
    parts = [
        PLACEMARK.format(layer=layer, name=name, x=20 + 2 * n, y=22 + 2 * n)
        for n, (layer, name) in enumerate(named)
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
    path.write_text(f"{head}<Document>{''.join(parts)}</Document></kml>", "utf-8")
    return path


@pytest.mark.parametrize(
    "named",
    [
        (("Army", "Polygon 1"), ("Rebels", "Polygon 2")),
        (("Army", "Полигон 1"), ("Rebels", "Полигон 12")),
        (("Untitled layer", "Army"), ("Untitled layer", "Rebels")),
    ],
)
def test_names_that_a_program_gave_are_no_sides(
    tmp_path: Path, named: tuple[tuple[str, str], ...]
) -> None:
    """A map with a layer a side would make parties called Polygon 1 and Polygon 2."""
    drawn = read_drawn(my_maps(tmp_path / "m.kml", *named), date(2030, 5, 1), None, None)
    assert set(drawn.areas) == {"army", "rebels"}


def test_names_that_as_passes_over_are_told(tmp_path: Path) -> None:
    """Ground that the file calls liberated would be given to an army without a word."""
    file = my_maps(tmp_path / "m.kml", ("x", "Occupied"), ("x", "Liberated"))
    drawn = read_drawn(file, date(2030, 5, 1), None, ("RU", "UA"))
    assert drawn.how.endswith("though 'Name' tells them apart (Occupied, Liberated): --holder Name")
