"""A theatre as it was known: days, posts over years, a place's history, drawings shared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from geoline import load_theatre
from geoline.errors import RequestError
from geoline.situation.situation import TheatreAsKnown
from tests.theatres.small import CAPTURED, POST, TOWNS, small_theatre

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2022, 2, 24)


def test_posts_of_a_war_of_years(tmp_path: Path) -> None:
    """Past sixteen months `posts` and `export` ended in a RecursionError."""
    last = FIRST + timedelta(days=1200)
    taken = {**CAPTURED, "place": "Kutum", "place_id": "kutum", "actor": "south"}
    taken |= dict.fromkeys(("date_start", "date_end", "published"), "2023-01-10")
    post = {**POST, "established": "2022-03-01"}
    folder = small_theatre(tmp_path / "t", days=(FIRST, last), claims=[taken], posts=[post])
    theatre = load_theatre(folder)
    posts = theatre.on(last).posts
    assert posts["since"].tolist() == [date(2023, 1, 10)]
    assert theatre.on(date(2023, 1, 9)).posts["since"].tolist() == [date(2022, 3, 1)]
    assert theatre.on(FIRST).posts["since"].tolist() == [FIRST]


def test_a_place_s_history_by_its_id(tmp_path: Path) -> None:
    """The command and the notebook would tell two histories of one place."""
    towns = [*TOWNS, ("tina", "Tina", 15.0, 22.9, "")]
    folder = small_theatre(tmp_path / "t", towns=towns, claims=[CAPTURED])
    as_known = load_theatre(folder).as_known()
    told = as_known.history("mellit")
    assert told is not None
    assert [(turn.day, turn.to_holder) for turn in told.turns] == [(date(2024, 5, 2), "north")]
    assert [turn.days for turn in told.turns] == [{date(2024, 5, 2): as_known.theatre.claims}]
    assert as_known.history("tina") is None
    before = load_theatre(folder).as_known("2024-05-01").history("mellit")
    assert before is not None
    assert before.turns == ()


def test_drawings_are_shared_where_the_eve_is_the_same(tmp_path: Path) -> None:
    """A page with each evening would draw every day again; or show one evening's eve on another."""
    folder = small_theatre(tmp_path / "t")
    data = load_theatre(folder).data
    now = TheatreAsKnown(data)
    assert TheatreAsKnown(data, date(2024, 5, 3), now).drawings is now.drawings
    other = load_theatre(
        small_theatre(tmp_path / "o", towns=[(*TOWNS[0][:4], "north"), *TOWNS[1:]])
    )
    assert TheatreAsKnown(other.data, None, now).drawings is not now.drawings


@pytest.mark.parametrize("day", ["2024-04-30", "2024-05-06", "0001-01-01", "9999-12-31"])
def test_a_day_outside_says_which_days_there_are(tmp_path: Path, day: str) -> None:
    """Whoever mistypes a year would not learn what the theatre has."""
    theatre = load_theatre(small_theatre(tmp_path / "t"))
    with pytest.raises(RequestError, match="choose a day from 2024-05-01 to 2024-05-05"):
        theatre.on(day)
