"""Write what is published, file by file, and only what has changed."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline import __version__
from geoline.errors import RequestError
from geoline.export import card_look, card_png, write_export
from geoline.page import page_html, page_payload
from geoline.publishing.data_package import data_package
from geoline.publishing.day_page import day_page, versions_page
from geoline.publishing.edition import edition_of
from geoline.publishing.feed import feed
from geoline.publishing.page_head import OEMBED, oembed, page_head
from geoline.tables import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geoline.publishing.edition import Day, Edition
    from geoline.situation import TheatreAsKnown

__all__ = ["Published", "publish"]

# What an earlier run left; it marks a folder as one of these.
RECORD = "published.json"
DATA_FOLDER, CARD_FOLDER, DAY_FOLDER, VERSION_FOLDER = "data", "cards", "days", "versions"
ALL_DAYS = f"{DATA_FOLDER}/all-days.parquet"


@dataclass(slots=True)
class Published:
    """What became of the folder.

    Parameters
    ----------
    folder
        Where it is.
    published
        The day of this edition: that of the run that last changed the page or the data.
    written
        Files written, paths in the folder.
    unchanged
        How many files were there already, as they would be written.
    left_out
        What was not written, and why.
    """

    folder: Path
    published: date
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    left_out: list[str] = field(default_factory=list)

    def put(self, path: str, content: bytes) -> bool:
        """Write a file if it is not there with that very content; whether it was written."""
        target = self.folder / path
        with suppress(OSError):
            if target.read_bytes() == content:
                self.unchanged += 1
                return False
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, content)
        self.written.append(path)
        return True


def publish(
    folder: Path,
    as_known: TheatreAsKnown,
    *,
    published: date,
    url: str = "",
    watched: Callable[[Iterable[Day]], Iterable[Day]] = iter,
) -> Published:
    """Publish a theatre: the page, each day as data, card and small page, a feed, the versions.

    Files a day keep their names for ever. The page of each day of publication on which it changed
    is kept under `versions/`, so that a map can be cited as it was.

    Parameters
    ----------
    folder
        An empty one, or one of these; made if it is not there.
    as_known
        The theatre.
    published
        The day of publication.
    url
        Where the folder will stand on the web; without it links are relative.
    watched
        Goes over the days, for a bar that shows how far it is.

    Raises
    ------
    RequestError
        If the folder holds other things, or the address is none.
    """
    before = _before(folder)
    edition = edition_of(as_known, published, url)
    done = Published(folder=folder, published=published)
    folder.mkdir(parents=True, exist_ok=True)
    theatre = as_known.theatre
    payload = page_payload(as_known, theatre.first_day, theatre.last_day, theatre.opening_day)
    page_bytes = page_html(payload, page_head(edition), store=as_known.store).encode()
    if edition.url:
        done.put(OEMBED, oembed(edition))
    changed = done.put("index.html", page_bytes)
    made: dict[str, str] = {}
    for day in watched(edition.days):
        changed |= _put_day(done, edition, day, made, before.get("cards", {}))
    changed |= _put_all_days(done, edition)
    if not changed and "published" in before:
        done.published = date.fromisoformat(before["published"])
        edition = replace(edition, published=done.published)
    done.put("feed.atom", feed(edition))
    _put_versions(done, edition, page_bytes)
    files = {f"{DATA_FOLDER}/{d.day}.geojson": f"{edition.title}, {d.when}" for d in edition.days}
    if (folder / ALL_DAYS).exists():
        files[ALL_DAYS] = f"{edition.title}, all days (GeoParquet)"
    done.put("datapackage.json", data_package(edition, folder, files))
    record = {
        "made_by": f"geoline {__version__}",
        "theatre": theatre.id,
        "published": done.published.isoformat(),
        "cards": made,
    }
    done.put(RECORD, _json(record))
    return done


def _before(folder: Path) -> dict[str, Any]:
    """Give what an earlier run noted; a folder with other things is refused."""
    if not folder.exists():
        return {}
    if not folder.is_dir():
        message = f"{folder} is a file; name a folder to publish in"
        raise RequestError(message)
    try:
        record = json.loads((folder / RECORD).read_bytes())
    except FileNotFoundError:
        if any(folder.iterdir()):
            message = f"{folder} holds other things than an edition; name an empty folder"
            raise RequestError(message) from None
        return {}
    except (OSError, ValueError):
        return {}  # damaged: everything is looked at anew
    return record if isinstance(record, dict) else {}


def _put_day(
    done: Published, edition: Edition, day: Day, made: dict[str, str], before: dict[str, str]
) -> bool:
    """Write the data, the card and the page of a day; whether the data changed."""
    data = _exported(edition, day.day, day.day, ".geojson")
    changed = done.put(f"{DATA_FOLDER}/{day.day}.geojson", data)
    card = day.card
    places = ",".join(place.id for place in (*card.taken, *card.others))
    stamp = "\n".join([card_look(), card.title, card.when, card.below, *card.told, places])
    key = hashlib.sha256(stamp.encode("utf-8", "replace") + data).hexdigest()[:16]
    path = f"{CARD_FOLDER}/{day.day}.png"
    has_card = (done.folder / path).is_file() and before.get(str(day.day)) == key
    if has_card:
        done.unchanged += 1
    else:
        has_card = _put_card(done, edition, day, path)
    if has_card:
        made[str(day.day)] = key
    done.put(f"{DAY_FOLDER}/{day.day}.html", day_page(edition, day, has_card=has_card))
    return changed


def _put_card(done: Published, edition: Edition, day: Day, path: str) -> bool:
    try:
        content = card_png(edition.as_known, day.day, day.card)
    except RequestError as error:
        if str(error) not in done.left_out:
            done.left_out.append(str(error))
        return False
    done.put(path, content)
    return True


def _put_all_days(done: Published, edition: Edition) -> bool:
    """Write all days as GeoParquet, where that can be written."""
    theatre = edition.as_known.theatre
    try:
        data = _exported(edition, theatre.first_day, theatre.last_day, ".parquet")
    except RequestError as error:
        done.left_out.append(str(error))
        return False
    return done.put(ALL_DAYS, data)


def _exported(edition: Edition, first: date, last: date, ending: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="geoline-") as beside:
        path = Path(beside) / f"days{ending}"
        write_export(path, edition.as_known, first, last)
        return path.read_bytes()


def _put_versions(done: Published, edition: Edition, page_bytes: bytes) -> None:
    """Keep the page as it is published on a day, and list all that were."""
    index = done.folder / VERSION_FOLDER / "index.json"
    versions: list[dict[str, str]] = []
    with suppress(OSError, ValueError):
        versions = json.loads(index.read_bytes())
    digest = hashlib.sha256(page_bytes).hexdigest()
    if not versions or versions[-1]["sha256"] != digest:
        day = edition.published.isoformat()
        done.put(f"{VERSION_FOLDER}/{day}/index.html", page_bytes)
        theatre = edition.as_known.theatre
        versions = [one for one in versions if one["published"] != day]
        versions.append(
            {
                "published": day,
                "first_day": theatre.first_day.isoformat(),
                "last_day": theatre.last_day.isoformat(),
                "sha256": digest,
            }
        )
    done.put(f"{VERSION_FOLDER}/index.json", _json(versions))
    done.put(f"{VERSION_FOLDER}/index.html", versions_page(edition, versions))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
