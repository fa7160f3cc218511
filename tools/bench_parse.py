"""Our parse of each channel's samples, and karrio's for the carriers it has (`make bench-parse`).

karrio (LGPL) is installed into an environment of its own, for this benchmark alone; nothing of it
is imported by the product. Both parse the same bytes in the same run, in processes of their own:
importing karrio switches certificate checks off for its whole process.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from amends.catalog import codes, plugin
from tools.local.places import ROOT

SAMPLES = ROOT / "tests" / "data" / "tracking" / "samples"
HOME = ROOT / ".amends" / "karrio"
FLOOR = 5.0
PAYLOADS = {
    "aftership": "aftership_get_tracking.response.json",
    "dhl_unified": "dhl_unified_shipments.json",
    "easypost": "easypost_webhook.body.json",
    "fedex": "fedex_track_v1.response.json",
    "kuaidi100": "kuaidi100_query.response.json",
    "royal_mail": "royalmail_events.response.json",
    "seventeentrack": "17track_gettrackinfo.response.json",
    "sf": "sf_search_routes.response.json",
    "trackingmore": "trackingmore_get.response.json",
    "ups": "ups_track_v1.response.json",
    "upu": "upu_ptt_item.json",
    "usps": "usps_v3_detail.response.json",
}
PACKAGES = ("dhl-universal", "fedex", "ups", "usps")
CONNECTORS = {"dhl_unified": "dhl_universal", "fedex": "fedex", "ups": "ups", "usps": "usps"}
VERSION = "2026.1.32"


def micros(parse: Callable[[], object], *, rounds: int = 5, least: float = 0.2) -> float:
    """Microseconds of processor time for one call: the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        count, began = 0, time.process_time()
        while time.process_time() - began < least:
            parse()
            count += 1
        best = min(best, (time.process_time() - began) / count)
    return best * 1e6


def ours(code: str) -> tuple[float, int]:
    """Microseconds for the sample payload, and how many scans were read."""
    channel, body = plugin("channels", code), (SAMPLES / PAYLOADS[code]).read_bytes()
    scans = sum(len(one.scans) for one in channel.read(body))
    return micros(lambda: channel.read(body)), scans


def theirs() -> dict[str, tuple[float, int]]:
    """The same of karrio, where its environment is; empty where it is not."""
    python = HOME / "bin" / "python"
    if not python.exists():
        return {}
    told = subprocess.run(
        [str(python), str(Path(__file__).with_name("bench_parse_karrio.py"))],
        input=json.dumps(
            {CONNECTORS[code]: (SAMPLES / PAYLOADS[code]).read_text() for code in CONNECTORS}
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        print(told.stderr[-2000:], file=sys.stderr)
        return {}
    rows: dict[str, list[float]] = json.loads(told.stdout.splitlines()[-1])
    return {
        code: (rows[name][0], int(rows[name][1]))
        for code, name in CONNECTORS.items()
        if name in rows
    }


def install() -> None:
    """Make karrio's environment: opt-in, for who wants the comparison."""
    uv = str(ROOT / ".venv" / "bin" / "uv")
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(HOME)], check=True)
    wanted = [f"karrio=={VERSION}", *(f"karrio-{name}=={VERSION}" for name in PACKAGES)]
    python = str(HOME / "bin" / "python")
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *wanted], check=True)


def main() -> int:
    """Print a line for each channel; 1 when a comparison falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with-karrio", action="store_true", help="install it first, if need be")
    options = parser.parse_args()
    if options.with_karrio and not (HOME / "bin" / "python").exists():
        install()
    other, short = theirs(), 0
    print(f"{'channel':<16}{'ours µs':>9}{'scans':>7}{'karrio µs':>11}{'scans':>7}{'times':>7}")
    for code in codes("channels"):
        spent, scans = ours(code)
        line = f"{code:<16}{spent:>9.0f}{scans:>7}"
        if code in other:
            slow, seen = other[code]
            line += f"{slow:>11.0f}{seen:>7}{slow / spent:>7.1f}"
            short += slow / spent < FLOOR
        print(line)
    if not other:
        print("karrio is not here: --with-karrio installs it beside the product")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
