"""A watched parcel falls silent, and a case opens before anybody complains."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import CaseClosed
from amends.domain.case.intake import open_case
from amends.domain.case.report import Report
from amends.domain.case.report import Shipment as Told
from amends.domain.case.vocabulary import Kind, Outcome, ReportChannel, Role
from amends.domain.parcel.shipment import Wanted
from amends.domain.people.posting import PostingState
from amends.service.amend import amend
from amends.service.intake.joining import join_or_open
from amends.service.tracking.watching import watch
from simulators.carriers import world
from tests.support.fakes import MemoryContacts
from tests.support.people_world import World
from tests.support.tracking_fakes import Clock, PlainSecrets
from tests.support.tracking_world import Parlour, parlour

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
NUMBER = "RR123456785CN"


@pytest.fixture
def room() -> Iterator[Parlour]:
    clock = Clock(START)
    with world(now=clock) as handle:
        made = parlour(handle, clock, carriers={"china_post": ["upu"]})
        secrets = made.tracker.channels.secrets
        assert isinstance(secrets, PlainSecrets)
        secrets.put("tokens", {"key": "k"})
        yield made


def left_its_country(room: Parlour) -> None:
    """The parcel leaves China on the first day, and is heard of no more."""
    at = (START - timedelta(hours=3)).isoformat()
    scan = {"at": at, "milestone": "in_transit", "step": "left_origin_country", "country": "CN"}
    room.world.put(NUMBER, scan, channels=["upu"])


def watched(room: Parlour, owner: str | None = "shop-1") -> None:
    wanted = Wanted(
        number=NUMBER, carrier="china_post", destination_country="DE", order_reference="A-1"
    )
    watch(room.tracker, wanted, room.occasion(), owner=owner)


@pytest.mark.requirement("000-12", "004-8")
def test_a_missed_transfer_opens_one_case_of_the_merchant_and_the_poller_asks_for_it(
    room: Parlour,
) -> None:
    left_its_country(room)
    watched(room)

    room.run(timedelta(days=8))
    assert room.tracker.cases.on_waybill(NUMBER) == []
    room.run(timedelta(days=8))

    (case_id,) = room.tracker.cases.on_waybill(NUMBER)
    case = room.tracker.cases.load(case_id)
    assert (case.report.kind, case.report.role) == (Kind.LOST, Role.MERCHANT)
    assert case.merchant == "shop-1"
    assert case.report.shipment.order_reference == "A-1"
    (shipment,) = room.shipments.rows.values()
    assert shipment.has_case


@pytest.mark.requirement("000-12")
def test_a_number_that_nobody_finds_is_reported_as_untraceable(room: Parlour) -> None:
    watched(room)

    room.run(timedelta(days=16))

    (case_id,) = room.tracker.cases.on_waybill(NUMBER)
    assert room.tracker.cases.load(case_id).report.kind is Kind.UNTRACEABLE


REPORT = Report(
    kind=Kind.DELAYED,
    shipment=Told(tracking_number=NUMBER, carrier="china_post", shipped_on=date(2026, 11, 2)),
    role=Role.ADDRESSEE,
    language="en",
    channel=ReportChannel.WEB,
)


def reported(room: Parlour, case_id: str) -> Case:
    """Somebody reports the same parcel, by a day that the watch does not know; their case."""
    events = open_case(
        REPORT,
        case_id=case_id,
        number_valid=True,
        token_hash="0" * 64,
        merchant=None,
        occasion=room.occasion(),
    )
    contacts = MemoryContacts()
    return join_or_open(
        REPORT,
        {},
        lambda incident, instead_of: room.tracker.cases.open(
            events, room.occasion(), incident=incident, instead_of=instead_of
        ),
        cases=room.tracker.cases,
        contacts=contacts,
        origin=case_id,
        occasion=room.occasion(),
    )


@pytest.mark.requirement("000-12")
@pytest.mark.parametrize("is_index_late", [False, True])
def test_what_we_discover_and_what_is_reported_meet_in_one_case(
    room: Parlour, monkeypatch: pytest.MonkeyPatch, *, is_index_late: bool
) -> None:
    """Whoever comes first, also where both come before an index tells of the other."""
    if is_index_late:
        monkeypatch.setattr(room.tracker.cases, "on_waybill", lambda _: [])
    left_its_country(room)
    watched(room)
    watched(room, owner="shop-2")
    room.run(timedelta(days=16))

    (case_id,) = room.tracker.cases.numbered(NUMBER)
    assert room.tracker.cases.load(case_id).discovered_as == "missed_transfer"
    assert reported(room, "case_of_the_addressee").id == case_id
    assert room.tracker.cases.numbered(NUMBER) == [case_id]
    assert room.tracker.cases.load(case_id).investigation.joined == 1


@pytest.mark.parametrize("is_index_late", [False, True])
def test_a_parcel_that_somebody_misses_already_is_not_discovered_as_well(
    room: Parlour, monkeypatch: pytest.MonkeyPatch, *, is_index_late: bool
) -> None:
    if is_index_late:
        monkeypatch.setattr(room.tracker.cases, "on_waybill", lambda _: [])
    left_its_country(room)
    watched(room)
    room.run(timedelta(days=8))
    own = reported(room, "case_of_the_addressee").id
    room.run(timedelta(days=8))

    assert room.tracker.cases.numbered(NUMBER) == [own]
    closing = CaseClosed(outcome=Outcome.FOUND)
    amend(room.tracker.cases, own, room.occasion(), lambda _: [closing])
    room.run(timedelta(days=16))
    assert len(room.tracker.cases.numbered(NUMBER)) == 2  # silent still: it is sought again


def test_a_stack_may_leave_it_to_people(room: Parlour) -> None:
    left_its_country(room)
    watched(room)
    settings = room.tracker.channels.settings
    assert isinstance(settings, dict)
    settings["early_discovery"] = False

    room.run(timedelta(days=16))

    assert room.tracker.cases.on_waybill(NUMBER) == []


@pytest.mark.requirement("000-12")
def test_a_parcel_at_customs_or_on_its_way_back_is_no_silence(room: Parlour) -> None:
    at = (START - timedelta(hours=3)).isoformat()
    room.world.put(NUMBER, {"at": at, "milestone": "returning"}, channels=["upu"])
    watched(room)

    room.run(timedelta(days=25))

    assert room.tracker.cases.on_waybill(NUMBER) == []


@pytest.mark.requirement("000-12")
def test_a_merchant_who_left_no_address_is_told_by_webhook_and_nobody_calls() -> None:
    world = World()
    url = {"url": "https://hooks.shop.example/amends"}
    assert world.call("POST", "/v1/webhooks", url, merchant="shop-1")[0] == 201
    case = world.open(reporter={}, merchant="shop-1")

    world.told(case)

    told = [json.loads(one.body) for one in world.requests]
    assert [one["type"] for one in told] == ["case.reported"]
    assert {row.state for row in world.postings.rows.values()} == {PostingState.WEBHOOK}
    world.stream(case)
    assert world.as_agent("GET", "/v1/staff/work?kind=call")["data"] == []


@pytest.mark.requirement("000-12")
def test_a_case_nobody_reported_is_told_to_its_merchants_own_address() -> None:
    desk = {"email": "desk@shop.example", "name": "Shop", "language": "zh-CN"}
    world = World(merchants={"shop-1": desk})
    case = world.open(reporter={}, merchant="shop-1", discovered_as="stale")
    world.contacts.put(case.id, "report", {})

    world.told(case)

    (mail,) = world.messenger.sent
    assert mail["to"] == "desk@shop.example"
    assert world.codes() == ["discovery"]  # not: thank you for your report
    assert any("\u4e00" <= sign <= "\u9fff" for sign in mail["subject"])


@pytest.mark.parametrize("types", [None, ["shipment.anomaly_seen"]])
def test_a_merchant_whom_neither_mail_nor_a_webhook_tells_is_called_by_a_person(
    types: list[str] | None,
) -> None:
    world = World()
    if types:
        hook = {"url": "https://hooks.shop.example/amends", "types": types}
        assert world.call("POST", "/v1/webhooks", hook, merchant="shop-1")[0] == 201
    case = world.open(reporter={}, merchant="shop-1")

    world.told(case)
    world.stream(case)

    (call,) = world.as_agent("GET", "/v1/staff/work?kind=call")["data"]
    assert call["because"] == "no_way_left"
