"""Who may do what; the emulator drops several of these, so nothing else would notice."""

from importlib import import_module

import pytest

from amends.web.proving import prove
from amends.web.router import Router
from tests.template.reading import (
    APPEND_ONLY,
    Resources,
    as_list,
    functions,
    mentions,
    of_type,
    statements,
)

MAY_TOUCH_HISTORY = {"dynamodb:PutItem", "dynamodb:ConditionCheckItem", "dynamodb:Query"}
PIECES_OF_A_ROLE = 10
"""Managed policies that IAM lets one role hold, unless an account asks for more."""

PULLED = ("SQS", "DynamoDB")
TALK_TO_PEOPLE = {
    *("ReportIntakeApi", "ReportIntakeEmail", "FollowupStream", "FollowupDue"),
    *(
        "ClaimSettlePapers",
        "FollowupQueue",
        "FollowupApi",
        "ClaimSettleQueue",
        "ClaimSettleSchedule",
        "ClaimSettleApi",
    ),
    # forgets whoever held a parcel that was not theirs; gives a damage case its people
    "ClaimSettleStream",
}


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nobody_may_rewrite_history(resources: Resources, table: str) -> None:
    for function in functions(resources):
        for statement in statements(resources, function):
            if table in mentions(statement["Resource"]):
                assert set(as_list(statement["Action"])) <= MAY_TOUCH_HISTORY, function


def test_the_events_table_itself_refuses_to_be_rewritten(resources: Resources) -> None:
    policy = resources["EventsTable"]["Properties"]["ResourcePolicy"]["Fn::If"][1]
    (statement,) = policy["PolicyDocument"]["Statement"]

    assert statement["Effect"] == "Deny"
    assert {"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"} <= set(
        statement["Action"]
    )


def test_no_permission_is_a_wildcard(resources: Resources) -> None:
    for function in functions(resources):
        for statement in statements(resources, function):
            actions = as_list(statement["Action"])
            assert not [action for action in actions if action.endswith(":*")], function
            if statement["Resource"] == "*":
                assert statement.get("Condition"), (function, statement["Sid"])
                assert set(actions) <= {"ses:SendEmail", "ses:SendRawEmail", "sns:Publish"}


def test_only_those_who_talk_to_people_or_pay_them_read_who_they_are(resources: Resources) -> None:
    readers = {
        function
        for function in functions(resources)
        for statement in statements(resources, function)
        if "ContactsTable" in mentions(statement["Resource"])
    }

    assert readers == TALK_TO_PEOPLE


def test_each_function_reads_only_the_secrets_that_it_uses(resources: Resources) -> None:
    readers: dict[str, set[str]] = {}
    for function in functions(resources):
        for statement in statements(resources, function):
            for resource in as_list(statement["Resource"]):
                secret = str(resource).partition("/secrets/")[2].partition("'")[0]
                if "ssm:GetParameter" in as_list(statement["Action"]) and secret:
                    readers.setdefault(secret, set()).add(function)

    assert readers.keys() == {"tokens", "channels/*", "rails/*"}
    assert readers["channels/*"] == {"TrackingPollerApi", "TrackingPollerQueue"}
    assert readers["rails/*"] == {"ClaimSettleApi", "ClaimSettleQueue", "ClaimSettleSchedule"}


def test_no_role_holds_more_pieces_than_an_account_grants(resources: Resources) -> None:
    for name, function in functions(resources).items():
        pieces = [policy for policy in function["Policies"] if "Ref" in policy]
        reads = [one for one in function.get("Events", {}).values() if one["Type"] in PULLED]
        by_sam = 1 + len(reads)  # logs, and one for each source that Lambda reads from

        assert len(pieces) + by_sam <= PIECES_OF_A_ROLE, name


def test_each_function_has_a_role_of_its_own(resources: Resources) -> None:
    assert not [name for name, properties in functions(resources).items() if "Role" in properties]


def test_whatever_the_gateway_lets_in_meets_a_router_that_proves_tokens_and_asks_staff_for_one(
    resources: Resources,
) -> None:
    assert not of_type(resources, "AWS::ApiGatewayV2::Authorizer")
    led = functions(resources)
    for name, route in of_type(resources, "AWS::ApiGatewayV2::Route").items():
        assert route["AuthorizationType"] == "NONE", name
        target = str(route["Target"]["Fn::Sub"]).removeprefix("integrations/${").rstrip("}")
        integration = resources[target]["Properties"]["IntegrationUri"]
        function = led[integration["Fn::GetAtt"][0]]
        module = import_module(str(function["Handler"]).removesuffix(".handler"))
        assert isinstance(module.router, Router), name
        assert module.router.prove is prove, name
        assert "TokensLayer" in mentions(function["Layers"]), name
