"""When waiting has an end the case asks the carrier by itself, once, in words and by mail."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import ClockMissed, Event, InquirySent
from amends.domain.case.investigation.inquiry import ask_by_itself
from amends.domain.case.state.investigation import InquiryState
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.merging import absorb
from amends.domain.parcel.shipment import Shipment, Wanted, new_shipment
from amends.domain.parcel.vocabulary import Milestone
from amends.service.amend import amend
from amends.service.people.informing import inform
from amends.service.people.speaking import hear_carrier
from tests.support.investigation_world import World
from tests.support.people_world import World as Talk
from tests.support.readings import reading, scan

DESK = {"china_post": {"email": "cha-xun@post.example", "language": "zh-CN"}}


def silent_since(world: World, hours_ago: float) -> Shipment:
    """A parcel on file that a channel saw last so long ago."""
    seen = world.now - timedelta(hours=hours_ago)
    wanted = Wanted(number="RR123456785CN", carrier="china_post")
    shipment = new_shipment(wanted, channels=("upu",), at=world.now)
    last = replace(scan(0, Milestone.IN_TRANSIT), at=seen)
    told = reading(last, fresh_at=world.now, number=shipment.number)
    return replace(shipment, state=absorb(shipment.state, told, at=world.now))


def untraceable(hours_ago: float = 30, **shipment: object) -> World:
    world = World()
    world.tell(Kind.UNTRACEABLE, {"searched_where": "operator"}, shipment=shipment)
    world.shipments = [silent_since(world, hours_ago)]
    seen = world.now - timedelta(hours=hours_ago)
    world.read(Milestone.IN_TRANSIT, last_movement_at=seen)
    return world


def inquiries(world: World) -> list[tuple[datetime, InquirySent]]:
    rows = world.cases.history(world.id)
    return [(row.at, row.event) for row in rows if isinstance(row.event, InquirySent)]


@pytest.mark.requirement("003-9", "003-6", "001-5")
def test_the_carrier_is_asked_when_the_usual_silence_is_over_and_not_before() -> None:
    world = untraceable(hours_ago=30)
    usual = timedelta(hours=72 - 30)  # a post shows a scan within three days
    ends = world.now + usual
    world.wait(hours=usual.total_seconds() / 3600 - 1)
    assert inquiries(world) == []

    world.wait(hours=1.5)

    ((at, sent),) = inquiries(world)
    assert ends <= at <= ends + timedelta(minutes=5)
    assert sent.to == "china_post"
    assert {fact.code: fact.value for fact in sent.form}["posted_on"] == "2026-02-20"
    world.wait(days=3)
    assert len(inquiries(world)) == 1


def test_a_parcel_that_moves_on_is_not_asked_about() -> None:
    world = untraceable()
    world.wait(hours=20)
    world.shipments = [silent_since(world, 1)]
    world.read(Milestone.IN_TRANSIT, scans=2)
    world.wait(hours=30)

    assert inquiries(world) == []


@pytest.mark.requirement("003-9")
def test_staff_are_told_once_of_an_inquiry_that_lacks_something() -> None:
    world = untraceable()
    shipment = replace(world.case().report.shipment, destination_country=None)

    def decide(case: Case) -> list[Event]:
        short = replace(case, report=replace(case.report, shipment=shipment))
        return ask_by_itself(short, "china_post", world.occasion())

    for _ in range(2):
        amend(world.cases, world.id, world.occasion(), decide)
    told = [row.event for row in world.cases.history(world.id)][-2:]

    assert told[-1] == ClockMissed(clock="inquiry_unasked", to="supervisor")
    assert told[-2] != told[-1]
    (nobody,) = ask_by_itself(untraceable().case(), None, world.occasion())
    assert isinstance(nobody, ClockMissed)


def asked(talk: Talk) -> str:
    """A case whose carrier has just been asked, in the world of messages."""
    case = talk.open()
    form = untraceable()
    form.wait(hours=50)
    ((_, sent),) = inquiries(form)
    talk.told(talk.happen(case, sent))
    return case.id


@pytest.mark.requirement("003-9", "001-5", "001-6")
def test_the_inquiry_goes_to_the_carriers_desk_and_names_no_party() -> None:
    talk = Talk(carriers=DESK)
    asked(talk)

    (letter,) = [one for one in talk.messenger.sent if one["to"] == "cha-xun@post.example"]
    assert "RR123456785CN" in letter["text"]
    assert "2026年2月20日" in letter["text"]
    assert "registered small packet" in letter["text"]
    assert "李娜" not in letter["text"]
    assert "na@example.org" not in letter["text"]
    assert letter["reply_to"].startswith("case+case_")
    assert not letter["unsubscribe"]


def test_where_no_mail_reaches_the_carrier_staff_are_told_to_hand_it_in() -> None:
    talk = Talk()
    case_id = asked(talk)
    inform(talk.cases, case_id, talk.informing(), talk.occasion())
    talk.drain()

    (told,) = [one for one in talk.messenger.sent if one["to"] == "desk@amends.example"]
    assert "递交查询单" in told["text"]
    assert "claimant" not in {row.state for row in talk.postings.rows.values()}


@pytest.mark.requirement("001-6")
def test_what_the_carrier_answers_is_for_staff_to_read_and_no_word_of_the_claimants() -> None:
    talk = Talk(carriers=DESK)
    case_id = asked(talk)
    inquiry = talk.cases.load(case_id).investigation.inquiries[0]
    words = {"subject": "CX-88120", "text": "已于3月1日离开广州", "from": "cha-xun@post.example"}
    for _ in range(2):
        hear_carrier(
            talk.cases, talk.contacts, talk.occasion(), case_id, "msg_1", words, (), inquiry.id
        )
    case = talk.cases.load(case_id)
    inform(talk.cases, case_id, talk.informing(), talk.occasion())

    assert case.investigation.inquiries[0].state is InquiryState.ACKNOWLEDGED
    assert case.investigation.inquiries[0].reference == "CX-88120"
    (owed,) = talk.work.of_case(case_id)
    assert owed.because == "carrier_answered"
    shown = talk.as_claimant(case, "GET", "messages")["data"]
    assert "离开广州" not in str(shown)
