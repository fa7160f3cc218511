"""How long one assessment takes: 10,000 mixed facts, parsed, assessed and written, median."""

import json
import statistics
import sys
import time
from pathlib import Path

from amends.commands.quote import quote

COUNT = 10_000
CEILING_MS = 1.0


def main() -> int:
    """Print median and 99th percentile in milliseconds; fail when the median is 1 ms or more."""
    data = Path(__file__).parents[1] / "tests" / "data"
    documents = [
        vector["facts"]
        for name in ("compensation_examples.json", "own_vectors.json")
        for kind in ("vectors", "presumed_loss")
        for vector in json.loads((data / name).read_text("utf-8"))[kind]
    ]
    for document in documents:  # each regime is imported once, before the clock runs
        quote(document)
    taken = []
    for number in range(COUNT):
        start = time.perf_counter()
        quote(documents[number % len(documents)])
        taken.append((time.perf_counter() - start) * 1000)
    median = statistics.median(taken)
    slowest = statistics.quantiles(taken, n=100)[98]
    print(f"{COUNT} quotes: median {median:.3f} ms, 99 % below {slowest:.3f} ms")
    return 0 if median < CEILING_MS else 1


if __name__ == "__main__":
    sys.exit(main())
