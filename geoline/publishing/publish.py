"""Publish a theatre in a folder, of which only what has changed is written."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import __version__
from geoline.errors import RequestError
from geoline.export import card_look, card_png, claim_table, write_export
from geoline.page import page_html, page_payload
from geoline.publishing.citation_file import CITATION_FILE, citation_file
from geoline.publishing.data_package import data_package
from geoline.publishing.day_page import day_page, versions_page
from geoline.publishing.edition import edition_of
from geoline.publishing.feed import feed
from geoline.publishing.page_head import OEMBED, oembed, page_head
from geoline.publishing.staged import NEXT, staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geoline.publishing.edition import Day, Edition
    from geoline.publishing.staged import StagedFolder
    from geoline.situation import TheatreAsKnown

__all__ = ["Published", "publish"]

# What an earlier run left; it marks a folder as one of these.
RECORD = "published.json"
DATA_FOLDER, CARD_FOLDER, DAY_FOLDER, VERSION_FOLDER = "data", "cards", "days", "versions"
ALL_DAYS = f"{DATA_FOLDER}/all-days.parquet"
VERSIONS = f"{VERSION_FOLDER}/index.json"


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


@dataclass(frozen=True, slots=True)
class _Record:
    """What a run notes for the next.

    Parameters
    ----------
    published
        The day of the last edition; empty before the first.
    cards
        By day, of what its card was drawn.
    told
        By day, what was said of it, and since when the feed says so.
    """

    published: str = ""
    cards: dict[str, str] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)


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
    is kept under `versions/`, so that a map can be cited as it was. The folder goes from edition to
    edition as a whole (`geoline.publishing.staged`).

    Parameters
    ----------
    folder
        An empty one, or one of these; made if it is not there.
    as_known
        The theatre.
    published
        The day of publication.
    url
        Where the folder will stand on the web; default: the theatre's address. Without one links
        are relative.
    watched
        Goes over the days, for a bar that shows how far it is.

    Raises
    ------
    RequestError
        If the folder holds other things, the address is none, another run is at it, or an edition
        of a later day is there.
    """
    _before(folder)
    edition = edition_of(as_known, published, url)
    with staged(folder) as files:
        before = _before(folder)
        if published.isoformat() < before.published:
            message = f"{folder} was published on {before.published}; give that day or a later one"
            raise RequestError(message)
        done = _put_all(files, edition, before, watched)
        files.move()
    done.written, done.unchanged = files.written, files.unchanged
    return done


def _before(folder: Path) -> _Record:
    """Give what an earlier run noted; a folder with other things is refused."""
    if not folder.exists():
        return _Record()
    if not folder.is_dir():
        message = f"{folder} is a file; name a folder to publish in"
        raise RequestError(message)
    try:
        noted = json.loads((folder / RECORD).read_bytes())
    except FileNotFoundError:
        if any(path.name != NEXT for path in folder.iterdir()):
            message = f"{folder} holds other things than an edition; name an empty folder"
            raise RequestError(message) from None
        return _Record()
    except (OSError, ValueError):
        return _Record()  # damaged: everything is looked at anew
    keys = ("published", "cards", "told")
    return _Record(**{key: noted[key] for key in keys if key in noted})


def _put_all(
    files: StagedFolder,
    edition: Edition,
    before: _Record,
    watched: Callable[[Iterable[Day]], Iterable[Day]],
) -> Published:
    theatre = edition.as_known.theatre
    done = Published(folder=files.folder, published=edition.published)
    payload = page_payload(
        edition.as_known, theatre.first_day, theatre.last_day, theatre.opening_day
    )
    page_bytes = page_html(payload, page_head(edition), store=edition.as_known.store).encode()
    if edition.url:
        files.put(OEMBED, oembed(edition))
    changed = files.put("index.html", page_bytes)
    made: dict[str, str] = {}
    for day in watched(edition.days):
        changed |= _put_day(files, edition, day, done, made, before.cards)
    changed |= _put_all_days(files, edition, done)
    if not changed and before.published:
        done.published = date.fromisoformat(before.published)
        edition = replace(edition, published=done.published)
    told = _told(edition, before)
    files.put("feed.atom", feed(edition, {day: since for day, (_, since) in told.items()}))
    _put_versions(files, edition, page_bytes)
    files.put(CITATION_FILE, citation_file(edition))
    files.put("datapackage.json", data_package(edition, files, _described(files, edition)))
    record = {
        "made_by": f"geoline {__version__}",
        "theatre": theatre.id,
        "published": done.published.isoformat(),
        "cards": made,
        "told": told,
    }
    files.put(RECORD, _json(record))
    return done


def _put_day(  # noqa: PLR0913, PLR0917  (what it goes on in)
    files: StagedFolder,
    edition: Edition,
    day: Day,
    done: Published,
    made: dict[str, str],
    before: dict[str, str],
) -> bool:
    """Write the data, the card and the page of a day; whether the data changed."""
    data = _exported(edition, day.day, day.day, ".geojson")
    claims = claim_table(edition.as_known, day.day, day.day)
    changed = files.put(f"{DATA_FOLDER}/{day.day}.geojson", data)
    changed |= files.put(f"{DATA_FOLDER}/{day.day}.csv", claims)
    path, key = f"{CARD_FOLDER}/{day.day}.png", _card_key(day, data)
    has_card = files.holds(path) and before.get(str(day.day)) == key
    if has_card:
        files.unchanged += 1
    else:
        has_card = _put_card(files, edition, day, path, done)
    if has_card:
        made[str(day.day)] = key
    files.put(f"{DAY_FOLDER}/{day.day}.html", day_page(edition, day, has_card=has_card))
    return changed


def _card_key(day: Day, data: bytes) -> str:
    """Give a digest of all that a card is drawn from."""
    card = day.card
    places = ",".join(place.id for place in (*card.taken, *card.others))
    stamp = "\n".join([card_look(), card.title, card.when, card.below, *card.told, places])
    return hashlib.sha256(stamp.encode("utf-8", "replace") + data).hexdigest()[:16]


def _put_card(files: StagedFolder, edition: Edition, day: Day, path: str, done: Published) -> bool:
    try:
        content = card_png(edition.as_known, day.day, day.card)
    except RequestError as error:
        if str(error) not in done.left_out:
            done.left_out.append(str(error))
        return False
    files.put(path, content)
    return True


def _put_all_days(files: StagedFolder, edition: Edition, done: Published) -> bool:
    """Write all days as GeoParquet, where that can be written."""
    theatre = edition.as_known.theatre
    try:
        data = _exported(edition, theatre.first_day, theatre.last_day, ".parquet")
    except RequestError as error:
        done.left_out.append(str(error))
        return False
    return files.put(ALL_DAYS, data)


def _exported(edition: Edition, first: date, last: date, ending: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="geoline-") as beside:
        path = Path(beside) / f"days{ending}"
        write_export(path, edition.as_known, first, last)
        return path.read_bytes()


def _told(edition: Edition, before: _Record) -> dict[str, list[str]]:
    """Say since when the feed tells of each day what it does: its end, or when that changed."""
    told = {}
    for day in edition.days:
        said = hashlib.sha256(day.told.encode("utf-8", "replace")).hexdigest()[:16]
        was, since = before.told.get(str(day.day), [said, day.end.isoformat()])
        told[str(day.day)] = [said, since if was == said else edition.published.isoformat()]
    return told


def _put_versions(files: StagedFolder, edition: Edition, page_bytes: bytes) -> None:
    """Keep the page as it is published on a day, and list all that were."""
    versions: list[dict[str, str]] = []
    with suppress(OSError, ValueError):
        versions = json.loads(files.read(VERSIONS))
    digest = hashlib.sha256(page_bytes).hexdigest()
    if not versions or versions[-1]["sha256"] != digest:
        day = edition.published.isoformat()
        files.put(f"{VERSION_FOLDER}/{day}/index.html", page_bytes)
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
    files.put(VERSIONS, _json(versions))
    files.put(f"{VERSION_FOLDER}/index.html", versions_page(edition, versions))


def _described(files: StagedFolder, edition: Edition) -> dict[str, str]:
    """Say what each file of data is, by its path."""
    described = {}
    for day in edition.days:
        for ending in ("geojson", "csv"):
            described[f"{DATA_FOLDER}/{day.day}.{ending}"] = f"{edition.title}, {day.when}"
    if files.holds(ALL_DAYS):
        described[ALL_DAYS] = f"{edition.title}, all days (GeoParquet)"
    return described


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
