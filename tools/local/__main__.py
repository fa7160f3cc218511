"""`python -m tools.local build|up|run|down`: the local stack, from a shell or from make."""

import argparse
import importlib
import importlib.util
import sys
import time

from tools.local.build import build
from tools.local.places import ROOT, Places, keep_to_ourselves
from tools.local.stack import HOME, down, up


def main(arguments: list[str]) -> int:
    """Do what was asked; the exit code of the demonstration where there is one."""
    parser = argparse.ArgumentParser(prog="python -m tools.local", description=__doc__)
    parser.add_argument("command", choices=["build", "up", "run", "down"])
    command = parser.parse_args(arguments).command
    keep_to_ourselves()
    places = Places(home=HOME.resolve())
    if command == "down":
        print("stopped; the data stays" if down(places) else "nothing was running")
        return 0
    if command == "build":
        build(places)
        return 0
    began = time.monotonic()
    description = up(places)
    print(f"up after {time.monotonic() - began:.1f} s: {description['api_url']}")
    shown = places.description
    print(f"every URL, table, queue and test credential: {shown}".replace(f"{ROOT}/", ""))
    if command == "run" and importlib.util.find_spec("tools.local.demo"):
        demonstration = importlib.import_module("tools.local.demo")
        return int(demonstration.main(description) or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
