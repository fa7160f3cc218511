"""Whatever fails is isolated, parked and rings."""

from collections.abc import Mapping
from typing import Any

from tests.template.reading import Resources, functions, mentions, of_type, sources


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


def test_every_table_queue_bucket_and_function_is_named_to_whoever_runs_the_stack(
    template: Mapping[str, Any], resources: Resources
) -> None:
    for kind in (
        "AWS::DynamoDB::Table",
        "AWS::SQS::Queue",
        "AWS::S3::Bucket",
        "AWS::Serverless::Function",
    ):
        assert of_type(resources, kind).keys() <= template["Outputs"].keys(), kind


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
        # The next sweep does what this one could not: none is made up for later than that.
        number, unit = source["ScheduleExpression"].removeprefix("rate(").rstrip("s)").split()
        tried = source["RetryPolicy"]
        assert tried["MaximumRetryAttempts"] <= 2, name
        assert tried["MaximumEventAgeInSeconds"] <= int(number) * 60, name
        assert unit == "minute", name
        assert mentions(source["DeadLetterConfig"]) == {f"{name.split('.')[0]}DeadLetters"}
