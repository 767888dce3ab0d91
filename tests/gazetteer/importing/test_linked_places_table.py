"""Tables that partners keep in Linked Places come in, in all forms of the format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geoline import DataError
from geoline.gazetteer.importing import read_linked_places_table, read_listing

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "id\ttitle\tstart\tccodes\tvariants\ttypes\tlon\tlat\tgeowkt\tfclasses\n"


def test_a_delimited_table_is_read_with_its_spellings(tmp_path: Path) -> None:
    """A historian's table, in the form that the format recommends for tables, would be refused."""
    path = tmp_path / "places.tsv"
    path.write_text(
        HEADER
        + "7\tMekelle\t1900\tET\tመቐለ;Mekele\ttown\t39.47\t13.49\t\tP\n"
        + "8\tAdwa\t1900\tET\t\ttown\t\t\tPOINT (38.9 14.16)\tP\n"
        + "9\tNowhere\t1900\tET\t\ttown\t\t\t\tP\n",
        encoding="utf-8",
    )
    found = read_listing(path)
    assert [(p.id, p.name, p.names) for p in found.places] == [
        ("lp-7", "Mekelle", ("መቐለ", "Mekele")),
        ("lp-8", "Adwa", ()),
    ]
    assert (found.places[1].lat, found.places[1].lon) == (14.16, 38.9)
    assert [(aside.row, aside.key) for aside in found.set_aside] == [(4, "lat")]


def test_another_table_is_refused(tmp_path: Path) -> None:
    """A table of something else would come in as places at nonsense positions."""
    path = tmp_path / "other.tsv"
    path.write_text("id\tname\n1\tx\n", encoding="utf-8")
    with pytest.raises(DataError, match="is no Linked Places table"):
        read_linked_places_table(path)


def test_features_a_line_are_read(tmp_path: Path) -> None:
    """A large export, which is a feature a line, would be called broken JSON."""
    path = tmp_path / "places.jsonl"
    features = [
        {
            "@id": f"https://example.org/{n}",
            "type": "Feature",
            "properties": {"title": name},
            "names": [{"toponym": name}],
            "geometry": {"type": "Point", "coordinates": [39.5, 13.5 + n]},
        }
        for n, name in enumerate(("Mekelle", "Adigrat"))
    ]
    path.write_text("\n".join(map(json.dumps, features)), encoding="utf-8")
    assert [place.name for place in read_listing(path).places] == ["Mekelle", "Adigrat"]
    path.write_text("\n".join([*map(json.dumps, features), "{broken"]), encoding="utf-8")
    with pytest.raises(DataError, match=r"places.jsonl, row 3: is not JSON"):
        read_listing(path)
