"""Tests that wait go first, spread over the workers: others compute meanwhile.

`--dist worksteal` gives each worker one even stretch of the collection; whoever is done takes from
the end of another's. So each stretch begins with what waits for a deployed stack, in the order
in which stacks come up, and no long wait is left for the end.
"""

from collections.abc import Sequence
from typing import TypeVar

import pytest

Test = TypeVar("Test")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        items[:] = spread(items, [head(item) for item in items], workers)


def head(item: pytest.Item) -> int | None:
    """Which stretch a test begins: a stack that fails, one that does not, or its own mark."""
    fixtures = getattr(item, "fixturenames", ())
    if (own := item.get_closest_marker("stretch")) is not None:
        return int(own.args[0])
    if "faulty_stack" in fixtures:
        return 0
    if "stack" in fixtures:
        return 1
    return None


def spread(tests: Sequence[Test], heads: Sequence[int | None], workers: int) -> list[Test]:
    """The tests in an order whose even stretches begin with their heads; none lost, none twice."""
    plain = [test for test, place in zip(tests, heads, strict=True) if place is None]
    first: list[list[Test]] = [[] for _ in range(workers)]
    for test, place in zip(tests, heads, strict=True):
        if place is not None:
            first[place % workers].append(test)
    ordered: list[Test] = []
    for worker in range(workers):
        size = (len(tests) - len(ordered)) // (workers - worker)
        room = max(0, size - len(first[worker]))
        ordered += [*first[worker], *plain[:room]]
        plain = plain[room:]
    return ordered
