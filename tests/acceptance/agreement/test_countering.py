"""What the claimant wants beside what we offer: by rule, by an adjuster, by a second person."""

import pytest

from amends.domain.case.report import ItemLine
from amends.domain.case.vocabulary import Status
from amends.domain.money import Money
from tests.support.agreement_world import ADJUSTER, BANK, SUPERVISOR, AgreementWorld, option, yuan


@pytest.mark.requirement("004-26", "002-13")
def test_what_the_claimant_wants_is_kept_beside_what_is_given(world: AgreementWorld) -> None:
    status, problem = world.post("claim", {"remedy": "compensation", "reason": "it is gone"})
    assert (status, problem["code"]) == (409, "out_of_order")  # nothing is confirmed yet
    world.conclude()

    told = world.do(
        "claim", {"demanded": yuan("500.00"), "remedy": "compensation", "reason": "a gift"}
    )

    assert told["demanded"] == yuan("500.00")
    assert told["offered"] == world.offer["amount"]
    staff = world.call("GET", "/v1/staff/cases/case_1/offers", groups=ADJUSTER)[1]
    assert staff["demanded"] == yuan("500.00")
    assert staff["range"]["owed"] == world.offer["amount"]
    assert world.contacts.get("case_1", "claim") == {"reason": "a gift"}


def refuse(world: AgreementWorld, amount: str | None, remedy: str = "compensation") -> None:
    counter = {"remedy": remedy, **({"amount": yuan(amount)} if amount else {})}
    body = {"reason": "too low", "counter": counter}
    world.do(f"offers/{world.offer['id']}/refuse", body)


@pytest.mark.requirement("001-9", "002-12")
def test_a_counter_within_goodwill_becomes_our_offer_by_itself(world: AgreementWorld) -> None:
    world.conclude()
    owed = float(world.offer["amount"]["amount"])

    refuse(world, f"{owed * 1.04:.2f}")

    assert world.offer["status"] == "open"
    assert float(world.offer["amount"]["amount"]) == pytest.approx(owed * 1.04, abs=0.01)
    (counter,) = world.get("claim")["counters"]
    assert (counter["accepted"], counter["rule"]) == (True, "within_goodwill")


@pytest.mark.parametrize(
    ("amount", "remedy", "rule"),
    [("5000.00", "compensation", "above_the_loss"), (None, "redelivery", "remedy_not_offered")],
)
def test_a_counter_that_nobody_can_meet_is_declined_by_a_rule_and_our_offer_stands(
    world: AgreementWorld, amount: str | None, remedy: str, rule: str
) -> None:
    world.conclude()
    before = world.offer

    refuse(world, amount, remedy)

    (counter,) = world.get("claim")["counters"]
    assert (counter["accepted"], counter["rule"]) == (False, rule)
    assert world.offer["id"] != before["id"]
    assert (world.offer["status"], world.offer["amount"]) == ("open", before["amount"])


@pytest.mark.requirement("002-24", "004-26")
def test_an_adjuster_answers_within_limits_and_a_second_person_above() -> None:
    world = AgreementWorld()
    world.begin(items=(ItemLine(name="cup", unit_value=Money.of("400.00", "CNY")),))
    world.conclude()
    refuse(world, "430.00")  # more than a quarter above what is owed, and within the loss
    assert world.case().status is Status.COUNTERED

    told = world.staff(ADJUSTER, "counter", {"accept": True, "because": "our own station"})
    offer_id = told["proposal"]["offer_id"]
    assert told["proposal"]["over"] == "goodwill_limit"

    path = f"offers/{offer_id}/approval"
    assert world.refused(ADJUSTER, path, {"approve": True})["code"] == "forbidden"
    own = world.refused("supervisor:anna", path, {"approve": True})
    assert own["code"] == "forbidden"  # who proposed it, in whatever role
    world.staff(SUPERVISOR, path, {"approve": True})

    assert (world.offer["id"], world.offer["status"]) == (offer_id, "open")
    assert world.get("claim")["counters"][-1]["accepted"] is True


def test_an_offer_that_would_pay_less_than_what_is_owed_is_refused(world: AgreementWorld) -> None:
    world.conclude()

    told = world.refused(
        ADJUSTER, "offers", {"because": "try", "options": [option(("compensation", "1.00"))]}
    )

    assert [error["code"] for error in told["errors"]] == ["below_what_is_owed"]


def test_only_the_right_roles_see_and_make_offers(world: AgreementWorld) -> None:
    world.conclude()
    body = {"because": "x", "options": [option(("compensation", "500.00"))]}

    for group in ("agent:a", "investigator:b", "finance:c"):
        assert world.refused(group, "offers", body)["code"] == "forbidden"
    assert world.call("GET", "/v1/staff/cases/case_1/offers", groups="investigator:b")[0] == 403
    assert world.call("GET", "/v1/staff/cases/case_1/offers", groups="finance:c")[0] == 200


def test_the_approvals_path_takes_offers_as_well_as_findings(world: AgreementWorld) -> None:
    world.conclude()
    owed = world.offer["amount"]["amount"]
    parts = option(("compensation", owed), ("coupon", "200.00"))
    told = world.staff(ADJUSTER, "offers", {"because": "a wedding", "options": [parts]})
    body = {"offer_id": told["proposal"]["offer_id"], "approve": False, "because": "too much"}

    told = world.staff(SUPERVISOR, "approvals", body)

    assert world.events()[-1] == "OfferNotApproved"
    assert world.offer["status"] == "open"  # what was offered before still stands
    assert world.offer["amount"]["amount"] == owed


def test_a_proposal_that_is_approved_too_late_reopens_nothing(world: AgreementWorld) -> None:
    world.conclude()
    owed = world.offer["amount"]["amount"]
    parts = option(("compensation", owed), ("coupon", "200.00"))
    told = world.staff(ADJUSTER, "offers", {"because": "a wedding", "options": [parts]})
    offer_id = told["proposal"]["offer_id"]
    world.do(f"offers/{world.offer['id']}/accept", BANK)

    late = world.refused(SUPERVISOR, f"offers/{offer_id}/approval", {"approve": True})

    assert late["code"] == "out_of_order"
    assert [offer["status"] for offer in world.get("offers")["data"]] == ["accepted"]
