"""What happens to a case is told to the people concerned, with its figures and dates."""

from datetime import timedelta

import pytest

from amends.domain.case.events import (
    CaseClosed,
    Concluded,
    InformationRequested,
    LegalRouteOpened,
    OfferMade,
    PayoutConfirmed,
    RecipientIdentified,
)
from amends.domain.case.vocabulary import Finding, Outcome
from tests.support.event_samples import sample
from tests.support.people_world import ERIKA, World


@pytest.mark.requirement("004-1", "000-4", "000-14")
def test_a_report_is_acknowledged_at_once_in_its_language_and_never_twice() -> None:
    world = World()
    case = world.open()

    world.told(case)
    world.told(case)
    world.sweep()

    (mail,) = world.messenger.sent
    assert mail["to"] == ERIKA["email"]
    assert "李娜，您好" in mail["text"]
    assert "RR123456785CN" in mail["text"]
    assert mail["reply_to"].startswith(f"case+{case.id}-")


@pytest.mark.requirement("004-1")
def test_a_report_in_english_is_acknowledged_in_english() -> None:
    world = World()
    world.told(world.open({"name": "Erika", "email": "e@example.org"}, language="en"))

    assert "Dear Erika," in world.messenger.sent[0]["text"]


@pytest.mark.requirement("001-7", "001-8", "004-47")
@pytest.mark.parametrize(
    ("finding", "code", "words"),
    [
        (Finding.LOST, "loss_notice", "丢失"),
        (Finding.DAMAGED, "apology", "歉"),
        (Finding.MISDELIVERED, "apology", "核查"),
    ],
)
def test_a_loss_is_told_and_a_fault_is_apologised_for(
    finding: Finding, code: str, words: str
) -> None:
    world = World()
    case = world.open()
    concluded = Concluded(finding=finding, ground="x", rule="presumed_loss", source="y")
    world.happen(case, concluded)

    world.told(case)

    assert world.codes() == ["acknowledgement", code]
    assert words in world.messenger.sent[1]["text"]


@pytest.mark.requirement("002-17", "002-18", "004-25")
def test_offers_payments_and_the_end_are_told_with_their_figures() -> None:
    world = World()
    case = world.open()
    world.happen(case, sample(OfferMade), sample(PayoutConfirmed))
    world.happen(case, CaseClosed(outcome=Outcome.COMPENSATED))

    world.told(case)

    assert world.codes() == ["acknowledgement", "offer", "payout_sent", "closing"]
    assert "¥312.47" in world.messenger.sent[1]["text"]
    assert "BK-77" in world.messenger.sent[2]["text"]


@pytest.mark.requirement("000-19")
def test_what_is_asked_is_asked_in_words_with_its_date() -> None:
    world = World()
    case = world.open()
    asked = InformationRequested(items=("postage",), due_at=world.now + timedelta(days=14))
    world.happen(case, asked)

    world.told(case)

    assert "所付邮费" in world.messenger.sent[1]["text"]
    assert "2026年12月4日" in world.messenger.sent[1]["text"]


@pytest.mark.requirement("004-40")
def test_who_holds_the_parcel_is_asked_politely_and_told_nothing_of_the_others() -> None:
    world = World()
    case = world.open()
    world.contacts.put(case.id, "recipient#1", {"name": "Tom", "email": "tom@example.org"})
    identified = RecipientIdentified(
        part="recipient#1", purpose="return", erase_on=world.now.date()
    )
    world.happen(case, identified)

    world.told(case)
    assert all(one["to"] != "tom@example.org" for one in world.messenger.sent)  # 3 a.m. there
    world.now += timedelta(hours=6)
    world.sweep()

    (mail,) = [one for one in world.messenger.sent if one["to"] == "tom@example.org"]
    assert "recipient_contact" in world.codes()
    assert "李娜" not in mail["text"]
    assert case.report.shipment.tracking_number not in mail["text"]


@pytest.mark.requirement("004-27", "001-13")
def test_without_an_agreement_the_way_onward_is_told_with_its_dates() -> None:
    world = World()
    case = world.open()
    until = world.now + timedelta(days=30)
    world.happen(case, sample(OfferMade), LegalRouteOpened(because="no_agreement", until=until))

    world.told(case)

    assert world.codes()[-1] == "legal_route"
    assert "12305" in world.messenger.sent[-1]["text"]
    assert "2026年12月20日" in world.messenger.sent[-1]["text"]
