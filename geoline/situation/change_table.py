"""What changed between two days as a table that shows itself in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import geopandas as gpd

from geoline.repr_html import html_table

if TYPE_CHECKING:
    from geoline.situation.changes import AreaChange

__all__ = ["ChangeTable"]


class ChangeTable(gpd.GeoDataFrame):  # type: ignore[misc]
    """Places that changed hands, a GeoDataFrame; `km2` gives each party's gains and losses.

    `areas` gives the pieces of ground, each with the claims that caused it.

    Columns `place`, `place_id`, `from_holder`, `to_holder`, `date`, `claims`, geometry (Point,
    EPSG:4326).
    """

    _metadata: ClassVar[list[str]] = [*gpd.GeoDataFrame._metadata, "km2", "areas"]  # noqa: SLF001
    km2: dict[str, dict[str, float]]
    areas: tuple[AreaChange, ...]

    @property
    def _constructor(self) -> type[ChangeTable]:
        return ChangeTable

    def _repr_html_(self) -> str:
        moved = getattr(self, "km2", None) or {}
        rows = [
            (party, f"+{km2['gained']:,.0f} km²", f"−{km2['lost']:,.0f} km²")
            for party, km2 in moved.items()
            if km2["gained"] or km2["lost"]
        ]
        km2 = html_table(["", "gained", "lost"], rows) if rows else ""
        return f"{km2}{super()._repr_html_()}"
