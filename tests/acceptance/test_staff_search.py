"""Staff find a case again: by its number, by who reported it, in whatever stage it stands."""

from urllib.parse import urlencode

import pytest

from amends.domain.case.vocabulary import Kind
from tests.support.investigation_reports import PEOPLE, SHIPMENT
from tests.support.investigation_world import World

AGENT, FINANCE = "agent:di", "finance:fei"
OTHER = {"role": "sender", "name": "王芳", "phone": "+86 139 0000 1111", "language": "zh-CN"}


def found(world: World, query: str, groups: str = AGENT) -> list[str]:
    status, page = world.call("GET", f"/v1/staff/cases?{query}", groups=groups)
    assert status == 200, page
    return [row["id"] for row in page["data"]]


@pytest.mark.requirement("000-13", "002-1")
def test_a_case_is_found_by_its_number_and_by_whoever_reported_it() -> None:
    world = World()
    world.tell(Kind.LOST, {}, shipment={"tracking_number": "RR123456785CN"})
    closed = world.id
    world.claimant("POST", "/withdraw", {"reason": "it came"})
    world.tell(Kind.LOST, {}, shipment={"tracking_number": "RR987654326CN"})
    second = world.id
    world.tell(Kind.DAMAGED, {}, shipment={"tracking_number": "RR473124829CN"}, reporter=OTHER)
    third = world.id
    mine = sorted([closed, second])
    reporter = PEOPLE["reporter"]

    assert found(world, "number=rr 1234 5678 5 cn") == [closed]
    assert found(world, "number=RR000000005CN") == []
    for told in (reporter["name"], reporter["phone"], "0571-88001234"):
        assert found(world, f"claimant={told}") == mine
    assert found(world, "claimant=王 芳") == [third]
    assert found(world, "claimant=139-0000-1111") == [third]
    assert found(world, "claimant=nobody") == []
    stage = world.cases.load(second).stage
    assert found(world, f"claimant={reporter['name']}&stage={stage}") == [second]
    assert found(world, f"claimant={reporter['name']}&stage=closed") == [closed]
    assert found(world, "claimant=王芳&number=RR987654326CN") == []
    assert found(world, "claimant=王芳&kind=lost") == []
    assert found(world, "number=RR473124829CN", groups=FINANCE) == [third]


@pytest.mark.requirement("000-13", "004-45")
def test_one_search_finds_a_case_by_whatever_a_caller_can_name() -> None:
    world = World()
    world.tell(Kind.LOST, {}, shipment={"order_reference": "PO 77 a"})
    case = world.id
    world.staff("agent:di", "found", {"place": "Hamburg", "is_sound": True})
    leg = {"carrier": "dhl_paket", "number": "JJD000390007827811111", "expected_on": "2026-03-06"}
    world.staff("agent:di", "recovery/redelivery", leg)
    other = {"role": "merchant", "name": "Shop", "email": "Desk@Shop.example", "language": "en"}
    joined = {"incident": {"kind": "lost"}, "shipment": SHIPMENT, "reporter": other}
    assert world.call("POST", "/v1/cases", joined)[0] == 202
    world.tell(Kind.DAMAGED, {}, shipment={"tracking_number": "RR473124829CN"}, reporter=OTHER)
    sender, addressee = PEOPLE["sender"], PEOPLE["addressee"]

    for told in (
        case,
        "RR123456785CN",
        "jjd 0003 9000 7827 8111 11",
        "po77A",
        " desk@shop.EXAMPLE",
    ):
        assert found(world, urlencode({"q": told})) == [case], told
    for known in (sender["name"], sender["phone"], addressee["name"], addressee["phone"]):
        assert case in found(world, urlencode({"q": known}))
        assert case in found(world, urlencode({"person": known, "number": "RR123456785CN"}))
    assert found(world, urlencode({"q": sender["name"]}), groups=FINANCE) == []
    assert found(world, urlencode({"q": "po77a"}), groups=FINANCE) == [case]
    assert world.call("GET", "/v1/staff/cases?person=x", groups=FINANCE)[0] == 403
    for nothing in ("case_unknown", "---", "nobody", "?"):
        assert found(world, urlencode({"q": nothing})) == []

    world.id = case
    world.wait(days=400)
    assert not world.cases.load(case).is_open
    assert case in found(world, "number=RR123456785CN")  # by the number that it has left, too
    assert found(world, "reference=PO77A&stage=closed") == [case]


def test_what_is_found_comes_in_pages_and_not_to_everybody() -> None:
    world = World()
    for number in ("RR123456785CN", "RR987654326CN", "RR473124829CN"):
        world.tell(Kind.LOST, {}, shipment={"tracking_number": number})
    name = PEOPLE["reporter"]["name"]

    path = f"/v1/staff/cases?claimant={name}&limit=2"
    first = world.call("GET", path, groups=AGENT)[1]
    rest = world.call("GET", f"{path}&cursor={first['next_cursor']}", groups=AGENT)[1]

    assert [len(first["data"]), len(rest["data"])] == [2, 1]
    assert (first["has_more"], rest["has_more"], rest["next_cursor"]) == (True, False, None)
    ids = [row["id"] for row in (*first["data"], *rest["data"])]
    assert len(set(ids)) == 3
    assert world.call("GET", path, groups=FINANCE)[0] == 403
    assert world.call("GET", "/v1/staff/cases?number=", groups=AGENT)[0] == 422
    assert name not in str(first)


def test_prohibited_goods_are_found_only_by_who_may_know_of_them() -> None:
    world = World()
    found_at = {"found_at": "sorting", "contents": "fireworks"}
    world.tell(Kind.PROHIBITED_CONTENTS, found_at, shipment={"tracking_number": "RR123456785CN"})

    assert found(world, "number=RR123456785CN", groups=FINANCE) == []
    assert found(world, "number=RR123456785CN", groups="supervisor:anna") == [world.id]
