"""Rows into tables by COPY: replaced by their keys, or added by the hundred thousand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt
    from psycopg import Cursor
    from psycopg.sql import Composed

    from geoline.control import Spell
    from geoline.export import Layer

__all__ = ["SpellTexts", "copy_layer", "copy_spells", "delete_others", "names", "replace_rows"]

# In the order in which the rows of spells are written.
SPELL_COLUMNS = (
    "day", "place_id", "holder", "contested", "besieged", "confidence", "since", "claims",
    "against",
)  # fmt: skip
# Of a confidence, as in the other formats.
NUMBER_DECIMALS = 3

# What COPY's text form writes otherwise.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = "\\N"
# Rows that go to the server at once.
BLOCK = 20_000


def names(*identifiers: str) -> Composed:
    """Give names of tables or columns as SQL, parted by commas."""
    from psycopg import sql  # noqa: PLC0415  (an extra)

    return sql.SQL(", ").join(map(sql.Identifier, identifiers))


def replace_rows(
    cursor: Cursor[Any],
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Put rows into a table; what has the same key becomes them, what is the same is not touched.

    They stay for `delete_others` in a table of the transaction's own.
    """
    from psycopg import sql  # noqa: PLC0415  (an extra)

    fresh, others = f"new_{table}", [c for c in columns if c not in key]
    cursor.execute(
        sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
            sql.Identifier(fresh), names(*columns), sql.Identifier(table)
        )
    )
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(fresh), names(*columns))
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_shape(v) if isinstance(v, shapely.Geometry) else v for v in row])
    cursor.execute(
        sql.SQL(
            "INSERT INTO {table} AS old ({columns}) SELECT {columns} FROM {fresh} "
            "ON CONFLICT ({key}) DO UPDATE SET ({others}) = ROW ({new}) "
            "WHERE ROW ({old}) IS DISTINCT FROM ROW ({new})"
        ).format(
            table=sql.Identifier(table),
            columns=names(*columns),
            fresh=sql.Identifier(fresh),
            key=names(*key),
            others=names(*others),
            new=_of("excluded", others),
            old=_of("old", others),
        )
    )


def delete_others(cursor: Cursor[Any], table: str, key: Sequence[str]) -> int:
    """Take the rows out of a table that `replace_rows` was not given; give their number."""
    from psycopg import sql  # noqa: PLC0415  (an extra)

    cursor.execute(
        sql.SQL("DELETE FROM {} WHERE ({}) NOT IN (SELECT {} FROM {})").format(
            sql.Identifier(table), names(*key), names(*key), sql.Identifier(f"new_{table}")
        )
    )
    return int(cursor.rowcount)


def _of(table: str, columns: Sequence[str]) -> Composed:
    from psycopg import sql  # noqa: PLC0415  (an extra)

    return sql.SQL(", ").join(sql.Identifier(table, column) for column in columns)


def _shape(shape: shapely.Geometry) -> str:
    """Give a geometry as PostGIS reads it (EWKB, hexadecimal)."""
    return str(shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True))


def copy_layer(
    cursor: Cursor[Any], layer: Layer, table: str, columns: Sequence[str], *, numbered: bool
) -> None:
    """Add the features of a layer to a table.

    Parameters
    ----------
    cursor
        Where.
    layer
        The features.
    table
        Its name.
    columns
        Those of the layer that are wanted, `geom` among them for its geometry.
    numbered
        Whether the table numbers the features of a day, in a column `number`.
    """
    from psycopg import sql  # noqa: PLC0415  (an extra)

    if not len(layer):
        return
    texts = [_texts(layer.columns[c]) if c != "geom" else _shapes(layer.geometry) for c in columns]
    if numbered:
        texts.append(list(map(str, range(len(layer)))))
        columns = [*columns, "number"]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names(*columns))
    _copy_lines(cursor, statement, map("\t".join, zip(*texts, strict=True)))


def copy_spells(
    cursor: Cursor[Any], day: date, spells: Mapping[str, Spell], written: SpellTexts
) -> None:
    """Add who held each place on a day to the table of places and days.

    Parameters
    ----------
    cursor
        Where.
    day
        The day.
    spells
        By place id.
    written
        What was written of other days: most places have the same spell for many of them.
    """
    from psycopg import sql  # noqa: PLC0415  (an extra)

    statement = sql.SQL("COPY place_days ({}) FROM STDIN").format(names(*SPELL_COLUMNS))
    head = f"{day.isoformat()}\t"
    _copy_lines(cursor, statement, (head + written.of(*one) for one in spells.items()))


@dataclass(slots=True)
class SpellTexts:
    """The rows of places without their day; places of which nothing is told share a spell.

    Parameters
    ----------
    places
        Texts by place id.
    spells
        Texts by the identity of the spell, which is kept for it.
    """

    places: dict[str, str] = field(default_factory=dict)
    spells: dict[int, tuple[Spell, str]] = field(default_factory=dict)

    def of(self, place: str, spell: Spell) -> str:
        """Give the row of a place in a spell."""
        if place not in self.places:
            self.places[place] = _text(place)
        if id(spell) not in self.spells:
            self.spells[id(spell)] = (spell, _spell_text(spell))
        return f"{self.places[place]}\t{self.spells[id(spell)][1]}"


def _spell_text(spell: Spell) -> str:
    cells = (
        spell.holder, spell.contested, spell.besieged,
        round(float(spell.confidence), NUMBER_DECIMALS), spell.since, "; ".join(spell.claims),
        "; ".join(spell.against),
    )  # fmt: skip
    return "\t".join(map(_text, cells))


def _copy_lines(cursor: Cursor[Any], statement: Composed, lines: Iterator[str]) -> None:
    with cursor.copy(statement) as copy:
        for block in _blocks(lines):
            copy.write(block)


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    block: list[str] = []
    for line in lines:
        block.append(line)
        if len(block) == BLOCK:
            yield "\n".join(block) + "\n"
            block = []
    if block:
        yield "\n".join(block) + "\n"


def _texts(values: npt.NDArray[Any]) -> list[str]:
    """Give a column in COPY's text form; each value that is met is written once."""
    listed = values.tolist()  # once: a NaN is found again as the same object
    written = {value: _text(value) for value in set(listed)}
    return [written[value] for value in listed]


def _text(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124  (NaN)
        return _NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():  # of a column with whole numbers and gaps
        return str(int(value))
    return str(value).translate(_ESCAPES)


def _shapes(shapes: npt.NDArray[np.object_]) -> list[str]:
    there = ~shapely.is_missing(shapes)
    found = np.full(len(shapes), _NULL, dtype=object)
    found[there] = shapely.to_wkb(
        shapely.set_srid(shapes[there], 4326), hex=True, include_srid=True
    )
    texts: list[str] = found.tolist()
    return texts
