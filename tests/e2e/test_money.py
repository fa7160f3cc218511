"""Money on the deployed stack: by bank, by a gateway that calls back, and finance's own books."""

import json
import time
from collections.abc import Mapping
from typing import Any

import pytest

from tests.e2e.test_local_stack import token
from tests.e2e.test_spine import offered
from tests.support.cloud import client, outcome
from tools.local.caller import call
from tools.local.demo import Walk, a_number, read_offer, report_body, script_parcel
from tools.local.waiting import until

pytestmark = pytest.mark.stack
IBAN = "NL30MOCK0000000005"


def accepted(stack: Mapping[str, Any], seed: int, method: Mapping[str, str]) -> Walk:
    walk, offer = offered(stack, seed)
    path = f"/v1/cases/{walk.case_id}/offers/{offer['id']}/accept"
    walk.ask("POST", path, {"payout_method": dict(method)}, key=f"accept-{offer['id']}")
    return walk


def payout(walk: Walk) -> Any:
    rows = walk.ask("GET", f"/v1/cases/{walk.case_id}/payouts")["data"]
    return rows[-1] if rows else None


def until_status(walk: Walk, *wanted: str) -> Any:
    def found() -> Any:
        row = payout(walk)
        return row if row and row["status"] in wanted else None

    return until(found, within=180)


def ask_again(stack: Mapping[str, Any], walk: Walk) -> None:
    message = {"case_id": walk.case_id, "payout_id": payout(walk)["id"]}
    client(stack, "sqs").send_message(
        QueueUrl=stack["queues"]["payout_queue"], MessageBody=json.dumps(message)
    )


def known(stack: Mapping[str, Any]) -> Any:
    """What the world tells the stack: base URLs and secrets."""
    return call(f"{stack['simulators_url']}/_world/settings").document


@pytest.mark.requirement("002-15")
def test_a_claimant_is_paid_by_bank(stack: Mapping[str, Any]) -> None:
    walk = accepted(stack, 31_111_111, {"rail": "bank", "iban": IBAN, "name": "Wang Xiaoming"})
    until_status(walk, "unknown", "succeeded")
    bank = known(stack)["rails"]["bank"]["base_url"]
    assert call(f"{bank}/_mock/advance?days=3", method="POST").status == 200
    ask_again(stack, walk)

    paid = until_status(walk, "succeeded")

    assert paid["payee"] == "****0005"
    assert len(call(f"{bank}/_mock/payments").document) == 1


@pytest.mark.requirement("002-15", "002-17")
def test_a_gateway_that_was_slow_calls_back_and_its_word_is_recorded(
    stack: Mapping[str, Any],
) -> None:
    world = f"{stack['simulators_url']}/_world/rails/alipay"
    hook = f"{stack['api_url']}/v1/payouts/webhooks/alipay"
    told = call(world, method="PUT", body={"faults": ["slow"], "callback": hook})
    assert told.status == 200
    walk = accepted(stack, 32_222_222, {"rail": "alipay", "account": "2088123456789012"})
    until_status(walk, "unknown")
    (bill,) = (b for b in call(world).document["bills"] if b["state"] == "DEALING")

    moved = call(f"{world}/{bill['number']}", method="POST", body={"state": "SUCCESS"})

    assert moved.document == {"called_back": 200}
    assert until_status(walk, "succeeded")["reference"]
    forged = call(hook, method="POST", body={"biz_content": "{}"})
    assert (forged.status, forged.document["code"]) == (401, "bad_callback")


@pytest.mark.requirement("002-15")
def test_a_gateway_that_times_out_after_it_has_acted_is_asked_and_pays_once(
    stack: Mapping[str, Any],
) -> None:
    world = f"{stack['simulators_url']}/_world/rails/alipay"
    before = {bill["number"] for bill in call(world).document["bills"]}
    assert call(world, method="PUT", body={"faults": ["timeout_after"]}).status == 200
    walk = accepted(stack, 34_444_444, {"rail": "alipay", "account": "2088123456789034"})
    row = until_status(walk, "unknown", "succeeded")
    if row["status"] == "unknown":
        ask_again(stack, walk)

    assert until_status(walk, "succeeded")["reference"]
    made = [bill for bill in call(world).document["bills"] if bill["number"] not in before]
    assert [bill["state"] for bill in made] == ["SUCCESS"]


@pytest.mark.requirement("002-15", "002-17")
def test_a_payee_calls_a_waiting_transfer_back_and_proves_who_they_are_before_another(
    stack: Mapping[str, Any],
) -> None:
    walk, number = Walk(stack=stack, say=lambda _: None), a_number(time.time_ns() // 1_000_000)
    script_parcel(stack, number)
    body: dict[str, Any] = report_body(number)
    body["items"][0] |= {"quantity": 1, "unit_value": {"amount": "90.00", "currency": "CNY"}}
    case = walk.ask("POST", "/v1/cases", body, key=f"back-{number}")  # within WeChat's limit
    walk.case_id, walk.token = case["id"], case["token"]
    method = {"rail": "wechat_pay", "openid": "o-MYE42l80oelYMDE34nYD456Xoy", "name": "王小明"}
    path = f"/v1/cases/{walk.case_id}/offers/{read_offer(walk)['id']}/accept"
    walk.ask("POST", path, {"payout_method": method}, key=f"back-accept-{number}")
    waiting = until_status(walk, "awaiting_payee")
    path = f"/v1/cases/{walk.case_id}/payouts/{waiting['id']}/cancellation"

    asked = walk.ask("POST", path, key=f"back-{waiting['id']}")
    assert asked["called_back_at"]

    until_status(walk, "cancelled")
    (offer,) = walk.ask("GET", f"/v1/cases/{walk.case_id}/offers")["data"]
    assert offer["status"] == "open"
    elsewhere = {"payout_method": {"rail": "bank", "iban": IBAN, "name": "Wang Xiaoming"}}
    again = f"/v1/cases/{walk.case_id}/offers/{offer['id']}/accept"
    refused = walk.try_to("POST", again, elsewhere, key=f"again-{offer['id']}")
    assert (refused.status, refused.document["code"]) == (403, "fresh_proof_needed")


@pytest.mark.requirement("002-15")
def test_finance_reads_balanced_books_and_the_schedule_fetches_rates_and_statements(
    stack: Mapping[str, Any],
) -> None:
    run = client(stack, "lambda").invoke(
        FunctionName=stack["functions"]["claim_settle_schedule"], Payload=b"{}"
    )
    steps = json.loads(run["Payload"].read())
    assert "FunctionError" not in run, steps
    assert {"rates", "chase", "claims", "coupons", "reconcile alipay", "reconcile bank"} <= set(
        steps
    )
    finance = token(stack, "finance")

    def read(path: str) -> Any:
        answer = outcome(stack, "GET", f"/v1/staff/money/{path}", bearer=finance)
        assert answer.status == 200, answer.body
        return answer.json()

    assert read("trial-balance")["is_balanced"] is True
    assert {row["currency"] for row in read("rates")["data"]} >= {"CNY", "EUR", "INR"}
    refused = outcome(stack, "GET", "/v1/staff/money/trial-balance", bearer=token(stack, "agent"))
    assert refused.status == 403
