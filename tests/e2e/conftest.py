"""A little function of our own in the stack's emulator, that cannot digest one record."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.cloud import client
from tools.local.build import runtime

EATER = """
import os, boto3
queues = boto3.client("sqs")
def handler(event, context):
    for record in event["Records"]:
        name = record["dynamodb"]["Keys"]["pk"]["S"]
        if name == "poison":
            number = record["dynamodb"]["SequenceNumber"]
            return {"batchItemFailures": [{"itemIdentifier": number}]}
        queues.send_message(QueueUrl=os.environ["SEEN"], MessageBody=name)
    return {"batchItemFailures": []}
"""


@pytest.fixture(scope="session")
def poisoned(stack: Mapping[str, Any]) -> Mapping[str, str]:
    """The little function in the stack of the session."""
    return feed(stack)


def feed(stack: Mapping[str, Any]) -> Mapping[str, str]:
    """A table, a reader of its stream, a queue of what it has seen, a queue of what was parked."""
    queues, roles, functions = (client(stack, name) for name in ("sqs", "iam", "lambda"))
    seen = queues.create_queue(QueueName="poison-seen")["QueueUrl"]
    parked = queues.create_queue(QueueName="poison-parked")["QueueUrl"]
    parked_arn = queues.get_queue_attributes(QueueUrl=parked, AttributeNames=["QueueArn"])
    table = client(stack, "dynamodb").create_table(
        TableName="poison",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    role = roles.create_role(
        RoleName="poison",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]["Arn"]
    may = {"Effect": "Allow", "Action": ["sqs:*", "dynamodb:*"], "Resource": "*"}
    roles.put_role_policy(
        RoleName="poison",
        PolicyName="all",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [may]}),
    )
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("eater.py", EATER)
    functions.create_function(
        FunctionName="poison",
        Runtime=runtime(),
        Role=role,
        Handler="eater.handler",
        Code={"ZipFile": code.getvalue()},
        Environment={"Variables": {"SEEN": seen, "AWS_MAX_ATTEMPTS": "1"}},
    )
    functions.create_event_source_mapping(
        FunctionName="poison",
        EventSourceArn=table["LatestStreamArn"],
        StartingPosition="TRIM_HORIZON",
        BatchSize=10,
        MaximumRetryAttempts=1,
        BisectBatchOnFunctionError=True,
        FunctionResponseTypes=["ReportBatchItemFailures"],
        DestinationConfig={"OnFailure": {"Destination": parked_arn["Attributes"]["QueueArn"]}},
    )
    return {"table": "poison", "seen": seen, "parked": parked}
