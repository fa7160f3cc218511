"""Who lost the token of a case gets a new one by the contact on file, and by nothing else."""

import re
from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import OfferMade
from amends.service.intake.entering import link_of
from amends.service.intake.reporting import hash_of, token_of
from tests.support.event_samples import sample
from tests.support.people_world import ERIKA, KEY, World

ACCEPTED = (202, {"accepted": True})


def ask(world: World, reference: str, contact: str) -> tuple[int, Any]:
    """Ask for a link, and let everything behind the answer happen."""
    said = world.call("POST", "/v1/magic-links", {"reference": reference, "contact": contact})
    world.drain()
    for case_id in world.cases.ids():
        world.stream(world.cases.load(case_id))
    world.drain()
    return said


def links(world: World) -> list[str]:
    """The links that went out by mail, oldest first."""
    mails = [one["text"] for one in world.messenger.sent if one["way"] == "email"]
    return [found for text in mails for found in re.findall(r"link=([0-9a-f]{64})", text)]


def led(world: World) -> str:
    """The token in the link to the case of the last message."""
    found: list[str] = re.findall(r"#token=([0-9a-f]{64})", world.messenger.sent[-1]["text"])
    return found[-1]


def enter(world: World, case: Case, link: str) -> tuple[int, Any]:
    return world.call("POST", f"/v1/cases/{case.id}/token", {"link": link})


def opens(world: World, case: Case, token: str) -> bool:
    return world.call("GET", f"/v1/cases/{case.id}/preferences", token=token)[0] == 200


@pytest.mark.parametrize("contact", [" NA@Example.org", "+86 138-0013-8000"])
def test_the_link_goes_to_the_contact_on_file_works_once_and_ends_the_old_token(
    contact: str,
) -> None:
    world = World()
    case, old = world.open(), token_of("case_0123456789abcdefghjkmnpqrs", KEY)

    assert ask(world, case.id, contact) == ACCEPTED
    (link,) = links(world)
    assert opens(world, case, old)  # asking alone locks nobody out

    status, told = enter(world, case, link)
    assert status == 201
    assert opens(world, case, told["token"])
    assert not opens(world, case, old)
    assert enter(world, case, link)[0] == 401


def test_what_a_message_links_to_opens_the_case_with_the_newest_token() -> None:
    world = World()
    case = world.open()
    world.stream(case)
    world.drain()
    assert opens(world, case, led(world))

    ask(world, case.id, ERIKA["email"])
    enter(world, case, links(world)[0])
    world.stream(world.happen(case, sample(OfferMade)), since=world.cases.load(case.id).version - 1)
    world.drain()

    assert opens(world, case, led(world))


def test_a_tracking_number_finds_the_case_as_well() -> None:
    world = World()
    case = world.open()

    assert ask(world, case.report.shipment.tracking_number, ERIKA["email"]) == ACCEPTED

    assert len(links(world)) == 1


@pytest.mark.parametrize(
    ("reference", "contact"),
    [
        ("case_0123456789abcdefghjkmnpqrs", "eve@example.org"),
        ("case_zzzzzzzzzzzzzzzzzzzzzzzzzz", "na@example.org"),
        ("RR000000005CN", "na@example.org"),
        ("nonsense", "nonsense"),
    ],
)
def test_what_is_not_there_is_answered_alike_and_nothing_goes_out(
    reference: str, contact: str
) -> None:
    world = World()
    case = world.open()

    assert ask(world, reference, contact) == ACCEPTED

    assert links(world) == []
    assert world.cases.load(case.id).access.links == 0


def test_three_links_go_out_in_an_hour_and_only_the_last_is_good() -> None:
    world = World()
    case = world.open()
    for _ in range(5):
        assert ask(world, case.id, ERIKA["email"]) == ACCEPTED

    sent = links(world)

    assert len(sent) == len(set(sent)) == 3
    assert [enter(world, case, link)[0] for link in sent] == [401, 401, 201]
    world.now += timedelta(hours=1)
    ask(world, case.id, ERIKA["email"])
    assert len(links(world)) == 4


def test_a_link_is_over_after_half_an_hour() -> None:
    world = World()
    case = world.open()
    ask(world, case.id, ERIKA["email"])
    world.now += timedelta(minutes=30)

    status, told = enter(world, case, links(world)[0])

    assert (status, told["code"]) == (401, "link_not_valid")


def test_a_link_of_another_case_opens_nothing() -> None:
    world = World()
    case, other = world.open(), world.open(case_id="case_1123456789abcdefghjkmnpqrs")
    ask(world, other.id, ERIKA["email"])
    missing = case.id.replace("0", "z")

    for case_id in (case.id, missing):
        path = f"/v1/cases/{case_id}/token"
        status, told = world.call("POST", path, {"link": links(world)[0]})
        assert (status, told["code"]) == (401, "link_not_valid")


def test_neither_link_nor_token_is_stored() -> None:
    world = World()
    case = world.open()
    ask(world, case.id, ERIKA["email"])
    (link,) = links(world)
    token = enter(world, case, link)[1]["token"]

    kept = repr(world.cases.history(case.id)) + repr(world.idempotency.__dict__)

    assert link == link_of(case.id, KEY, number=1)
    assert hash_of(link) in kept
    assert link not in kept
    assert token not in kept


def test_later_messages_carry_the_new_way_in() -> None:
    world = World()
    case = world.open()
    ask(world, case.id, ERIKA["email"])
    enter(world, case, links(world)[0])

    turned = world.cases.load(case.id)

    assert turned.access.turn == 1
    assert turned.token_hash == hash_of(token_of(case.id, KEY, turn=1))
