"""Several people report one incident: it is one case; a second incident is another, on purpose."""

from collections.abc import Mapping

import pytest

from amends.domain.case.events import CaseOpened, ReportJoined
from amends.domain.case.vocabulary import Kind
from tests.support.histories import happened
from tests.support.investigation_reports import ITEMS, PEOPLE, SHIPMENT, report_of
from tests.support.investigation_world import World
from tests.support.proofs import merchant_bearer


def report(
    world: World, shipment: Mapping[str, object] = SHIPMENT, **incident: object
) -> tuple[int, dict[str, object]]:
    body = {
        "incident": {"kind": "lost", **incident},
        "shipment": dict(shipment),
        "items": ITEMS,
        "reporter": {**PEOPLE["reporter"], "role": "addressee", "name": "Erika Muster"},
        "channel": "phone",
    }
    return world.call("POST", "/v1/cases", body)


@pytest.mark.requirement("002-1", "000-13")
def test_what_somebody_told_who_joined_is_read_by_staff_and_by_nobody_else(world: World) -> None:
    words, details = "The neighbour saw it.", {"noticed_how": "says_delivered"}
    assert report(world, narrative=words, details=details)[0] == 202
    path = f"/v1/staff/cases/{world.id}/parties"

    (joined,) = world.call("GET", path, groups="agent:di")[1]["joined"]
    assert joined["reporter"]["name"] == "E***"
    assert (joined["narrative"], joined["details"]) == (words, details)
    assert world.call("GET", path, groups="finance:fei")[0] == 403
    assert "neighbour" not in str(world.claimant("GET", ""))


@pytest.fixture
def world() -> World:
    world = World()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    return world


@pytest.mark.requirement("002-1", "000-4")
def test_a_second_report_joins_the_open_case_and_learns_nothing_of_it(world: World) -> None:
    status, told = report(world)

    assert status == 202
    assert set(told) == {"joined", "message"}
    assert world.case().investigation.joined == 1
    assert world.cases.ids() == [world.id]
    (joined,) = happened(world.cases.history(world.id), ReportJoined)
    assert (joined.role, joined.channel) == ("addressee", "phone")


def test_another_kind_another_day_and_another_incident_open_cases_of_their_own(
    world: World,
) -> None:
    assert report(world, kind="damaged")[0] == 201
    assert report(world, is_another=True)[0] == 201
    undated = {"incident": {"kind": "lost"}, "shipment": {**SHIPMENT, "shipped_on": "2025-02-20"}}
    people = {"reporter": PEOPLE["reporter"], "items": ITEMS}
    assert world.call("POST", "/v1/cases", {**undated, **people})[0] == 201

    assert world.case().investigation.joined == 0
    assert len(world.cases.ids()) == 4


def test_a_closed_case_is_joined_by_nobody(world: World) -> None:
    world.claimant("POST", "/withdraw", {"reason": "it has arrived"})

    assert report(world)[0] == 201


@pytest.mark.requirement("004-46", "002-1")
def test_while_a_new_leg_runs_the_old_number_still_names_its_case(world: World) -> None:
    world.wait(hours=0.1)
    world.staff("agent:di", "found", {"place": "Hamburg", "is_sound": True})
    leg = {"carrier": "dhl_paket", "number": "JJD000390007827811111", "expected_on": "2026-03-06"}
    world.staff("agent:di", "recovery/redelivery", leg)

    assert report(world)[0] == 202
    assert report(world, kind="untraceable")[0] == 202

    assert world.cases.ids() == [world.id]
    assert world.case().investigation.joined == 2
    assert report(world, kind="damaged")[0] == 201
    assert report(world, is_another=True)[0] == 201


def test_what_we_found_to_be_prohibited_is_still_joined_by_what_was_reported(world: World) -> None:
    world.wait(hours=0.1)
    world.staff("investigator:bo", "quarantine", {"category": "CN05", "node": "Hangzhou"})

    assert report(world)[0] == 202


@pytest.mark.requirement("002-1", "000-4")
def test_of_reports_at_one_moment_one_opens_and_the_others_join_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index tells of a case a moment after it was opened."""
    monkeypatch.setattr(world.cases, "on_waybill", lambda _: [])

    assert report(world)[0] == 202
    assert world.cases.ids() == [world.id]
    assert world.case().investigation.joined == 1

    world.claimant("POST", "/withdraw", {"reason": "it has arrived"})
    assert report(world)[0] == 201
    assert report(world)[0] == 202
    assert len(world.cases.ids()) == 2


@pytest.mark.requirement("002-1")
def test_a_parcel_that_is_withheld_is_one_incident_whatever_it_is_called(world: World) -> None:
    """Delayed and untraceable become lost by their date: two cases would pay one loss twice."""
    assert report(world, kind="untraceable")[0] == 202
    assert report(world, kind="delayed")[0] == 202
    assert report(world, kind="misdelivered", details={"state": "delivered_wrong"})[0] == 201

    assert world.case().investigation.joined == 2


def test_at_one_moment_too_whatever_it_is_called_and_whether_or_not_its_day_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.cases, "on_waybill", lambda _: [])
    undated = {name: told for name, told in SHIPMENT.items() if name != "shipped_on"}

    assert report(world, kind="delayed")[0] == 202
    assert report(world, shipment=undated)[0] == 201  # nobody can tell whether it is the same
    assert report(world)[0] == 202  # which took nothing from the first

    assert world.case().investigation.joined == 2


@pytest.mark.requirement("000-12")
def test_the_merchant_of_a_case_that_we_discovered_is_told_which_their_report_joined() -> None:
    world = World()
    opened = CaseOpened(
        case_id=world.id,
        report=report_of(Kind.LOST, shipped_on=None),
        token_hash="0" * 64,
        merchant="shop-1",
        discovered_as="stale",
    )
    world.cases.open([opened], world.occasion())
    for merchant, told in (("shop-1", {"case_id": world.id}), ("shop-2", {})):
        body = {
            "incident": {"kind": "delayed"},
            "shipment": {"tracking_number": SHIPMENT["tracking_number"]},
            "reporter": PEOPLE["reporter"],
        }
        token = merchant_bearer(merchant, "cases")
        status, document = world.call("POST", "/v1/cases", body, token=token)
        assert status == 202
        assert document == {"joined": True, "message": document["message"], **told}
