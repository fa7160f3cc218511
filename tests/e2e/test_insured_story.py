"""An insured parcel is lost: papers, the law's days and the insurer, on the deployed stack."""

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.test_evidence import announce, line, post_file
from tests.e2e.test_local_stack import token
from tests.support.cloud import outcome
from tests.support.intake_world import PDF
from tools.local.caller import call
from tools.local.demo import EMAIL, Walk, a_number, accept, read_offer, report_body
from tools.local.mailbox import wait_for_mail
from tools.local.waiting import until

pytestmark = pytest.mark.stack
LONG = 180.0
SENT = 160
"""Days ago: the half year in which an inquiry is possible is nearly over."""


def reported(stack: Mapping[str, Any]) -> Walk:
    """A parcel that was sent long ago is reported lost; its sender may be written to at once."""
    number, now = a_number(time.time_ns() // 1_000_000), datetime.now(UTC)
    scan = {
        "at": (now - timedelta(days=SENT - 2)).isoformat(),
        "milestone": "in_transit",
        "step": "left_origin_country",
        "location": "Guangzhou International",
        "country": "CN",
        "text": "Left the country",
    }
    world = f"{stack['simulators_url']}/_world/parcels/{number}"
    told = call(world, method="PUT", body={"scans": [scan], "origin": "CN", "destination": "DE"})
    assert told.status < 400
    body: dict[str, Any] = report_body(number)
    body["shipment"]["shipped_on"] = str(now.date() - timedelta(days=SENT))
    walk = Walk(stack=stack, say=lambda _: None)
    case = walk.ask("POST", "/v1/cases", body, key=f"insured-{number}")
    walk.case_id, walk.token = case["id"], case["token"]
    any_hour = {"quiet_from": "00:00", "quiet_until": "00:00"}
    walk.ask("PUT", f"/v1/cases/{walk.case_id}/preferences", any_hour)
    return walk


class Desk:
    """Staff of the stack, by group."""

    def __init__(self, stack: Mapping[str, Any], case_id: str) -> None:
        self.stack, self.case = stack, f"/v1/staff/cases/{case_id}"
        self.calls = 0

    def ask(self, group: str, path: str, body: object = None) -> Any:
        self.calls += 1
        told = outcome(
            self.stack,
            "GET" if body is None else "POST",
            f"{self.case}/{path}",
            body=body,
            bearer=token(self.stack, group),
            headers={"Idempotency-Key": f"{self.case}-{self.calls}"},
        )
        assert told.status < 300, (path, told.status, told.body)
        return told.json()


def sent_in(stack: Mapping[str, Any], walk: Walk, content: bytes) -> str:
    """A proof of value, once it has come and been looked at."""
    case = (walk.case_id, walk.token)
    granted = announce(stack, case, content)
    assert post_file(granted["upload"], content) in (200, 201, 204)

    def arrived() -> Any | None:
        files = {file["id"]: file for file in line(stack, case)["files"]}
        file = files.get(granted["id"], {})
        return file if file.get("link") else None

    until(arrived, within=LONG)
    return str(granted["id"])


def checklist(walk: Walk) -> Any:
    return walk.ask("GET", f"/v1/cases/{walk.case_id}/evidence")


@pytest.mark.requirement("001-12", "001-20", "004-24", "004-47")
def test_documents_days_papers_and_the_insurer(stack: Mapping[str, Any]) -> None:
    walk = reported(stack)
    desk = Desk(stack, walk.case_id)
    path = f"/v1/cases/{walk.case_id}"

    # A document is refused with its reason, another is accepted, and the score tells how far.
    before = checklist(walk)["completeness"]
    blurred = sent_in(stack, walk, PDF)
    refused = {"accept": False, "flaw": "illegible", "because": "The amount cannot be read."}
    desk.ask("adjuster", f"evidence/{blurred}/verification", refused)
    wanted = line(stack, (walk.case_id, walk.token))
    assert (wanted["status"], bool(wanted["replace_by"])) == ("to_replace", True)
    mail = wait_for_mail(
        stack,
        lambda one: walk.case_id in str(one) and "one document again" in one["Subject"],
        within=LONG,
    )
    assert EMAIL in mail["To"]
    clear = sent_in(stack, walk, PDF + b"\n% the second, sharper one\n")
    desk.ask("adjuster", f"evidence/{clear}/verification", {"accept": True})
    after = checklist(walk)
    assert after["completeness"] > before
    assert line(stack, (walk.case_id, walk.token))["status"] == "accepted"

    # The law's days stand on the case, and what is near is warned of.
    days = {day["name"]: day for day in walk.ask("GET", path)["deadlines"]}
    inquiry = days["inquiry"]
    assert inquiry["rule"]
    assert inquiry["source"]
    due = date.fromisoformat(str(inquiry["due_at"])[:10])
    assert timedelta(days=15) < due - datetime.now(UTC).date() < timedelta(days=30)

    def warned() -> bool:
        lines = walk.ask("GET", f"{path}/timeline")["data"]
        return any(one["type"] == "DeadlineWarned" for one in lines)

    until(warned, within=LONG)
    wait_for_mail(
        stack,
        lambda one: (
            walk.case_id in str(one) and EMAIL in one["To"] and "a deadline on" in one["Subject"]
        ),
        within=LONG,
    )

    # A policy on file, an offer that is accepted and paid, and the claim to the insurer.
    desk.ask(
        "adjuster",
        "policies",
        {
            "kind": "third_party",
            "insurer": "PICC",
            "number": "PZ-4141",
            "cover": {"amount": "200.00", "currency": "CNY"},
            "deductible": {"amount": "20.00", "currency": "CNY"},
            "covers": ["lost"],
            "papers": ["value_proof"],
            "reply_days": 30,
        },
    )
    accept(walk, read_offer(walk))
    (policy,) = desk.ask("adjuster", "offers")["policies"]
    assert (policy["is_covered"], policy["against"]) == (True, [])
    assert policy["payable"] == {"amount": "180.00", "currency": "CNY"}
    desk.ask("finance", f"policies/{policy['id']}/claim", {"form": "notice of loss"})
    claims = outcome(
        stack, "GET", f"/v1/staff/recoveries?case_id={walk.case_id}", bearer=token(stack, "finance")
    )
    assert claims.status == 200, claims.body
    (claim,) = (row for row in claims.json()["data"] if row["case_id"] == walk.case_id)
    assert claim["amount"] == {"amount": "180.00", "currency": "CNY"}
    assert claim["status"] == "filed"

    # What the carrier is sent, and the dossier, in both languages.
    for paper in ("documents/claim_form", "documents/cover_letter", "dossier"):
        prints = []
        for language in ("en", "zh-CN"):
            printed = outcome(
                stack,
                "GET",
                f"{path}/{paper}",
                bearer=walk.token,
                headers={"Accept-Language": language},
            )
            assert printed.status == 200, printed.body[:300]
            assert printed.body.startswith(b"%PDF-")
            prints.append(printed.body)
        assert prints[0] != prints[1]
