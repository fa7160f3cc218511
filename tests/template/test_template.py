"""The infrastructure's promises; several the emulator drops, so nothing else would notice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.template.reading import (
    Resources,
    as_list,
    functions,
    mentions,
    of_type,
    sources,
    statements,
)

ROOT = Path(__file__).resolve().parents[2]
MAY_TOUCH_HISTORY = {"dynamodb:PutItem", "dynamodb:ConditionCheckItem", "dynamodb:Query"}
APPEND_ONLY = ("EventsTable", "LedgerTable")
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
END_BY_THEMSELVES = {"ContactsTable", "IdempotencyTable", "DeliveriesTable"}


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


def test_each_function_has_a_role_of_its_own(resources: Resources) -> None:
    assert not [name for name, properties in functions(resources).items() if "Role" in properties]


def test_every_handler_exists(resources: Resources, template: Mapping[str, Any]) -> None:
    assert template["Globals"]["Function"]["CodeUri"] == "functions/"
    handlers = {properties["Handler"] for properties in functions(resources).values()}
    for handler in handlers:
        module, _, name = handler.rpartition(".")
        file = ROOT / "functions" / f"{module.replace('.', '/')}.py"
        assert file.is_file(), handler
        assert name == "handler"
        assert "def handler(" in file.read_text()
    assert len(handlers) == len(functions(resources))


def test_every_trigger_module_is_deployed(resources: Resources) -> None:
    triggers = {"api", "email", "papers", "stream", "queue", "due", "schedule"}
    written = {
        f"{path.parent.name}.{path.stem}.handler"
        for path in (ROOT / "functions").glob("*/*.py")
        if path.stem in triggers
    }

    assert written == {properties["Handler"] for properties in functions(resources).values()}


def test_every_queue_gives_up_into_dead_letters_and_every_dead_letter_rings(
    resources: Resources,
) -> None:
    queues = of_type(resources, "AWS::SQS::Queue")
    dead = {name for name in queues if name.endswith("DeadLetters")}
    watched = {
        name
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
        for name in mentions(alarm["Dimensions"])
        if mentions(alarm["AlarmActions"]) == {"AlarmTopic"} and alarm["Threshold"] == 0
    }

    assert watched == dead
    for name in queues.keys() - dead:
        redrive = queues[name]["RedrivePolicy"]
        assert mentions(redrive["deadLetterTargetArn"]) <= dead, name
        assert redrive["maxReceiveCount"] >= 5, name
    for name in dead:
        assert queues[name]["MessageRetentionPeriod"] == 14 * 24 * 3600, name


def test_every_reader_of_a_stream_isolates_parks_and_reports(resources: Resources) -> None:
    readers = sources(resources, "DynamoDB")
    assert len(readers) == 2, "a stream serves two readers well; a third reads a bus"
    for name, source in readers.items():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert source["BisectBatchOnFunctionError"] is True, name
        assert source["MaximumRetryAttempts"] >= 1, name
        assert source["StartingPosition"] == "TRIM_HORIZON", name
        (target,) = mentions(source["DestinationConfig"]["OnFailure"]["Destination"])
        assert target == f"{name.split('.')[0]}DeadLetters"


def test_every_reader_of_a_queue_reports_items_and_is_bounded(
    resources: Resources, template: Mapping[str, Any]
) -> None:
    slowest = template["Globals"]["Function"]["Timeout"]
    for name, source in sources(resources, "SQS").items():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert source["ScalingConfig"]["MaximumConcurrency"], name
        (queue,) = mentions(source["Queue"])
        assert resources[queue]["Properties"]["VisibilityTimeout"] >= 6 * slowest, name


def test_whatever_is_invoked_without_a_caller_has_a_place_for_its_failures(
    resources: Resources,
) -> None:
    for kind in ("ScheduleV2", "S3"):
        for name in sources(resources, kind):
            function = name.split(".")[0]
            config = functions(resources)[function]["EventInvokeConfig"]
            target = mentions(config["DestinationConfig"]["OnFailure"]["Destination"])
            assert target == {f"{function}DeadLetters"}
    for name, source in sources(resources, "ScheduleV2").items():
        assert mentions(source["DeadLetterConfig"]) == {f"{name.split('.')[0]}DeadLetters"}


def test_every_table_is_encrypted_recoverable_and_pays_for_what_it_serves(
    resources: Resources,
) -> None:
    for name, table in of_type(resources, "AWS::DynamoDB::Table").items():
        assert table["SSESpecification"]["SSEEnabled"] is True, name
        recovery = table["PointInTimeRecoverySpecification"]
        assert recovery["PointInTimeRecoveryEnabled"] is True, name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name
        assert ("TimeToLiveSpecification" in table) is (name in END_BY_THEMSELVES), name
    for name in APPEND_ONLY:
        assert resources[name]["DeletionPolicy"] == "Retain"


def test_contacts_have_a_key_of_their_own(resources: Resources) -> None:
    encryption = resources["ContactsTable"]["Properties"]["SSESpecification"]

    assert mentions(encryption["KMSMasterKeyId"]) == {"ContactsKey"}
    assert resources["ContactsKey"]["Properties"]["EnableKeyRotation"] is True


def test_every_bucket_is_private_encrypted_and_versioned(resources: Resources) -> None:
    for name, bucket in of_type(resources, "AWS::S3::Bucket").items():
        assert bucket["BucketEncryption"], name
        assert all(bucket["PublicAccessBlockConfiguration"].values()), name
        assert len(bucket["PublicAccessBlockConfiguration"]) == 4, name
        assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}, name
        assert bucket["LifecycleConfiguration"]["Rules"], name


def test_the_api_is_throttled_and_its_calls_are_logged_without_anyones_data(
    resources: Resources,
) -> None:
    stage = resources["ApiStage"]["Properties"]
    assert mentions(stage["DefaultRouteSettings"]) == {"RequestRate", "RequestBurst"}
    assert mentions(stage["AccessLogSettings"]["DestinationArn"]) == {"ApiLogs"}
    written = stage["AccessLogSettings"]["Format"]
    assert not [word for word in ("sourceIp", "header", "path", "claims") if word in written]


def test_every_log_ends(resources: Resources) -> None:
    for name, group in of_type(resources, "AWS::Logs::LogGroup").items():
        assert mentions(group["RetentionInDays"]) == {"LogRetentionDays"}, name


def test_the_gateway_lets_staff_in_and_leaves_every_other_proof_to_the_code(
    resources: Resources,
) -> None:
    for name, route in of_type(resources, "AWS::ApiGatewayV2::Route").items():
        if not route["RouteKey"].partition(" ")[2].startswith("/v1/staff"):
            assert route["AuthorizationType"] == "NONE", name
            continue
        assert route["AuthorizationType"] == "JWT", name
        assert mentions(route["AuthorizerId"]) == {"StaffAuthorizer"}, name


def test_what_the_emulator_does_not_know_stands_behind_a_condition(resources: Resources) -> None:
    unknown = {"AWS::SES::ReceiptRuleSet", "AWS::SES::ReceiptRule"}
    for name, resource in resources.items():
        if resource["Type"] in unknown:
            assert resource["Condition"] == "OnAws", name


def test_the_interpreter_and_the_machine_are_parameters(template: Mapping[str, Any]) -> None:
    common = template["Globals"]["Function"]

    assert mentions(common["Runtime"]) == {"PyRuntime"}
    assert mentions(common["Architectures"]) == {"Arch"}
    assert template["Parameters"]["PyRuntime"]["Default"] == "python3.13"
    assert template["Parameters"]["Arch"]["Default"] == "arm64"


def test_what_paying_needs_lies_beside_only_those_that_pay(resources: Resources) -> None:
    carriers = {
        name
        for name, properties in functions(resources).items()
        if "PaymentsLayer" in mentions(properties.get("Layers", []))
    }

    assert carriers == {"ClaimSettleApi", "ClaimSettleQueue", "ClaimSettleSchedule"}


def test_what_proves_tokens_or_signs_has_the_layer_for_it(resources: Resources) -> None:
    proving = {
        f"{path.parent.name}.{path.stem}.handler"
        for path in Path("functions").glob("*/*.py")
        if "from amends.web.proving import prove" in path.read_text()
    }
    carriers = {
        name: str(properties["Handler"])
        for name, properties in functions(resources).items()
        if "TokensLayer" in mentions(properties.get("Layers", []))
    }

    assert proving <= set(carriers.values())
    paying = {"ClaimSettleQueue", "ClaimSettleSchedule"}
    assert {name for name, handler in carriers.items() if handler not in proving} == paying
