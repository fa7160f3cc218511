"""What one case consumes from report to survey, counted in a run of its own, and its list price.

A local stack is started with the proxy between the functions and their cloud; its counters say how
often each operation was called, the emulator's log says how long each function ran. Idle sweeps go
on whether there is a case or not and are counted over a span without one, then taken off.
The emulator does not log every invocation: those are a lower bound.

List prices: us-east-1, on demand, without free tier, as published in 2025; look again before a
budget rests on them.
Units of DynamoDB are reckoned from what was written (1 KB a write unit, doubled in a transaction;
4 KB a read unit, halved where an old value will do), not metered: the emulator does not meter.
"""

import re
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Any

import boto3

from tools.local.caller import call
from tools.local.demo import Walk, carry
from tools.local.places import ROOT, Places
from tools.local.stack import down, up

PRICES = {
    "API requests (HTTP API)": 1.00e-6,
    "Lambda invocations": 0.20e-6,
    "Lambda GB-seconds (arm64)": 0.0000133334,
    "DynamoDB write units": 0.625e-6,
    "DynamoDB read units": 0.125e-6,
    "SQS requests": 0.40e-6,
    "mails (SES)": 0.0001,
    "SSM and KMS requests": 0.03e-6 * 100,
}
MEMORY_GB = 0.5
WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
_COUNT = re.compile(r'microburst_faults_total\{service="(\w+)",operation="(\w+)",[^}]*\} (\d+)')
EVERYTHING = [{"service": "*", "latency": 1}]
"""A rule that meets every request: what the proxy delays by 1 ms it counts by operation."""
_RAN = re.compile(r"Billed Duration: (\d+) ms")


class Counting(Walk):
    """A walk that counts its own requests."""

    asked = 0

    def try_to(self, *rest: Any, **named: Any) -> Any:
        """Call the API, and count."""
        type(self).asked += 1
        return super().try_to(*rest, **named)


def main() -> int:
    """Bring a stack up, carry one case, print what it took."""
    places = Places(home=ROOT / ".amends" / "cost")
    try:
        stack = up(places, faults=True)
        call(f"{stack['faults_url']}/_microburst/rules", method="POST", body=EVERYTHING)
        carry(Counting(stack=stack, say=lambda _: None))  # the cold starts are not the case's
        idle = span(stack, lambda: time.sleep(60))
        walk = Counting(stack=stack, say=lambda _: None)
        before, began = Counting.asked, time.monotonic()
        used = span(stack, lambda: carry(walk))
        share = (time.monotonic() - began) / 60
        units = priced(used, idle, share, stack, walk.case_id)
        units["API requests (HTTP API)"] = Counting.asked - before
    finally:
        down(places)
    total = 0.0
    for name, price in PRICES.items():
        total += units[name] * price
        print(
            f"{units[name]:10.2f}  {name:<28} {units[name] * price * 1e6:10.2f} millionths of USD"
        )
    print(f"one case from report to survey: USD {total:.6f}, USD {total * 1e6:,.0f} a million")
    return 0


def span(stack: Mapping[str, Any], act: Any) -> Counter[str]:
    """What was called and how long functions ran while something went on."""
    before, since = counters(stack), datetime.now(UTC)
    act()
    found = counters(stack)
    found.subtract(before)
    for milliseconds in ran(stack, since):
        found["lambda:invocations"] += 1
        found["lambda:ms"] += milliseconds
    return found


def counters(stack: Mapping[str, Any]) -> Counter[str]:
    """Requests so far by `service:operation`."""
    with urllib.request.urlopen(
        f"{stack['faults_url']}/_microburst/metrics", timeout=120
    ) as answer:
        text = answer.read().decode()
    return Counter({f"{s}:{operation}": int(n) for s, operation, n in _COUNT.findall(text)})


def ran(stack: Mapping[str, Any], since: datetime) -> list[int]:
    """Milliseconds of each invocation since then."""
    logs = client(stack, "logs")
    found = []
    group = stack["function_logs"]
    for stream in logs.describe_log_streams(logGroupName=group)["logStreams"]:
        events = logs.get_log_events(
            logGroupName=group,
            logStreamName=stream["logStreamName"],
            startTime=int(since.timestamp() * 1000),
        )["events"]
        found += [int(ms) for event in events for ms in _RAN.findall(event["message"])]
    return found


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
        "Lambda GB-seconds (arm64)": own.get("lambda:ms", 0.0) / 1000 * MEMORY_GB,
        "DynamoDB write units": events + summaries + of("dynamodb", *WRITES),
        "DynamoDB read units": 0.5 * of("dynamodb", "GetItem") + of("dynamodb", "Query"),
        "SQS requests": of("sqs"),
        "mails (SES)": of("ses"),
        "SSM and KMS requests": of("ssm"),
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
