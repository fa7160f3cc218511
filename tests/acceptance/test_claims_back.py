"""Claims back: against whoever is liable, with its window, its clock, its parts and its end."""

from datetime import timedelta

import pytest

from amends.domain.case.events import ClawBackChosen, RecoveryPlanned
from amends.domain.case.state.recovery import ClawBack
from amends.domain.payment import ledger
from amends.service.money.claiming_back import remind
from amends.service.money.differences import open_differences
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

CASE = "case_1"
CLAIM = "rcv_1"
DAY = timedelta(days=1)
PATH = f"/v1/staff/cases/{CASE}/recoveries/{CLAIM}"


@pytest.fixture
def http() -> MoneyHttp:
    """A case that was paid, and whose finding names a carrier as liable."""
    made = MoneyHttp()
    made.world.settle(CASE, "alipay")
    planned = RecoveryPlanned(
        recovery_id=CLAIM, party="acme_lines", share="1", basis="contract of carriage"
    )
    case = made.world.cases.load(CASE)
    made.world.cases.append(case, [planned], made.world.occasion())
    return made


@pytest.fixture
def world(http: MoneyHttp) -> MoneyWorld:
    return http.world


def filed(
    http: MoneyHttp, amount: str = "12.30", *, expect: int = 200, reply_days: int = 30
) -> str:
    body = {
        "debtor": "subcontractor",
        "amount": {"amount": amount, "currency": "CNY"},
        "form": "claim letter",
        "file_by": (http.world.now + 60 * DAY).date().isoformat(),
        "reply_days": reply_days,
    }
    answer = http.staff("finance:anna", "POST", f"{PATH}/filing", body, expect=expect)
    return str(answer.get("code", ""))


def step(
    http: MoneyHttp, what: str, *, expect: int = 200, who: str = "finance:anna", **body: object
) -> str:
    answer = http.staff(who, "POST", f"{PATH}/{what}", body, expect=expect)
    return str(answer.get("code", ""))


def yuan(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


@pytest.mark.requirement("004-20")
def test_what_was_paid_is_claimed_from_the_transporter_and_booked_as_it_comes_in(
    http: MoneyHttp,
) -> None:
    filed(http)
    step(http, "acknowledgement", amount=yuan("10.00"))
    step(http, "receipts", amount=yuan("4.00"), part=1)
    step(http, "receipts", amount=yuan("4.00"), part=1)
    step(http, "receipts", amount=yuan("6.00"), part=2, rail="bank")

    (claim,) = http.staff("finance:anna", "GET", "/v1/staff/recoveries")["data"]
    assert (claim["status"], claim["outstanding"]) == ("settled", yuan("0.00"))
    balance = ledger.trial_balance(http.world.cases.entries)
    assert balance[ledger.RECOVERABLE, "CNY"] == 0
    assert balance["cash:bank", "CNY"] == 1000
    assert balance[ledger.EXPENSE, "CNY"] == 230
    assert ledger.is_balanced(balance)


@pytest.mark.requirement("004-20")
def test_what_is_left_is_written_off_by_a_second_person_only(http: MoneyHttp) -> None:
    filed(http)
    step(http, "acknowledgement", amount=yuan("10.00"))
    step(http, "receipts", amount=yuan("4.00"), part=1)
    step(http, "write-off", reason="they are insolvent")
    assert step(http, "write-off", reason="they are insolvent", expect=409) == "out_of_order"

    step(http, "write-off", reason="agreed", who="supervisor:ben")

    balance = ledger.trial_balance(http.world.cases.entries)
    assert (balance[ledger.RECOVERABLE, "CNY"], balance[ledger.EXPENSE, "CNY"]) == (0, 830)


def test_a_claim_that_was_denied_books_nothing(http: MoneyHttp) -> None:
    filed(http)
    step(http, "denial", reason="it was not in our hands")
    assert step(http, "receipts", amount=yuan("1.00"), part=1, expect=409) == "out_of_order"

    assert (ledger.RECOVERABLE, "CNY") not in ledger.trial_balance(http.world.cases.entries)


@pytest.mark.parametrize("amount", ["12.31", "0.00"])
def test_no_more_is_claimed_than_was_paid(http: MoneyHttp, amount: str) -> None:
    assert filed(http, amount, expect=422)


def test_a_claim_is_filed_once_and_within_its_window(http: MoneyHttp) -> None:
    filed(http)
    filed(http)
    assert len(http.world.cases.load(CASE).reclaims) == 1

    late = MoneyHttp()
    late.world.settle(CASE, "alipay")
    assert filed(late, expect=404) == "not_found"


def test_a_debtor_who_stays_silent_is_raised_on_the_day_that_the_reply_was_due(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    filed(http, reply_days=30)
    world.advance(29 * DAY)
    assert remind(world.cases, world.records, world.occasion()) == 0
    world.advance(DAY)
    assert remind(world.cases, world.records, world.occasion()) == 1
    assert remind(world.cases, world.records, world.occasion()) == 0

    (found,) = open_differences(world.records)
    assert (found["kind"], found["key"]) == ("reply_due", CLAIM)


def test_a_debtor_who_answered_is_not_raised(http: MoneyHttp, world: MoneyWorld) -> None:
    filed(http, reply_days=30)
    step(http, "acknowledgement", amount=yuan("10.00"))
    world.advance(40 * DAY)

    assert remind(world.cases, world.records, world.occasion()) == 0


@pytest.mark.requirement("004-20")
def test_who_takes_the_parcel_that_was_found_owes_the_money(http: MoneyHttp) -> None:
    world = http.world
    case = world.cases.load(CASE)
    chosen = ClawBackChosen(choice=ClawBack.RETURN_MONEY, amount=world.money("12.30"))
    case = world.cases.append(case, [chosen], world.occasion())
    (claim,) = case.reclaims
    path = f"/v1/staff/cases/{CASE}/recoveries/{claim.id}/receipts"

    assert ledger.trial_balance(world.cases.entries)[ledger.RECOVERABLE, "CNY"] == 1230
    http.staff("finance:anna", "POST", path, {"amount": yuan("12.30"), "part": 1})

    balance = ledger.trial_balance(world.cases.entries)
    assert (balance[ledger.RECOVERABLE, "CNY"], balance[ledger.EXPENSE, "CNY"]) == (0, 0)


def test_who_keeps_the_money_owes_nothing(world: MoneyWorld) -> None:
    kept = ClawBackChosen(choice=ClawBack.KEEP_MONEY)
    case = world.cases.append(world.cases.load(CASE), [kept], world.occasion())

    assert case.reclaims == ()
