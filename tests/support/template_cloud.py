"""The deployed functions over what the template describes: tables, queues, streams, buckets.

moto holds them in process; `carry` hands every record and message to the function that reads it,
in batches, until all is quiet. Time is the process's own clock, which a test moves.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

import boto3
from botocore.config import Config
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT
from moto.sqs.models import sqs_backends

from amends import runtime
from claim_settle import queue as payouts
from claim_settle import schedule as money_clock
from claim_settle import stream as settling
from followup import due
from followup import queue as deliveries
from followup import schedule as followup_clock
from followup import stream as telling
from report_intake import queue as arrivals
from tests.support.gateway import Gateway
from tests.support.tables import make_table, template
from tests.support.token_house import ISSUER, STAFF_CLIENT
from tests.support.warm import forget
from tracking_poller import queue as tracking
from tracking_poller import schedule as tracking_clock

SENDER = "claims@amends.example"
PLAIN = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "EVIDENCE_BUCKET": "evidence",
    "MAIL_BUCKET": "mail",
    "SENDER_ADDRESS": SENDER,
    "MAIL_CONFIGURATION_SET": "mail",
    "SURVEY_DELAY_SECONDS": "259200",
    "PUBLIC_URL": "https://api.amends.example",
    "ALLOWED_ORIGIN": "https://amends.example",
    "TOKEN_ISSUER": ISSUER,
    "STAFF_CLIENT": STAFF_CLIENT,
    "SETTINGS_PARAMETER": "/amends/settings",
    "SECRETS_PREFIX": "/amends/secrets",
}
READERS = {
    "DueQueue": due.handler,
    "TrackingQueue": tracking.handler,
    "PayoutQueue": payouts.handler,
    "DeliveryQueue": deliveries.handler,
}
BATCH = 10
_ROUNDS = 200


@dataclass(slots=True, kw_only=True)
class TemplateCloud:
    """Every function of the template, and the engine beneath."""

    gateway: Gateway
    queues: Mapping[str, str]
    """Name in the template to address."""
    dynamodb: Any
    sqs: Any
    stream: Any
    shard: str
    failed: list[object] = field(default_factory=list)

    def carry(self) -> None:
        """Carry what waits in the stream and the queues, until nothing does."""
        for _ in range(_ROUNDS):
            moved = self._carry_stream()
            for name, handler in READERS.items():
                if self._holds(name):
                    moved += self._carry_queue(name, handler)
            if not moved:
                return
        raise AssertionError("the functions keep each other busy")

    def arrived(self, key: str, content: bytes, content_type: str) -> None:
        """A file was sent with a grant, and the bucket tells of it."""
        runtime.evidence().put(key, content, content_type=content_type)
        notice = {"Records": [{"s3": {"object": {"key": key}}}]}
        record = {"messageId": key, "body": json.dumps(notice)}
        self._settled(arrivals.handler({"Records": [record]}, _context()))

    def tick(self, *, is_tracking: bool, is_money: bool = False) -> None:
        """What the clocks do every minute; money's ticks every quarter of an hour."""
        if is_money:
            money_clock.handler({"id": "quarter"}, _context())
        followup_clock.handler({"id": "minute"}, _context())
        if is_tracking:
            tracking_clock.handler({}, None)

    def rows(self, resource: str) -> list[Mapping[str, Any]]:
        """Every row of one table."""
        found: list[Mapping[str, Any]] = self.dynamodb.scan(TableName=resource)["Items"]
        return found

    def _carry_stream(self) -> int:
        told = self.stream.get_records(ShardIterator=self.shard, Limit=BATCH)
        self.shard = told["NextShardIterator"]
        records = told["Records"]
        if records:
            for handler in (settling.handler, telling.handler):
                self._settled(handler({"Records": records}, _context()))
        return len(records)

    def _holds(self, name: str) -> bool:
        """Whether anything waits in a queue: to look into it costs less than to ask it."""
        return bool(sqs_backends[ACCOUNT][PLAIN["AWS_DEFAULT_REGION"]].get_queue(name).messages)

    def _carry_queue(self, name: str, handler: Any) -> int:
        url = self.queues[name]
        told = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=BATCH)
        messages = told.get("Messages", [])
        if messages:
            records = [{"messageId": m["MessageId"], "body": m["Body"]} for m in messages]
            self._settled(handler({"Records": records}, _context()))
            rows = [{"Id": m["MessageId"], "ReceiptHandle": m["ReceiptHandle"]} for m in messages]
            self.sqs.delete_message_batch(QueueUrl=url, Entries=rows)
        return len(messages)

    def _settled(self, answer: Mapping[str, Any]) -> None:
        assert answer["batchItemFailures"] == [], answer


@dataclass(frozen=True, slots=True)
class _Named:
    """What handlers of ours read of their context."""

    function_name: str = "of a story"


def _context() -> Any:
    return _Named()


@contextmanager
def template_cloud(
    keys: str,
    settings: Mapping[str, object],
    secrets: Mapping[str, object],
) -> Iterator[TemplateCloud]:
    """An empty cloud, wired, as long as it is used; `keys` is where tokens are proved by."""
    plain = {**PLAIN, "TOKEN_KEYS_URL": keys}
    with patch.dict(os.environ, plain), mock_aws():
        dynamodb, sqs = runtime.client("dynamodb"), runtime.client("sqs")
        named = template()["Globals"]["Function"]["Environment"]["Variables"]
        names: dict[str, str] = {}
        queues: dict[str, str] = {}
        for variable, value in named.items():
            resource = value.get("Ref", "") if isinstance(value, dict) else ""
            if resource.endswith("Table"):
                names[variable] = make_table(dynamodb, resource, resource, has_stream=True)
            elif resource.endswith("Queue"):
                queues[resource] = sqs.create_queue(QueueName=resource)["QueueUrl"]
                names[variable] = queues[resource]
        _keep(settings, secrets)
        with patch.dict(os.environ, {str(k): str(v) for k, v in names.items()}):
            forget()
            stream = _streams()
            try:
                yield TemplateCloud(
                    gateway=Gateway(),
                    queues=queues,
                    dynamodb=dynamodb,
                    sqs=sqs,
                    stream=stream,
                    shard=_beginning(stream),
                )
            finally:
                forget()


@cache
def _streams() -> Any:
    bare = Config(account_id_endpoint_mode="disabled")  # moto knows no other address
    return boto3.client("dynamodbstreams", config=bare)


def _beginning(stream: Any) -> str:
    """Where the events' stream begins."""
    (told,) = stream.list_streams(TableName="EventsTable")["Streams"]
    arn = told["StreamArn"]
    (shard,) = stream.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    found = stream.get_shard_iterator(
        StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )
    return str(found["ShardIterator"])


def _keep(settings: Mapping[str, object], secrets: Mapping[str, object]) -> None:
    parameters, mail = runtime.client("ssm"), runtime.client("ses")
    parameters.put_parameter(
        Name=PLAIN["SETTINGS_PARAMETER"], Value=json.dumps(settings), Type="String"
    )
    for name, value in secrets.items():
        parameters.put_parameter(
            Name=f"{PLAIN['SECRETS_PREFIX']}/{name}", Value=json.dumps(value), Type="SecureString"
        )
    mail.create_configuration_set(ConfigurationSet={"Name": "mail"})
    mail.verify_email_identity(EmailAddress=SENDER)
    for bucket in ("evidence", "mail"):
        runtime.client("s3").create_bucket(Bucket=bucket)
