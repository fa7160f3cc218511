"""The OpenAPI document of the public API, generated from the routers and their contracts.

    python -m tools.openapi             write the served document
    python -m tools.openapi --check     fail when it is not what the code says, when an endpoint
                                        has no contract, or when a client of the released
                                        document would break
    python -m tools.openapi --release   make the served document the released one

The served document stands beside the function that serves it; the released one,
`docs/openapi.json`, is what clients hold us to.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.openapi_breaking import breaks
from tools.openapi_document import document, undeclared

ROOT = Path(__file__).resolve().parents[1]
SERVED = ROOT / "functions" / "report_intake" / "openapi.json"
RELEASED = ROOT / "docs" / "openapi.json"
LARGEST = 200_000


def dumps(told: dict[str, Any]) -> str:
    """JSON with one operation, or one component, on a line: short, and readable in a diff."""
    lines = []
    for name, part in told.items():
        if name in ("paths", "components"):
            inner = [_member(key, member) for key, member in part.items()]
            lines.append(f"{json.dumps(name)}: {{\n" + ",\n".join(inner) + "\n}")
        else:
            lines.append(f"{json.dumps(name)}: {_compact(part)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _member(name: str, part: dict[str, Any]) -> str:
    rows = [f"  {json.dumps(key)}: {_compact(member)}" for key, member in part.items()]
    return f" {json.dumps(name)}: {{\n" + ",\n".join(rows) + "\n }"


def _compact(part: object) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def faults(served: str, generated: str, released: str | None) -> list[str]:
    """What is wrong, in sentences; empty when nothing is."""
    found = undeclared()
    if served != generated:
        found.append(f"{SERVED.relative_to(ROOT)} is not what the code says: run tools.openapi")
    if len(generated.encode()) > LARGEST:
        found.append(f"the document has {len(generated.encode())} bytes, more than {LARGEST}")
    if released is not None:
        found += [f"breaks clients: {one}" for one in breaks(json.loads(released), document())]
    return found


def main(arguments: Sequence[str]) -> int:
    """Write, check or release; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.openapi")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--release", action="store_true")
    asked = parser.parse_args(arguments)
    generated = dumps(document())
    released = RELEASED.read_text() if RELEASED.exists() else None
    if not asked.check:
        SERVED.write_text(generated)
    if asked.release:
        RELEASED.write_text(generated)
        released = generated
    found = faults(SERVED.read_text(), generated, released)
    operations = sum(len(path) for path in json.loads(generated)["paths"].values())
    print("\n".join(found) or f"{operations} operations are as the document says")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
