"""Whatever comes in is answered, or refused in one line, and nothing hangs; more by `make fuzz`."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.doors import doors
from tests.fuzz.fuzz import fault_of
from tests.fuzz.mutation import mutated


@pytest.mark.parametrize("name", sorted(doors()))
def test_what_is_valid_is_taken(name: str) -> None:
    """The inputs tried below would all be refused at the first look, and show nothing."""
    door = doors()[name]
    for data in door.valid:
        door.enter(data)


@pytest.mark.parametrize("name", sorted(doors()))
def test_what_goes_wrong_is_said_in_a_line(name: str) -> None:
    """A table from a spreadsheet, a page cut short or a long name ends in a traceback or never."""
    tries = max(4, round(40 * doors()[name].share))

    @settings(max_examples=tries, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**32))
    def tried(seed: int) -> None:
        random = Random(seed)
        valid = doors()[name].valid
        data = mutated(random.choice(valid), random, valid)
        assert not fault_of(name, data), data

    tried()
