"""Make the folder of a theatre from what people have, or add to one.

Everything is made in a folder beside it, read as any theatre is, and then put in its place: whole
or not at all. What stands in the folder already stays: rows and keys are added, none is changed.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.claims import read_sources
from geoline.errors import DataError, RequestError
from geoline.gazetteer import read_places
from geoline.ingest import Ingested, ingest
from geoline.new_theatre import tables
from geoline.new_theatre.ground import Ground, Whereabouts, ground_of
from geoline.new_theatre.groups import Group, group_of, slug
from geoline.new_theatre.languages import languages_of
from geoline.new_theatre.lines import Drawn, read_drawn
from geoline.new_theatre.places import Gathered, gather, towns_at
from geoline.new_theatre.sides import Side, sides_of
from geoline.new_theatre.told import Told
from geoline.new_theatre.toml_text import added_text, new_text
from geoline.new_theatre.world import world
from geoline.tables import alone, csv_table, replace_file
from geoline.theatre_folder import TheatreData, areal, new_theatre, read_theatre_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from geoline.new_theatre.asked import Asked

__all__ = ["Made", "make_theatre"]

# The first day of a theatre of which nothing says when it is; to be corrected.
FIRST = date(2024, 5, 1)
STARTER_PARTIES = {"north", "south"}


@dataclass(slots=True)
class Made:
    """What became of a theatre's folder.

    Parameters
    ----------
    folder
        Where it is.
    files
        The files made or changed, paths from the folder.
    said
        What was taken from where, and what was guessed, in order.
    review
        What is left to review.
    ingested
        What became of the rows of each file of data.
    """

    folder: Path
    files: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    review: list[str] = field(default_factory=list)
    ingested: list[tuple[Path, Ingested]] = field(default_factory=list)


def make_theatre(folder: Path, asked: Asked) -> Made:
    """Make a theatre's folder, or add to it.

    Parameters
    ----------
    folder
        Where it is made; its last part names the theatre. An empty folder of `new_theatre` is
        filled, any other theatre is added to.
    asked
        From what.

    Returns
    -------
    Made

    Raises
    ------
    DataError
        If a file is not what it says; the text names file, row and key. The folder is as it was.
    RequestError
        If a country does not exist, or nothing says where the theatre is.
    """
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file; choose another name"
        raise RequestError(message)
    if asked.nothing:
        if folder.exists() and any(folder.iterdir()):
            message = (
                f"{folder} is there already; give --data, --places or another file to add to it"
            )
            raise RequestError(message)
        return Made(folder, files=new_theatre(folder, asked.first, asked.last))
    made = Made(folder)
    parent = folder.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder), tempfile.TemporaryDirectory(prefix=".geoline-", dir=parent) as beside:
        work = Path(beside) / folder.resolve().name
        if _is_new(folder):
            new_theatre(work, asked.first, asked.last)
            for path in (work / "areas").iterdir():
                path.unlink()
            (work / "theatre.toml").unlink()
        else:
            shutil.copytree(folder, work, ignore=shutil.ignore_patterns(".*"))
        _fill(work, asked, made)
        read_theatre_folder(work)  # what cannot be read is not handed over
        made.files = _hand_over(work, folder)
    if not made.files:
        made.said.append("nothing new: the folder is as it was")
    return made


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run off a folder that is there."""
    if not folder.exists():
        yield
        return
    try:
        with alone(folder):
            yield
    except BlockingIOError:
        message = f"another run is at work on {folder}; try again when it is done"
        raise RequestError(message) from None


def _is_new(folder: Path) -> bool:
    """Whether there is no theatre yet, or one that nobody has filled."""
    if not folder.exists() or not any(folder.iterdir()):
        return True
    if not (folder / "theatre.toml").is_file():
        message = f"{folder} holds other things than a theatre; choose another name"
        raise RequestError(message)
    filled = [p for p in (folder / "claims").glob("*") if _rows(p)]
    empty = not _rows(folder / "places.csv") and not filled
    text = (folder / "theatre.toml").read_text(encoding="utf-8")
    return empty and all(f"\n[parties.{party}]\n" in text for party in STARTER_PARTIES)


def _rows(path: Path) -> list[dict[str, str]]:
    if path.suffix != ".csv" or not path.is_file():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def _fill(work: Path, asked: Asked, made: Made) -> None:
    """Fill a folder with everything that is asked for."""
    told = Told()
    for path, form in asked.data:
        told.hear(path, form)
    drawn = _drawn(asked)
    fresh = not (work / "theatre.toml").exists()
    before = None if fresh else read_theatre_folder(work)
    sites = np.array(
        [(s.lon, s.lat) for s, n in told.sites.items() for _ in range(n) if s.lat == s.lat],
        dtype=float,
    ).reshape(-1, 2)
    where = Whereabouts(sites, drawn, told.countries, towns_at)
    ground = _ground(work, asked, where, before, made)
    own = [c.code for c in ground.countries]
    sides = sides_of(told, drawn, own)
    if drawn is not None:
        made.said.append(f"last known: {asked.as_of}, {drawn.source}: {drawn.how}")
    if not [side for side in sides if side.party]:
        sides = [*sides, *_nobody(ground)]
    if before is None:
        text = _new_toml(work, asked, told, drawn, ground, sides)
        made.review.append("theatre.toml: parties, their names and colours, who is allied to whom")
        if _first_day(asked, told, drawn) is None:
            made.review.append("theatre.toml: nothing says of which days it is; set first_day")
    else:
        old = (work / "theatre.toml").read_text(encoding="utf-8-sig")
        text, said = added_text(old, sides, _lands(sides, ground))
        made.review += said
    (work / "theatre.toml").write_bytes(text.encode())
    for side in sides:
        if side.party and before is None:
            made.said.append(_said_of(side))
    gathered = _places(work, asked, told, ground, made)
    _sources(work, told, made)
    if before is None and drawn is None:
        _held_before(work, told, sides, gathered, made)
    if drawn is not None:
        _baseline(work, drawn, made)
    _ingest(work, asked, gathered, made)


def _drawn(asked: Asked) -> Drawn | None:
    if asked.last_known is None or asked.as_of is None:
        return None
    return read_drawn(asked.last_known, asked.as_of, asked.holder, asked.sides)


def _baseline(work: Path, drawn: Drawn, made: Made) -> None:
    """Keep what was last known on a day, cut to the land as the folder has it."""
    data = read_theatre_folder(work)
    regions = [region.geometry for region in data.governorates] or [shapely.box(*data.frame)]
    path = work / "baseline.geojson"
    content, instead = tables.baseline(drawn, areal(shapely.union_all(regions)), path)
    path.write_bytes(content)
    if instead:
        made.review.append(f"baseline.geojson: {drawn.source} is there in place of {instead}")


def _check_inside(asked: Asked, sites: npt.NDArray[np.float64], ground: Ground) -> None:
    """Refuse data of which not one row lies in the theatre that was asked for.

    Raises
    ------
    DataError
        With the file.
    """
    west, south, east, north = ground.frame
    lon, lat = sites.T
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if len(sites) and not inside.any():
        reason = (
            f"none of its {len(sites):,} rows with a place lies in the theatre, but the first at "
            f"{lat[0]}, {lon[0]}; look at --country"
        )
        raise DataError(asked.data[0][0].name, reason, key="latitude")


def _ground(
    work: Path, asked: Asked, where: Whereabouts, before: TheatreData | None, made: Made
) -> Ground:
    """Find the ground; of a theatre that is there, its own."""
    if before is None:
        ground = ground_of(asked.countries, asked.regions, where)
        _check_inside(asked, where.sites, ground)
        (work / "areas").mkdir(exist_ok=True)
        for name, content in tables.areas(ground).items():
            (work / name).write_bytes(content)
        made.said += ground.said
        return ground
    countries = [world().country(text) for text in asked.countries]
    found = [world().find(region.name) for region in before.governorates]
    countries += [c for c in found if c is not None and c not in countries]
    regions = tuple((r.name, r.name_ar, r.geometry) for r in before.governorates)
    if not regions:
        regions = (("", "", shapely.box(*before.frame)),)
    here = {region.name for region in before.governorates}
    other = [c.name for c in countries if c.name not in here]
    if asked.regions is not None or (other and asked.countries):
        made.review.append("areas/ is there already and was kept; for other land make a new folder")
    land = {region.name for region in before.land}
    near = tuple(c for c in world().countries_in(before.frame) if c.name in land)
    return Ground(tuple(countries), regions, before.frame, near, ())


def _new_toml(  # noqa: PLR0913, PLR0917  (what the file says)
    work: Path,
    asked: Asked,
    told: Told,
    drawn: Drawn | None,
    ground: Ground,
    sides: list[Side],
) -> str:
    title = work.name.replace("-", " ").replace("_", " ")
    credits_ = ["Land, borders, lakes: Natural Earth (public domain)."]
    forms = {form for _, form in asked.data}
    credits_ += [
        text
        for form, text in (
            ("acled", "Events: ACLED (acleddata.com); its terms of use hold."),
            ("ucdp-ged", "Events: UCDP GED (CC BY 4.0)."),
            ("viina", "Events: VIINA 2.0 (Zhukov and Ayers; ODbL)."),
        )
        if form in forms
    ]
    if not asked.places:
        credits_.append("Places: GeoNames (CC BY 4.0).")
    files = [path.name for path, _ in asked.data]
    return new_text(
        identifier=slug(work.name),
        title=title[:1].upper() + title[1:],
        days=(_first_day(asked, told, drawn) or FIRST, asked.last),
        frame=ground.frame,
        sides=sides,
        lands=_lands(sides, ground),
        countries=_country_of(sides, told, ground),
        languages=languages_of(country.code for country in ground.countries),
        credits_=credits_,
        sources=[*([drawn.source] if drawn is not None else []), *files],
    )


def _first_day(asked: Asked, told: Told, drawn: Drawn | None) -> date | None:
    """Give the first day: that of the last known line, or the first that is told of."""
    if asked.first is not None:
        return asked.first
    if drawn is not None:
        return drawn.as_of
    if told.first is not None:
        return told.first
    return asked.last


def _lands(sides: list[Side], ground: Ground) -> dict[str, str]:
    """Give the sides that have a country of their own beside the theatre's."""
    names = {c.code: c.name for c in ground.neighbours if c.code and c not in ground.countries}
    own = {side.group.id: names.get(side.group.country, "") for side in sides}
    return {key: name for key, name in own.items() if name}


def _country_of(sides: list[Side], told: Told, ground: Ground) -> dict[str, str]:
    """Give whose country each is, by the names that the data have for it."""
    by_code = {s.group.country: s.group.id for s in sides if s.party and s.group.country}
    names = {country.name: country.code for country in ground.countries}
    for written in sorted(told.countries):
        found = world().find(written)
        if found is not None:
            names.setdefault(written, found.code)
    return {name: by_code[code] for name, code in names.items() if code in by_code}


def _nobody(ground: Ground) -> list[Side]:
    """Give a side for each country where nothing names one, so that there is one to review."""
    found = [
        Group(id=slug(c.name), name=c.name, country=c.code, state=True) for c in ground.countries
    ]
    return [
        Side(group, party=True, patterns=(), words=(group.name,))
        for group in found or [Group(id="side", name="Side")]
    ]


def _said_of(side: Side) -> str:
    names = f", called {', '.join(side.patterns[:3])}" if side.patterns else ""
    more = f" and {len(side.patterns) - 3} more" if len(side.patterns) > 3 else ""  # noqa: PLR2004
    return f"party {side.group.id}: {side.told:,} rows, {side.ground:,} about ground{names}{more}"


def _places(work: Path, asked: Asked, told: Told, ground: Ground, made: Made) -> Gathered:
    path = work / "places.csv"
    rows = _rows(path)
    labels = ", ".join(dict.fromkeys(form for _, form in asked.data))
    order = sorted(told.sites, key=lambda s: (-told.sites[s], s.name, s.lat, s.lon))
    gathered = gather(read_places(path), asked.places, ground, order, labels)
    if not gathered.places:
        message = (
            "no place is known: give --places FILE, or install the towns of the world: "
            "pip install 'geoline[world]'"
        )
        raise RequestError(message)
    made.said += gathered.said
    table = tables.places_table(rows, gathered.places.values())
    if table is not None:
        path.write_bytes(table)
    return gathered


def _sources(work: Path, told: Told, made: Made) -> None:
    path = work / "sources.csv"
    rows = _rows(path)
    known = read_sources(path, {row["lean"] for row in rows})
    names = [name for name, _ in sorted(told.sources.items(), key=lambda i: (-i[1], i[0]))]
    content, new = tables.sources_table(rows, known, names, sorted(told.own_sources))
    if new:
        path.write_bytes(content)
        made.said.append(f"sources: {new} named by the data")
        made.review.append(
            f"sources.csv: {new} sources are rated C, independent; say for whom each speaks"
        )


def _held_before(work: Path, told: Told, sides: list[Side], gathered: Gathered, made: Made) -> None:
    """Say of places who held them before they first changed hands, as the rows of the data do."""
    path = work / "baseline.csv"
    parties = {side.group.id for side in sides if side.party}
    eve = tomllib.loads((work / "theatre.toml").read_text(encoding="utf-8"))["first_day"]
    earliest: dict[str, tuple[date, str]] = {}
    for site, (day, loser) in told.lost.items():
        place = gathered.located.get((site.name, site.lat, site.lon))
        if place is not None and (place not in earliest or day < earliest[place][0]):
            earliest[place] = day, loser
    rows = [
        {
            "place_id": place,
            "holder": group.id,
            "as_of": (eve - timedelta(days=1)).isoformat(),
            "basis": "inferred",
            "source": f"lost to another side on {day}",
        }
        for place, (day, loser) in sorted(earliest.items())
        if loser and (group := group_of(loser)) is not None and group.id in parties
    ]
    if rows:
        columns = ["place_id", "holder", "as_of", "basis", "source", "note"]
        path.write_bytes(csv_table(columns, rows))
        made.said.append(f"the eve: {len(rows)} places, by who first lost them")
        made.review.append("baseline.csv: who held places on the eve is inferred from later rows")


def _ingest(work: Path, asked: Asked, gathered: Gathered, made: Made) -> None:
    for path, form in asked.data:
        done = ingest(work, path, form, located=dict(gathered.located))
        made.ingested.append((path, done))
        made.said.append(
            f"{path.name}: {done.read:,} rows, {done.accepted:,} claims"
            + (f", {done.duplicates:,} known already" if done.duplicates else "")
            + (f", {len(done.set_aside):,} set aside" if done.set_aside else "")
        )


def _hand_over(work: Path, folder: Path) -> list[Path]:
    """Put what is new or another into the folder; the list of it."""
    files = sorted(p.relative_to(work) for p in work.rglob("*") if p.is_file())
    if not folder.exists():
        work.rename(folder)
        return files
    changed = []
    for name in files:
        content = (work / name).read_bytes()
        target = folder / name
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, content)
            changed.append(name)
    return changed
