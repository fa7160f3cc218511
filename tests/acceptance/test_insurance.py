"""Insured against loss: the policy on file, its conditions, and the claim to the insurer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.events import DeadlineWarned, PolicyNoted
from amends.domain.case.vocabulary import Kind
from amends.domain.money import Money
from amends.domain.payment import ledger
from amends.service.settling import Settling
from tests.support.agreement_world import ADJUSTER, AgreementWorld, yuan
from tests.support.event_samples import sample
from tests.support.histories import happened
from tests.support.money_http import MoneyHttp

CASE = "case_1"
POLICY: Mapping[str, Any] = {
    "kind": "third_party",
    "insurer": "PICC",
    "number": "PZ-77",
    "cover": yuan("200.00"),
    "deductible": yuan("20.00"),
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "notice_days": 7,
    "claim_days": 60,
    "reply_days": 30,
    "covers": ["lost", "damaged"],
    "excludes": ["poor_packing"],
    "papers": ["value_proof"],
}


@dataclass
class InsuredWorld(AgreementWorld):
    """A world whose merchants have open policies."""

    open_covers: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def settling(self) -> Settling:
        return replace(
            super().settling(), cover=lambda one: self.open_covers.get(one.merchant or "")
        )


@pytest.fixture
def world() -> InsuredWorld:
    return InsuredWorld()


def policies(world: AgreementWorld) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.call(
        "GET", f"/v1/staff/cases/{CASE}/offers", groups=ADJUSTER
    )[1]["policies"]
    return found


@pytest.mark.requirement("001-20", "001-12")
def test_what_is_declared_to_the_carrier_and_a_merchants_open_policy_are_on_file_by_themselves(
    world: InsuredWorld,
) -> None:
    world.open_covers["mer_tea"] = POLICY
    world.begin(merchant="mer_tea", insured_value=Money.of("150.00", "CNY"))

    declared, open_cover = sorted(policies(world), key=lambda one: str(one["kind"]))

    assert (declared["kind"], declared["insurer"]) == ("carrier", "china_post")
    assert declared["cover"] == yuan("150.00")
    assert (open_cover["number"], open_cover["claim_by"]) == ("PZ-77", "2026-05-01")
    assert world.events().count("PolicyNoted") == 2


@pytest.mark.requirement("001-20")
def test_the_conditions_of_a_policy_are_checked_and_each_that_fails_is_named(
    world: InsuredWorld,
) -> None:
    world.begin()
    world.staff(ADJUSTER, "policies", POLICY)
    (before,) = policies(world)
    assert before["against"] == ["nothing_concluded", "paper_missing:value_proof"]

    world.upload("value_proof")
    world.conclude()
    (after,) = policies(world)
    assert (after["is_covered"], after["against"]) == (True, [])
    assert after["payable"] == yuan("180.00")  # 200 of cover for a cup of 260, less 20


@pytest.mark.parametrize(
    ("change", "against"),
    [
        ({"valid_to": "2026-02-19"}, "not_in_force"),
        ({"covers": ["damaged"]}, "event_not_covered"),
        ({"deductible": yuan("200.00")}, "below_the_deductible"),
        ({"cover": {"amount": "99.00", "currency": "EUR"}, "deductible": None}, "loss_unknown"),
        ({"papers": ["insurance_proof"]}, "paper_missing:insurance_proof"),
    ],
)
def test_a_policy_that_does_not_pay_says_why(
    world: InsuredWorld, change: Mapping[str, Any], against: str
) -> None:
    world.begin()
    world.upload("value_proof")
    told = {name: value for name, value in {**POLICY, **change}.items() if value is not None}
    world.staff(ADJUSTER, "policies", told)
    world.conclude()

    (policy,) = policies(world)

    assert policy["against"] == [against]


def test_staff_are_warned_before_a_window_of_the_policy_closes(world: InsuredWorld) -> None:
    world.begin()
    world.staff(ADJUSTER, "policies", POLICY)

    world.wait(days=31)

    warned = happened(world.cases.history(CASE), DeadlineWarned)
    names = {one.name for one in warned}
    assert {"policy_notice", "policy_claim"} <= names


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"covers": ["eaten"]}, "covers.0"),
        ({"deductible": {"amount": "1.00", "currency": "EUR"}}, "deductible"),
        ({"valid_to": "2025-01-01"}, "valid_to"),
        ({"cover": yuan("0.00")}, "cover"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(
    world: InsuredWorld, change: Mapping[str, Any], field: str
) -> None:
    world.begin()

    told = world.refused(ADJUSTER, "policies", {**POLICY, **change})

    assert [error["field"] for error in told["errors"]] == [field]


@pytest.fixture
def http() -> MoneyHttp:
    """A case that was paid, with a policy on file."""
    made = MoneyHttp()
    made.world.settle(CASE, "alipay", "100.00")
    policy = replace(
        sample(PolicyNoted).policy, papers=(), claim_days=365, covers=(Kind.LOST,), excludes=()
    )
    case = made.world.cases.load(CASE)
    made.world.cases.append(case, [PolicyNoted(policy=policy)], made.world.occasion())
    return made


def claim_of(http: MoneyHttp) -> str:
    (policy,) = http.world.cases.load(CASE).agreement.policies
    return f"/v1/staff/cases/{CASE}/policies/{policy.id}/claim"


@pytest.mark.requirement("001-20", "004-20")
def test_the_claim_to_the_insurer_is_filed_by_the_policys_terms_and_booked(
    http: MoneyHttp,
) -> None:
    (filed,) = http.staff("finance:anna", "POST", claim_of(http), {"form": "claim form 7"})["data"]
    assert (filed["debtor"], filed["amount"]) == ("insurer", yuan("100.00"))
    due = (http.world.now + timedelta(days=30)).date().isoformat()
    assert filed["reply_due_at"][:10] == due
    again = http.staff("finance:anna", "POST", claim_of(http), {"form": "claim form 7"})["data"]
    assert len(again) == 1

    path = f"/v1/staff/cases/{CASE}/recoveries/{filed['id']}"
    http.staff("finance:anna", "POST", f"{path}/acknowledgement", {"amount": yuan("90.00")})
    http.staff("finance:anna", "POST", f"{path}/receipts", {"amount": yuan("90.00"), "part": 1})

    balance = ledger.trial_balance(http.world.cases.entries)
    assert balance[ledger.EXPENSE, "CNY"] == 1_000  # what nobody gave back
    assert balance[ledger.RECOVERABLE, "CNY"] == 0
    assert ledger.is_balanced(balance)


def test_who_may_not_and_what_the_policy_does_not_pay_are_refused(http: MoneyHttp) -> None:
    http.staff("adjuster:max", "POST", claim_of(http), {"form": "x"}, expect=403)
    http.world.advance(timedelta(days=400))
    told = http.staff("finance:anna", "POST", claim_of(http), {"form": "x"}, expect=422)
    assert [one["code"] for one in told["errors"]] == ["claim_too_late"]
