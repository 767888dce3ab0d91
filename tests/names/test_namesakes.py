"""Words that tell places apart: with one of a pair listed, the other is not taken for it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geoline import Gazetteer

PAIRS = [
    (row["one"], row["other"])
    for row in csv.DictReader(
        Path(__file__).with_name("namesake_pairs.csv").read_text(encoding="utf-8").splitlines()
    )
]


def _gazetteer(*names: str) -> Gazetteer:
    return Gazetteer.from_records(
        {"id": name, "name": name, "lat": 10 + 3 * n, "lon": 40, "names": []}
        for n, name in enumerate((*names, "Zubayda"))
    )


def test_with_one_listed_the_other_is_unknown() -> None:
    """A fight for the second village of a name would be drawn in the first, for sure."""
    taken = [
        (listed, asked)
        for pair in PAIRS
        for listed, asked in (pair, pair[::-1])
        if _gazetteer(listed).resolve(asked).status != "unknown"
    ]
    assert taken == []


def test_the_other_is_offered() -> None:
    """A reader would not be told of the one place that may be meant."""
    offered = [
        _gazetteer(listed).resolve(asked).candidates[0].id == listed
        for pair in PAIRS
        for listed, asked in (pair, pair[::-1])
    ]
    assert all(offered)


def test_with_both_listed_each_is_itself() -> None:
    """What tells two villages apart would make both unknown."""
    both = [_gazetteer(*pair).resolve_many(pair) for pair in PAIRS]
    found = [
        tuple(a.candidates[0].id if a.status == "resolved" else a.status for a in answers)
        for answers in both
    ]
    assert found == PAIRS


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Kafr Hamra al-Gharbiyah", "Kfar Hamra Gharbiya"),
        ("Novoselivka Druha", "Новоселівка Друга"),
        ("Rashidin 4", "Al Rashideen 4"),
        ("Nyzhnia Duvanka", "Нижняя Дуванка"),
        ("Yuxarı Əskipara", "Yukhari Askipara"),
        ("Verin Artashat", "Վերին Արտաշատ"),
    ],
)
def test_the_same_word_in_other_letters_tells_nothing_apart(listed: str, asked: str) -> None:
    """Each village with such a word would be lost in every spelling but its own."""
    assert _gazetteer(listed).resolve(asked).status == "resolved"
