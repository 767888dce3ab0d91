"""The gazetteer as a geocoder of geopy; the online fallback against a stand-in on this machine."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pytest
from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError, GeocoderTimedOut
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from shapely import Point

from geoline import DataError, Gazetteer, RequestError
from geoline.gazetteer.geocoding.geocoder import Fallback, GazetteerGeocoder

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
LOCAL = {"127.0.0.1", "::1", "localhost"}

GAZETTEER = Gazetteer.from_records(
    [
        {"id": "saraqib", "name": "Saraqib", "lat": 35.8645, "lon": 36.8059, "names": ["سراقب"]},
        {"id": "idlib", "name": "Idlib", "lat": 35.9306, "lon": 36.6339, "names": ["إدلب"]},
        {"id": "maarata", "name": "Maarata", "lat": 35.72, "lon": 36.55, "names": []},
        {"id": "maarata-aleppo", "name": "Maarata", "lat": 36.07, "lon": 37.02, "names": []},
    ]
)


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection to another host."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:  # noqa: ANN401  (as socket has it)
        assert address[0] in LOCAL, f"a test asks {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


class _StandIn(BaseHTTPRequestHandler):
    """Answers as Nominatim does, for one place."""

    def do_GET(self) -> None:
        name = parse_qs(urlsplit(self.path).query)["q"][0]
        self.server.asked[name] += 1  # type: ignore[attr-defined]
        if name == "Slow":
            time.sleep(1.0)
        if name == "Broken":
            self.send_error(500)
            return
        known = {"display_name": "Ankara, Türkiye", "lat": "39.92", "lon": "32.85", "osm_id": 1}
        body = json.dumps([known] if name in {"Ankara", "Slow"} else []).encode()
        with suppress(ConnectionError):  # who asked may have given up
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """A stand-in that counts what it is asked."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _StandIn) as running:
        running.asked = Counter()  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def nominatim(server: ThreadingHTTPServer, timeout: float = 5) -> Any:  # noqa: ANN401  (untyped)
    """Give geopy's Nominatim, pointed at the stand-in."""
    return Nominatim(
        domain=f"127.0.0.1:{server.server_port}",
        scheme="http",
        user_agent="geoline-test",
        timeout=timeout,
        proxies={},
        adapter_factory=URLLibAdapter,
    )


def test_geocode_says_what_it_knows() -> None:
    """A guess among namesakes passes for an answer."""
    geocoder: Any = GazetteerGeocoder(GAZETTEER)
    town = geocoder.geocode("Saraqeb")
    assert (town.address, town.latitude, town.longitude) == ("Saraqib", 35.8645, 36.8059)
    assert town.raw["status"] == "resolved"
    assert town.raw["candidate"]["id"] == "saraqib"
    assert geocoder.geocode("Springfield") is None
    assert geocoder.geocode("Springfield", exactly_one=False) is None
    assert geocoder.geocode("Maarata") is None
    both = geocoder.geocode("Maarata", exactly_one=False)
    assert [place.raw["status"] for place in both] == ["ambiguous", "ambiguous"]
    assert {place.raw["candidate"]["id"] for place in both} == {"maarata", "maarata-aleppo"}
    assert len(geocoder.geocode("Maarata", exactly_one=False, limit=1)) == 1
    near_aleppo = geocoder.geocode("Maarata", near="36.1, 37.0")
    assert near_aleppo.raw["candidate"]["id"] == "maarata-aleppo"
    careless: Any = GazetteerGeocoder(GAZETTEER, accept_ambiguous=True)
    assert careless.geocode("Maarata").raw["status"] == "ambiguous"
    for wrong in (None, 3.5, {"city": "Saraqib"}):
        with pytest.raises(GeocoderQueryError, match="a name is needed"):
            geocoder.geocode(wrong)
    with pytest.raises(ValueError, match="limit"):
        geocoder.geocode("Saraqib", limit=0)


def test_reverse_gives_the_nearest_with_its_distance() -> None:
    """A point in the desert becomes the town that happens to be nearest."""
    geocoder: Any = GazetteerGeocoder(GAZETTEER)
    town = geocoder.reverse((35.87, 36.81))
    assert (town.address, town.raw["id"]) == ("Saraqib", "saraqib")
    assert town.raw["distance_m"] == pytest.approx(714, abs=2)
    assert town.raw["within_uncertainty"]
    assert town.raw["uncertainty_m"] == 1000
    order = [place.address for place in geocoder.reverse("35.87 36.81", exactly_one=False, limit=2)]
    assert order == ["Saraqib", "Idlib"]
    assert geocoder.reverse((34.0, 39.0), within_km=50) is None
    assert GazetteerGeocoder(Gazetteer([])).reverse((35, 36)) is None


def test_it_plugs_into_geopandas_and_the_rate_limiter() -> None:
    """People have to leave the tools that they have."""
    table = gpd.tools.geocode(
        ["Saraqeb", "Springfield", "Maarata", float("nan")],
        provider=GazetteerGeocoder,
        gazetteer=GAZETTEER,
        near=(36.1, 37.0),
    )
    assert table.crs == "EPSG:4326"
    assert list(table["address"].fillna("")) == ["Saraqib", "", "Maarata", ""]
    assert (table.geometry[0].x, table.geometry[2].y) == (36.8059, 36.07)
    assert list(table.is_empty) == [False, True, False, True]
    back = gpd.tools.reverse_geocode(
        [Point(36.8, 35.86)], provider=GazetteerGeocoder, gazetteer=GAZETTEER
    )
    assert list(back["address"]) == ["Saraqib"]
    limited = RateLimiter(GazetteerGeocoder(GAZETTEER).geocode, min_delay_seconds=0.001)
    assert [limited(name).address for name in ("Saraqeb", "إدلب")] == ["Saraqib", "Idlib"]


def test_nobody_is_asked_without_a_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names under research leak to a server that nobody chose."""

    def refuse(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    geocoder: Any = GazetteerGeocoder(GAZETTEER)
    assert geocoder.geocode("Ankara") is None
    with pytest.raises(GeocoderServiceError, match="asks no server"):
        geocoder._call_geocoder("http://127.0.0.1/", lambda answer: answer)  # noqa: SLF001


def test_fallback_is_asked_once_and_only_for_unknown(
    server: ThreadingHTTPServer, tmp_path: Path
) -> None:
    """A public server gets the same question twice, or one that the gazetteer answers."""
    asked = server.asked  # type: ignore[attr-defined]
    cache = tmp_path / "answers.sqlite"
    geocoder: Any = None
    for _ in range(2):
        fallback = Fallback(nominatim(server), cache=cache, min_delay_seconds=0)
        geocoder = GazetteerGeocoder(GAZETTEER, fallback=fallback)
        for name in ("Ankara", " Ankara  ", "Springfield", "Saraqeb", "Maarata", "", " "):
            geocoder.geocode(name)
            geocoder.geocode(name, exactly_one=False)
    assert asked == {"Ankara": 1, "Springfield": 1}
    place = geocoder.geocode("Ankara")
    assert (place.address, place.latitude, place.longitude) == ("Ankara, Türkiye", 39.92, 32.85)
    assert place.raw["status"] == "unknown"
    assert place.raw["fallback"]["geocoder"] == "Nominatim"
    assert place.raw["fallback"]["raw"]["osm_id"] == 1
    other = Fallback(
        nominatim(server), cache=cache, min_delay_seconds=0, options={"country_codes": "sy"}
    )
    other.ask("Ankara")
    assert asked["Ankara"] == 2  # another question


def test_fallback_keeps_no_errors_and_honours_timeouts(
    server: ThreadingHTTPServer, tmp_path: Path
) -> None:
    """A server's bad hour is remembered as "no such place"."""
    asked = server.asked  # type: ignore[attr-defined]
    fallback = Fallback(nominatim(server), cache=tmp_path / "a.sqlite", min_delay_seconds=0.2)
    geocoder: Any = GazetteerGeocoder(GAZETTEER, fallback=fallback)
    started = time.monotonic()
    for _ in range(2):
        with pytest.raises(GeocoderServiceError):
            geocoder.geocode("Broken")
    assert asked["Broken"] == 2
    assert time.monotonic() - started >= 0.2  # failed questions count for the pace as well
    with pytest.raises(GeocoderTimedOut):
        geocoder.geocode("Slow", timeout=0.2)
    assert geocoder.geocode("Slow", timeout=5).address == "Ankara, Türkiye"
    server.shutdown()
    server.server_close()
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode("Springfield")
    assert geocoder.geocode("Slow").address == "Ankara, Türkiye"


def test_fallback_in_threads_and_processes_asks_once(
    server: ThreadingHTTPServer, tmp_path: Path
) -> None:
    """Two runs at a time send everything twice, or faster than the server allows."""
    cache = tmp_path / "answers.sqlite"
    names = [f"Nowhere {number}" for number in range(6)]
    program = (
        "import sys; from geopy.adapters import URLLibAdapter;"
        " from geopy.geocoders import Nominatim;"
        " from geoline.gazetteer.geocoding.geocoder import Fallback;"
        " online = Nominatim(domain=sys.argv[1], scheme='http', user_agent='geoline-test',"
        " timeout=5, proxies={}, adapter_factory=URLLibAdapter);"
        " fallback = Fallback(online, cache=sys.argv[2], min_delay_seconds=0.05);"
        " print([len(fallback.ask(name)) for name in sys.argv[3:]])"
    )
    command = [sys.executable, "-c", program, f"127.0.0.1:{server.server_port}", str(cache), *names]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    fallback = Fallback(nominatim(server), cache=cache, min_delay_seconds=0.05)
    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(fallback.ask, names))
    assert [process.communicate()[0] for process in running] == [f"{[0] * 6}\n"] * 2
    assert server.asked == dict.fromkeys(names, 1)  # type: ignore[attr-defined]


def test_fallback_refuses_what_is_no_cache(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    """A file of the user is overwritten, or an old cache read wrongly."""

    def ask(path: Path) -> None:
        Fallback(nominatim(server), cache=path, min_delay_seconds=0).ask("Ankara")

    text = tmp_path / "notes.txt"
    text.write_text("my notes " * 200, encoding="utf-8")
    foreign, newer, damaged = (tmp_path / f"{name}.sqlite" for name in ("foreign", "newer", "bad"))
    for path, command in (
        (foreign, "CREATE TABLE mine (x)"),
        (newer, "PRAGMA user_version = 99"),
        (damaged, "UPDATE answers SET answer = '[[1]]'"),
    ):
        if path != foreign:
            ask(path)
        with sqlite3.connect(path) as opened:
            opened.execute(command)
        opened.close()
    for path, why in (
        (text, "no cache"),
        (foreign, "another version or another file"),
        (newer, "another version or another file"),
        (damaged, "damaged answer"),
        (tmp_path / "no" / "folder", "cannot be used"),
    ):
        before = path.read_bytes() if path.exists() else b""
        with pytest.raises(DataError, match=why):
            ask(path)
        assert not before or path.read_bytes() == before
    with pytest.raises(GeocoderQueryError, match="half characters"):
        Fallback(nominatim(server), cache=tmp_path / "x").ask("\ud800")


def test_fallback_must_not_be_asynchronous(tmp_path: Path) -> None:
    """A coroutine that nobody awaits passes for an answer."""
    from geopy.adapters import BaseAsyncAdapter  # noqa: PLC0415  (for this test alone)

    class Waiting:
        adapter = BaseAsyncAdapter.__new__(
            type("A", (BaseAsyncAdapter,), {"get_json": None, "get_text": None})
        )

    with pytest.raises(RequestError, match="asynchronous"):
        Fallback(Waiting(), cache=tmp_path / "x")
