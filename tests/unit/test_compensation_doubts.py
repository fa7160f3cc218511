"""What an assessment says where a fact, a rule or a code is in doubt."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from amends.catalog.regimes import UnknownRegime
from amends.commands.quote import quote
from amends.domain.compensation.engine import NoVersion
from amends.domain.compensation.facts_form import BadFacts
from amends.domain.compensation.selection import NoRegime
from amends.domain.refusal import Refusal

DATA = Path(__file__).parents[1] / "data"
VECTORS = json.loads((DATA / "compensation_examples.json").read_text("utf-8"))["vectors"]
FACTS: dict[str, dict[str, Any]] = {one["id"]: one["facts"] for one in VECTORS}


def quoted(vector: str, **changes: object) -> dict[str, Any]:
    """A reference vector with some facts changed, assessed."""
    return cast("dict[str, Any]", quote({**FACTS[vector], **changes}))


def yuan(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


@pytest.mark.parametrize(
    ("refusal", "changes", "field"),
    [
        (BadFacts, {"origin_country": "ZZ"}, "origin_country"),
        (UnknownRegime, {"regime": "nope"}, "regime"),
        (NoRegime, {"carrier": "ups", "mode": "sea", "destination_country": "US"}, "regime"),
        (NoVersion, {"regime": "montreal", "posted_on": "1990-01-01"}, "posted_on"),
    ],
)
def test_a_refusal_names_the_field_that_is_at_fault(
    refusal: type[Refusal], changes: dict[str, object], field: str
) -> None:
    with pytest.raises(refusal) as told:
        quoted("V06a", **changes)

    assert [error.field for error in told.value.errors] == [field]
    assert told.value.status == 400


@pytest.mark.parametrize("vector", ["V06a", "V02a", "V08", "V09a"])
def test_a_ceiling_that_decides_asks_whether_the_sender_was_told_of_it(vector: str) -> None:
    unsaid = quoted(vector, terms_prompted=None)

    assert unsaid["missing"] == ["terms_prompted"]
    assert unsaid["total"] == quoted(vector)["total"]  # on condition
    assert quoted("V06c", terms_prompted=None)["missing"] == []  # the loss is below it


def test_without_a_ceiling_the_flag_says_so() -> None:
    assert "cap_unavailable" in quoted("V10")["flags"]
    insured = quoted(
        "V11a", event="lost", delivered_on=None, actual_loss=yuan("700.00"), cause="intent"
    )
    assert insured["indemnity"] == yuan("700.00")
    assert "cap_unavailable" in insured["flags"]


@pytest.mark.parametrize(
    ("vector", "changes", "rule"),
    [
        ("V19", {"convention_applies": False}, "dhl_express.newer"),
        ("V20", {}, "cn.express.standard.abroad"),
        ("V25a", {"regime": "ems.intl", "origin_country": "CN"}, "ems.china"),
    ],
)
def test_a_rule_that_is_too_unsure_is_switched_off_and_says_so(
    vector: str, changes: dict[str, object], rule: str
) -> None:
    told = quoted(vector, rate_date="2026-03-17", **changes)

    (step,) = [step for step in told["steps"] if step["rule"] == rule]
    assert "switched off" in step["text"]
    assert step["adds_to"] is None
    assert "rule_switched_off" in told["flags"]


def test_a_contract_that_shortens_the_conventions_periods_can_be_disputed() -> None:
    late = quoted("V19", complained_on="2026-03-13")

    assert late["denied"]["reason"] == "notice_too_late"
    assert "disputed" in late["flags"]
