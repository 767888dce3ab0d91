"""Days as evidence: how long the last line is known, when each place fell, where the line was seen.

Times are counted from the day of the last known line in units of the pace, so that stretching all
days and the pace alike changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.errors import CrsError, RequestError

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Days = npt.NDArray[np.datetime64]

__all__ = ["PACE_DAYS", "Timing", "as_days"]

# In so many days a line moves by as much as the model's kernel says.
PACE_DAYS = 365.0


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """The day asked and what is known of when places fell.

    Parameters
    ----------
    age
        Time from the last known line to the day asked.
    fell
        (places,), time at which the present holder came to hold each place; NaN where that is not
        known or was before the last known line.
    falls
        (places,), time at which the present holder will lose it; NaN where that is not known.
    positions
        (positions, 2), degrees, longitude first: where the line was seen.
    seen
        (positions,), time at which it was.
    """

    age: float
    fell: Array
    falls: Array
    positions: Array = field(default_factory=lambda: np.zeros((0, 2)))
    seen: Array = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(  # noqa: PLR0913  (days, each named)
        cls,
        *,
        day: date,
        as_of: date,
        count: int,
        since: Days | None = None,
        until: Days | None = None,
        pace_days: float | None = PACE_DAYS,
    ) -> Timing:
        """Count days from the last known line.

        Parameters
        ----------
        day, as_of
            The day asked, and that of the last known line.
        count
            How many places there are.
        since, until
            datetime64[D], one a place: from and to which day its holder holds it; NaT where not
            known.
        pace_days
            The unit of time; None for the age of the last known line, where nothing is known of
            the pace.

        Raises
        ------
        RequestError
            If the line is known of a later day than is asked for, a hold begins after that day or
            ends on or before it, or there are not as many days as places.
        """
        ask, known = np.datetime64(day, "D"), np.datetime64(as_of, "D")
        if known > ask:
            message = (
                f"the last known line is of {known}, after the day asked for, {ask}; "
                "give an earlier one"
            )
            raise RequestError(message)
        # Within a day nothing can be told apart.
        age = max(1.0, float((ask - known).astype(int)))
        pace = age if pace_days is None else pace_days
        if not (np.isfinite(pace) and pace > 0):
            message = f"pace_days is {pace_days}; give a number of days above 0"
            raise RequestError(message)
        times = []
        for name, days in (("since", since), ("until", until)):
            given = as_days(name, days, count)
            fault = given > ask if name == "since" else given <= ask
            if fault.any():
                number = int(np.argmax(fault))
                word = "after" if name == "since" else "not after"
                message = (
                    f"'{name}' of point {number} is {given[number]}, {word} the day asked for, "
                    f"{ask}; leave it out (NaT) or ask for another day"
                )
                raise RequestError(message)
            apart = (given - known).astype(float)
            apart[np.isnat(given) | (apart <= 0)] = np.nan
            times.append(apart / pace)
        return cls(age / pace, times[0], times[1])

    @property
    def key(self) -> tuple[float, bytes, bytes, bytes, bytes]:
        """What tells two timings apart."""
        fell, falls = (
            b"" if np.isnan(times).all() else times.tobytes() for times in (self.fell, self.falls)
        )
        return self.age, fell, falls, self.positions.tobytes(), self.seen.tobytes()

    def with_positions(
        self,
        points: gpd.GeoSeries,
        days: Days | None,
        *,
        day: date,
        as_of: date,
        pace_days: float | None = PACE_DAYS,
    ) -> Timing:
        """Add points where the line was seen.

        Parameters
        ----------
        points
            Points with a CRS.
        days
            datetime64[D], one a point; the day asked where None or NaT. What was seen before the
            last known line says nothing that this does not say, and is left out.
        day, as_of, pace_days
            As `of` was given them.

        Raises
        ------
        CrsError
            If the points have no CRS.
        RequestError
            If one is empty or no point, there are not as many days as points, or one was seen
            after the day asked.
        """
        if points.crs is None:
            message = "the positions have no CRS; set it, for instance positions.set_crs(4326)"
            raise CrsError(message)
        geometries = points.to_crs(4326).to_numpy()
        at = shapely.get_coordinates(geometries)
        if len(at) != len(points) or not np.isfinite(at).all():
            message = "a position is empty or no point; leave it out"
            raise RequestError(message)
        ask, known = np.datetime64(day, "D"), np.datetime64(as_of, "D")
        given = as_days("position_days", days, len(at))
        given = np.where(np.isnat(given), ask, given)
        if (given > ask).any():
            number = int(np.argmax(given > ask))
            message = f"position {number} is of {given[number]}, after the day asked for, {ask}"
            raise RequestError(message + "; leave it out or ask for another day")
        pace = max(1.0, float((ask - known).astype(int))) if pace_days is None else pace_days
        apart = (given - known).astype(float)
        # Of the day asked, where that is the day of the line itself: within a day nothing moves.
        apart[given == ask] = np.maximum(apart[given == ask], 1.0)
        later = apart > 0
        return replace(self, positions=at[later], seen=apart[later] / pace)


def as_days(name: str, days: Days | None, count: int) -> Days:
    """Give days as datetime64[D], one a place; NaT for all if there are none.

    Raises
    ------
    RequestError
        If they are no days, or not as many as places.
    """
    if days is None:
        return np.full(count, np.datetime64("NaT", "D"))
    try:
        given = np.asarray(days).astype("datetime64[D]")
    except (TypeError, ValueError) as error:
        message = f"'{name}' holds no days ({error}); give numpy datetime64[D], NaT where unknown"
        raise RequestError(message) from None
    if given.shape != (count,):
        message = f"'{name}' has {given.size} days for {count} points; give one a point"
        raise RequestError(message)
    return given
