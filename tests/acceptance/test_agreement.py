"""From a loss that is confirmed to terms that both sides agree to, over the real routers."""

import json
from datetime import timedelta
from typing import Any, cast

import pytest

from amends.domain.case.report import ItemLine
from amends.domain.case.vocabulary import Outcome, Role, Stage, Status
from amends.domain.money import Money
from amends.service.assessment.assessing import explain
from tests.support.agreement_world import (
    ADJUSTER,
    BANK,
    SUPERVISOR,
    AgreementWorld,
    option,
    yuan,
)


@pytest.fixture
def world() -> AgreementWorld:
    world = AgreementWorld()
    world.begin()
    return world


@pytest.mark.requirement("004-25", "002-18")
def test_an_offer_is_explained_with_the_source_of_every_figure(world: AgreementWorld) -> None:
    world.conclude()

    worked = world.offer["explanation"]
    adds = [step for step in worked["steps"] if step["adds_to"]]
    assert sum(float(step["amount"]["amount"]) for step in adds) == pytest.approx(
        float(worked["total"]["amount"])
    )
    assert all(step["source"] for step in worked["steps"])
    for figure in worked["figures"]:
        assert figure["source"]
        assert figure["confidence"] in ("high", "medium-high", "medium")
        assert figure["checked_on"]
    assert {figure["name"] for figure in worked["figures"]} >= {"registered", "inquiry_months"}
    assert world.offer["amount"] == worked["total"]


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


def test_an_offer_that_would_pay_less_than_what_is_owed_is_refused(world: AgreementWorld) -> None:
    world.conclude()

    told = world.refused(
        ADJUSTER, "offers", {"because": "try", "options": [option(("compensation", "1.00"))]}
    )

    assert [error["code"] for error in told["errors"]] == ["below_what_is_owed"]


def test_an_offer_is_reminded_of_and_lapses_on_its_day(world: AgreementWorld) -> None:
    world.conclude()

    world.wait(days=24)
    assert world.events()[-1] == "OfferReminded"
    world.wait(days=7)

    assert world.events()[-2:] == ["OfferExpired", "CaseClosed"]
    assert world.case().outcome is Outcome.DECLINED


@pytest.mark.requirement("004-27", "001-13", "001-14")
def test_a_plain_no_ends_with_our_last_word_and_the_way_to_regulator_and_court(
    world: AgreementWorld,
) -> None:
    world.conclude()
    world.do(f"offers/{world.offer['id']}/refuse", {"reason": "no"})

    world.wait(days=3)

    case = world.case()
    assert (case.status, case.agreement.is_legal) == (Status.ESCALATED, True)
    assert world.offer["status"] == "open"  # it stands as long as the way is pointed out
    ways = {way["instance"]: way for way in world.get("claim")["next_instances"]}
    assert list(ways) == ["appeal", "regulator", "arbitration", "court"]
    world.do(f"offers/{world.offer['id']}/accept", BANK)
    assert world.case().stage is Stage.SETTLING


@pytest.mark.requirement("004-26", "002-24")
def test_an_appeal_is_reviewed_by_somebody_else_and_a_second_one_by_a_supervisor(
    world: AgreementWorld,
) -> None:
    world.conclude()
    owed = world.offer["amount"]["amount"]
    body = {"because": "kind", "options": [option(("compensation", owed), ("coupon", "5.00"))]}
    world.staff(ADJUSTER, "offers", body)
    world.do("appeal", {"reason": "it was worth more"})
    assert world.case().status is Status.APPEALED

    no = {"uphold": False, "because": "the figures are right"}
    assert world.refused(ADJUSTER, "appeal", no)["code"] == "forbidden"  # she made the offer
    world.staff("adjuster:bert", "appeal", no)
    assert world.offer["status"] == "open"

    world.do("appeal", {"reason": "really"})
    assert world.refused("adjuster:carl", "appeal", no)["code"] == "forbidden"
    world.staff(SUPERVISOR, "appeal", no)
    assert world.case().status is Status.ESCALATED
    status, problem = world.post("appeal", {"reason": "again"})
    assert (status, problem["code"]) == (409, "out_of_order")


@pytest.mark.requirement("004-22")
def test_an_appeal_with_better_facts_is_assessed_anew(world: AgreementWorld) -> None:
    world.conclude()
    before = world.offer
    world.do("appeal", {"reason": "it was lighter and cheaper"})

    facts = {"actual_loss": yuan("100.00"), "actual_value": yuan("100.00")}
    world.staff(
        "adjuster:bert", "appeal", {"uphold": True, "because": "an invoice came", "facts": facts}
    )

    assert world.offer["id"] != before["id"]
    assert world.offer["status"] == "open"
    assert world.offer["explanation"]["indemnity"] == yuan("100.00")
    assert [offer["status"] for offer in world.get("offers")["data"]] == ["expired", "open"]


def test_a_review_that_nobody_does_is_a_supervisors_every_two_days(world: AgreementWorld) -> None:
    world.conclude()
    world.do("appeal", {"reason": "it was worth more"})

    world.wait(days=13)

    assert world.events().count("ClockMissed") >= 2
    assert world.case().waits["review"] > world.now


@pytest.mark.requirement("004-25", "001-14")
def test_a_decline_names_its_ground_and_rule_and_can_be_appealed(world: AgreementWorld) -> None:
    world = AgreementWorld()
    world.begin(service="ordinary_mail", registration_fee=None)
    world.conclude()

    told = world.get("claim")
    assert told["decision"]["outcome"] == "declined"
    assert told["decision"]["reason"] == "not_covered"
    assert told["decision"]["rule"] == "upu.22.1.2"
    (appeal,) = [way for way in told["next_instances"] if way["instance"] == "appeal"]
    assert appeal["until"] == (world.now + timedelta(days=30)).date().isoformat()

    world.do("appeal", {"reason": "it was registered"})
    facts = {"item_kind": "registered_letter"}
    world.staff(
        SUPERVISOR, "appeal", {"uphold": True, "because": "the receipt shows it", "facts": facts}
    )
    assert world.offer["status"] == "open"


@pytest.mark.requirement("004-26")
def test_a_delivery_that_the_claimant_denies_is_looked_at_again_and_found_otherwise(
    world: AgreementWorld,
) -> None:
    world.conclude("delivered")
    assert world.case().outcome is Outcome.FOUND
    assert world.get("claim")["decision"]["reason"] == "delivered"

    world.do("appeal", {"reason": "nobody here has it; the signature is not mine"})
    body = {
        "uphold": True,
        "because": "the signature belongs to a neighbour",
        "finding": "misdelivered",
        "evidence": ["the proof of delivery"],
    }
    world.staff("adjuster:bert", "appeal", body)

    assert world.offer["status"] == "open"
    assert world.case().conclusion is not None
    assert world.get("claim")["decision"] is None


@pytest.mark.requirement("001-14", "004-23")
def test_the_laws_days_are_kept_and_warned_of(world: AgreementWorld) -> None:
    world.conclude()
    days = {one["name"]: one for one in world.get("claim")["deadlines"]}

    assert days["payment"]["rule"] == "upu.25"
    world.do("appeal", {"reason": "it was worth more"})
    world.wait(days=70)

    assert "DeadlineWarned" in world.events()
    assert "payment" in world.case().agreement.warned


@pytest.mark.requirement("004-24")
def test_a_merchants_own_contract_is_applied_and_recomputed_from_what_was_recorded() -> None:
    world = AgreementWorld()
    world.tariffs["mer_tea"] = {
        "code": "contract.tea",
        "title": {"en": "Tea house contract", "zh-CN": "茶庄合同"},
        "valid_from": "2026-01-01",
        "source": "contract no. 7, clause 9",
        "cap": yuan("200.00"),
        "freight_back": ["lost"],
    }
    world.begin(merchant="mer_tea")
    world.conclude()
    assert world.offer["explanation"]["regime"] == "contract.tea"
    assert world.offer["explanation"]["indemnity"] == yuan("200.00")

    world.tariffs.clear()  # what was agreed since changes nothing that was worked out before

    assert world.offer["explanation"]["indemnity"] == yuan("200.00")


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


@pytest.mark.requirement("002-18", "004-25")
def test_the_explanation_is_recomputed_from_what_was_recorded_in_both_languages(
    world: AgreementWorld,
) -> None:
    world.conclude()
    case = world.case()
    assert case.assessed is not None

    english, chinese = explain(case, "en"), explain(case, "zh-CN")

    assert english == json.loads(case.assessed.assessment)
    assert english is not None
    assert chinese is not None
    assert english["total"] == chinese["total"]
    assert [step["amount"] for step in rows(english)] == [step["amount"] for step in rows(chinese)]
    assert all(any("一" <= sign <= "鿿" for sign in step["text"]) for step in rows(chinese))


def rows(document: dict[str, object]) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", document["steps"])


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


def test_what_may_be_done_now_is_told_with_the_case(world: AgreementWorld) -> None:
    world.conclude()

    told = world.do("appeal", {"reason": "it was worth more"})

    actions = {one["action"] for one in told["available_actions"]}
    assert "make_claim" in actions
    assert "appeal" not in actions  # one waits for its review


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
