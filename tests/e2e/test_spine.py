"""One lost parcel goes its whole way on the deployed stack, and what goes wrong beside it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tools.local.demo import (
    Walk,
    a_number,
    carry,
    read_offer,
    report,
    script_parcel,
)
from tools.local.mailbox import mail

pytestmark = pytest.mark.stack


def quiet(_text: str) -> None:
    """Nobody reads along."""


def offered(stack: Mapping[str, Any], seed: int) -> tuple[Walk, dict[str, Any]]:
    walk = Walk(stack=stack, say=quiet)
    number = a_number(seed)
    script_parcel(stack, number)
    report(walk, number)
    return walk, read_offer(walk)


@pytest.mark.requirement("004-21")
def test_a_lost_small_packet_is_paid_once_and_asked_about(stack: Mapping[str, Any]) -> None:
    said: list[str] = []
    walk = Walk(stack=stack, say=said.append)

    carry(walk)

    timeline = walk.ask("GET", f"/v1/cases/{walk.case_id}/timeline")["data"]
    kinds = [line["type"] for line in timeline]
    case = walk.ask("GET", f"/v1/cases/{walk.case_id}")
    assert (case["outcome"], case["conclusion"]["finding"]) == ("compensated", "lost")
    assert kinds.count("PayoutRequested") == kinds.count("PayoutConfirmed") == 1
    # 30 XDR at 0.106732 XDR a yuan, and the postage of 32.50.
    assert case["payout"]["amount"] == {"amount": "313.58", "currency": "CNY"}
    subjects = [one["Subject"] for one in mail(stack) if walk.case_id in str(one)]
    assert len(subjects) == len(set(subjects)) >= 4


def test_of_two_acceptances_at_once_one_wins_and_the_other_is_told(
    stack: Mapping[str, Any],
) -> None:
    walk, offer = offered(stack, 11_111_111)
    path = f"/v1/cases/{walk.case_id}/offers/{offer['id']}/accept"
    accounts = [f"20881234567890{number:02d}" for number in range(4)]

    with ThreadPoolExecutor(4) as crowd:
        tries = [
            crowd.submit(
                walk.try_to,
                "POST",
                path,
                {"payout_method": {"rail": "alipay", "account": account}},
                key=f"try-{account}-{walk.case_id}",
            )
            for account in accounts
        ]
        answers = [one.result() for one in tries]

    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    history = walk.ask("GET", f"/v1/cases/{walk.case_id}/timeline")["data"]
    assert [line["type"] for line in history].count("OfferAccepted") == 1


def test_the_same_report_again_is_the_same_case_and_another_body_is_refused(
    stack: Mapping[str, Any],
) -> None:
    walk, _ = offered(stack, 22_222_222)
    number = a_number(22_222_222)

    again = Walk(stack=stack, say=quiet)
    report(again, number)
    other = again.try_to("POST", "/v1/cases", {"incident": {}}, key=f"demo-{number}")

    assert again.case_id == walk.case_id
    assert (other.status, other.document["code"]) == (422, "idempotency_key_reused")
