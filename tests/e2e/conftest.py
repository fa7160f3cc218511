"""A little function of our own in the stack's emulator, that reads one stream."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from tests.support.cloud import client
from tools.local.build import runtime

EATER = """
import os, boto3
queues = boto3.client("sqs")
def handler(event, context):
    for record in event["Records"]:
        name = record["dynamodb"]["Keys"]["pk"]["S"]
        queues.send_message(QueueUrl=os.environ["SEEN"], MessageBody=name)
    return {"batchItemFailures": []}
"""


def feed(stack: Mapping[str, Any]) -> Mapping[str, str]:
    """A table, a reader of its stream, a queue of what it has seen."""
    queues, roles, functions = (client(stack, name) for name in ("sqs", "iam", "lambda"))
    seen = queues.create_queue(QueueName="eater-seen")["QueueUrl"]
    table = client(stack, "dynamodb").create_table(
        TableName="eater",
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
        RoleName="eater",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]["Arn"]
    may = {"Effect": "Allow", "Action": ["sqs:*", "dynamodb:*"], "Resource": "*"}
    roles.put_role_policy(
        RoleName="eater",
        PolicyName="all",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [may]}),
    )
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("eater.py", EATER)
    functions.create_function(
        FunctionName="eater",
        Runtime=runtime(),
        Role=role,
        Handler="eater.handler",
        Code={"ZipFile": code.getvalue()},
        Environment={"Variables": {"SEEN": seen, "AWS_MAX_ATTEMPTS": "1"}},
    )
    functions.create_event_source_mapping(
        FunctionName="eater",
        EventSourceArn=table["LatestStreamArn"],
        StartingPosition="TRIM_HORIZON",
        BatchSize=10,
        MaximumRetryAttempts=1,
        BisectBatchOnFunctionError=True,
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )
    return {"table": "eater", "seen": seen}
