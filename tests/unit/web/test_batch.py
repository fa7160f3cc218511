import json
from collections.abc import Mapping
from typing import Any

import pytest

from amends.domain.occasion import BY_DUE
from amends.web.batch import each, turns_of_cases
from followup.due import note


def test_a_failed_message_is_named_and_its_neighbours_are_done() -> None:
    done: list[str] = []

    def act(record: Mapping[str, Any]) -> None:
        if record["body"] == "bad":
            raise ValueError("no")
        done.append(record["body"])

    bodies = ("one", "bad", "two")
    answer = each({"Records": [{"messageId": f"id-{b}", "body": b} for b in bodies]}, act)

    assert done == ["one", "two"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "id-bad"}]}


def test_a_log_says_what_failed_and_where_and_nothing_of_whom(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def act(record: Mapping[str, Any]) -> None:
        raise KeyError(record["body"])

    each({"Records": [{"messageId": "id", "body": "Erika Muster"}]}, act)
    note("case_1", KeyError("Erika Muster"))

    batch, _, due = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (batch["error"], due["error"], due["case_id"]) == ("KeyError", "KeyError", "case_1")
    assert batch["where"][-1].partition(":")[0] == __file__
    assert "Muster" not in f"{batch}{due}"


def test_a_stream_record_is_named_by_its_sequence_number() -> None:
    def act(record: Mapping[str, Any]) -> None:
        raise KeyError(record["eventID"])

    answer = each({"Records": [{"eventID": "e", "dynamodb": {"SequenceNumber": "42"}}]}, act)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "42"}]}


def test_what_stands_behind_a_failed_record_of_its_case_waits_for_it() -> None:
    done: list[str] = []

    def act(record: Mapping[str, Any]) -> None:
        number = record["dynamodb"]["SequenceNumber"]
        if number == "2":
            raise ValueError("not now")
        done.append(number)

    rows = (("1", "case_a"), ("2", "case_a"), ("3", "case_b"), ("4", "case_a"))
    records = [
        {"dynamodb": {"SequenceNumber": number, "Keys": {"case_id": {"S": case}}}}
        for number, case in rows
    ]
    answer = each({"Records": records}, act)

    assert done == ["1", "3"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}, {"itemIdentifier": "4"}]}


def test_the_log_says_where_and_not_what(capsys: pytest.CaptureFixture[str]) -> None:
    def act(_record: Mapping[str, Any]) -> None:
        raise ValueError("Erika Mustermann")

    each({"Records": [{"messageId": "1", "body": "Erika Mustermann"}]}, act)

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["message"] for line in lines] == ["record failed", "batch"]
    assert "Erika" not in json.dumps(lines)


def test_a_case_has_one_turn_a_batch_and_an_intent_to_pay_has_its_own() -> None:
    told = (("a", 3, "TaskOpened"), ("b", 1, "CaseOpened"), ("a", 4, "PayoutRequested"))
    rows = [
        {"dynamodb": {"Keys": {"case_id": {"S": case}}, "NewImage": {"type": {"S": name}}, "n": n}}
        for case, n, name in (*told, ("b", 2, "TrackingRead"))
    ]

    turns = turns_of_cases({"Records": rows})["Records"]
    paying = turns_of_cases({"Records": rows}, "PayoutRequested")["Records"]

    assert [row["dynamodb"]["n"] for row in turns] == [3, 1]
    assert [row["dynamodb"]["n"] for row in paying] == [3, 1, 4]


def test_what_was_recorded_of_a_due_case_is_left_to_whoever_recorded_it() -> None:
    told = (("a", 3, "SurveySent", BY_DUE), ("a", 4, "FeedbackGiven", "claimant"))
    more = (("b", 1, "PayoutRequested", BY_DUE), ("b", 2, "Reminded", BY_DUE))
    rows = [
        {
            "dynamodb": {
                "Keys": {"case_id": {"S": case}},
                "NewImage": {"type": {"S": name}, "by": {"S": by}},
                "n": n,
            }
        }
        for case, n, name, by in (*told, *more)
    ]

    turns = turns_of_cases({"Records": rows})["Records"]
    paying = turns_of_cases({"Records": rows}, "PayoutRequested")["Records"]

    assert [row["dynamodb"]["n"] for row in turns] == [4]
    assert [row["dynamodb"]["n"] for row in paying] == [4, 1]
