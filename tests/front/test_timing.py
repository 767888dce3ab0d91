"""Days as evidence: what they may change on the map, and what they may not."""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import FrontLine, RequestError, front_line, load_theatre

EVE = date(2024, 1, 1)
# Two sides along a meridian, towns every 9 km or so; the first column east of it has fallen.
TOWNS = [(36 + 0.1 * x, 35 + 0.08 * y) for x in range(-4, 6) for y in range(8)]
POINTS = gpd.GeoSeries.from_xy(*np.array(TOWNS).T, crs=4326)
BASELINE = gpd.GeoDataFrame(
    {"holder": ["red", "blue"]},
    geometry=[shapely.box(35, 34.5, 36.04, 36.2), shapely.box(36.04, 34.5, 37, 36.2)],
    crs=4326,
)
HOLDERS = ["red" if x < 36.15 else "blue" for x, _ in TOWNS]
FALLEN = np.array([36.04 < x < 36.15 for x, _ in TOWNS])


def days(fallen: date | None) -> np.ndarray:
    """Say since when each town is held: those that fell since a day, the others always."""
    found = np.full(len(TOWNS), np.datetime64("NaT", "D"))
    if fallen is not None:
        found[FALLEN] = np.datetime64(fallen)
    return found


def drawn(day: date, since: date | None, **options: object) -> FrontLine:
    """Draw the line of a day."""
    told = {"since": days(since), **options}
    return front_line(POINTS, HOLDERS, BASELINE, day=day, as_of=EVE, **told)  # type: ignore[arg-type]


def red(line: FrontLine) -> float:
    """Square kilometres of the side that attacks."""
    return float(line.areas.set_index("holder").km2["red"])


def test_a_town_that_fell_yesterday_lies_nearer_to_the_line_than_one_of_last_year() -> None:
    """A year's advance beyond a town would be drawn no further than yesterday's."""
    day = EVE + timedelta(days=360)
    fresh, old = (drawn(day, since) for since in (day - timedelta(days=1), EVE + timedelta(days=9)))
    assert red(old) > red(fresh) + 50


def test_hindsight_draws_the_line_to_the_town_that_falls_next() -> None:
    """Who knows what fell a week later would see no more than who does not."""
    day = EVE + timedelta(days=200)
    since = day - timedelta(days=60)
    until = np.where(
        [36.15 < x < 36.25 for x, _ in TOWNS],
        np.datetime64(day + timedelta(days=3)),
        np.datetime64("NaT", "D"),
    )
    assert red(drawn(day, since, until=until)) > red(drawn(day, since)) + 50


@given(st.integers(2, 300), st.floats(0, 1), st.integers(2, 9))
@settings(max_examples=8)
def test_stretching_the_clock_and_the_pace_together_changes_nothing(
    age: int, share: float, times: int
) -> None:
    """The same war fought at half the pace would have another line."""
    fell = int(share * age)
    lines = [
        drawn(
            EVE + timedelta(days=age * by),
            EVE + timedelta(days=fell * by),
            pace_days=365.0 * by,
        )
        for by in (1, times)
    ]
    one, two = lines
    assert np.allclose(one.areas.km2, two.areas.km2, rtol=1e-6)
    assert np.isclose(one.band.to_crs(6933).area.sum(), two.band.to_crs(6933).area.sum(), rtol=1e-4)


def test_the_band_is_wider_the_older_the_last_known_line_is() -> None:
    """A line of last year would be drawn with the precision of last week's."""
    wide = [
        drawn(EVE + timedelta(days=age), EVE + timedelta(days=age - 5)).band.to_crs(6933).area.sum()
        for age in (20, 400)
    ]
    assert wide[1] > 1.2 * wide[0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"day": date(2023, 12, 1), "as_of": EVE}, "after the day asked for"),
        ({"day": date(2024, 3, 1)}, "all of them, or none"),
        ({"since": days(None)}, "all of them, or none"),
        ({"day": date(2024, 3, 1), "as_of": EVE, "since": days(None)[1:]}, "79 days for 80 points"),
        ({"day": date(2024, 3, 1), "as_of": EVE, "since": days(date(2024, 3, 2))}, "after the day"),
        ({"day": date(2024, 3, 1), "as_of": EVE, "until": days(date(2024, 3, 1))}, "not after"),
        ({"day": date(2024, 3, 1), "as_of": EVE, "pace_days": 0.0}, "pace_days is 0"),
        ({"day": date(2024, 3, 1), "as_of": EVE, "since": ["x"] * len(TOWNS)}, "no days"),
    ],
)
def test_days_that_contradict_each_other_get_one_line(
    options: dict[str, object], said: str
) -> None:
    """A hold that begins tomorrow would move today's line in silence."""
    with pytest.raises(RequestError, match=said):
        front_line(POINTS, HOLDERS, BASELINE, **options)  # type: ignore[arg-type]


def test_a_later_day_never_changes_an_earlier_one() -> None:
    """Yesterday's map would be redrawn by what is told of tomorrow."""
    theatre = load_theatre()
    early, late = (theatre.on("2020-01-20", known=known) for known in ("2020-01-21", "2020-01-21"))
    asked = late.as_known
    asked.on(date(2020, 2, 20)).areas  # noqa: B018  (drawn first)
    assert np.allclose(early.areas.km2, asked.on(date(2020, 1, 20)).areas.km2)
    timing = asked.timing(date(2020, 1, 20))
    assert not np.isfinite(timing.falls).any()
    assert not (timing.fell > timing.age).any()
