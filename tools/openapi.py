"""The OpenAPI document of the public API, generated from the routers and their contracts.

    python -m tools.openapi             write the served document
    python -m tools.openapi --check     fail when it is not what the code says, when an endpoint
                                        has no contract, or when a client of the released
                                        document would break
    python -m tools.openapi --release   make the served document the released one
    python -m tools.openapi --print     print it whole

The served document stands beside the function that serves it; the released one, in `docs/openapi`,
is what clients hold us to. Each is kept in parts, so that no file grows too large to read.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.openapi_breaking import breaks
from tools.openapi_document import document, undeclared

ROOT = Path(__file__).resolve().parents[1]
SERVED = ROOT / "functions" / "report_intake" / "openapi"
RELEASED = ROOT / "docs" / "openapi"
FILES = ("head", "paths", "staff", "components")
"""What a folder holds: `staff` are the paths of staff, `paths` all others."""
STAFFS = "/v1/staff"
LARGEST = 200_000


def parts(told: Mapping[str, Any]) -> dict[str, str]:
    """The document as the texts of its files, by name."""
    head = {name: part for name, part in told.items() if name not in FILES}
    paths = told["paths"]
    return {
        "head": _compact(head) + "\n",
        "paths": _lines({p: paths[p] for p in paths if not p.startswith(STAFFS)}, deep=False),
        "staff": _lines({p: paths[p] for p in paths if p.startswith(STAFFS)}, deep=False),
        "components": _lines(told["components"], deep=True),
    }


def joined(texts: Mapping[str, str]) -> Any:
    """The document of its files."""
    head, paths, staff, components = (json.loads(texts[name]) for name in FILES)
    return head | {"paths": paths | staff, "components": components}


def read(folder: Path) -> dict[str, str]:
    """The texts of a folder, by name; empty ones where nothing was written yet."""
    files = {name: folder / f"{name}.json" for name in FILES}
    return {name: file.read_text() if file.exists() else "{}" for name, file in files.items()}


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.json").write_text(text)


def _lines(part: Mapping[str, Any], *, deep: bool) -> str:
    """JSON with one path, or one component, on a line: short, and readable in a diff."""
    rows = [
        f"{json.dumps(name)}: {_lines(member, deep=False) if deep else _compact(member)}"
        for name, member in part.items()
    ]
    return "{\n" + ",\n".join(rows).replace("\n}\n", "\n}") + "\n}\n"


def _compact(part: object) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def faults(
    served: Mapping[str, str], generated: Mapping[str, str], released: Mapping[str, str]
) -> list[str]:
    """What is wrong, in sentences; empty when nothing is."""
    found = undeclared()
    if served != generated:
        found.append(f"{SERVED.relative_to(ROOT)} is not what the code says: run `make openapi`")
    for name, text in generated.items():
        if len(text.encode()) > LARGEST:
            found.append(f"{name} has {len(text.encode())} bytes, more than {LARGEST}")
    old = joined(released)
    if "openapi" in old:
        found += [f"breaks clients: {one}" for one in breaks(old, joined(generated))]
    return found


def main(arguments: Sequence[str]) -> int:
    """Write, check, release or print; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.openapi")
    for option in ("--check", "--release", "--print"):
        parser.add_argument(option, action="store_true")
    asked = parser.parse_args(arguments)
    generated = parts(document())
    if asked.print:
        print(json.dumps(joined(generated), ensure_ascii=False, indent=1))
        return 0
    if not asked.check:
        write(SERVED, generated)
    if asked.release:
        write(RELEASED, generated)
    found = faults(read(SERVED), generated, read(RELEASED))
    operations = sum(len(path) for path in joined(generated)["paths"].values())
    print("\n".join(found) or f"{operations} operations are as the document says")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
