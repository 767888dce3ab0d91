"""The live map of a notebook: a slider that drives Python, a map to click, the claims of a place.

The browser shows what Python sends (`scene`, the drawing of a day; `told`, the claims about a
place) and sends back two words: the day of the slider and the place clicked. Its script is
`geoline/notebook/live/livemap.js`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import numpy as np
import traitlets

from geoline.dates import parse_day
from geoline.errors import RequestError
from geoline.repr_html import on_picture, path_of
from geoline.situation import colors_of

if TYPE_CHECKING:
    import geopandas as gpd

    from geoline.situation import Situation, TheatreAsKnown

__all__ = ["MapWidget"]

# Width of the map in units of its paths.
WIDTH = 1000.0
# Radius of a place by its kind, in the same units.
RADII = {"city": 7.0, "town": 5.0, "village": 3.0}
SMALLEST = 2.5
# Columns that the table under the map shows.
SHOWN = ("date_start", "date_end", "event", "actor", "source", "origin", "says", "url")


class MapWidget(anywidget.AnyWidget):
    """A live map in a notebook.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    claims
        Its claims, as `Theatre.claims` gives them.
    day
        The day shown first.

    Attributes
    ----------
    day
        The day shown, ISO text; set it and the map follows, move the slider and it follows.
    place
        Id of the place clicked, empty if none; may be set too.

    Raises
    ------
    traitlets.TraitError
        If `day` is set to what is no day of the theatre, or `place` to a place it does not show.
    """

    _esm = files("geoline.notebook").joinpath("live", "livemap.js").read_text(encoding="utf-8")
    _css = files("geoline.notebook").joinpath("live", "livemap.css").read_text(encoding="utf-8")

    day = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    told: traitlets.List[list[str]] = traitlets.List().tag(sync=True)

    def __init__(self, as_known: TheatreAsKnown, claims: gpd.GeoDataFrame, day: date) -> None:
        self._whole = as_known
        theatre = as_known.theatre
        known = as_known.known
        stands = [known is None or claim.known <= known for claim in theatre.claims]
        self._claims = claims[np.array(stands, dtype=bool)]
        self._scenes: dict[date, dict[str, Any]] = {}
        west, south, east, north = theatre.view
        shown = [
            place
            for place in map(theatre.gazetteer.__getitem__, as_known.spells)
            if west <= place.lon <= east and south <= place.lat <= north
        ]
        posts = [
            (post, (post.lon, post.lat))
            for post in theatre.posts
            if post.lon is not None
            and post.lat is not None
            and west <= post.lon <= east
            and south <= post.lat <= north
        ]
        told = Counter(claim.place_id for claim in theatre.claims)
        spots = [(west, south), *((p.lon, p.lat) for p in shown), *(spot for _, spot in posts)]
        (_, height), *at = on_picture(spots, theatre.view, WIDTH).round(1).tolist()
        super().__init__(
            day=day.isoformat(),
            frame={
                "title": theatre.name,
                "days": [d.isoformat() for d in theatre.days],
                "width": WIDTH,
                "height": height,
                "colors": colors_of(theatre),
                "names": {holder.id: holder.name for holder in theatre.holders},
                "patterns": {holder.id: holder.pattern for holder in theatre.holders},
                "posts": [
                    {
                        "id": post.id,
                        "name": post.name,
                        "x": x,
                        "y": y,
                        "agreed": bool(post.agreement),
                        "number": post.number,
                    }
                    for (post, _), (x, y) in zip(posts, at[len(shown) :], strict=True)
                ],
                "places": [
                    {
                        "id": place.id,
                        "name": place.name,
                        "x": x,
                        "y": y,
                        "radius": RADII.get(place.kind, SMALLEST),
                        "told": told[place.id],
                    }
                    for place, (x, y) in zip(shown, at[: len(shown)], strict=True)
                ],
            },
        )
        self._follow_day()
        self.observe(lambda _: self._follow_day(), "day")
        self.observe(lambda _: self._tell(), "place")

    @traitlets.validate("day")
    def _is_day(self, proposal: Any) -> str:  # noqa: ANN401  (a Bunch)
        try:
            return self._whole.on(parse_day(proposal["value"])).day.isoformat()
        except (ValueError, RequestError) as error:
            raise traitlets.TraitError(str(error)) from None

    @traitlets.validate("place")
    def _is_place(self, proposal: Any) -> str:  # noqa: ANN401  (a Bunch)
        place: str = proposal["value"]
        if place and place not in self._whole.spells:
            message = f"no '{place}' on the map; theatre.gazetteer.resolve finds ids"
            raise traitlets.TraitError(message)
        return place

    @property
    def situation(self) -> Situation:
        """The situation at the end of the day shown."""
        return self._whole.on(date.fromisoformat(self.day))

    @property
    def claims(self) -> gpd.GeoDataFrame:
        """Claims about the place clicked, in the order of their days; EPSG:4326.

        The columns of `Theatre.claims`, and `says`: whether on the day shown a claim is "for" its
        holder or "against", empty if it counts for neither. No row while no place is clicked.
        """
        mine = self._claims[self._claims["place_id"] == (self.place or None)]
        mine = mine.sort_values(["date_end", "claim_id"], kind="stable")
        spell = self.situation.spells.get(self.place)
        said = {}
        if spell:
            said = dict.fromkeys(spell.claims, "for") | dict.fromkeys(spell.against, "against")
        return mine.assign(says=[said.get(claim, "") for claim in mine["claim_id"]])

    def _follow_day(self) -> None:
        day = self.situation
        if day.day not in self._scenes:
            self._scenes[day.day] = _scene(day)
        self.scene = self._scenes[day.day]
        self._tell()

    def _tell(self) -> None:
        rows = self.claims if self.place else self._claims.head(0).assign(says="")
        self.told = [
            ["" if value is None else str(value) for value in row]
            for row in rows[list(SHOWN)].itertuples(index=False)
        ]


def _scene(day: Situation) -> dict[str, Any]:
    """Draw a day as paths: areas, line and band, and the state of each place."""
    view = day.as_known.theatre.view
    return {
        "day": day.day.isoformat(),
        "areas": [
            [holder, path_of(area, view, WIDTH)]
            for holder, area in zip(day.areas["holder"], day.areas.geometry, strict=True)
        ],
        "front": [path_of(line, view, WIDTH) for line in day.front.geometry],
        "band": [path_of(band, view, WIDTH) for band in day.band.geometry],
        "roads": [
            [holder, path_of(line, view, WIDTH)]
            for holder, line in zip(day.highways["holder"], day.highways.geometry, strict=True)
        ],
        "places": {
            place: [spell.holder, spell.contested, round(spell.confidence, 2)]
            for place, spell in day.spells.items()
        },
        "posts": day.post_words,
        "km2": {
            holder: round(km2)
            for holder, km2 in zip(day.areas["holder"], day.areas["km2"], strict=True)
        },
    }
