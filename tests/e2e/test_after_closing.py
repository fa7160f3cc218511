"""After the end of a case on the deployed stack: what is written into it is due, and ends."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.test_local_stack import token
from tests.e2e.test_people import report
from tests.support.cloud import client, outcome
from tools.local.waiting import until

pytestmark = pytest.mark.stack


@pytest.mark.requirement("002-16", "000-9")
def test_a_message_into_a_closed_case_that_nobody_answers_is_somebodys_alarm(
    stack: Mapping[str, Any],
) -> None:
    case, agent = report(stack, email=f"{uuid4().hex}@example.org"), token(stack, "agent")
    own, staffs = f"/v1/cases/{case['id']}", f"/v1/staff/cases/{case['id']}"
    body: dict[str, object] = {"reason": "it came"}
    over = outcome(stack, "POST", f"{own}/withdraw", body=body, bearer=case["token"])
    assert over.json()["stage"] == "closed", over.body
    said = {"text": "the box was empty"}
    wrote = outcome(stack, "POST", f"{own}/messages", body=said, bearer=case["token"])
    assert wrote.status == 201, wrote.body
    a_day_ago(stack, case["id"])

    def late() -> Mapping[str, Any] | None:
        told: Mapping[str, Any] = outcome(stack, "GET", staffs, bearer=agent).json()
        return told if told["overdue_since"] else None

    told = until(late, within=150)
    assert told["stage"] == "closed"
    assert [row["type"] for row in told["timeline"]].count("ReplyOverdue") == 1
    path = "/v1/staff/cases?view=overdue&limit=100"
    listed = outcome(stack, "GET", path, bearer=agent).json()["data"]
    assert case["id"] in {row["id"] for row in listed}

    aside = {"because": "answered"}
    assert (
        outcome(stack, "POST", f"{staffs}/messages/set-aside", body=aside, bearer=agent).status
        == 200
    )
    assert late() is None
    assert "due_at" not in row_of(stack, case["id"])


def a_day_ago(stack: Mapping[str, Any], case_id: str) -> None:
    """The last event of the case is set back by more than a day, and its due moment with it."""
    db, tables, row = client(stack, "dynamodb"), stack["tables"], row_of(stack, case_id)
    then = datetime.now(UTC) - timedelta(hours=25)
    for table, key, name, at in (
        ("events_table", {"version": row["version"]}, "recorded_at", then),
        ("cases_table", {}, "due_at", then + timedelta(hours=24)),
    ):
        db.update_item(
            TableName=tables[table],
            Key={"case_id": {"S": case_id}, **key},
            UpdateExpression="SET #name = :at",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues={":at": {"S": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"}},
        )


def row_of(stack: Mapping[str, Any], case_id: str) -> Mapping[str, Any]:
    """The summary of the case."""
    table, key = stack["tables"]["cases_table"], {"case_id": {"S": case_id}}
    found = client(stack, "dynamodb").get_item(TableName=table, Key=key, ConsistentRead=True)
    return dict(found["Item"])
