"""The local cloud behaves like the real one where this product would notice the difference."""

import json
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.support.cloud import client, outcome
from tools.local.mailbox import wait_for_mail

pytestmark = pytest.mark.stack


def token(stack: Mapping[str, Any], group: str) -> str:
    answer = client(stack, "cognito-idp").initiate_auth(
        ClientId=stack["staff_client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={
            "USERNAME": stack["staff"][group]["username"],
            "PASSWORD": stack["staff"][group]["password"],
        },
    )
    return str(answer["AuthenticationResult"]["IdToken"])


def merchant_token(stack: Mapping[str, Any]) -> str:
    merchant = stack["merchant"]
    pair = f"{merchant['client_id']}:{merchant['client_secret']}"
    request = urllib.request.Request(
        merchant["token_url"],
        data=urllib.parse.urlencode(
            {"grant_type": "client_credentials", "scope": merchant["scopes"]}
        ).encode(),
        headers={
            "Authorization": f"Basic {b64encode(pair.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return str(json.load(answer)["access_token"])


def test_what_has_no_route_is_answered_with_a_problem(stack: Mapping[str, Any]) -> None:
    answer = outcome(stack, "GET", "/v1/nothing-here")

    assert answer.status == 404
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_merchant_gets_past_its_own_gate(stack: Mapping[str, Any]) -> None:
    assert outcome(stack, "GET", "/v1/shipments", bearer=merchant_token(stack)).status == 200


def test_a_browser_of_the_one_allowed_origin_may_call(stack: Mapping[str, Any]) -> None:
    asks = {
        "Origin": stack["allowed_origin"],
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "idempotency-key",
    }

    answer = outcome(stack, "OPTIONS", "/v1/staff/cases", headers=asks)

    assert answer.status in (200, 204)
    assert answer.headers["access-control-allow-origin"] == stack["allowed_origin"]


def test_rows_that_may_end_do_end(stack: Mapping[str, Any]) -> None:
    tables = client(stack, "dynamodb")
    for name in ("contacts_table", "idempotency_table", "deliveries_table"):
        described = tables.describe_time_to_live(TableName=stack["tables"][name])
        assert described["TimeToLiveDescription"]["AttributeName"] == "expires_at"


def test_no_function_may_rewrite_history(stack: Mapping[str, Any]) -> None:
    events = stack["tables"]["events_table"]
    functions, tokens = client(stack, "lambda"), client(stack, "sts")
    for function in stack["functions"].values():
        role = functions.get_function_configuration(FunctionName=function)["Role"]
        lent = tokens.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
        tables = client(stack, "dynamodb", lent=lent)
        with pytest.raises(ClientError, match="AccessDenied"):
            tables.delete_item(
                TableName=events, Key={"case_id": {"S": "case_1"}, "version": {"N": "1"}}
            )
        with pytest.raises(ClientError, match="AccessDenied"):
            tables.update_item(
                TableName=events,
                Key={"case_id": {"S": "case_1"}, "version": {"N": "1"}},
                UpdateExpression="SET body = :b",
                ExpressionAttributeValues={":b": {"S": "{}"}},
            )


def test_mail_waits_in_the_mailbox(stack: Mapping[str, Any]) -> None:
    client(stack, "ses").send_email(
        Source="claims@amends.example",
        Destination={"ToAddresses": ["someone@example.com"]},
        Message={"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "It is here."}}},
    )

    assert wait_for_mail(stack, lambda mail: "Hello" in json.dumps(mail), within=180)
