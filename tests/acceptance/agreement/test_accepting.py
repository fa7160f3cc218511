"""What is accepted: options, parts, terms, and by whom."""

import pytest

from amends.domain.case.vocabulary import Outcome, Role, Stage
from tests.support.agreement_world import ADJUSTER, BANK, AgreementWorld, option, yuan


@pytest.mark.requirement("004-48", "001-9", "002-12")
def test_an_offer_mixes_remedies_and_one_tap_accepts_an_option(world: AgreementWorld) -> None:
    world.conclude()
    owed = world.offer["amount"]["amount"]
    body = {
        "because": "late for a birthday",
        "options": [option(("compensation", owed), ("coupon", "20.00")), option(("coupon", owed))],
    }
    world.staff(ADJUSTER, "offers", body)

    first, second = world.offer["options"]
    assert [part["remedy"] for part in first["parts"]] == ["compensation", "coupon"]
    assert second["remedy"] == "coupon"
    offer_id = world.offer["id"]
    status, problem = world.post(f"offers/{offer_id}/accept", {**BANK, "option": 2})
    assert (status, problem["errors"][0]["field"]) == (422, "payout_method.rail")
    world.do(f"offers/{offer_id}/accept", {**BANK, "option": 1})

    case = world.case()
    assert case.stage is Stage.SETTLING
    assert [str(payout.amount.amount) for payout in case.payouts] == [owed, "20.00"]
    (extra,) = world.get("settlement")["extras"]
    assert (extra["remedy"], extra["status"]) == ("coupon", "underway")
    assert extra["payout_id"] == case.payouts[-1].id


def test_what_comes_beside_the_money_can_be_left_out_and_a_rest_reserved(
    world: AgreementWorld,
) -> None:
    world.conclude()
    owed = world.offer["amount"]["amount"]
    parts = option(("compensation", owed), ("service_extension", "10.00"))
    world.staff(ADJUSTER, "offers", {"because": "regular customer", "options": [parts]})

    body = {**BANK, "without": ["service_extension"], "reserve": yuan("44.00")}
    world.do(f"offers/{world.offer['id']}/accept", body)

    told = world.get("settlement")
    assert told["extras"] == []
    assert told["reserved"] == yuan("44.00")
    assert "keeps the right to pursue a further 44.00 CNY" in told["terms"]
    assert "service" not in told["terms"]


@pytest.mark.requirement("004-26")
def test_written_terms_say_what_was_agreed_and_the_receipt_follows_the_payment(
    world: AgreementWorld,
) -> None:
    world.conclude()
    offer = world.offer
    world.do(f"offers/{offer['id']}/accept", BANK)

    terms = world.get("settlement")
    assert offer["amount"]["amount"] not in ("0.00", "")
    assert "settled in full" in terms["terms"]
    status, _ = world.post("settlement/receipt", {"offer_id": offer["id"]})
    assert status == 409  # not paid yet


def test_an_offer_is_reminded_of_and_lapses_on_its_day(world: AgreementWorld) -> None:
    world.conclude()

    world.wait(days=24)
    assert world.events()[-1] == "OfferReminded"
    world.wait(days=7)

    assert world.events()[-2:] == ["OfferExpired", "CaseClosed"]
    assert world.case().outcome is Outcome.DECLINED


def test_an_addressee_claims_with_the_senders_waiver_in_writing() -> None:
    world = AgreementWorld()
    world.begin(role=Role.ADDRESSEE)
    world.conclude()
    assert world.case().asked_for == ("waiver",)

    claim = {"remedy": "compensation", "reason": "it was for me"}
    paper = {"role": "addressee", "basis": "assigned", "evidence_id": "evd_waiver"}
    status, problem = world.post("claim", {**claim, "entitlement": paper})
    assert (status, problem["errors"][0]["field"]) == (422, "entitlement.evidence_id")
    world.upload("waiver")
    world.do("claim", {**claim, "entitlement": paper})

    assert world.offer["status"] == "open"
    assert world.get("claim")["entitlement"] == [paper]
