"""The tracking functions as they are deployed, on moto, asking simulated channels."""

import base64
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from moto import mock_aws

from amends import runtime
from simulators.carriers import Handle
from tests.support.tables import make_table
from tests.support.token_house import ISSUER, STAFF_CLIENT, merchant_token, open_house, staff_token
from tests.support.warm import forget
from tracking_poller import api, queue, schedule

REGION = "us-east-1"
TABLES = {
    "EVENTS_TABLE": "EventsTable",
    "CASES_TABLE": "CasesTable",
    "LEDGER_TABLE": "LedgerTable",
    "CONTACTS_TABLE": "ContactsTable",
    "SHIPMENTS_TABLE": "ShipmentsTable",
    "DUE_TABLE": "DueShipmentsTable",
    "IDEMPOTENCY_TABLE": "IdempotencyTable",
    "DELIVERIES_TABLE": "DeliveriesTable",
    "INSIGHT_TABLE": "InsightTable",
}
QUEUES = ("TRACKING_QUEUE_URL", "PAYOUT_QUEUE_URL", "DELIVERY_QUEUE_URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: str

    def json(self) -> Any:
        """The body as a document."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingCloud:
    """The deployed functions, the engine beneath them, and the simulated channels."""

    world: Handle
    dynamodb: Any
    sqs: Any
    names: Mapping[str, str]

    def call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        merchant: str | None = None,
        groups: str | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Said:
        """Call the API; `merchant` or `groups` are what its token says."""
        sent = {"content-type": "application/json"} if body is not None else {}
        if merchant:
            sent["authorization"] = f"Bearer {merchant_token(merchant)}"
        if groups is not None:
            sent["authorization"] = f"Bearer {staff_token('u1', *groups.split())}"
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body else b""
        event = {
            "rawPath": path,
            "headers": {**sent, **(headers or {})},
            "queryStringParameters": dict(query or {}),
            "body": base64.b64encode(raw).decode(),
            "isBase64Encoded": True,
            "requestContext": {
                "requestId": uuid4().hex,
                "http": {"method": method, "sourceIp": "192.0.2.1"},
            },
        }
        answer = api.handler(event, None)
        headers_out = {name.lower(): value for name, value in answer["headers"].items()}
        return Said(status=answer["statusCode"], headers=headers_out, body=answer.get("body") or "")

    def sweep(self) -> None:
        """What the clock does every minute."""
        schedule.handler({}, None)

    def work(self) -> list[Mapping[str, Any]]:
        """Let the queue's function take every message that is there; the messages."""
        url, taken = self.names["TRACKING_QUEUE_URL"], []
        while messages := self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            records = [{"messageId": m["MessageId"], "body": m["Body"]} for m in messages]
            failed = queue.handler({"Records": records}, None)["batchItemFailures"]
            assert failed == []
            for message in messages:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                taken.append(json.loads(message["Body"]))
        return taken

    def rows(self, variable: str) -> list[Mapping[str, Any]]:
        """Every row of one table."""
        found: list[Mapping[str, Any]] = self.dynamodb.scan(TableName=self.names[variable])["Items"]
        return found


@contextmanager
def tracking_cloud(world: Handle, **settings: object) -> Iterator[TrackingCloud]:
    """The functions wired to an empty cloud; `settings` are those of the stack."""
    codes = list(world.world.posts)
    accounts = {code: {"base_url": world.base_url(code)} for code in codes}
    names = {
        "SETTINGS_PARAMETER": "/amends/settings",
        "SECRETS_PREFIX": "/amends/secrets",
    }
    outside = {
        "PUBLIC_URL": "http://127.0.0.1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": REGION,
    }
    with patch.dict(os.environ, outside), mock_aws(), open_house("one") as keys:
        names |= {"TOKEN_ISSUER": ISSUER, "TOKEN_KEYS_URL": keys, "STAFF_CLIENT": STAFF_CLIENT}
        dynamodb, sqs, ssm = (runtime.client(name) for name in ("dynamodb", "sqs", "ssm"))
        names |= {name: make_table(dynamodb, kind, kind) for name, kind in TABLES.items()}
        names |= {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in QUEUES}
        stack = {"channels": accounts, **settings}
        ssm.put_parameter(Name="/amends/settings", Value=json.dumps(stack), Type="String")
        for code in codes:
            ssm.put_parameter(
                Name=f"/amends/secrets/channels/{code}",
                Value=json.dumps(dict(world.secrets(code))),
                Type="SecureString",
            )
        with patch.dict(os.environ, names):
            forget()
            try:
                yield TrackingCloud(world=world, dynamodb=dynamodb, sqs=sqs, names=names)
            finally:
                forget()
