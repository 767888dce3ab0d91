"""What the options of a command mean: the theatre, days of it, places by name."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import geoline
from geoline import situation, theatre_folder
from geoline.cli.dialogue.answer import remark
from geoline.cli.dialogue.terminal import watched
from geoline.dates import parse_day
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from datetime import date

    from geoline.gazetteer import Candidate
    from geoline.situation import Situation, TheatreAsKnown
    from geoline.theatre import Theatre

__all__ = [
    "day_of",
    "day_said",
    "draw_days",
    "folder_of",
    "one_place",
    "path_of",
    "places_of",
    "point_of",
    "span_of",
    "theatre_of",
]

# Two plain numbers, a point as most people write it.
_PAIR = re.compile(r"\s*([-+]?[\d.]+)\s*[,;\s]\s*([-+]?[\d.]+)\s*")


def theatre_of(options: Namespace) -> Theatre:
    """Load the theatre asked for, and say what of its folder nothing reads."""
    theatre = geoline.load_theatre(options.theatre, cache=not options.no_cache)
    for text in theatre.data.remarks:
        remark(text)
    return theatre


def _draw(day: Situation, _before: Situation | None) -> None:
    """Draw areas, band and roads."""
    _ = day.drawing, day.band_drawn, day.highway_statuses


def folder_of(options: Namespace) -> Path:
    """Give the folder of the theatre asked for."""
    return Path(options.theatre) if options.theatre else theatre_folder.bundled()


def path_of(text: str | None) -> Path | None:
    """Give the path that an option names, if it names one."""
    return Path(text) if text else None


def day_of(options: Namespace) -> tuple[Theatre, Situation]:
    """Load the theatre, and give it on the day asked for."""
    theatre = theatre_of(options)
    return theatre, theatre.on(options.on, options.known_on)


def day_said(text: str, where: str = "") -> date:
    """Read a day that an option gives; `where` begins the message if it is none.

    Raises
    ------
    RequestError
        If it is no day.
    """
    try:
        return parse_day(text)
    except ValueError as error:
        message = f"{where}{error}"
        raise RequestError(message) from None


def span_of(theatre: Theatre, options: Namespace) -> tuple[TheatreAsKnown, date, date]:
    """Give the theatre as known, and the first and last day asked for."""
    data, as_known = theatre.data, theatre.as_known(options.known_on)
    first = theatre.on(options.first or data.first_day, options.known_on).day
    return as_known, first, theatre.on(options.last or data.last_day, options.known_on).day


def draw_days(
    as_known: TheatreAsKnown,
    first: date,
    last: date,
    options: Namespace,
    draw: Callable[[Situation, Situation | None], object] = _draw,
) -> None:
    """Draw each day from one to another (both included), showing how far it is.

    Nothing is given back: the days are kept, and there when they are asked for.
    """
    days = [day for day in as_known.theatre.days if first <= day <= last]
    drawn = situation.draw_days(
        as_known, days, draw, processes=options.processes, cluster=options.cluster
    )
    for _ in watched(drawn, "drawing days", len(days)):
        pass


def places_of(theatre: Theatre, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Find the ids of the places meant, and say of which names it is not sure."""
    found, remarks = [], []
    for name in names:
        if name in theatre.gazetteer:
            found.append(name)
            continue
        answer = theatre.gazetteer.resolve(name)
        if answer.status == "resolved":
            found.append(answer.candidates[0].id)
            continue
        remarks.append(answer.told())
        if answer.status == "ambiguous":
            found += [candidate.id for candidate in answer.candidates]
    return found, remarks


def one_place(theatre: Theatre, name: str) -> Candidate:
    """Find the one place that a name means.

    Raises
    ------
    RequestError
        If it means none, or may mean several.
    """
    answer = theatre.gazetteer.resolve(name)
    if answer.status == "unknown":
        message = f"{answer.told()}; try another spelling or LAT,LON"
        raise RequestError(message)
    if answer.status == "ambiguous":
        names = ", ".join(c.id for c in answer.candidates)
        message = f"'{answer.query}' may be several places; give one of {names}"
        raise RequestError(message)
    return answer.candidates[0]


def point_of(theatre: Theatre, text: str | None) -> tuple[float, float] | None:
    """Read a point, or the name of a place: latitude and longitude, degrees WGS 84.

    Raises
    ------
    RequestError
        If the numbers are beyond the globe, or the name does not mean one place.
    """
    if text is None:
        return None
    from geopy import Point  # noqa: PLC0415  (so that --help answers at once)

    pair = _PAIR.fullmatch(text)
    try:
        outside = pair and (abs(float(pair[1])) > 90 or abs(float(pair[2])) > 180)  # noqa: PLR2004
    except ValueError:
        outside = False
    if outside:
        message = f"'{text}' is no point: latitudes end at 90, longitudes at 180 degrees"
        raise RequestError(message)
    try:
        with warnings.catch_warnings(action="ignore"):  # of degrees that it then refuses
            point = Point.from_string(text)  # 35.9,36.6 and every other way to write a point
    except ValueError:
        best = one_place(theatre, text)
        return best.lat, best.lon
    return point.latitude, point.longitude
