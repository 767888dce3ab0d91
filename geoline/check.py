"""Whether the map agrees with what was published, and by how much.

A verdict for each figure: it agrees within the tolerance of its kind, or within what the map itself
may be off by; it differs, and by how much; or the map cannot say, and why. Where two publications
give the same quantity differently, it is said which the map is nearer to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from geoline.figure_terms import Measure, NotCheckableError
from geoline.figures import Figure, read_figures
from geoline.measures import measure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geoline.figures import Kind
    from geoline.situation import Situations

__all__ = ["Checked", "Finding", "check"]

AGREES, DIFFERS, NOT_CHECKABLE = "agrees", "differs", "not checkable"
# Areas and counts within 15 %, distances and lengths within 2 km, shares within 4 points, days
# within 1.
SHARE_OF_VALUE = 0.15
TOLERANCES: dict[Kind, float] = {
    "front distance": 2.0, "distance": 2.0, "road length": 2.0, "share": 4.0, "road cut": 1.0,
    "road held": 1.0, "place changed": 1.0,
}  # fmt: skip
EVENTS = frozenset({"road cut", "road held", "place changed"})
UNITS: dict[Kind, str] = {
    "area": "km²", "places": "places", "front distance": "km", "distance": "km", "share": "%",
    "posts": "posts", "road length": "km", "road cut": "days", "road held": "days",
    "place changed": "days",
}  # fmt: skip
# "(CONFLICT with 13 km)": another publication's number, noted with the figure.
_CONFLICT = re.compile(r"conflict with (?:about )?(\d[\d,.]*)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What came of one figure.

    Parameters
    ----------
    id, row
        Of the figure; row None if its file does not say.
    quantity, where, source
        As written; what the figure is about.
    published, computed
        In words, with their units; computed is empty where the map cannot say.
    unit
        Of the tolerance.
    tolerance
        How far off agrees, in the unit; None where the map cannot say.
    verdict
        `agrees`, `differs` or `not checkable`.
    why
        The reason, in one line.
    """

    id: str
    row: int | None
    quantity: str
    where: str
    source: str
    published: str
    computed: str
    unit: str
    tolerance: float | None
    verdict: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """All findings, and the share of the checkable figures that agree (None if none is)."""

    findings: tuple[Finding, ...]

    @property
    def checkable(self) -> int:
        """Number of figures that the map can be held against."""
        return sum(f.verdict != NOT_CHECKABLE for f in self.findings)

    @property
    def agreeing(self) -> int:
        """Number of figures that agree."""
        return sum(f.verdict == AGREES for f in self.findings)

    @property
    def score(self) -> float | None:
        """Share of the checkable figures that agree, 0 to 1."""
        return self.agreeing / self.checkable if self.checkable else None


def check(path: Path, whole: Situations) -> Checked:
    """Check a table of published figures against the map.

    Parameters
    ----------
    path
        As `geoline.figures.read_figures` takes it.
    whole
        The theatre, as known on some day.

    Raises
    ------
    DataError
        If the file is no table of figures.
    """
    figures, errors = read_figures(path)
    measured: dict[str, Measure] = {}
    findings: list[Finding] = []
    for figure in figures:
        try:
            measured[figure.id] = measure(figure, whole)
        except NotCheckableError as reason:
            findings.append(_finding(figure, NOT_CHECKABLE, str(reason)))
            continue
        findings.append(_judge(figure, measured[figure.id], figures))
    for name, error in errors:
        findings.append(
            Finding(
                id=name,
                row=error.row,
                quantity="",
                where="",
                source="",
                published="",
                computed="",
                unit="",
                tolerance=None,
                verdict=NOT_CHECKABLE,
                why=str(error),
            )
        )
    return Checked(findings=tuple(sorted(findings, key=lambda f: f.row or 0)))


def _judge(figure: Figure, found: Measure, figures: Sequence[Figure]) -> Finding:
    """Compare what was computed with what was published."""
    value = figure.value
    tolerance = TOLERANCES.get(figure.kind, SHARE_OF_VALUE * value.number)
    why = found.detail
    if figure.kind in EVENTS:
        good = abs(found.value) <= tolerance
        off = "" if found.value in {0, inf} else f"{abs(found.value):.0f} day(s) "
        off += "" if not off else "later" if found.value > 0 else "earlier"
        why += f"; {off}" if off else ""
    else:
        within = value.allows(found.value, tolerance)
        may_be = value.allows(found.low, tolerance=0) or value.allows(found.high, tolerance=0)
        may_be |= found.low <= value.number <= found.high
        good = within or may_be
        difference = found.value - value.number
        if good and not within:
            why += f"; within what the map may be off by ({found.low:.1f} to {found.high:.1f})"
        elif not good:
            percent = f", {100 * difference / value.number:+.0f} %" if value.number else ""
            why += f"; {difference:+.1f} {UNITS[figure.kind]}{percent}"
    conflict = _contradicted(figure, found, figures)
    return _finding(
        figure,
        AGREES if good else DIFFERS,
        why + (f"; {conflict}" if conflict else ""),
        found,
        tolerance,
    )


def _contradicted(figure: Figure, found: Measure, figures: Sequence[Figure]) -> str:
    """Say which of two publications that contradict each other the map is nearer to."""
    rivals = [
        (other.id, other.value.number)
        for other in figures
        if other.id != figure.id
        and other.kind == figure.kind
        and other.where == figure.where
        and (other.first, other.last) == (figure.first, figure.last)
        and other.value.number != figure.value.number
    ]
    noted = _CONFLICT.search(figure.words)
    if noted and figure.kind not in EVENTS:
        rivals.append(("its note", float(noted[1].replace(",", "").rstrip("."))))
    if not rivals or figure.kind in EVENTS:
        return ""
    name, number = rivals[0]
    mine, theirs = abs(found.value - figure.value.number), abs(found.value - number)
    nearer = "this one" if mine <= theirs else f"{number:g}"
    return f"{name} gives {number:g}; the map is nearer to {nearer}"


def _finding(
    figure: Figure,
    verdict: str,
    why: str,
    found: Measure | None = None,
    tolerance: float | None = None,
) -> Finding:
    value, unit = figure.value, UNITS.get(figure.kind, figure.unit)
    published = figure.unit
    if figure.kind in EVENTS:
        published = str(figure.first)
        if figure.last != figure.first:
            published += f" to {figure.last}"
    elif figure.kind != "other":
        bound = "" if value.operator == "about" else f"{value.operator} "
        upper = f" to {value.high:g}" if value.high != value.number else ""
        published = f"{bound}{value.number:g}{upper} {unit}"
    return Finding(
        id=figure.id,
        row=figure.row,
        quantity=figure.quantity,
        where=figure.where,
        source=figure.source,
        published=published,
        computed=found.shown if found else "",
        unit=unit,
        tolerance=None if tolerance is None else round(tolerance, 2),
        verdict=verdict,
        why=why,
    )
