"""Who disagrees is heard again by somebody else, and told the way onward."""

from datetime import timedelta

import pytest

from amends.domain.case.events import ClockMissed
from amends.domain.case.vocabulary import Kind, Outcome, Stage, Status
from tests.support.agreement_world import ADJUSTER, BANK, SUPERVISOR, AgreementWorld, option, yuan
from tests.support.everybody import Everybody


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


@pytest.mark.requirement("004-26")
def test_a_review_that_nobody_does_ends_at_whoever_administers_and_is_overdue(
    world: AgreementWorld,
) -> None:
    world.conclude()
    world.do("appeal", {"reason": "it was worth more"})
    asked_at = world.now

    world.wait(days=75)

    missed = [
        (one.at - asked_at, one.event)
        for one in world.cases.history("case_1")
        if isinstance(one.event, ClockMissed) and one.event.clock == "review"
    ]
    assert [(span.days, event.to) for span, event in missed] == [
        (10, "supervisor"), (12, "supervisor"), (14, "admin"), (20, "admin"), (50, "admin"),
    ]  # fmt: skip
    told = [event.told_until for _, event in missed]
    assert told == [missed[3][0] + asked_at, None, None, None, None]
    assert world.case().overdue_since == missed[0][0] + asked_at

    world.staff("adjuster:bert", "appeal", {"uphold": False, "because": "the figures are right"})
    assert world.case().overdue_since is None
    assert world.offer["status"] == "open"


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


def test_what_may_be_done_now_is_told_with_the_case(world: AgreementWorld) -> None:
    world.conclude()

    told = world.do("appeal", {"reason": "it was worth more"})

    actions = {one["action"] for one in told["available_actions"]}
    assert "make_claim" in actions
    assert "appeal" not in actions  # one waits for its review


@pytest.mark.requirement("002-16", "004-26")
def test_a_low_score_after_a_lapsed_offer_is_looked_at_again_and_that_can_be_decided() -> None:
    world = Everybody()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    found = {"finding": "lost", "ground": "seen", "rule": "4.2", "evidence": ["the chain"]}
    world.staff("investigator:bo", "conclusion", found)
    share = {"party": "our_station", "share": "1", "ground": "the chain", "rule": "4.2"}
    world.staff("investigator:bo", "liability", {"shares": [share], "evidence": ["the chain"]})
    world.wait(days=40)
    assert world.case().outcome is Outcome.DECLINED

    world.claimant("POST", "/feedback", {"score": 1, "resolved": False})
    assert world.case().status is Status.APPEALED
    world.staff("adjuster:di", "appeal", {"uphold": False, "because": "it is the contract's sum"})

    assert world.case().open_offer is not None  # what is owed still stands
    world.wait(days=60)
    assert not world.case().is_open
