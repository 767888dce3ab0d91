"""`geoline new`: the folder of a theatre of one's own, from the files that people have."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline import new_theatre, theatre_folder
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_cluster, add_days
from geoline.cli.dialogue.terminal import watching
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from geoline.errors import DataError
    from geoline.new_theatre import Made

__all__ = ["arguments", "run"]

# Reasons for setting rows aside that are shown without a report.
SHOWN = 4
# What a reason says of its own row: days, numbers, what it quotes.
_QUOTED = re.compile(r"'[^']*'|\d+")


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add = parser.add_argument
    add("name", metavar="DIR", help="the folder to make or to add to, such as my-valley")
    add_days(parser, "first day of the theatre", "last day; left out, the last that is told of")
    add(
        "--country", nargs="+", action="extend", metavar="CODE",
        help="countries that it is about: ISO 3166 codes or English names",
    )  # fmt: skip
    add("--regions", metavar="FILE", help="polygons to draw on in place of the countries'")
    add(
        "--places", nargs="+", action="extend", metavar="FILE",
        help="listings of places: GeoNames, Who's On First, p-codes, Linked Places",
    )  # fmt: skip
    add(
        "--data", action="append", metavar="FILE",
        help="conflict data, a file or VIINA's folder; may be given again, each with its --format",
    )  # fmt: skip
    add("--format", action="append", metavar="FORM", help="acled, ucdp-ged, viina or claims")
    add(
        "--last-known", metavar="FILE",
        help="polygons of who held what: GeoJSON, KML, KMZ, GeoPackage, Shapefile",
    )  # fmt: skip
    add("--as-of", metavar="DAY", help="the day at whose end that was so")
    add("--holder", metavar="COLUMN", help="the column that says whose each polygon is")
    add(
        "--as", dest="sides", metavar="PARTY:REST",
        help="whose all polygons are, and who holds the rest, such as RU:UA",
    )  # fmt: skip
    add_cluster(
        parser, "read the names of its places with N processes, or over a Dask cluster, so that "
        "they are found at once",
    )  # fmt: skip


def run(options: Namespace) -> Answer:
    """Make the folder, or add to it."""
    folder, day = Path(options.name), new_theatre.Asked.day
    asked = new_theatre.Asked(
        first=day(options.first) if options.first else None,
        last=day(options.last) if options.last else None,
        countries=tuple(options.country or ()),
        regions=Path(options.regions) if options.regions else None,
        places=tuple(map(Path, options.places or ())),
        data=_data(options),
        last_known=Path(options.last_known) if options.last_known else None,
        as_of=day(options.as_of) if options.as_of else None,
        holder=options.holder,
        sides=new_theatre.Asked.two_sides(options.sides) if options.sides else None,
    )
    made = new_theatre.make_theatre(folder, asked)
    if options.cluster:
        gazetteer = theatre_folder.read_theatre_folder(folder, claims=False).gazetteer
        gazetteer.make_index(options.cluster, watching("reading names"))
    answer: dict[str, Any] = {
        "folder": str(folder),
        "files": [path.as_posix() for path in made.files],
        "said": made.said,
        "review": made.review,
        "data": [
            {
                "file": str(path),
                "read": done.read,
                "accepted": done.accepted,
                "set_aside": len(done.set_aside),
                "duplicates": done.duplicates,
            }
            for path, done in made.ingested
        ],
    }
    in_part = any(done.set_aside for _, done in made.ingested)
    return Answer(answer, _lines(folder, asked.nothing, made), IN_PART if in_part else DONE)


def _data(options: Namespace) -> tuple[tuple[Path, str], ...]:
    """Pair each file with its form; one form is for all."""
    files, forms = options.data or [], options.format or []
    if len(forms) == 1:
        forms = forms * max(len(files), 1)
    if len(forms) != len(files):
        message = (
            f"{len(files)} --data and {len(forms)} --format; give each file its form, or one for "
            "all"
        )
        raise RequestError(message)
    return tuple(zip(map(Path, files), forms, strict=True))


def _lines(folder: Path, empty: bool, made: Made) -> list[str]:  # noqa: FBT001  (an inner step)
    if empty:
        return [
            f"{folder}: {len(made.files)} files to be filled; its README.md says what goes where",
            f"then: geoline map --theatre {folder}",
        ]
    lines = [f"{folder}: {len(made.files)} files written"] + [f"  {text}" for text in made.said]
    for path, done in made.ingested:
        lines += [
            f"  {path.name}, set aside {number:,}: {reason}"
            for reason, number in _reasons(done.set_aside)[:SHOWN]
        ]
    lines += [f"review {text}" for text in made.review]
    return [*lines, f"then: geoline map --theatre {folder}"]


def _reasons(set_aside: Sequence[DataError]) -> list[tuple[str, int]]:
    """Count why rows were set aside, the most frequent first.

    Reasons that differ only in days, numbers and what they quote are one, told by its first row.
    """
    told: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for error in set_aside:
        reason = f"'{error.key}' {error.reason}" if error.key else error.reason
        kind = f"{error.key} {_QUOTED.sub('', error.reason)}"
        told.setdefault(kind, reason)
        counts[kind] += 1
    most = sorted(counts.items(), key=lambda item: (-item[1], told[item[0]]))
    return [(told[kind], number) for kind, number in most]
