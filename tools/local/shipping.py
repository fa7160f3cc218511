"""`make build`: what `sam deploy` sends to AWS, in `.aws-sam/build` where it looks."""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.local.build import make, runtime
from tools.local.places import ROOT

BUILT = ROOT / ".aws-sam" / "build"


def interpreter(asked: str) -> Path:
    """A Python of that version on this machine, which runs: a version manager's shim may not."""
    if asked == runtime():
        return Path(sys.executable)
    found = shutil.which(asked)
    if found is None or subprocess.run([found, "-V"], capture_output=True, check=False).returncode:
        raise SystemExit(f"{asked} is not on this machine; name one that is: make build PY=…")
    return Path(found)


def pin(template: Path, **built: str) -> None:
    """Let a parameter of a built template be nothing but what was built.

    Without it `sam deploy` would take the source's default, or what the last deploy had, and pair
    a runtime with libraries of another.
    """
    text = template.read_text("utf-8")
    for name, value in built.items():
        usual = (
            rf"^  {name}:\n    Type: String\n    Default: .*\n    AllowedValues:.*\n(    - .*\n)*"
        )
        only = f"  {name}:\n    Type: String\n    Default: {value}\n    AllowedValues: [{value}]\n"
        text, found = re.subn(usual, only, text, flags=re.MULTILINE)
        if found != 1:
            raise SystemExit(f"{template} has no parameter {name} of its usual form")
    template.write_text(text, "utf-8")


def main(arguments: list[str]) -> int:
    """Build for one runtime and one kind of machine, and say how it is deployed."""
    parser = argparse.ArgumentParser(prog="python -m tools.local.shipping", description=__doc__)
    parser.add_argument("--runtime", default=runtime())
    parser.add_argument("--arch", default="arm64", choices=["arm64", "x86_64"])
    asked = parser.parse_args(arguments)
    make(BUILT, interpreter(asked.runtime), asked.runtime, asked.arch)
    pin(BUILT / "template.yaml", PyRuntime=asked.runtime, Arch=asked.arch)
    print(f"built for {asked.runtime} on {asked.arch}; now .venv-cloud/bin/sam deploy")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
