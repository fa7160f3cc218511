"""The ceiling of the house: no module, test or not, has more than 250 lines.

python -m tools.sizes
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CEILING = 250
TREES = ("layers", "functions", "simulators", "tools", "tests")
ONE_MACHINE = frozenset(
    {
        "tests/unit/case/test_any_history.py",
    }
)
"""State machines of hypothesis: their rules are methods of one class."""


def too_long(root: Path, excused: frozenset[str] = ONE_MACHINE) -> Iterator[str]:
    """What is over the ceiling, and every excuse that nothing needs any more."""
    needed = set()
    for tree in TREES:
        for path in sorted((root / tree).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines <= CEILING:
                continue
            needed.add(name)
            if name not in excused:
                yield f"{name} has {lines} lines: at most {CEILING}"
    yield from (f"{name} needs no excuse any more" for name in sorted(excused - needed))


def main() -> int:
    """Name what is too long; exit 1 when anything is."""
    found = list(too_long(ROOT))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
