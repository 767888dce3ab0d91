"""Settlements that nobody told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.page.settlements import MOST, settlement_payload, settlements

if TYPE_CHECKING:
    from geoline.theatre import Theatre


def test_those_near_what_is_told_of_are_on_the_page(bundled_theatre: Theatre) -> None:
    """A reader who looks for a village that nobody claimed would be told that there is none."""
    as_known = bundled_theatre.as_known()
    told = list(as_known.spells)
    found = settlements(as_known, told)
    assert len(found) == MOST
    assert "Al Mastumah" in {place.name for place in found}
    assert not {place.id for place in found} & set(told)
    assert not any(place.is_area for place in found)
    inside = shapely.intersects_xy(
        as_known.land, np.array([p.lon for p in found]), np.array([p.lat for p in found])
    )
    assert inside.all()
    rows = settlement_payload(found)
    assert {row["rank"] for row in rows} <= {1, 2, 3}
