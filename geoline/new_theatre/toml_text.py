"""The text of `theatre.toml`: a new one, and what is added to one that people have edited."""

from __future__ import annotations

import json
import re
import tomllib
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from geoline.errors import DataError
from geoline.new_theatre.sides import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geoline.new_theatre.ground import Box
    from geoline.new_theatre.sides import Side

__all__ = ["added_text", "new_text", "quoted"]

_HEAD = """\
# {name}: a theatre of geoline, made by `geoline new`. Lines that begin with # are remarks; what
# the tables beside this file hold is in README.md. What is marked "guessed" was inferred from the
# files named below: review it. Run `geoline new` again with newer files: it adds, no edit is lost.

id = {id} # names the page
name = {title} # its title
subtitle = ""
first_day = {first}
{last}# opening_day = {first} # the day that the page shows first; left out: the last
note = \"\"\"
Who held which place at the end of each day, as far as the claims collected here allow. Areas are
inferred from places, not surveyed; the band says where the line may run.\"\"\"
credits = {credits}
languages = {languages} # of the page; there are am, ar, en, es, fr, my, pt, ru, uk

# What is computed, and what the page shows first: west, south, east, north in degrees.
frame = {frame}
# view = {frame}

# Each side that may hold ground. guessed: from {sources}.
# Colours are Okabe and Ito's, which the colour-blind tell apart; patterns tell sides in print.
"""
_TAIL = """
# Between allies there is no front; uncomment and review.
# [[alliances]]
# name = ""
# parties = []
# actors = []

# What datasets call each of them; * stands for anything. guessed: names of one kind together.
[actor_names]
{actor_names}
{country_of}
# For which side a source speaks. Its word for its own side counts for less. review: give sources in
# sources.csv the lean of the side that they speak for.
[leans]
independent = []
{leans}
# How sure a holder on the eve is (0 to 1), by what the row of baseline.csv rests on; "area" is for
# places without a row, by the area of baseline.geojson that they lie in.
[baseline_confidence]
report = 0.9
area = 0.85
"general knowledge" = 0.85
inferred = 0.6
"""


def quoted(value: object) -> str:
    """Write a text, a number or a list as TOML."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(quoted, value))}]"
    return str(value)


def new_text(  # noqa: PLR0913  (what the file says, each named)
    *,
    identifier: str,
    title: str,
    days: tuple[date, date | None],
    frame: Box,
    sides: Sequence[Side],
    lands: Mapping[str, str],
    countries: Mapping[str, str],
    languages: Sequence[str],
    credits_: Sequence[str],
    sources: Iterable[str],
) -> str:
    """Write the file of a new theatre.

    Parameters
    ----------
    identifier, title
        Its id and name.
    days
        First and last; no last day rolls on with the claims.
    frame
        What is computed.
    sides
        Parties and actors.
    lands
        By id of a side the region of land.geojson that is its own country, a way out.
    countries
        By name of a country, as datasets write it, the party whose country it is.
    languages
        Of the page.
    credits_, sources
        Whom the page thanks; the files that the sides were found in.
    """
    first, last = days
    head = _HEAD.format(
        name=" ".join(title.split()),
        id=quoted(identifier),
        title=quoted(title),
        first=first.isoformat(),
        last=(
            f"last_day = {last.isoformat()}\n"
            if last
            else "# last_day = 2024-12-31 # left out: the last day that is told of\n"
        ),
        credits=quoted(list(credits_)),
        languages=quoted(list(languages)),
        frame=quoted(list(frame)),
        sources=", ".join(sources) or "nothing; name them",
    )
    parties = [side for side in sides if side.party]
    tables = [_side(side, number, lands) for number, side in enumerate(parties)]
    actors = [_side(side, None, lands) for side in sides if not side.party]
    if actors:
        tables.append("\n# Whom claims may be about, but who holds no ground. guessed.\n")
    names = [f"{side.group.id} = {quoted(side.patterns)}" for side in sides if side.patterns]
    tail = _TAIL.format(
        actor_names="\n".join(names),
        country_of=_country_of(countries),
        leans="\n".join(f"{s.group.id} = {quoted([s.group.id])}" for s in parties),
    )
    return head + "".join(tables + actors) + tail


def _country_of(countries: Mapping[str, str]) -> str:
    if not countries:
        return ""
    rows = "\n".join(f"{quoted(name)} = {quoted(party)}" for name, party in countries.items())
    return (
        "\n# Whose country it is: the party whose own forces regain ground there. guessed.\n"
        f"[country_of]\n{rows}\n"
    )


def _side(side: Side, number: int | None, lands: Mapping[str, str]) -> str:
    """Write the table of a party, or of an actor (no number)."""
    group = side.group
    told = (
        f"{side.told:,} rows, {side.ground:,} about ground"
        if side.told
        else "of the last known line"
    )
    lines = [
        "",
        f"[{'actors' if number is None else 'parties'}.{group.id}] # {told}",
        f"name = {quoted(group.name)}",
    ]
    if number is not None:
        colour, pattern = look(number)
        lines += [f"color = {quoted(colour)}", f"pattern = {quoted(pattern)}"]
        if group.state:
            lines.append("state = true # guessed from its name")
    lines.append(f"words = {quoted(side.words)} # review: what reports call it")
    if group.id in lands:
        lines.append(f"land = {quoted(lands[group.id])} # its own country, a way out for its side")
    return "\n".join(lines) + "\n"


def added_text(text: str, sides: Sequence[Side], lands: Mapping[str, str]) -> tuple[str, list[str]]:
    """Add sides and names that a file lacks; nothing that stands in it is touched.

    Parameters
    ----------
    text
        The file as people have it.
    sides
        Sides that the data name.
    lands
        As for `new_text`.

    Returns
    -------
    text, said
        The file with the additions, and what they are.

    Raises
    ------
    DataError
        If the file cannot be added to.
    """
    before = tomllib.loads(text)
    known = {*before.get("parties", {}), *before.get("actors", {})}
    names: dict[str, list[str]] = before.get("actor_names", {})
    # A side whose names another has was given another id by somebody.
    taken = [pattern for key in names.keys() & known for pattern in names[key]]
    fresh = [
        side
        for side in sides
        if side.group.id not in known
        and not any(fnmatchcase(name, t) for name in side.group.patterns for t in taken)
    ]
    ours = known | {side.group.id for side in fresh}
    sides = [side for side in sides if side.group.id in ours]
    said = [
        f"{'party' if side.party else 'actor'} {side.group.id} added to theatre.toml"
        for side in fresh
    ]
    text, unsaid = _with_names(text, sides, names)
    text = _with_leans(text, fresh, before.get("leans", {}))
    number, tables = len(before.get("parties", {})), []
    for side in fresh:
        tables.append(_side(side, number if side.party else None, lands))
        number += side.party
    if tables:
        text = text.rstrip("\n") + "\n" + "".join(tables)
    _check_kept(before, text)
    return text, said + unsaid


def _with_names(
    text: str, sides: Sequence[Side], names: Mapping[str, list[str]]
) -> tuple[str, list[str]]:
    """Add what datasets call sides that have no such names; of others say which are missing."""
    taken = {name for several in names.values() for name in several}
    more = {
        side.group.id: [p for p in side.patterns if not any(fnmatchcase(p, t) for t in taken)]
        for side in sides
    }
    lines = "".join(f"{key} = {quoted(p)}\n" for key, p in more.items() if p and key not in names)
    said = [
        f"review: add {quoted(p)} to actor_names.{key} in theatre.toml"
        for key, p in more.items()
        if p and key in names
    ]
    return (_into_table(text, "actor_names", lines) if lines else text), said


def _with_leans(text: str, fresh: Sequence[Side], leans: Mapping[str, list[str]]) -> str:
    """Add a lean for each new party, and the one of sources that have none."""
    new = sorted({side.group.id for side in fresh if side.party} - leans.keys())
    lines = "".join(f"{key} = {quoted([key])}\n" for key in new)
    lines += "" if "independent" in leans else "independent = []\n"
    return _into_table(text, "leans", lines) if lines else text


def _into_table(text: str, table: str, lines: str) -> str:
    """Put lines right behind the header of a table, which is made if there is none."""
    header = re.compile(rf"^\[{table}\][^\n]*\n", re.MULTILINE)
    found = header.search(text)
    if found is None:
        return text.rstrip("\n") + f"\n\n[{table}]\n{lines}"
    return text[: found.end()] + lines + text[found.end() :]


def _check_kept(before: Mapping[str, Any], text: str) -> None:
    """Refuse an addition that would change what the file said."""
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = f"cannot be added to ({error}); add the parties and actor_names yourself"
        raise DataError("theatre.toml", reason) from None
    for key, value in before.items():
        same = after[key] == value
        if not same and isinstance(value, dict):
            same = all(after[key].get(k) == v for k, v in value.items())
        if not same:
            reason = "cannot be added to without changing it; add what the data name yourself"
            raise DataError("theatre.toml", reason, key=key)
