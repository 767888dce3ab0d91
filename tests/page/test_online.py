"""What a page may ask of others, and how that is refused."""

from __future__ import annotations

import pytest

from geoline import RequestError
from geoline.page import Online
from geoline.page.online import tile_host


@pytest.mark.parametrize(
    ("tiles", "credit", "said"),
    [
        ("https://{s}.example.org/{z}/{x}/{y}.png", "Somebody", "tiles of one host"),
        ("https://example.org/map.png", "Somebody", "tiles of one host"),
        ("javascript:{z}{x}{y}", "Somebody", "tiles of one host"),
        ("https://a.org; script-src *//{z}/{x}/{y}", "Somebody", "tiles of one host"),
        ("https://example.org/{z}/{x}/{y}.png", " ", "needs --credit"),
        ("", "Somebody", "give both or neither"),
    ],
)
def test_a_basemap_is_of_one_host_and_credited(tiles: str, credit: str, said: str) -> None:
    """The policy of the page would be opened further than its maker knows, or nobody thanked."""
    with pytest.raises(RequestError, match=said):
        Online(tiles=tiles, credit=credit).payload()


def test_without_tiles_nothing_is_added() -> None:
    """Every page would carry a switch for a basemap that it has not."""
    assert Online().payload() == {}
    assert tile_host("http://localhost:8080/{z}/{x}/{y}.png") == "http://localhost:8080"
