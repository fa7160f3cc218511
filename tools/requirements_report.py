"""Which requirements of `docs/requirements.md` are proved by passing tests, and which are open.

Reads what the last whole run of the suite left in `.amends/requirements.json` (the plug-in
`tests/support/requirements.py` writes it). A requirement counts as covered when at least one test
marked with its id passed, and none failed.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "docs" / "requirements.md"
RESULT = ROOT / ".amends" / "requirements.json"
_ROW = re.compile(r"\| (\d{3}-\d+) \| ([^|]+) \|")


def catalogue() -> dict[str, str]:
    """Every requirement id with what is asked, in the catalogue's order."""
    rows = (_ROW.match(line) for line in CATALOGUE.read_text(encoding="utf-8").splitlines())
    return {row[1]: row[2].strip() for row in rows if row}


def report(known: Mapping[str, str], result: Mapping[str, Any]) -> list[str]:
    """The lines to print."""
    tests = result["requirements"]
    covered = [id_ for id_ in known if _is_covered(tests.get(id_, {}))]
    deployed = [id_ for id_ in covered if tests[id_]["deployed"]]
    broken = [id_ for id_ in known if tests.get(id_, {}).get("failed")]
    lines = [f"covered {len(covered)} of {len(known)}"]
    lines.append(f"of these {len(deployed)} by a test of the deployed system")
    if broken:
        lines.append(f"failing: {' '.join(broken)}")
    lines.append("open:")
    lines += [f"  {id_:8} {text}" for id_, text in known.items() if id_ not in covered]
    lines.append(f"(by the run of {result['finished_at']}, {result['passed']} tests passed)")
    return lines


def _is_covered(outcome: Mapping[str, Any]) -> bool:
    return bool(outcome.get("passed")) and not outcome.get("failed")


def main(arguments: Sequence[str]) -> int:
    """Print the report of a result; the last whole run's where no file is named."""
    path = Path(arguments[0]) if arguments else RESULT
    if not path.exists():
        print(f"{path.name} is not there yet: `make test` writes it", file=sys.stderr)
        return 1
    print("\n".join(report(catalogue(), json.loads(path.read_text()))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
