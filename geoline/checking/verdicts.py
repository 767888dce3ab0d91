"""Whether the map agrees with what was published, and by how much.

A verdict for each figure: it agrees within the tolerance of its kind, or within what the map itself
may be off by; it differs, and by how much; or the map cannot say, and why. Where two publications
give the same quantity differently, it is said which the map is nearer to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from math import inf, isfinite
from typing import TYPE_CHECKING

from geoline.checking.figures.figure import Figure, read_figures
from geoline.checking.figures.kinds import EVENTS, UNITS, Kind
from geoline.checking.meaning.terms import NotCheckableError, is_negated, sides_of
from geoline.checking.measures.measure import measure
from geoline.names import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geoline.checking.figures.values import Value
    from geoline.checking.measures.measured import Measure
    from geoline.situation import TheatreAsKnown

    # A figure and what it is about, for comparing it with others.

__all__ = ["Checked", "Finding", "check"]

AGREES, DIFFERS, NOT_CHECKABLE = "agrees", "differs", "not checkable"
# Areas, counts and the length of the front within 15 %, distances and lengths within 2 km, shares
# within 4 points, days within 1; bearings within half-way to the next of the eight winds.
SHARE_OF_VALUE = 0.15
TOLERANCES: dict[Kind, float] = {
    "front distance": 2.0, "distance": 2.0, "road length": 2.0, "share": 4.0, "road share": 4.0,
    "road cut": 1.0, "road held": 1.0, "place changed": 1.0, "place held": 1.0,
    "post encircled": 1.0, "bearing": 22.5,
}  # fmt: skip
# A bound ("more than 20") that the map exceeds so many times says little.
FAR_ABOVE = 2.0
# What is said of one place, however it is spelled.
OF_A_PLACE = frozenset({"front distance", "place changed", "place held", "post encircled"})
# "(CONFLICT with 13 km)": another publication's number, noted with the figure.
_CONFLICT = re.compile(
    r"conflict with (?:about )?(\d[\d,.]*)"
    r"(?!\d|\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What came of one figure.

    Parameters
    ----------
    id, row
        Of the figure; row None if its file does not say.
    quantity, where, source
        As written; what the figure is about.
    kind
        What is counted or measured; empty if the row could not be read.
    published, computed
        In words, with their units; computed is empty where the map cannot say.
    number, low, high
        What was computed, and what it may be, in the unit; for an event the days by which the map
        is later. None where the map cannot say, or has no such event near the day.
    unit
        Of the number and the tolerance.
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
    kind: str
    published: str
    computed: str
    number: float | None
    low: float | None
    high: float | None
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


def check(path: Path, as_known: TheatreAsKnown) -> Checked:
    """Check a table of published figures against the map.

    Parameters
    ----------
    path
        As `geoline.checking.figures.figure.read_figures` takes it.
    as_known
        The theatre, as known on some day.

    Raises
    ------
    DataError
        If the file is no table of figures.
    """
    figures, errors = read_figures(path)
    subjects = [_subject_of(figure, as_known) for figure in figures]
    about: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure, subject in zip(figures, subjects, strict=True):
        about[subject].append(figure)
    findings: list[Finding] = []
    for figure, subject in zip(figures, subjects, strict=True):
        try:
            found = measure(figure, as_known)
        except NotCheckableError as reason:
            findings.append(_finding(figure, NOT_CHECKABLE, str(reason)))
            continue
        others = [other for other in about[subject] if other is not figure]
        findings.append(_judge(figure, found, others))
    for name, error in errors:
        findings.append(
            Finding(
                id=name,
                row=error.row,
                quantity="",
                where="",
                source="",
                kind="",
                published="",
                computed="",
                number=None,
                low=None,
                high=None,
                unit="",
                tolerance=None,
                verdict=NOT_CHECKABLE,
                why=str(error),
            )
        )
    return Checked(findings=tuple(sorted(findings, key=lambda f: f.row or 0)))


def _judge(figure: Figure, found: Measure, others: Sequence[Figure]) -> Finding:
    """Compare what was computed with what was published."""
    value, unit = figure.value, UNITS[figure.kind]
    tolerance = _tolerance(figure)
    why = found.detail
    if figure.kind in EVENTS:
        good = abs(found.value) <= tolerance
        if found.value not in {0, inf}:
            why += f"; {abs(found.value):.0f} day(s) {'later' if found.value > 0 else 'earlier'}"
    else:
        within = value.allows(found.value, tolerance)
        evening = next((n for n in found.others if value.allows(n, tolerance)), None)
        good = within or evening is not None or value.reaches(found.low, found.high)
        end = value.high if found.value > value.high else value.number
        difference = found.value - end
        if evening is not None and not within:
            why += f"; {evening:.1f} {unit} the evening before"
            why += " or earlier in the span" if figure.last > figure.first else ""
        elif good and not within:
            why += (
                f"; the line, the day and the words leave {found.low:.1f} to {found.high:.1f} "
                f"{unit} open"
            )
        elif not good:
            percent = f", {100 * difference / end:+.0f} %" if end and unit not in "%°" else ""
            why += f"; {difference:+.1f} {unit}{percent}"
        elif value.operator in {"at least", "more than"} and found.value > FAR_ABOVE * end > 0:
            why += "; far above the bound"
    if found.against:
        good = False
        why += f"; {found.against}"
    conflict = _contradicted(figure, found, others)
    return _finding(
        figure,
        AGREES if good else DIFFERS,
        why + (f"; {conflict}" if conflict else ""),
        found,
        tolerance,
    )


def _tolerance(figure: Figure) -> float:
    return TOLERANCES.get(figure.kind, SHARE_OF_VALUE * figure.value.high)


def _contradicted(figure: Figure, found: Measure, others: Sequence[Figure]) -> str:
    """Say which of two publications that contradict each other the map is nearer to."""
    if figure.kind == "bearing":
        return ""
    rivals = _rivals(figure, found, others)
    noted = _CONFLICT.search(figure.words)
    if noted and figure.kind not in EVENTS:
        number = float(noted[1].replace(",", "").rstrip("."))
        rivals.append(("its note", f"{number:g}", abs(found.value - number)))
    if not rivals:
        return ""
    name, words, theirs = rivals[0]
    mine = abs(found.value if figure.kind in EVENTS else found.value - figure.value.number)
    nearer = "this one" if mine <= theirs else words
    return f"{name} gives {words}; the map is nearer to {nearer}"


def _rivals(
    figure: Figure, found: Measure, others: Sequence[Figure]
) -> list[tuple[str, str, float]]:
    """Give what others say of the same that cannot be true too: whose, what, how far off it is."""
    rivals: list[tuple[str, str, float]] = []
    for other in others:
        name = other.id or f"row {other.row}"
        if figure.kind in EVENTS:
            gap = max(other.first - figure.last, figure.first - other.last).days
            if gap > 0:
                rivals.append((name, _published(other), _days_off(other, figure, found)))
        elif not _agree(figure, other):
            far = abs(found.value - other.value.number)
            rivals.append((name, other.value.words, far))
    return rivals


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures of the same may both be right."""
    tolerance = min(_tolerance(one), _tolerance(other))
    (low, high), (least, most) = (_bounds(figure.value) for figure in (one, other))
    return low <= most + tolerance and least <= high + tolerance


def _bounds(value: Value) -> tuple[float, float]:
    """Least and most that a published number allows."""
    if value.operator in {"at least", "more than"}:
        return value.number, inf
    if value.operator in {"at most", "less than"}:
        return 0.0, value.high
    return value.number, value.high


def _days_off(other: Figure, figure: Figure, found: Measure) -> float:
    """Days from the map's day to those that another publication gives."""
    if found.value == inf:
        return inf
    base = figure.last if found.value > 0 else figure.first
    day = base + timedelta(days=int(found.value))
    return float(max((other.first - day).days, (day - other.last).days, 0))


def _subject_of(figure: Figure, as_known: TheatreAsKnown) -> tuple[object, ...]:
    """Give what two figures must share to be about the same."""
    sides = sides_of(figure, as_known, words_too=False)
    days = () if figure.kind in EVENTS else (figure.first, figure.last)
    of_place = figure.kind in OF_A_PLACE and figure.where
    answer = as_known.theatre.gazetteer.resolve(figure.where) if of_place else None
    sure = answer is not None and answer.status == "resolved"
    where = answer.candidates[0].id if answer and sure else plain(figure.where)
    return (figure.kind, where, sides.gains, sides.loses, is_negated(figure), *days)


def _finding(
    figure: Figure,
    verdict: str,
    why: str,
    found: Measure | None = None,
    tolerance: float | None = None,
) -> Finding:
    return Finding(
        id=figure.id,
        row=figure.row,
        quantity=figure.quantity,
        where=figure.where,
        source=figure.source,
        kind=figure.kind,
        published=_published(figure),
        computed=found.shown if found else "",
        number=_finite(found.value if found else None),
        low=_finite(found.low if found else None),
        high=_finite(found.high if found else None),
        unit=UNITS.get(figure.kind, figure.unit),
        tolerance=None if tolerance is None else round(tolerance, 2),
        verdict=verdict,
        why=why,
    )


def _finite(number: float | None) -> float | None:
    return round(float(number), 2) if number is not None and isfinite(number) else None


def _published(figure: Figure) -> str:
    """Say what was published, with its unit."""
    if figure.kind in EVENTS:
        return str(figure.first) + (f" to {figure.last}" if figure.last > figure.first else "")
    given = "" if figure.unit in figure.written else f" {figure.unit}"
    if figure.kind in {"other", "bearing"}:
        return f"{figure.written}{given}"
    unit = UNITS[figure.kind]
    words = f"{figure.value.words} {unit}"
    # In other units, or in words, it stands as written too.
    plainly = unit in {"places", "posts", "%"} or re.fullmatch(
        r"(?i)km(?:2|²)?|(?:square )?kilomet\w+", figure.unit
    )
    return words if plainly else f"{words} ({figure.written}{given})"
