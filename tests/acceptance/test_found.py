"""It turns up after all: before anything is concluded, while money is offered, and after it."""

import pytest

from amends.domain.case.agreement import negotiation
from amends.domain.case.events import ClawBackChosen
from amends.domain.case.money import paying
from amends.domain.case.state.recovery import ClawBack
from amends.domain.case.vocabulary import Finding, Kind, Stage, Status
from amends.domain.parcel.vocabulary import Milestone
from amends.service.amend import amend
from tests.support.histories import happened
from tests.support.investigation_world import World

AGENT, ADJUSTER, INVESTIGATOR = "agent:di", "adjuster:cy", "investigator:bo"
FOUND = {"place": "Hamburg", "is_sound": True}
LEG = {"carrier": "dhl_paket", "number": "JJD000390007827811111", "expected_on": "2026-03-06"}


def offered() -> World:
    """A lost parcel with an offer that waits for its answer."""
    world = World()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    world.wait(hours=0.1)
    world.staff(
        INVESTIGATOR,
        "conclusion",
        {"finding": "lost", "ground": "searched", "rule": "4.2", "evidence": ["the chain"]},
    )
    assert world.case().open_offer is not None
    return world


def paid() -> World:
    world = offered()
    offer = world.case().offers[-1]
    occasion = world.occasion("claimant")
    amend(
        world.cases,
        world.id,
        occasion,
        lambda case: negotiation.accept_offer(
            case, offer.id, rail="bank", payee="DE** 3000", occasion=occasion
        ),
    )
    world.settle()
    payout = world.case().payouts[-1]
    amend(world.cases, world.id, occasion, lambda case: paying.confirm(case, payout.id, "BK-1"))
    world.settle()
    assert world.case().is_paid
    return world


@pytest.mark.requirement("000-5", "004-46")
def test_found_before_anything_is_concluded_it_is_delivered_after_all() -> None:
    world = World()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    world.wait(hours=0.1)

    world.staff(AGENT, "found", FOUND)
    assert world.case().stage is Stage.RECOVERING
    world.staff(AGENT, "recovery/redelivery", LEG)
    world.wait(days=2)
    case = world.read(Milestone.DELIVERED)

    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.DELAYED


@pytest.mark.requirement("000-5")
def test_found_while_an_offer_waits_the_offer_lapses_and_the_parcel_goes_on() -> None:
    world = offered()

    world.staff(AGENT, "found", FOUND)

    assert world.case().open_offer is None
    assert world.case().stage is Stage.RECOVERING


@pytest.mark.requirement("000-5")
@pytest.mark.parametrize("choice", [ClawBack.RETURN_MONEY, ClawBack.KEEP_MONEY, ClawBack.SHARE])
def test_found_after_payment_somebody_chooses_between_money_and_parcel(choice: ClawBack) -> None:
    world = paid()
    amount = world.case().payouts[-1].amount
    world.staff(AGENT, "found", FOUND)
    assert world.case().status is Status.SETTLED
    assert "clawback" in world.case().waits
    body: dict[str, object] = {"choice": choice}
    if choice is ClawBack.SHARE:
        whole = {"amount": f"{amount.amount:f}", "currency": amount.currency}
        assert world.refused(ADJUSTER, "claw-back", {**body, "amount": whole})["status"] == 422
        body["amount"] = {"amount": "1.00", "currency": amount.currency}

    world.staff(ADJUSTER, "claw-back", body)

    (event,) = happened(world.cases.history(world.id), ClawBackChosen)
    named = event.amount.amount if event.amount else None
    expected = {ClawBack.RETURN_MONEY: amount.amount, ClawBack.KEEP_MONEY: None, ClawBack.SHARE: 1}
    assert named == expected[choice]
    assert not world.case().is_open


@pytest.mark.requirement("000-9")
def test_nobody_who_chooses_keeps_the_money_when_the_time_to_choose_is_over() -> None:
    world = paid()
    world.staff(AGENT, "found", FOUND)

    case = world.wait(days=15)

    assert case.recovering.claw_back is ClawBack.KEEP_MONEY
    assert not case.is_open


@pytest.mark.requirement("000-5")
def test_a_case_that_is_closed_is_opened_again_when_its_parcel_turns_up() -> None:
    world = offered()
    world.wait(days=40)
    assert world.case().stage is Stage.CLOSED

    world.staff(AGENT, "found", FOUND)

    assert world.case().stage is Stage.RECOVERING
    assert world.case().outcome is None
