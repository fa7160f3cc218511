"""A record that nobody can read, on the readers of our own stream: parked, and nobody harmed."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.test_mail_in import fresh_number
from tests.support.cloud import client, outcome, take
from tools.local.mailbox import wait_for_mail
from tools.local.waiting import until

pytestmark = pytest.mark.stack
READERS = ("claim_settle_stream_dead_letters", "followup_stream_dead_letters")


def report(stack: Mapping[str, Any]) -> tuple[str, str, str]:
    """A neighbour: its case, its token, and the address that is to be told."""
    address = f"{uuid4().hex}@example.org"
    body = {
        "incident": {"kind": "lost"},
        "shipment": {"tracking_number": fresh_number(), "carrier": "china_post"},
        "reporter": {"role": "sender", "email": address, "language": "en"},
    }
    told = outcome(stack, "POST", "/v1/cases", body=body)
    assert told.status == 201, told.body
    return told.json()["id"], told.json()["token"], address


def poison(stack: Mapping[str, Any]) -> str:
    """An event of a name that no release knows, as a broken deploy would leave one."""
    case_id = f"case_{uuid4().hex.upper()[:26]}"
    texts = {"case_id": case_id, "type": "NobodyKnows", "body": "{", "by": "test", "because": "x"}
    row: dict[str, dict[str, str]] = {name: {"S": text} for name, text in texts.items()}
    row |= {"version": {"N": "1"}, "recorded_at": {"S": "2026-11-20T08:00:00.000Z"}}
    client(stack, "dynamodb").put_item(TableName=stack["tables"]["events_table"], Item=row)
    return case_id


def test_a_poison_record_is_parked_alone_by_both_readers(
    stack: Mapping[str, Any],
) -> None:
    found: dict[str, list[Any]] = {reader: [] for reader in READERS}
    before, _, after = report(stack), poison(stack), report(stack)

    def all_parked() -> bool | None:
        for reader, letters in found.items():
            letters.extend(map(json.loads, take(stack, stack["dead_letters"][reader])))
        return all(found.values()) or None

    until(all_parked, within=180)

    for letters in found.values():
        assert [letter["DDBStreamBatchInfo"]["batchSize"] for letter in letters] == [1]
        assert letters[0]["requestContext"]["condition"] == "RetryAttemptsExhausted"
    for case_id, token, address in (before, after):
        assert wait_for_mail(stack, told(address), within=180)
        assert outcome(stack, "GET", f"/v1/cases/{case_id}", bearer=token).status == 200


def told(address: str) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a mail went there."""
    return lambda sent: address in sent["To"]


def test_what_either_reader_parks_rings(stack: Mapping[str, Any]) -> None:
    alarms = client(stack, "cloudwatch").describe_alarms()["MetricAlarms"]

    watched = {one["Value"] for alarm in alarms for one in alarm.get("Dimensions", ())}

    for reader in READERS:
        assert stack["dead_letters"][reader].rpartition("/")[2] in watched
