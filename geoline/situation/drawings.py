"""The map of a theatre drawn for any holders of its places, each drawing made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geoline import front
from geoline.cache import NO_STORE, Store, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import numpy.typing as npt
    import shapely

    from geoline.situation.day_spells import ShownHolders

    Shapes = npt.NDArray[np.object_]
    # Gives holders of the places, and when they fell.
    Asked = Callable[[], tuple[list[str | None], front.Timing]]

__all__ = ["Drawings"]

# Spacing of the nodes that a day's fields are worked out on (metres).
STEP_M = 1_250.0


@dataclass(slots=True)
class Drawings:
    """Areas, fronts and bands by who holds the places that shape the map.

    The areas that the line of later days is measured against are those of the eve, as somebody drew
    them, or drawn from its places alone where nobody did.

    Parameters
    ----------
    lonlat
        The places that shape the map (n, 2), degrees.
    land
        The land that areas are drawn on, EPSG:4326.
    eve
        Holder of each place on the eve, None where it is contested or not known.
    allied
        Sets of party ids between whom there is no front.
    last_known
        The areas of the eve, if somebody drew them.
    store
        Where drawings are kept.
    """

    lonlat: npt.NDArray[np.float64]
    land: shapely.Geometry
    eve: Sequence[str | None]
    allied: Sequence[frozenset[str]]
    last_known: front.HeldAreas | None = field(default=None, repr=False)
    store: Store = field(default=NO_STORE, repr=False)
    _content: str = field(init=False, repr=False)
    _laid: front.Ground | None = field(init=False, repr=False, default=None)
    _painted: dict[str, front.Drawing] = field(init=False, repr=False)
    _bands: dict[str, Shapes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        drawn = self.last_known
        before = self.eve if drawn is None else (drawn.holders, drawn.shapes)
        self._content = digest(self.lonlat, self.land, before, list(self.allied), STEP_M)
        self._painted, self._bands = {}, {}

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        """Go to another process without what is drawn, which that takes from what is kept."""
        state = {name: getattr(self, name) for name in self.__slots__}
        return None, state | {"_painted": {}, "_bands": {}}

    def is_kept(self, key: str) -> bool:
        """Say whether areas and band of a key are kept."""
        return self.store.holds("areas", key) and self.store.holds("band", key)

    def forget(self, key: str) -> None:
        """Let go of a drawing; if it is asked for again it is had from what is kept."""
        self._painted.pop(key, None)
        self._bands.pop(key, None)

    def key(self, holders: ShownHolders, timing: front.Timing) -> str:
        """Give the digest of all that a drawing for some holders comes from."""
        age, *days = timing.key
        return digest(self._content, holders, age, [content.hex() for content in days])

    def _ground(self) -> front.Ground:
        """Lay the ground, when the first drawing is to be made."""
        if self._laid is None:
            before = self.last_known
            if before is None and any(self.eve):
                before = self.store.kept("eve", self._content, self._drawn_eve)
            self._laid = front.Ground(
                self.lonlat, self.land, baseline=before, step_m=STEP_M, many_days=True
            )
        return self._laid

    def _drawn_eve(self) -> front.HeldAreas:
        """Draw the areas of the eve from its places."""
        ground = front.Ground(self.lonlat, self.land, step_m=STEP_M)
        return front.draw(ground, list(self.eve)).held()

    def paint(self, key: str, asked: Asked) -> front.Drawing:
        """Draw areas and front of a key, for what is asked there."""
        if key not in self._painted:
            self._painted[key] = self.store.kept("areas", key, lambda: self._draw(*asked()))
        return self._painted[key]

    def _draw(self, holders: list[str | None], timing: front.Timing) -> front.Drawing:
        # A war known by its clashes alone has no areas.
        if not any(holders) and self.last_known is None and not any(self.eve):
            return front.nothing_drawn()
        return front.draw(self._ground(), holders, self.allied, timing, self.last_known)

    def band(self, key: str, asked: Asked) -> Shapes:
        """Draw the band: an array of one geometry, EPSG:4326."""
        if key not in self._bands:
            self._bands[key] = self.store.kept("band", key, lambda: self._doubt(key, asked))
        return self._bands[key]

    def _doubt(self, key: str, asked: Asked) -> Shapes:
        holders, timing = asked()
        return front.draw_band(self._ground(), holders, self.paint(key, asked), timing)
