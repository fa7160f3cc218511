"""The merchant's side: verified deliveries, scripted failures, rails that act once."""

import json
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

from simulators.merchant import EXAMPLE_SECRET, RAIL_KEY, merchant
from tests.unit.simulators.callers import call

BODY = {"type": "case.closed", "data": {"id": "case_1"}}


def signed(secret: str) -> dict[str, str]:
    at = datetime.now(UTC)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, json.dumps(BODY)),
    }


def test_a_signed_delivery_is_recorded_and_a_forged_one_is_refused() -> None:
    with merchant() as m:
        good, _ = call(f"{m.url}/hooks/a", method="POST", headers=signed(EXAMPLE_SECRET), body=BODY)
        forged = signed("whsec_" + "QUJD" * 8)
        bad, _ = call(f"{m.url}/hooks/a", method="POST", headers=forged, body=BODY)
        _, told = call(f"{m.url}/_merchant/deliveries")

    assert (good, bad) == (200, 401)
    assert [(d["id"], d["verified"]) for d in json.loads(told)] == [
        ("msg_1", True),
        ("msg_1", False),
    ]


def test_so_many_deliveries_fail_as_were_scripted() -> None:
    with merchant() as m:
        call(f"{m.url}/_merchant/faults", method="PUT", body={"fail_next": 2})
        headers = signed(EXAMPLE_SECRET)
        url = f"{m.url}/hooks/a"
        statuses = [call(url, method="POST", headers=headers, body=BODY)[0] for _ in range(3)]

    assert statuses == [503, 503, 200]


def rail(url: str, key: str, body: object) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {RAIL_KEY}", "Idempotency-Key": key}
    return call(f"{url}/rails/refund", method="POST", headers=headers, body=body)


def test_the_same_key_refunds_once_and_another_order_under_it_is_refused() -> None:
    with merchant() as m:
        first, second = rail(m.url, "k1", {"amount": "1.00"}), rail(m.url, "k1", {"amount": "1.00"})
        third, _ = rail(m.url, "k1", {"amount": "2.00"})

        assert (first, third) == (second, 422)
        assert list(m.merchant.orders) == ["k1"]


def test_a_lost_answer_was_acted_upon_and_can_be_asked_for() -> None:
    with merchant() as m:
        m.merchant.script({"lose_answers": 1})
        with pytest.raises(ConnectionError):
            rail(m.url, "k2", {"amount": "1.00"})
        headers = {"Authorization": f"Bearer {RAIL_KEY}"}
        _, body = call(f"{m.url}/rails/refund/k2", headers=headers)

    assert json.loads(body)["status"] == "acknowledged"


def test_a_stranger_cannot_order_a_refund() -> None:
    with merchant() as m:
        status, _ = call(f"{m.url}/rails/refund", method="POST", body={"amount": "1.00"})

    assert status == 401
