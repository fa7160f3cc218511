"""People talk on the deployed stack: a report by phone, mail, a bounce, an answer, a webhook."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.test_local_stack import merchant_token, token
from tests.support.cloud import client, outcome
from tools.local.mailbox import mail, texts, wait_for_mail
from tools.local.waiting import until

pytestmark = pytest.mark.stack


def report(stack: Mapping[str, Any], **reporter: str) -> dict[str, Any]:
    body = {
        "incident": {"kind": "lost", "noticed_at": "2026-11-20T08:00:00Z", "narrative": "gone"},
        "shipment": {"tracking_number": "RR123456785CN", "carrier": "china_post"},
        "reporter": {"role": "sender", "language": "zh-CN", **reporter},
    }
    answer = outcome(stack, "POST", "/v1/cases", body=body)
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.json()
    return made


def first_mail(stack: Mapping[str, Any], to: str, words: str = "") -> dict[str, Any]:
    return wait_for_mail(stack, lambda one: to in one["To"] and words in one["Subject"], within=180)


@pytest.mark.requirement("004-1", "002-16", "002-17", "002-20", "000-14")
def test_a_report_is_acknowledged_by_mail_and_answered_in_a_thread_or_in_the_app(
    stack: Mapping[str, Any],
) -> None:
    address, unwanted = f"{uuid4().hex}@example.org", f"{uuid4().hex}@example.org"
    case, other = (
        report(stack, name="李娜", email=address),
        report(stack, name="Erika", email=unwanted),
    )
    app = f"/v1/cases/{other['id']}"
    wishes = {"ways": ["in_app"], "quiet_from": "00:00", "quiet_until": "00:00"}
    chosen = outcome(stack, "PUT", f"{app}/preferences", body=wishes, bearer=other["token"])
    assert chosen.status == 200, chosen.body
    told = first_mail(stack, address)
    assert "李娜，您好" in told["BodyText"]
    assert '<html lang="zh-CN"' in told["BodyHtml"]
    path = f"/v1/cases/{case['id']}/messages"
    wrote = outcome(stack, "POST", path, body={"text": "到哪里了？"}, bearer=case["token"])
    assert wrote.status == 201, wrote.body

    agent = token(stack, "agent")
    staff = f"/v1/staff/cases/{case['id']}/messages"
    replied = outcome(stack, "POST", staff, body={"text": "今天已到广州。"}, bearer=agent)
    assert replied.status == 201, replied.body
    summed_up = f"/v1/staff/cases/{other['id']}/messages/summary"
    understood = {"understood": ["包裹在广州丢失。"]}
    assert outcome(stack, "POST", summed_up, body=understood, bearer=agent).status == 201

    assert "今天已到广州。" in first_mail(stack, address, "回复")["BodyText"]
    thread = outcome(stack, "GET", path, bearer=case["token"]).json()
    assert (thread["data"][0]["text"], thread["data"][1]["code"]) == ("gone", "acknowledgement")
    said = [row["text"] for row in thread["data"] if not row["code"]]
    assert said == ["gone", "到哪里了？", "今天已到广州。"]
    seen = outcome(stack, "GET", staff, bearer=agent).json()
    assert case["token"] in str(thread)
    assert case["token"] not in str(seen)  # what opens a case is its claimant's alone

    def in_the_app() -> list[Any]:
        told = outcome(stack, "GET", f"{app}/messages", bearer=other["token"]).json()
        rows = [row for row in told["data"] if row["channel"] == "in_app" and not row["read_at"]]
        assert told["unread"] == len(rows)
        return rows

    def summary() -> list[Any] | None:
        rows = in_the_app()
        return rows if any("包裹在广州丢失。" in row["text"] for row in rows) else None

    shown = until(summary, within=180)
    read = {"ids": [row["id"] for row in shown]}
    marked = outcome(stack, "POST", f"{app}/messages/read", body=read, bearer=other["token"])
    assert (marked.status, in_the_app()) == (200, []), marked.body
    assert not [one for one in mail(stack) if unwanted in one["To"] and "在广州" in one["BodyText"]]


def test_a_bounce_sends_the_message_by_text_instead(stack: Mapping[str, Any]) -> None:
    number, gone = f"+86138{uuid4().int % 10**8:08d}", f"{uuid4().hex}@example.org"
    case = report(stack, name="李娜", email=gone, phone=number)
    wishes = {"quiet_from": "00:00", "quiet_until": "00:00"}  # or the text waits for the morning
    path = f"/v1/cases/{case['id']}/preferences"
    assert outcome(stack, "PUT", path, body=wishes, bearer=case["token"]).status == 200
    first_mail(stack, gone)
    agent = token(stack, "agent")
    path = f"/v1/staff/cases/{case['id']}/messages/deliveries"

    def acknowledged() -> dict[str, Any] | None:
        rows = outcome(stack, "GET", path, bearer=agent).json()["data"]
        mine = [row for row in rows if row["code"] == "acknowledgement"]
        return mine[0] if mine and mine[0]["state"] == "sent" else None

    sent = until(acknowledged, within=180)
    notice = {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": "Permanent",
            "bouncedRecipients": [{"emailAddress": gone}],
        },
        "mail": {"tags": {"message_key": [sent["id"]], "case_id": [case["id"]]}},
    }
    queues = client(stack, "sqs")
    queue = stack["queues"]["delivery_queue"]
    queues.send_message(QueueUrl=queue, MessageBody=json.dumps(notice))

    def bounced() -> object:
        rows = outcome(stack, "GET", path, bearer=agent).json()["data"]
        return [one for row in rows for one in row["attempts"] if one["outcome"] == "bounced"]

    until(lambda: bounced() or None, within=180)
    again = {"case_id": case["id"], "key": sent["id"]}
    queues.send_message(QueueUrl=queue, MessageBody=json.dumps(again))  # as the sweep would
    assert until(lambda: texts(stack).get(number), within=180)
    assert len([one for one in mail(stack) if gone in one["To"]]) == 1


def test_a_merchant_registers_an_endpoint_and_an_inner_address_is_refused_even_here(
    stack: Mapping[str, Any],
) -> None:
    bearer = merchant_token(stack)
    inner = {"url": "https://169.254.169.254/latest"}
    assert outcome(stack, "POST", "/v1/webhooks", body=inner, bearer=bearer).status == 422

    made = outcome(
        stack, "POST", "/v1/webhooks", body={"url": "https://shop.example.com/h"}, bearer=bearer
    )
    assert made.status == 201, made.body
    path = f"/v1/webhooks/{made.json()['id']}"
    assert outcome(stack, "GET", path, bearer=bearer).json()["failures"] == 0
    assert outcome(stack, "GET", "/v1/events", bearer=bearer).status == 200
    assert outcome(stack, "DELETE", path, bearer=bearer).status == 204
    assert outcome(stack, "GET", path, bearer=bearer).status == 404


def test_preferences_and_scripts_are_served(stack: Mapping[str, Any]) -> None:
    case = report(stack, name="Erika", email="wishes@example.org")
    path = f"/v1/cases/{case['id']}/preferences"
    chosen = outcome(stack, "PUT", path, body={"zone": "Europe/Berlin"}, bearer=case["token"])
    assert chosen.status == 200, chosen.body
    assert chosen.json()["zone"] == "Europe/Berlin"
    agent = token(stack, "agent")
    for asked in ("/v1/staff/scripts/lost", "/v1/staff/work?kind=call", "/v1/staff/feedback"):
        assert outcome(stack, "GET", asked, bearer=agent).status == 200, asked
