"""Webhooks of the deployed stack, heard over loopback and checked by the official library."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from tests.e2e.test_callers import report
from tests.e2e.test_local_stack import merchant_token
from tests.support.cloud import client, outcome
from tools.local.waiting import until

pytestmark = pytest.mark.stack


@dataclass
class Shop:
    """A merchant's own server: what it was told, oldest first, and what it answers to it."""

    heard: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    answers: Callable[[Mapping[str, Any]], int] = lambda _: 204
    url: str = ""

    def about(self, case_id: str) -> list[tuple[bytes, dict[str, str]]]:
        """What it was told of one case: other tests of this merchant report cases too."""
        return [one for one in self.heard if case_id.encode() in one[0]]


STARTED = datetime.now(UTC)


@pytest.fixture
def shop() -> Iterator[Shop]:
    one = Shop()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            one.heard.append((body, {name.lower(): value for name, value in self.headers.items()}))
            self.send_response(one.answers(json.loads(body)))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads along."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    one.url = f"http://127.0.0.1:{server.server_port}/hooks"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield one
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.requirement("002-17")
def test_a_merchant_hears_of_its_case_signed_in_order_again_and_not_when_paused(
    stack: Mapping[str, Any], shop: Shop
) -> None:
    bearer = merchant_token(stack)

    def ask(method: str, path: str, body: object = None, *, status: int = 200) -> Any:
        answer = outcome(stack, method, path, body=body, bearer=bearer)
        assert answer.status == status, answer.body
        return answer.json() if answer.body else None

    hook = ask("POST", "/v1/webhooks", {"url": shop.url}, status=201)
    shop.answers = lambda told: 503 if told["type"] == "case.reported" else 204
    case_id = report(stack, bearer)["id"]
    turn = {"merchant": stack["merchant"]["client_id"], "endpoint_id": hook["id"]}

    def go(subject: str = case_id) -> None:
        """What the sweep would put to the queue within the minute."""
        client(stack, "sqs").send_message(
            QueueUrl=stack["queues"]["delivery_queue"],
            MessageBody=json.dumps({**turn, "subject": subject}),
        )

    # The first event fails: it is tried again with the same id, and nothing overtakes it.
    until(lambda: shop.about(case_id) or None, within=180)
    reported = shop.about(case_id)[0][1]["webhook-id"]
    withdrawn = outcome(stack, "POST", f"/v1/cases/{case_id}/withdraw", body={}, bearer=bearer)
    assert withdrawn.status == 200, withdrawn.body
    shop.answers = lambda _: 204

    go()
    until(
        lambda: any(b"case.closed" in body for body, _ in shop.about(case_id)) or None, within=180
    )
    ids = [headers["webhook-id"] for _, headers in shop.about(case_id)]
    assert ids[:2] == [reported, reported]
    assert reported not in ids[2:]
    told = [Webhook(hook["secret"]).verify(*one) for one in shop.about(case_id)]
    kinds = [one["type"] for one in told]
    assert (kinds[1], kinds[-1]) == ("case.reported", "case.closed")
    moments = [one["timestamp"] for one in told]
    assert moments == sorted(moments)
    log = ask("GET", f"/v1/events/{reported}")["deliveries"]
    mine = next(one for one in log if one["endpoint_id"] == hook["id"])
    assert [one["status"] for one in mine["attempts"]] == [503, 204]

    # While a secret changes, the old and the new one both verify; the event is sent again by hand.
    fresh = ask("POST", f"/v1/webhooks/{hook['id']}/rotate")["secret"]
    ask("POST", f"/v1/events/{reported}/resend", status=202)
    until(lambda: len(heard_of(shop, reported)) > 2 or None, within=180)
    for secret in (hook["secret"], fresh):
        assert Webhook(secret).verify(*heard_of(shop, reported)[2])["type"] == "case.reported"

    # An endpoint that has failed for a day is paused, and its owner is told.
    shop.answers = lambda _: 500
    path = f"/v1/webhooks/{hook['id']}"
    note_failures(stack, hook["id"])
    ask("POST", f"/v1/events/{reported}/resend", status=202)

    def paused() -> bool | None:
        if ask("GET", path)["is_paused"]:
            return True
        note_failures(stack, hook["id"])  # the attempt before may have noted its success over it
        return None

    until(paused, within=180)
    events = ask("GET", "/v1/events?limit=50")["data"]
    pauses = [one for one in events if one["type"] == "endpoint.paused"]
    assert [one["data"]["endpoint_id"] for one in pauses].count(hook["id"]) == 1

    # Woken, it hears what waited for it.
    shop.answers = lambda _: 204
    before = len(heard_of(shop, reported))
    assert ask("PATCH", path, {"is_paused": False})["failures"] == 0
    ask("POST", f"/v1/events/{reported}/resend", status=202)
    until(lambda: len(heard_of(shop, reported)) > before or None, within=180)
    ask("DELETE", path, status=204)


def heard_of(shop: Shop, event_id: str) -> list[tuple[bytes, dict[str, str]]]:
    """Each attempt of one event."""
    return [one for one in shop.heard if one[1]["webhook-id"] == event_id]


def note_failures(stack: Mapping[str, Any], endpoint_id: str) -> None:
    """The endpoint's health as a day of failures would have left it."""
    failing = {
        "failures": 9,
        "failing_since": (STARTED - timedelta(hours=25)).isoformat(),
        "is_gone": False,
    }
    client(stack, "dynamodb").put_item(
        TableName=stack["tables"]["deliveries_table"],
        Item={
            "pk": {"S": endpoint_id},
            "sk": {"S": "health"},
            "body": {"S": json.dumps(failing)},
        },
    )
