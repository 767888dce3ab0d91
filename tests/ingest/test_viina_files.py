"""VIINA 2.0 as it is shipped: its tables joined, its sources as voices."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from geoline import DataError
from geoline.ingest.viina import settlement, viina_event
from geoline.ingest.viina_files import viina_rows

if TYPE_CHECKING:
    from pathlib import Path

INFO = """event_id,date,geonameid,asciiname,longitude,latitude,GEO_PRECISION,address,source,url
1,20300101,11,Siversk,38.09,48.87,ADM3,"Украина, Донецкая область, Северск",ria,https://example.org/1
2,20300102,12,Huliaipole,36.26,47.66,ADM3,"Гуляйполе, Пологівський район, Україна",pravdaua,https://example.org/2
3,20300102,12,Huliaipole,36.26,47.66,ADM3,"Гуляйполе, Україна",pravdaua,https://example.org/3
"""
LABELS = """event_id,t_control_b,a_rus_b,a_ukr_b,t_artillery_b
2,0,1,0,1
1,1,1,0,0
"""
CONTROL = """geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status
11,20300101,UA,UA,UA,,UA
11,20300102,UA,UA,UA,RU,UA
11,20300103,RU,UA,UA,RU,RU
11,20300104,CONTESTED,UA,RU,RU,RU
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with the three tables."""
    made = tmp_path / "viina"
    made.mkdir()
    (made / "event_info_latest_2030.csv").write_text(INFO, "utf-8")
    (made / "event_labels_latest_2030.csv").write_text(LABELS, "utf-8")
    (made / "control_latest_2030.csv.gz").write_bytes(gzip.compress(CONTROL.encode()))
    return made


def test_labels_join_their_events(folder: Path) -> None:
    """No file of VIINA 2.0 would be taken: what happened stands in one, where in another."""
    aside: list[DataError] = []
    events = [viina_event(row) for _, row in viina_rows(folder, aside.append)]
    told = [(e.id, e.place, e.place_id, e.event) for e in events if e.source == "viina"]
    assert told == [
        ("viina-1", "Северск", "gn-11", "captured"),
        ("viina-2", "Гуляйполе", "gn-12", "strike"),
    ]
    assert [(e.key, e.row) for e in aside] == [("event_id", 4)]


def test_each_source_of_a_settlement_is_a_voice(folder: Path) -> None:
    """Four sources that contradict each other would be one word, or each day another capture."""
    events = [viina_event(row) for _, row in viina_rows(folder, lambda _: None)]
    told = [(e.source, e.event, e.actors, str(e.when.end), e.precision) for e in events[2:]]
    assert told == [
        ("viina-wikipedia", "captured", ("a_ukr",), "2030-01-01", "by"),
        ("viina-events", "captured", ("a_ukr",), "2030-01-01", "by"),
        ("viina-deepstatemap", "captured", ("a_ukr",), "2030-01-01", "by"),
        ("viina-isw", "captured", ("a_rus",), "2030-01-02", "by"),
        ("viina-wikipedia", "captured", ("a_rus",), "2030-01-03", "day"),
        ("viina-wikipedia", "contested", ("a_ukr",), "2030-01-04", "day"),
        ("viina-deepstatemap", "captured", ("a_rus",), "2030-01-04", "day"),
    ]
    assert len({event.id for event in events}) == len(events)


def test_half_of_the_tables_says_what_is_missing(folder: Path) -> None:
    """Events without labels would all be passed over, and nobody told why."""
    info = folder / "event_info_latest_2030.csv"
    with pytest.raises(DataError, match="is event_info without event_labels; put both in one"):
        list(viina_rows(info, lambda _: None))
    with pytest.raises(DataError, match="is no file or folder"):
        list(viina_rows(folder / "other", lambda _: None))


@pytest.mark.parametrize(
    ("address", "ascii_name", "place"),
    [
        ("Украина, Донецкая область, Бахмутский район, город Северск", "", "Северск"),
        ("Россия, Белгородская область, Шебекино, улица Ленина, 12", "", "Шебекино"),
        ("вулиця Миру, Куп'янськ, Харківська область, 63700, Україна", "", "Куп'янськ"),
        ("Украина", "Kherson", "Kherson"),
        ("Украина, Киев", "Kyiv", "Киев"),
        ("Україна", "", ""),
    ],
)
def test_addresses_are_read_to_the_settlement(address: str, ascii_name: str, place: str) -> None:
    """Every event of Yandex would lie in a place called Украина."""
    assert settlement(address, ascii_name) == place
