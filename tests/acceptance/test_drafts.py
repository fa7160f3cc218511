"""An agent finds the answers that a case has already, in the claimant's language, and sends one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import CaseClosed, InformationRequested, OfferMade
from amends.domain.case.vocabulary import Outcome
from amends.domain.parcel.merging import absorb
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.shipment import Shipment, Wanted, new_shipment
from amends.domain.parcel.vocabulary import Milestone, OffsetSource
from tests.support.event_samples import REPORT, sample
from tests.support.people_world import World

NUMBER = REPORT.shipment.tracking_number


def drafts(world: World, case: Case) -> dict[str, str]:
    told = world.as_agent("GET", f"/v1/staff/cases/{case.id}/messages/drafts")
    return {row["about"]: row["text"] for row in told["data"]}


def watched(world: World, *, days: float) -> Shipment:
    wanted = Wanted(number=NUMBER, carrier="china_post", shipped_on=(world.now).date())
    shipment = new_shipment(wanted, channels=("upu",), at=world.now - timedelta(days=days))
    world.shipments[NUMBER] = [shipment]
    return shipment


@pytest.mark.requirement("003-10", "003-8", "000-13", "000-14")
def test_why_a_parcel_is_not_seen_is_ready_to_be_sent_and_where_to_look() -> None:
    world = World()
    case = world.open(shipment=replace(REPORT.shipment, shipped_on=world.now.date()))
    watched(world, days=0.5)

    told = drafts(world, case)

    assert NUMBER in told["tracking"]
    assert "https://" in told["tracking"]
    assert "我们将主动为您向承运商查询" in told["tracking"]
    sent = world.as_agent("POST", f"/v1/staff/cases/{case.id}/messages", {"text": told["tracking"]})
    assert told["tracking"] in [row["text"] for row in sent["data"]]
    own: Any = world.as_claimant(case, "GET", "messages")
    assert told["tracking"] in [row["text"] for row in own["data"]]


@pytest.mark.requirement("003-10", "000-14")
def test_where_it_was_seen_last_stands_in_the_readers_language_and_time() -> None:
    world = World()
    case = world.open(language="en")
    seen = world.now - timedelta(hours=2)
    scan = Scan(
        at=seen,
        at_raw="",
        offset_source=OffsetSource.CARRIER,
        milestone=Milestone.IN_TRANSIT,
        place=Place(text="Shanghai"),
        channel="upu",
    )
    shipment = watched(world, days=9)
    reading = Reading(
        number=NUMBER, channel="upu", found=True, milestone=Milestone.IN_TRANSIT, scans=(scan,)
    )
    state = absorb(shipment.state, reading, at=world.now)
    world.shipments[NUMBER] = [replace(shipment, state=state)]

    told = drafts(world, case)

    assert "Shanghai" in told["tracking"]
    assert "20 November 2026" in told["tracking"]


@pytest.mark.requirement("000-13", "000-14")
def test_what_is_wanted_offered_and_ended_is_said_only_while_it_is_so() -> None:
    world = World()
    case = world.open()
    assert set(drafts(world, case)) == {"stage"}

    due = world.now + timedelta(days=5)
    world.happen(case, InformationRequested(items=("shipment.postage",), due_at=due))
    assert "所付邮费" in drafts(world, case)["wanted"]

    other = world.open(case_id="case_9123456789abcdefghjkmnpqrs")
    world.happen(other, sample(OfferMade))
    offered = drafts(world, other)
    assert "¥312.47" in offered["offer"]
    assert "wanted" not in offered
    world.happen(other, CaseClosed(outcome=Outcome.COMPENSATED))
    assert set(drafts(world, other)) == {"closed"}


def test_drafts_are_for_those_who_may_answer() -> None:
    world = World()
    case = world.open()
    path = f"/v1/staff/cases/{case.id}/messages/drafts"

    assert world.call("GET", path, groups="finance")[0] == 403
    assert world.call("GET", "/v1/staff/cases/case_none/messages/drafts", groups="agent")[0] == 404
