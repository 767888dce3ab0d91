"""`geoline fold`: who held every place when, from ledgers of any size."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import control, tables, theatre_folder
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_cluster, add_known
from geoline.cli.dialogue.asked import day_said, folder_of
from geoline.cli.dialogue.target import is_parted, target_of
from geoline.cli.dialogue.terminal import watching
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence
    from datetime import date

__all__ = ["arguments", "run"]

ENDINGS = frozenset({".csv", ".parquet"})


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add = parser.add_argument
    add(
        "claims",
        nargs="*",
        metavar="CLAIMS",
        help="tables of claims (.csv, .parquet), folders of them, or addresses such as "
        "s3://bucket/claims (default: the theatre's)",
    )
    add(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="ends in .csv or .parquet; with / at its end, a folder of Parquet tables; or an "
        "address such as s3://bucket/spells/",
    )
    add_known(parser)
    add_cluster(parser, "fold with N processes, or over a Dask cluster (default: a process a core)")


def run(options: Namespace) -> Answer:
    """Fold the claims, and say how many spells there are."""
    folder, output = folder_of(options), str(options.output)
    parted = is_parted(output)
    if not parted and Path(output).suffix not in ENDINGS:
        message = f"'{output}' must end in .csv or .parquet, or in / for a folder of Parquet tables"
        raise RequestError(message)
    own = not options.claims
    data = theatre_folder.read_theatre_folder(folder, claims=own)
    folding = control.Folding(
        baseline=data.baseline,
        sources=data.sources,
        sides=data.sides,
        known=_known(options.known_on, data.publish_after_days),
        frozen=data.frozen,
    )
    with tempfile.TemporaryDirectory(prefix="geoline-fold-") as scratch:
        named = options.claims or [str(folder / "claims")]
        claims = list(_tables(named, Path(scratch)))
        with target_of(output, folder) as target:
            local = options.cluster.isdigit() and int(options.cluster) == 1
            count = control.fold_ledger(
                claims,
                folding,
                target,
                processes=1 if local else None,
                cluster="" if local else options.cluster,
                parted=parted,
                watch=watching("folding places"),
            )
    answer = {"file": output, "theatre": data.id, "spells": count, "tables": len(claims)}
    remarks = [
        "the map starts again from a line drawn later (baseline.geojson); these spells do not"
    ] if data.restarts else []  # fmt: skip
    return Answer(answer, [f"{output}: {data.name}, {count:,} spells"], remarks=remarks)


def _known(said: str | None, late: int) -> date | None:
    """Give the day by which things were known: that asked for, or what the theatre shows."""
    known = day_said(said) if said else None
    if not late:
        return known
    shown = datetime.now(tz=UTC).date() - timedelta(days=late)
    return min(known or shown, shown)


def _tables(named: Sequence[str], scratch: Path) -> Iterator[Path]:
    for number, text in enumerate(named):
        copies = scratch / f"in-{number}"
        copies.mkdir()
        yield from tables.local_files(text, ENDINGS, copies)
