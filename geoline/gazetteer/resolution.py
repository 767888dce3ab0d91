"""The answer for a name, and the probabilities behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geoline.repr_html import Markup, html_table, share_bar

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LEAST_SCORE", "Candidate", "Odds", "Resolution", "closeness"]

# A candidate is worth naming from this probability on.
LEAST_SCORE = 0.01
# Candidates that a message names.
MOST_TOLD = 3
# Context: how fast a place counts for less with its distance (kilometres), and the least it counts.
NEAR_KM, FAR_AWAY = 8.0, 0.002


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A place that a name may mean, and the probability that it does (`score`, 0 to 1)."""

    id: str
    name: str
    lat: float
    lon: float
    score: float
    matched_name: str
    uncertainty_m: float
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """The answer for one name: `resolved`, `ambiguous` or `unknown`, candidates best first.

    Of an `unknown` name the candidates are the nearest places, each with the little that it is
    worth: what somebody may have meant, never an answer.
    """

    query: str
    status: Literal["resolved", "ambiguous", "unknown"]
    candidates: tuple[Candidate, ...] = ()
    decided_by: str = ""

    def told(self) -> str:
        """Say what the name is not, and what it may be: for messages.

        Examples
        --------
        >>> Resolution(query="Mordor", status="unknown").told()
        "'Mordor' is unknown"
        """
        said = f"'{self.query}' is {self.status}"
        if self.status == "unknown" and self.decided_by:
            return f"{said}: {self.decided_by}"
        if not self.candidates:
            return said
        names = ", ".join(
            f"{c.name} ({c.id})" if c.name != c.id else c.id for c in self.candidates[:MOST_TOLD]
        )
        return f"{said}; did you mean {names}?" if self.status == "unknown" else f"{said}: {names}"

    def _repr_html_(self) -> str:
        said = f"{self.query}: {self.status}"
        rows = [
            (
                c.name,
                Markup(f"{share_bar(c.score)} {c.score:.2f}"),
                f"{c.lat:.4f}, {c.lon:.4f}",
                f"{c.uncertainty_m:.0f}",
                c.matched_name,
                c.id,
            )
            for c in self.candidates
        ]
        columns = ["place", "probability", "latitude, longitude", "± m", "matched", "id"]
        return html_table(columns if rows else [], rows, said)


@dataclass(frozen=True, slots=True)
class Odds:
    """The places that a name may be, each with its weight against "none of these" (1)."""

    places: NDArray[np.intp]
    matched: list[str]
    weights: NDArray[np.float64]

    @property
    def known(self) -> float:
        """How likely the name is any of them."""
        total = float(self.weights.sum())
        return total / (1.0 + total)

    def shares(
        self, context: NDArray[np.float64], elsewhere: float | None = None
    ) -> NDArray[np.float64]:
        """Probabilities of the places in a context that multiplies their weights.

        The context moves probability between the places; how likely the name is any of them at all
        follows from the name – unless it is said what the context of a place that is not listed
        would be (`elsewhere`).
        """
        if len(self.places) == 0:
            return self.weights
        weights = self.weights * context
        total = weights.sum()
        if total <= 0:
            return np.zeros(len(weights))
        if elsewhere is not None:
            against: NDArray[np.float64] = weights / (total + elsewhere)
            return against
        known = self.weights[context > 0].sum()
        shares: NDArray[np.float64] = weights / total * known / (1.0 + known)
        return shares


def closeness(apart_km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weigh distances: half at `NEAR_KM`, with a long tail, since reports wander."""
    return 1.0 / (1.0 + (apart_km / NEAR_KM) ** 2) + FAR_AWAY
