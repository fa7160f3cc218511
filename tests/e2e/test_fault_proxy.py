"""Between the functions and their cloud stands a proxy that fails when a test says so."""

import json
import urllib.request
from collections.abc import Mapping
from typing import Any

import pytest

from tests.e2e.conftest import feed
from tests.support.cloud import client, take
from tools.local.waiting import until

pytestmark = pytest.mark.stack


def control(stack: Mapping[str, Any], path: str, rules: object = None) -> Any:
    request = urllib.request.Request(
        f"{stack['faults_url']}/_microburst/{path}",
        data=None if rules is None else json.dumps(rules).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def test_a_function_meets_the_fault_and_its_records_come_again(
    faulty_stack: Mapping[str, Any],
) -> None:
    fed = feed(faulty_stack)
    broken = {"code": "ServiceUnavailable", "status": 503}
    rule = {"service": "sqs", "operation": "SendMessage", "error": broken, "times": 1}
    before = len(control(faulty_stack, "fired"))
    control(faulty_stack, "rules", [rule])
    client(faulty_stack, "dynamodb").put_item(TableName=fed["table"], Item={"pk": {"S": "good"}})

    seen = until(lambda: take(faulty_stack, fed["seen"]) or None, within=180)

    assert seen == ["good"]
    assert len(control(faulty_stack, "fired")) == before + 1
