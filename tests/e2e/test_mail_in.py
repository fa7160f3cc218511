"""Mail on the deployed stack: bucket, function, case, evidence, and an answer by mail."""

import json
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest

from amends.domain.parcel.checksums import s10
from tests.support.cloud import client, outcome
from tests.support.intake_world import JPEG, photo
from tools.local.mailbox import wait_for_mail
from tools.local.waiting import until

pytestmark = pytest.mark.stack


def fresh_number() -> str:
    """An S10 number that no other run has."""
    serial = f"{uuid4().int % 10**8:08d}"
    return f"RR{serial}{s10(serial)}CN"


def deliver(stack: Mapping[str, Any], mail: bytes) -> None:
    """What the receiving service does with a mail."""
    bucket = stack["buckets"]["mail_bucket"]
    client(stack, "s3").put_object(Bucket=bucket, Key=f"inbound/{uuid4().hex}", Body=mail)


def case_on(stack: Mapping[str, Any], number: str) -> list[str]:
    found = client(stack, "dynamodb").query(
        TableName=stack["tables"]["cases_table"],
        IndexName="waybill",
        KeyConditionExpression="waybill = :number",
        ExpressionAttributeValues={":number": {"S": number}},
    )
    return [item["case_id"]["S"] for item in found["Items"]]


def types(stack: Mapping[str, Any], case_id: str) -> list[str]:
    found = client(stack, "dynamodb").query(
        TableName=stack["tables"]["events_table"],
        KeyConditionExpression="case_id = :case",
        ExpressionAttributeValues={":case": {"S": case_id}},
    )
    return [item["type"]["S"] for item in found["Items"]]


def test_a_report_by_mail_with_two_photos_becomes_one_case_and_is_acknowledged(
    stack: Mapping[str, Any],
) -> None:
    number, address = fresh_number(), f"{uuid4().hex}@example.org"
    mail = EmailMessage()
    mail["X-SES-Spam-Verdict"] = "PASS"
    mail["From"], mail["To"] = address, "claims@amends.example"
    mail["Subject"], mail["Message-ID"] = "Broken", f"<{uuid4().hex}@example.org>"
    mail.set_content(f"My parcel {number} arrived and the vase in it is broken.")
    for name, content in (("a.jpg", JPEG), ("b.jpg", photo(2))):
        mail.add_attachment(content, maintype="image", subtype="jpeg", filename=name)

    deliver(stack, mail.as_bytes())
    deliver(stack, mail.as_bytes())  # mail servers deliver at least once

    case_id = until(lambda: next(iter(case_on(stack, number)), None), within=180)
    until(lambda: types(stack, case_id).count("EvidenceReceived") == 2 or None, within=180)
    assert case_on(stack, number) == [case_id]
    assert types(stack, case_id).count("EvidenceExpected") == 2
    told = wait_for_mail(stack, lambda sent: address in json.dumps(sent), within=180)
    assert case_id in json.dumps(told)
    assert outcome(stack, "GET", f"/v1/cases/{case_id}", bearer="0" * 64).status == 404
