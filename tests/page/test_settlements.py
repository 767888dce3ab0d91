"""Settlements that nobody told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.page.settlements import MOST, settlement_payload

if TYPE_CHECKING:
    from geoline.theatre import Theatre


def test_those_near_what_is_told_of_are_on_the_page(bundled_theatre: Theatre) -> None:
    """A reader who looks for a village that nobody claimed would be told that there is none."""
    as_known = bundled_theatre.as_known()
    told = list(as_known.spells)
    rows = settlement_payload(as_known, told)
    assert len(rows) == MOST
    assert "Al Mastumah" in {row["name"] for row in rows}
    own = {
        (round(p.lat, 5), round(p.lon, 5)) for p in map(bundled_theatre.gazetteer.__getitem__, told)
    }
    assert not own & {(row["lat"], row["lon"]) for row in rows}
    at = np.array([(row["lon"], row["lat"]) for row in rows])
    assert shapely.intersects_xy(as_known.land, *at.T).mean() > 0.999, "but for what is rounded"
    assert {row["rank"] for row in rows} <= {1, 2, 3}
    assert rows == settlement_payload(as_known, told)
