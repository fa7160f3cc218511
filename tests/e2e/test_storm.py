"""Much fails at once between the functions and their cloud, and each case is still done once."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest

from tests.e2e.test_fault_proxy import control
from tools.local.demo import (
    Stuck,
    Walk,
    a_number,
    accept,
    answer_survey,
    read_offer,
    report,
    script_parcel,
)
from tools.local.waiting import until

pytestmark = pytest.mark.stack


def quiet(_text: str) -> None:
    """Nobody reads along."""


def through(step: Callable[[], object]) -> None:
    """Do a step again with the same keys until it comes through, as a client would."""

    def done() -> bool | None:
        try:
            step()
        except Stuck:
            return None
        return True

    until(done, within=180)


def take_offer(walk: Walk) -> None:
    accept(walk, read_offer(walk))


def test_after_a_storm_every_case_is_settled_exactly_once(
    faulty_stack: Mapping[str, Any],
) -> None:
    lost = {"service": "dynamodb", "operation": "TransactWriteItems", "response": {"abort_frac": 0}}
    busy = {"error": {"code": "ServiceUnavailable", "status": 503}}
    storm = [
        {**lost, "probability": 0.25, "times": 12},
        {"service": "dynamodb", "operation": "Query", **busy, "probability": 0.15, "times": 12},
        {"service": "sqs", "operation": "SendMessage", **busy, "times": 4},
        {"service": "sqs", "operation": "SendMessageBatch", **busy, "times": 4},
        {"service": "ses", **busy, "probability": 0.4, "times": 4},
    ]
    walks = [Walk(stack=faulty_stack, say=quiet) for _ in range(3)]
    numbers = [a_number(33_000_000 + place) for place in range(len(walks))]
    for number in numbers:
        script_parcel(faulty_stack, number)
    control(faulty_stack, "rules", storm)
    for walk, number in zip(walks, numbers, strict=True):
        through(partial(report, walk, number))
    for walk in walks:
        through(partial(take_offer, walk))
    fired = control(faulty_stack, "fired")
    control(faulty_stack, "rules", [])
    for walk in walks:
        answer_survey(walk)

    assert len(fired) >= 10
    for walk in walks:
        history = walk.ask("GET", f"/v1/cases/{walk.case_id}/timeline")["data"]
        kinds = [line["type"] for line in history]
        assert kinds.count("CaseOpened") == kinds.count("OfferAccepted") == 1
        assert kinds.count("PayoutRequested") == kinds.count("PayoutConfirmed") == 1
        assert kinds.count("SurveySent") == kinds.count("CaseClosed") == 1
    assert len({walk.case_id for walk in walks}) == len(walks)
