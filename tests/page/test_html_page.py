"""The page as a file: whole or not there, sealed, and true to the geometry it was given."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import zlib
from pathlib import Path
from typing import Any

import folium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from shapely import Point, Polygon

from geoline.errors import GeolineError
from geoline.page import html_page
from geoline.page.folium_map import page
from geoline.page.html_page import page_html, write_page
from geoline.page.lines import decode_line, encode_line, encode_polygon

ATTACK = '</script><script>alert(1)</script><!--\u2028{{ 7 * 7 }}{% raw %}\ud800"><img onerror=x>'


def small_payload(**changed: object) -> dict[str, Any]:
    """Two days of nothing, with the parts that are given."""
    payload: dict[str, Any] = {
        "schema": 1,
        "title": "Somewhere",
        "bounds": [[35.0, 36.0], [36.0, 37.0]],
        "days": ["2020-01-28", "2020-01-29"],
        "parties": [],
        "places": [],
        "status": [],
    }
    return payload | changed


def bundle_of(text: str) -> dict[str, Any]:
    """Open the bundle in a page as the page does."""
    found = re.search(r'id="bundle" data-bytes="(\d+)">([^<]*)</script>', text)
    assert found is not None
    letters = {chr(c): n for n, c in enumerate(c for c in range(33, 127) if chr(c) not in '<&"')}
    pairs = zip(found[2][::2], found[2][1::2], strict=True)
    bits = "".join(f"{letters[a] * 91 + letters[b]:013b}" for a, b in pairs)
    size = int(found[1])
    packed = int(bits[: size * 8], 2).to_bytes(size, "big")
    opened: dict[str, Any] = json.loads(zlib.decompress(packed, wbits=-15))
    return opened


def rendered(payload: dict[str, Any]) -> str:
    """HTML of the page of a payload."""
    return page_html(payload)


def test_page_asks_for_nothing() -> None:
    """Else a reader without a network sees an empty page, and hosts learn who reads it."""
    text = rendered(small_payload())
    tags = re.findall(
        r"<[a-z][^<>]*>", re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    )
    addresses = re.findall(
        r"\b(?:src|href|srcset|data|action)\s*=\s*[\"']?([^\"'\s>]*)", " ".join(tags)
    )
    assert set(addresses) == {"data:,"}
    assert "sourceMappingURL" not in text
    assert "@import" not in text


def test_policy_allows_the_page_s_scripts_alone() -> None:
    """Else either the page does not run at all, or an injected script does."""
    text = rendered(small_payload())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy.start() < text.index("<script")
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    assert len(scripts) == 1
    scripts += bundle_of(text)["scripts"]
    hashes = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in scripts]
    source = re.search(r"script-src ([^;]*)", policy[1])
    assert source is not None
    assert source[1].split() == [f"'sha256-{digest}'" for digest in hashes]
    assert policy[1].startswith("default-src 'none'")
    assert not re.search(r"<[^>]+\son[a-z]+=", text.split('id="bundle"')[0])


@pytest.mark.parametrize("key", ["title", "note"])
def test_texts_cannot_break_out(key: str) -> None:
    """Else a name in a file of reports runs code for the reader, or for the author."""
    text = rendered(small_payload(**{key: ATTACK}))
    assert text.count("<script") == rendered(small_payload()).count("<script")
    assert bundle_of(text)["payload"][key] == ATTACK
    text.encode()


def test_layers_of_a_caller_find_all_of_leaflet() -> None:
    """Else a marker that somebody adds to the map stops the page with an error."""
    plain = page(small_payload())
    assert "tileLayer" not in bundle_of(plain.get_root().render())["scripts"][0]
    assert plain.get_root().render() == page_html(small_payload())
    added = page(small_payload())
    folium.Marker([35.5, 36.5]).add_to(added)
    library, *_, own = bundle_of(added.get_root().render())["scripts"]
    assert "tileLayer" in library
    assert "L.marker(" in own


def test_same_payload_gives_the_same_bytes() -> None:
    """Else every run of the map is a difference in git and in a cache."""
    assert rendered(small_payload()) == rendered(small_payload())


def test_notebook_shows_the_sealed_page() -> None:
    """Else Jupyter shows a page whose scripts its policy forbids."""
    shown = page(small_payload())
    frame = shown._repr_html_()
    inner = re.search(r'srcdoc="(.*?)"', frame, flags=re.DOTALL)
    assert inner is not None
    assert html.unescape(inner[1]) == shown.get_root().render()


def test_failed_write_leaves_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a full disk turns yesterday's map into half a map."""
    file = tmp_path / "map.html"
    file.write_text("the page of yesterday")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(GeolineError, match="No space left"):
        write_page(page_html(small_payload()), file)
    assert file.read_text() == "the page of yesterday"
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_written_page_is_whole_and_readable(tmp_path: Path) -> None:
    """Else the number reported is wrong, or a web server may not read the file."""
    file = tmp_path / "map.html"
    size = write_page(page_html(small_payload()), file)
    assert size == file.stat().st_size
    assert file.read_text(encoding="utf-8").rstrip().endswith("</html>")
    mask = os.umask(0)
    os.umask(mask)
    assert file.stat().st_mode & 0o777 == 0o666 & ~mask


def test_missing_folder_is_an_error_in_one_line(tmp_path: Path) -> None:
    """Else a mistyped path ends in a traceback."""
    with pytest.raises(GeolineError, match=r"^the folder [^\n]* does not exist; make it[^\n]*$"):
        write_page(page_html(small_payload()), tmp_path / "nowhere" / "map.html")


@pytest.mark.parametrize(
    "broken",
    [
        {"days": []},
        {"schema": 2},
        {"title": float("nan")},
        {"title": object()},
    ],
)
def test_unusable_payload_is_refused(broken: dict[str, Any]) -> None:
    """Else the reader gets a page that stays blank."""
    with pytest.raises(GeolineError):
        page_html(small_payload(**broken))


@given(
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(1, 30), st.just(2)),
        elements=st.floats(-180, 180, allow_nan=False),
    )
)
def test_lines_come_back_within_half_a_step(coords: np.ndarray) -> None:
    """Else the front is drawn beside where it was computed."""
    back = decode_line(encode_line(coords))
    rounded = np.rint(coords * 10_000) / 10_000
    keep = np.concatenate([[True], np.any(np.diff(np.rint(coords * 10_000), axis=0) != 0, axis=1)])
    np.testing.assert_allclose(back, rounded[keep], atol=1e-9)


def test_latitude_comes_first() -> None:
    """Else the map is mirrored: shapely has longitude first, the page latitude."""
    assert encode_line(np.array([[36.0, 35.0], [36.0, 35.0], [36.5, 35.1]])) == [
        350000,
        360000,
        1000,
        5000,
    ]


def test_polygon_keeps_its_holes_and_drops_specks() -> None:
    """Else a pocket is painted over, or the file fills with rings too small to see."""
    hole = Point(36.5, 35.5).buffer(0.1, quad_segs=2).exterior
    speck = Point(36.2, 35.2).buffer(1e-5).exterior
    square = Polygon([(36, 35), (37, 35), (37, 36), (36, 36)], [hole.coords, speck.coords])
    rings = encode_polygon(square)
    assert len(rings) == 2
    assert encode_polygon(Polygon()) == encode_polygon(Polygon(speck)) == []
    back = Polygon(decode_line(rings[0]), [decode_line(rings[1])])
    assert back.symmetric_difference(square).area < 1e-4


def test_licence_of_leaflet_is_in_the_page() -> None:
    """Else the page breaks the terms of the library that it carries."""
    text = rendered(small_payload()).split("<html")[0]
    assert "Redistribution and use in source and binary forms" in text
    assert (Path(html_page.__file__).parent / "vendor" / "LICENSE-leaflet").is_file()
