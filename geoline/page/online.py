"""What a page may do beyond showing its own: tiles of one host, standing in a frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geoline.errors import RequestError

__all__ = ["Online", "tile_host"]

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?")
_BLANKS = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Online:
    """What a page is asked for besides; without it, it asks nothing of anybody.

    Parameters
    ----------
    tiles
        Address of a basemap's tiles (Web Mercator) with {z}, {x} and {y}; empty for none.
    credit
        Whom to credit for them; needed with tiles.
    embed
        Whether the page stands in a frame of another one.
    """

    tiles: str = ""
    credit: str = ""
    embed: bool = False

    def payload(self) -> dict[str, Any]:
        """Give it as the page has it.

        Raises
        ------
        RequestError
            If the tiles have no address of one host, or nobody is credited for them.
        """
        if self.credit.strip() and not self.tiles:
            message = "--credit is for the tiles of --tiles; give both or neither"
            raise RequestError(message)
        if not self.tiles:
            return {"embed": True} if self.embed else {}
        tile_host(self.tiles)
        if not self.credit.strip():
            message = (
                "--tiles needs --credit, whom the basemap is by: '© OpenStreetMap contributors'"
            )
            raise RequestError(message)
        tiles = {"url": self.tiles, "credit": self.credit.strip()}
        return {"tiles": tiles, **({"embed": True} if self.embed else {})}


def tile_host(url: str) -> str:
    """Give the one host that tiles come from, as a policy names it: "https://tiles.example.org".

    Raises
    ------
    RequestError
        If the address is none, lacks a blank, or names several hosts.
    """
    parts = urlsplit(url)
    lacking = [blank for blank in _BLANKS if blank not in url]
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc) or lacking:
        message = (
            f"'{url}' is no address of tiles of one host; write it as "
            "https://tiles.example.org/{z}/{x}/{y}.png"
        )
        raise RequestError(message)
    return f"{parts.scheme}://{parts.netloc}"
