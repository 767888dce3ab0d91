"""What a text must say besides for a name of a long list: other names of it nearby, best near it.

The more names a list has, the more words of other countries' news are like one: of the towns that
they name one in fourteen sounds like one of Syria's 10,700 places. A report on the country names
more of them close by, and near to each other on the ground; news of elsewhere does not.

Spans with the places that they may mean come in; what each is worth with its support goes out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.gazetteer.place import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geoline.gazetteer.resolution import Resolution

    Floats = NDArray[np.float64]

__all__ = ["Named", "supported"]

# How far around a name others support it (code points), and how near their places lie to its own
# where they do (kilometres: half at this distance).
AROUND, REACH_KM, FALL = 600, 10.0, 3
# Candidates of a name that are looked at.
FEW = 3
# Fitted by `tests/benchmarks/scan_country.py --fit` on reports and on news of other countries: a
# constant, and what counts the weight of the name by itself (up to STRONGEST), how many others lie
# near it, how many others are named at all, whether it stands in a list, and has several words.
CONSTANT = -6.5
WEIGHTS = (0.55, 3.69, 2.72, 0.77, 1.28)
STRONGEST, NEARNESS = 9.0, 20.0
# Names looked at together.
AT_ONCE = 2000

_LIST_BEFORE = re.compile(r"(?:,| and| or|،|/) ?و?$")
_LIST_BEHIND = re.compile(r"(?:, |,? and |,? or |، ?| و|/)")
_WORDS_PARTED = re.compile(r"[ -]")
# Code points of a list's joint.
JOINT = 6


class Named(NamedTuple):
    """A span of a text, its name, its weight by itself and what it may mean."""

    start: int
    end: int
    letters: str
    weight: float
    answer: Resolution


def supported(text: str, named: Sequence[Named]) -> Floats:
    """Give what each name is worth with what stands around it: above 0 it is rather meant.

    Parameters
    ----------
    text
        The text.
    named
        Its names, in order.

    Returns
    -------
    Log odds, one a name.
    """
    worth: Floats = CONSTANT + signs(text, named) @ np.array(WEIGHTS)
    return worth


def signs(text: str, named: Sequence[Named]) -> Floats:
    """Give what is weighed of each name: an array (names, `WEIGHTS`)."""
    near, others = _company(named)
    return np.column_stack(
        (
            np.minimum([one.weight for one in named], STRONGEST),
            near,
            others,
            [_in_list(text, one) for one in named],
            [_WORDS_PARTED.search(text, one.start, one.end) is not None for one in named],
        )
    ).astype(np.float64)


def _in_list(text: str, one: Named) -> bool:
    before = text[max(0, one.start - JOINT) : one.start]
    behind = _LIST_BEHIND.match(text, one.end, one.end + JOINT)
    return behind is not None or _LIST_BEFORE.search(before) is not None


def _company(named: Sequence[Named]) -> tuple[Floats, Floats]:
    """Tell how many other names stand around each: near it on the ground, and at all (logs)."""
    numbers: dict[str, int] = {}
    name = np.array([numbers.setdefault(n.letters, len(numbers)) for n in named], dtype=np.int64)
    starts = np.array([n.start for n in named], dtype=np.int64)
    at, share, place = _candidates(named)
    near, others = np.zeros(len(named)), np.zeros(len(named))
    sure = 1.0 / (1.0 + np.exp(-np.array([n.weight for n in named])))
    for begin in range(0, len(named), AT_ONCE):
        one, two = _beside(starts, begin, min(begin + AT_ONCE, len(named)))
        same = (place[one][:, :, None] == place[two][:, None, :]).any(axis=(1, 2))
        kept = (name[one] != name[two]) & ~same
        one, two = one[kept], two[kept]
        # Another name counts once, however often it stands around.
        _, first = np.unique(one * len(numbers) + name[two], return_index=True)
        one, two = one[first], two[first]
        apart = great_circle_km(
            at[one, :, None, 0], at[one, :, None, 1], at[two, None, :, 0], at[two, None, :, 1]
        )
        close = share[two][:, None, :] / (1.0 + (apart / REACH_KM) ** FALL)
        mine = share[one] / np.maximum(share[one].sum(axis=1, keepdims=True), 1e-9)
        near += np.bincount(one, (close.sum(axis=2) * mine).sum(axis=1) * sure[two], len(named))
        others += np.bincount(one, sure[two], len(named))
    return np.log1p(NEARNESS * near) / np.log1p(NEARNESS), np.log1p(others)


def _beside(
    starts: NDArray[np.int64], begin: int, end: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the pairs of some names with all that stand within `AROUND` of them."""
    some = starts[begin:end]
    first = np.searchsorted(starts, some - AROUND)
    counts = np.searchsorted(starts, some + AROUND, side="right") - first
    before = np.cumsum(counts) - counts
    other = np.arange(int(counts.sum())) + np.repeat(first - before, counts)
    return np.repeat(np.arange(begin, end), counts), other


def _candidates(named: Sequence[Named]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Give the first candidates of each name: where, how likely, and numbers (negative: none)."""
    at = np.zeros((len(named), FEW, 2))
    share = np.zeros((len(named), FEW))
    place = np.tile(-1 - np.arange(FEW), (len(named), 1)) - FEW * np.arange(len(named))[:, None]
    numbers: dict[str, int] = {}
    for row, one in enumerate(named):
        for column, candidate in enumerate(one.answer.candidates[:FEW]):
            at[row, column] = candidate.lat, candidate.lon
            share[row, column] = candidate.score
            place[row, column] = numbers.setdefault(candidate.id, len(numbers))
    return at, share, place
