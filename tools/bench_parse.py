"""Our parse of each channel's samples, and karrio's for the carriers it has (`make bench-parse`).

karrio (LGPL) is installed into an environment of its own, for this benchmark alone; nothing of it
is imported by the product. Both parse the same bytes, in processes of their own (importing karrio
switches certificate checks off for its whole process), in turns: what else the machine does meets
both. Counted is processor time; the ratio is the median of the pairs.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from amends.catalog import codes, plugin
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.taxonomy import meaning
from amends.domain.parcel.times import parse_time
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
PAIRS = 9
LEAST_SECONDS = 0.2

Ask = Callable[[dict[str, str]], Any]


def micros(parse: Callable[[], object]) -> float:
    """Microseconds of processor time for one call, over at least a fifth of a second."""
    count, began = 0, time.process_time()
    while time.process_time() - began < LEAST_SECONDS:
        parse()
        count += 1
    return (time.process_time() - began) / count * 1e6


@contextmanager
def karrio() -> Iterator[Ask | None]:
    """Who asks karrio's process one thing after another; None where it is not installed."""
    python = HOME / "bin" / "python"
    if not python.exists():
        yield None
        return
    script = str(Path(__file__).with_name("bench_parse_karrio.py"))
    with subprocess.Popen(
        [str(python), script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(question: dict[str, str]) -> Any:
            print(json.dumps(question), file=process.stdin, flush=True)
            line = process.stdout.readline() if process.stdout else ""
            return json.loads(line or "null")

        yield ask
        process.terminate()


def install() -> None:
    """Make karrio's environment: opt-in, for who wants the comparison."""
    uv = str(ROOT / ".venv" / "bin" / "uv")
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(HOME)], check=True)
    wanted = [f"karrio=={VERSION}", *(f"karrio-{name}=={VERSION}" for name in PACKAGES)]
    python = str(HOME / "bin" / "python")
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *wanted], check=True)


def differences(ours: tuple[Reading, ...], theirs: list[dict[str, Any]]) -> list[str]:
    """Where karrio reads the same payload otherwise: number of events, moments, milestones."""
    scans = {scan.at: scan for one in ours for scan in one.scans}
    events = [event for one in theirs for event in one["events"]]
    found = []
    if (count := sum(len(one.scans) for one in ours)) != len(events):
        found.append(f"{len(events)} events of {count}")
    moments = [at[0] for event in events if (at := parse_time(event["timestamp"]))]
    if len(moments) < len(events):
        found.append(f"{len(events) - len(moments)} events without a moment")
    if off := [at for at in moments if at not in scans]:
        found.append(
            f"{len(off)} of {len(moments)} moments wrong, such as {off[0]:%Y-%m-%dT%H:%MZ}"
        )
    in_order = sorted(scans.values(), key=lambda scan: scan.at, reverse=True)
    for scan, event in zip(in_order, events, strict=False):
        told = meaning("karrio.status", event["status"] or "")
        says = told.milestone.value if told else "nothing"
        if says != scan.milestone:
            found.append(f"{scan.code} reads as {says}, is {scan.milestone}")
    told = meaning("karrio.status", theirs[0]["status"] or "") if theirs else None
    if told is None or told.milestone is not ours[0].milestone:
        says = told.milestone.value if told else "nothing"
        found.append(f"the parcel reads as {says}, is {ours[0].milestone}")
    return found


def compared(code: str, ask: Ask | None) -> tuple[str, float, list[str]]:
    """A line for one channel, how often faster we are (infinite where nobody compares), and why."""
    channel, body = plugin("channels", code), (SAMPLES / PAYLOADS[code]).read_bytes()

    def parse() -> tuple[Reading, ...]:
        readings: tuple[Reading, ...] = channel.read(body)
        return readings

    readings = parse()
    line = f"{code:<16}{sum(len(one.scans) for one in readings):>6}"
    name = CONNECTORS.get(code)
    theirs = ask({"name": name, "body": body.decode()}) if ask and name else None
    if ask is None or name is None or theirs is None:
        return f"{line}{min(micros(parse) for _ in range(3)):>9.0f}", float("inf"), []
    pairs = [(micros(parse), float(ask({"name": name}))) for _ in range(PAIRS)]
    times = median(slow / spent for spent, slow in pairs)
    spent, slow = (min(column) for column in zip(*pairs, strict=True))
    return (
        f"{line}{spent:>9.0f}{slow:>11.0f}{times:>8.1f}",
        times,
        [f"{code}: {said}" for said in differences(readings, theirs)],
    )


def main() -> int:
    """Print a line for each channel and where karrio is wrong; 1 when a comparison falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with-karrio", action="store_true", help="install it first, if need be")
    options = parser.parse_args()
    if options.with_karrio and not (HOME / "bin" / "python").exists():
        install()
    wrong: list[str] = []
    short = []
    print(f"{'channel':<16}{'scans':>6}{'ours µs':>9}{'karrio µs':>11}{'times':>8}")
    with karrio() as ask:
        for code in codes("channels"):
            line, times, said = compared(code, ask)
            print(line, flush=True)
            wrong += said
            if times < FLOOR:
                short.append(code)
        if ask is None:
            print("karrio is not here: --with-karrio installs it beside the product")
    print("\n".join(["where karrio reads the same payload otherwise:", *wrong] if wrong else []))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
