"""Payout queue -> rail: one intent goes out, or is asked about."""

import json
from collections.abc import Mapping
from typing import Any

from amends import runtime
from amends.service.money.payouts import pay
from amends.web.batch import each


def handler(event: Mapping[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Bring each payout forward."""
    return each(event, forward)


def forward(record: Mapping[str, Any]) -> None:
    """One payout."""
    wanted = json.loads(record["body"])
    occasion = runtime.occasion(by="claim_settle", because=record["messageId"])
    pay(
        runtime.cases(),
        wanted["case_id"],
        wanted["payout_id"],
        runtime.treasury(),
        occasion,
    )
