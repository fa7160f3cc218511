"""On the deployed stack: proof that was kept since shipping is in the case that is opened later."""

import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from tests.e2e.test_evidence import post_file
from tests.e2e.test_local_stack import merchant_token, token
from tests.e2e.test_mail_in import fresh_number
from tests.support.cloud import outcome
from tests.support.intake_world import JPEG, PDF
from tools.local.waiting import until

pytestmark = pytest.mark.stack
LONG = 180


def kept(
    stack: Mapping[str, Any], path: str, bearer: str, content: bytes, kind: str, media: str
) -> str:
    """Announce, send to the bucket, and wait until it was looked at."""
    body = {
        "kind": kind,
        "file_name": "kept",
        "content_type": media,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    told = outcome(stack, "POST", path, body=body, bearer=bearer)
    assert told.status == 201, told.body
    assert post_file(told.json()["upload"], content) in (200, 201, 204)
    wanted = str(told.json()["id"])

    def received() -> str | None:
        rows = outcome(stack, "GET", path, bearer=bearer).json()["data"]
        states = {row["id"]: row["status"] for row in rows}
        return wanted if states[wanted] == "received" else None

    return until(received, within=LONG)


@pytest.mark.requirement("001-4", "000-17")
def test_a_seller_keeps_proof_from_shipping_and_the_case_has_it(stack: Mapping[str, Any]) -> None:
    shop, agent = merchant_token(stack), token(stack, "agent")
    number = fresh_number()
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    parcel = {  # so young that nobody misses it yet: we would open its case ourselves
        "tracking_number": number,
        "carrier": "china_post",
        "shipped_on": yesterday.isoformat(),
    }
    watched = outcome(stack, "POST", "/v1/shipments", body=parcel, bearer=shop)
    assert watched.status == 201, watched.body
    shipment = watched.json()["id"]
    path = f"/v1/shipments/{shipment}/evidence"
    invoice = kept(stack, path, shop, PDF, "value_proof", "application/pdf")
    found = outcome(stack, "GET", f"/v1/staff/shipments?number={number}", bearer=agent).json()
    assert [row["id"] for row in found["data"]] == [shipment]

    answered = outcome(
        stack,
        "POST",
        "/v1/cases",
        body={
            "incident": {"kind": "lost"},
            "shipment": parcel,
            "reporter": {"role": "merchant", "email": "shop@example.org"},
        },
        bearer=shop,
    )
    assert answered.status == 201, answered.body
    reported = answered.json()
    staffs = f"/v1/staff/shipments/{shipment}/evidence"
    photo = kept(stack, staffs, agent, JPEG, "packed_outside", "image/jpeg")

    def carried() -> Any | None:
        told = outcome(stack, "GET", f"/v1/cases/{reported['id']}/evidence", bearer=shop).json()
        files = {file["id"]: file for line in told["data"] for file in line["files"]}
        return files if {invoice, photo} <= set(files) else None

    files = until(carried, within=LONG)
    assert {file["shipment_id"] for file in files.values()} == {shipment}
    with urllib.request.urlopen(files[invoice]["link"], timeout=120) as answer:
        assert answer.read() == PDF
    with urllib.request.urlopen(files[photo]["link"], timeout=120) as answer:
        assert answer.read().startswith(b"\xff\xd8")
    dossier = outcome(stack, "GET", f"/v1/cases/{reported['id']}/dossier", bearer=shop)
    assert dossier.body.startswith(b"%PDF-")
