"""How far the bundled map agrees with places and days of publishers that are in none of its claims.

Run ``make check-truth``; what is counted, and how, stands in `tests/users/place_days.py`.
"""

from __future__ import annotations

import sys

import geoline
from tests.users.place_days import judge, read_place_days, shares


def main() -> int:
    """Print what agrees, and every row that differs; 1 if one of them is not explained."""
    judged = judge(geoline.load_theatre(), read_place_days())
    for group, (agree, there) in shares(judged).items():
        print(f"{group:28} {agree:4} of {there:4}  {agree / there:.3f}")
    differing = [one for one in judged if not one.agrees]
    for one in differing:
        row = one.row
        print(
            f"{row.day} {row.place_id}: {row.holder} by {row.publisher} ({row.kind}, {row.half}),"
            f" map {one.computed}: {row.why or 'not explained'}"
        )
    return int(not all(one.row.why for one in differing))


if __name__ == "__main__":
    sys.exit(main())
