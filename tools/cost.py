"""What one case consumes from report to survey, counted in a run of its own, and its list price.

A local stack is started with the proxy between the functions and their cloud; its counters say how
often each operation was called, the launcher's book of invocations says how often and how long each
function ran, cold starts included. Idle sweeps go on whether there is a case or not: they are
counted over a minute without one, and taken off.

List prices: `tools/prices.csv`, each with region, source, date and confidence; without free tier.
Units of DynamoDB are reckoned from what was written (1 KB a write unit, doubled in a transaction;
4 KB a read unit, halved where an old value will do), not metered: the emulator does not meter.
"""

import csv
import json
import re
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import Any

import boto3

from tools.local.caller import call
from tools.local.demo import Walk, carry
from tools.local.places import ROOT, Places, keep_to_ourselves
from tools.local.stack import down, up

WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
_COUNT = re.compile(r'microburst_faults_total\{service="(\w+)",operation="(\w+)",[^}]*\} (\d+)')
EVERYTHING = [{"service": "*", "latency": 1}]
"""A rule that meets every request: what the proxy delays by 1 ms it counts by operation."""
PRICES = Path(__file__).with_name("prices.csv")


class Counting(Walk):
    """A walk that counts its own requests."""

    asked = 0

    def try_to(self, *rest: Any, **named: Any) -> Any:
        """Call the API, and count."""
        type(self).asked += 1
        return super().try_to(*rest, **named)


def main() -> int:
    """Bring a stack up, carry one case, print what it took."""
    keep_to_ourselves()
    places = Places(home=ROOT / ".amends" / "cost")
    try:
        stack = up(places, faults=True)
        call(f"{stack['faults_url']}/_microburst/rules", method="POST", body=EVERYTHING)
        carry(Counting(stack=stack, say=lambda _: None))  # the cold starts are not the case's
        idle = span(places, stack, lambda: time.sleep(60))
        walk = Counting(stack=stack, say=lambda _: None)
        before, began = Counting.asked, time.monotonic()
        used = span(places, stack, lambda: carry(walk))
        share = (time.monotonic() - began) / 60
        units = priced(used, idle, share, stack, walk.case_id)
        units["API requests (HTTP API)"] = Counting.asked - before
    finally:
        down(places)
    total = 0.0
    for name, price in prices().items():
        total += units[name] * price
        print(
            f"{units[name]:10.2f}  {name:<36} {units[name] * price * 1e6:10.2f} millionths of USD"
        )
    print(f"one case from report to survey: USD {total:.6f}, USD {total * 1e6:,.0f} a million")
    return 0


def prices() -> dict[str, float]:
    """USD for one unit of each thing that is consumed."""
    with PRICES.open() as lines:
        return {row["name"]: float(row["usd"]) / int(row["per"]) for row in csv.DictReader(lines)}


def span(places: Places, stack: Mapping[str, Any], act: Any) -> Counter[str]:
    """What was called and how long functions ran while something went on."""
    before, since = counters(stack), time.time()
    act()
    found = counters(stack)
    found.subtract(before)
    for line in invocations(places):
        if line["at"] >= since:
            found["lambda:invocations"] += 1
            found["lambda:mb_ms"] += round(line["memory_mb"] * ceil(line["ms"]))
    return found


def counters(stack: Mapping[str, Any]) -> Counter[str]:
    """Requests so far by `service:operation`."""
    with urllib.request.urlopen(
        f"{stack['faults_url']}/_microburst/metrics", timeout=120
    ) as answer:
        text = answer.read().decode()
    return Counter({f"{s}:{operation}": int(n) for s, operation, n in _COUNT.findall(text)})


def invocations(places: Places) -> list[dict[str, Any]]:
    """Every invocation so far, as the launcher wrote it down."""
    return [json.loads(line) for line in places.invocations.read_text().splitlines()]


def priced(
    used: Counter[str], idle: Counter[str], share: float, stack: Mapping[str, Any], case_id: str
) -> dict[str, float]:
    """Units by the names of the price list."""
    own = {name: max(0.0, count - idle[name] * share) for name, count in used.items()}

    def of(service: str, *operations: str) -> float:
        return sum(
            count
            for name, count in own.items()
            if name.startswith(f"{service}:")
            and (not operations or name.split(":")[1] in operations)
        )

    tables, client_ = stack["tables"], client(stack, "dynamodb")
    rows = client_.query(
        TableName=tables["events_table"],
        KeyConditionExpression="case_id = :c",
        ExpressionAttributeValues={":c": {"S": case_id}},
    )["Items"]
    events = sum(2 * ceil(len(str(row)) / 1024) for row in rows)
    summaries = 2 * 2 * of("dynamodb", "TransactWriteItems")  # the row of the case, below 2 KB
    return {
        "Lambda invocations": own.get("lambda:invocations", 0.0),
        "Lambda GB-seconds (arm64)": own.get("lambda:mb_ms", 0.0) / 1000 / 1024,
        "DynamoDB write units": events + summaries + of("dynamodb", *WRITES),
        "DynamoDB read units": 0.5 * of("dynamodb", "GetItem") + of("dynamodb", "Query"),
        "SQS requests": of("sqs"),
        "mails (SES)": of("ses"),
        "KMS requests (decrypted parameters)": of("ssm"),
    }


def client(stack: Mapping[str, Any], service: str) -> Any:
    """A client of the stack's emulator, past the proxy."""
    return boto3.client(
        service,
        endpoint_url=stack["endpoint_url"],
        region_name=stack["region"],
        aws_access_key_id=stack["aws_access_key_id"],
        aws_secret_access_key=stack["aws_secret_access_key"],
    )


if __name__ == "__main__":
    sys.exit(main())
