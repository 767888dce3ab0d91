"""Learn what exchanging letters costs, and print the table of `geoline.names.letter_costs`.

Half of the places of `tests/benchmarks/gazetteer.py` (the half that fits
`geoline.names.spelling_index`) give pairs of spellings: each spelling with that of the same place
that is nearest to it and has other ASCII letters. Each round aligns the pairs at the least cost and
counts what stood for what.
"""

from __future__ import annotations

import random
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geoline.names.folding import is_arabic, plain, reading
from geoline.names.letter_costs import SIGNS
from geoline.names.romanisation import encode, letters, surprises

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

BENCHMARK = runpy.run_path(str(Path(__file__).with_name("gazetteer.py")))
ROUNDS, MOST, NEAREST_OF = 6, 6000, 40
# A pair that costs more than this a letter is of two names, not of two spellings of one.
APART = 1.1
# How many letters the prior counts for; the prior chance that a letter is left out.
FAITH, LEFT_OUT = 2.0, 0.3
COUNT, ARABIC = len(SIGNS), SIGNS.index("_")
VOWELS = "aiueoyAIUOQYEF _وايىئءؤە"
SOUNDS = {
    **dict(zip("AIUPNBHZXGDTJOQYR", "aiustdhzxGdtjuuiG", strict=True)),
    "S": "sh",
    "C": "ch",
    "X": "kh",
    "G": "gh",
    "R": "gh",
}


def start() -> npt.NDArray[np.float64]:
    """Costs to begin with: letters of one class of `geoline.names.folding` for each other."""
    sounds = ["", ""] + [
        reading(SOUNDS.get(sign, sign)) if sign not in "EF _" else "" for sign in SIGNS[2:]
    ]
    cost = np.full((COUNT, COUNT), 4.0)
    for x, mine in enumerate(sounds):
        for y, other in enumerate(sounds):
            if mine and other:
                both = (mine in "aiu") + (other in "aiu")
                cost[x, y] = 0.3 if mine == other else {0: 3.5, 1: 4.0, 2: 2.0}[both]
    cost[:2], cost[:, :2] = 2.5, 2.5
    for sign in VOWELS:
        cost[:2, SIGNS.index(sign)] = cost[SIGNS.index(sign), :2] = 1.2
    np.fill_diagonal(cost, 0.0)
    return cost


def pairs(towns: object, half: set[int]) -> Iterator[tuple[str, list[str]]]:
    """Spellings, and those of the same place that they may be written for."""
    for place in sorted(half):
        names = towns.names[place]  # type: ignore[attr-defined]
        cased = [n for n in names if is_arabic(n) or any(c.isupper() for c in n)]
        latin: dict[str, list[str]] = {}
        for name in cased:
            if not is_arabic(name):
                latin.setdefault(plain(name), []).append(letters(name))
        arabic = list(dict.fromkeys(letters(name) for name in cased if is_arabic(name)))
        every = [one for spelt in latin.values() for one in spelt]
        for key, spelt in latin.items():
            yield spelt[0], [one for other, ones in latin.items() if other != key for one in ones]
            yield spelt[0], arabic
        for one in arabic:
            yield one, every
            yield one, [other for other in arabic if other != one]


def aligned(
    asked: list[int], listed: list[int], cost: list[list[float]], nothing: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Which sign stands for which, at the least cost."""
    no_sign, no_letter = nothing
    best = [[0.0] * (len(listed) + 1) for _ in range(len(asked) + 1)]
    for i in range(len(asked) + 1):
        for j in range(len(listed) + 1):
            ways = []
            if i and j:
                ways.append(best[i - 1][j - 1] + cost[asked[i - 1]][listed[j - 1]])
            if i:
                ways.append(best[i - 1][j] + cost[asked[i - 1]][no_sign])
            if j:
                ways.append(best[i][j - 1] + cost[no_letter][listed[j - 1]])
            best[i][j] = min(ways, default=0.0)
    i, j = len(asked), len(listed)
    while i or j:
        if i and j and best[i][j] == best[i - 1][j - 1] + cost[asked[i - 1]][listed[j - 1]]:
            i, j = i - 1, j - 1
            yield asked[i], listed[j]
        elif i and best[i][j] == best[i - 1][j] + cost[asked[i - 1]][no_sign]:
            i -= 1
            yield asked[i], no_sign
        else:
            j -= 1
            yield no_letter, listed[j]


def counted(
    examples: list[tuple[str, list[str]]], cost: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Count what stands for what in the nearest pairs."""
    of = np.array([n for n, (_, others) in enumerate(examples) for _ in others[:NEAREST_OF]])
    asked = encode([spelling for spelling, _ in examples])
    listed = encode([other for _, others in examples for other in others[:NEAREST_OF]])
    prices = surprises(asked, listed, (of, np.arange(len(of))), cost.astype(np.float32))
    counts, table = np.zeros((COUNT, COUNT)), cost.tolist()
    order = np.lexsort((prices, of))
    first = order[np.append(True, of[order][1:] != of[order][:-1])]
    for n in first.tolist():
        q = of[n]
        if prices[n] <= APART * asked[1][q]:
            written = asked[0][: asked[1][q], q].tolist()
            heard = listed[0][: listed[1][n], n].tolist()
            for x, y in aligned(written, heard, table, (int(listed[2][n]), int(asked[2][q]))):
                counts[x, y] += 1
    return counts


def learned(
    counts: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Costs of signs, given those they stand for, and of signs by themselves."""
    cost, alone = np.full((COUNT, COUNT), 9.0), np.zeros(COUNT)
    scripts = [np.arange(2, ARABIC), np.arange(ARABIC, COUNT)]
    for script, mine in enumerate(scripts):
        share = counts[mine].sum(axis=1) + 0.5
        share /= share.sum()
        alone[mine] = -np.log(share)
        rows = np.append(script, mine)
        prior = np.append(LEFT_OUT, (1 - LEFT_OUT) * share)
        for other, theirs in enumerate(scripts):
            block = counts[np.ix_(rows, theirs)]
            chance = (block + FAITH * prior[:, None]) / (block.sum(axis=0) + FAITH)
            cost[np.ix_(rows, theirs)] = -np.log(np.maximum(chance, 1e-6))
            put_in = counts[mine, other] + share * 0.5 * len(mine) ** 0.5
            total = counts[mine, other].sum() + block.sum()
            cost[mine, other] = -np.log(np.maximum(put_in / total, 1e-6))
    cost[:2, :2] = 0.0
    return cost, alone


def main() -> None:
    """Print the table."""
    draw = random.Random(BENCHMARK["SEED"])
    towns = BENCHMARK["Towns"](BENCHMARK["COUNTRIES"])
    half = {n for n in range(len(towns.names)) if draw.random() < 1 / 2}
    examples = [(one, others) for one, others in pairs(towns, half) if one and any(others)]
    examples = [(one, [o for o in others if o]) for one, others in examples]
    kinds: dict[tuple[bool, bool], list[tuple[str, list[str]]]] = {}
    for one, others in examples:
        kinds.setdefault((is_arabic(one), is_arabic(others[0])), []).append((one, others))
    cost = start()
    for _ in range(ROUNDS):
        counts = sum(
            counted(draw.sample(some, min(MOST, len(some))), cost) for some in kinds.values()
        )
        cost, alone = learned(np.asarray(counts))
    for row in (*cost, alone):
        print("".join(chr(ord("0") + round(4 * value)) for value in row))


if __name__ == "__main__":
    main()
