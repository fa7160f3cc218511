"""Each worker's stretch of the suite begins with what waits; nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.shares import spread


def stretches(ordered: list[int], workers: int) -> list[list[int]]:
    """As `--dist worksteal` hands them out at first."""
    shares: list[list[int]] = []
    for worker in range(workers):
        size = len(ordered) // (workers - worker)
        shares.append(ordered[:size])
        ordered = ordered[size:]
    return shares


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_each_stretch_begins_with_its_own_waits(workers: int) -> None:
    heads: list[int | None] = [None] * 10 + [0, 0, 1, 1, 1, 2] + [None] * 24

    shares = stretches(spread(range(40), heads, workers), workers)

    for head, tests in {0: [10, 11], 1: [12, 13, 14], 2: [15]}.items():
        share = shares[head % workers]
        assert set(tests) <= set(share[:3])


@given(
    heads=st.lists(st.none() | st.integers(min_value=0, max_value=2), max_size=60),
    workers=st.integers(min_value=2, max_value=6),
)
def test_no_test_is_lost_and_none_comes_twice(heads: list[int | None], workers: int) -> None:
    assert sorted(spread(range(len(heads)), heads, workers)) == list(range(len(heads)))
