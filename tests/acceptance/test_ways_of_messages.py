"""A message goes by a way that works, once, and at last by a person."""

from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.events import (
    InformationRequested,
    OfferMade,
    PayoutConfirmed,
    SurveyPlanned,
    SurveySent,
)
from amends.domain.case.vocabulary import ReportChannel
from amends.domain.people.delivery import Outcome as Fate
from amends.domain.people.posting import PostingState
from tests.support.event_samples import sample
from tests.support.people_world import ERIKA, START, World

CASE = "case_0123456789abcdefghjkmnpqrs"


def test_when_one_way_fails_the_next_takes_over_and_at_last_somebody_calls() -> None:
    world = World()
    world.messenger.fate = lambda _: Fate.REFUSED
    case = world.open()

    world.told(case)

    posting = next(iter(world.postings.rows.values()))
    assert [one.way for one in posting.course.attempts] == ["email", "sms"]
    assert posting.state is PostingState.CALL
    world.stream(case)
    (call,) = world.as_agent("GET", "/v1/staff/work?kind=call")["data"]
    assert (call["because"], call["case_id"]) == ("no_way_left", case.id)


def test_a_busy_way_is_tried_again_and_an_unknown_outcome_never() -> None:
    world = World()
    world.messenger.fate = lambda _: Fate.BUSY
    case = world.open()
    world.told(case)
    assert world.messenger.sent == []
    world.messenger.fate = lambda _: Fate.UNKNOWN
    world.now += timedelta(minutes=1)
    world.sweep()
    for _ in range(4):
        world.now += timedelta(hours=1)
        world.sweep()

    posting = next(iter(world.postings.rows.values()))
    assert [one["key"] for one in world.messenger.sent].count(posting.message.key) == 1
    assert posting.state is PostingState.CALL


def test_a_worker_that_dies_while_sending_has_sent_at_most_once() -> None:
    world = World()
    world.messenger.fate = lambda _: RuntimeError("killed")
    case = world.open()
    world.stream(case)
    document = dict(world.queue.sent.pop())
    document.pop("delay_seconds")
    for _ in range(3):
        try:
            world.deliver(document)
        except RuntimeError:
            world.messenger.fate = lambda _: None
    world.now += timedelta(hours=2)
    world.sweep()

    assert world.codes().count("acknowledgement") == 1


def test_a_document_that_the_queue_brings_twice_sends_once_and_calls_nobody() -> None:
    world = World()
    case = world.open({"name": "李娜", "email": "na@example.org"})
    world.stream(case)
    document = dict(world.queue.sent.pop())
    document.pop("delay_seconds", None)
    assert "planned" in document
    world.deliver(document)
    world.postings.suppress("na@example.org", because="complained", at=world.now)
    world.deliver(document)

    assert world.codes() == ["acknowledgement"]
    assert world.cases.load(case.id).talking.calls == ()
    assert [one.state for one in world.postings.rows.values()] == [PostingState.SENT]


def test_a_bounce_takes_the_next_way_and_closes_the_address_for_every_case() -> None:
    world = World()
    case = world.open()
    world.told(case)
    mail = world.messenger.sent[0]
    bounce = {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": "Permanent",
            "bouncedRecipients": [{"emailAddress": str(ERIKA["email"])}],
        },
        "mail": {"tags": {"message_key": [mail["key"]], "case_id": [case.id]}},
    }

    world.deliver(bounce)
    world.deliver(bounce)
    world.sweep()

    assert [one["way"] for one in world.messenger.sent] == ["email", "sms"]
    other = world.open(case_id="case_1123456789abcdefghjkmnpqrs")
    world.told(other)
    assert world.messenger.sent[-1]["way"] == "sms"
    assert world.as_claimant(other, "GET", "preferences")["unreachable"] == ["email"]


@pytest.mark.requirement("000-4", "000-13")
def test_who_wrote_a_letter_gets_letters_which_staff_print_and_post() -> None:
    world = World()
    address = {"lines": ["中山路 1 号"], "city": "广州", "postal_code": "510000", "country": "CN"}
    case = world.open({"name": "李娜", "address": address}, channel=ReportChannel.LETTER)
    world.told(case)

    rows = world.as_agent("GET", "/v1/staff/work?kind=letter")["data"]
    assert len(rows) == 2  # the acknowledgement, and what was understood
    path = f"/v1/staff/work/letters/{rows[0]['id']}"
    letter = world.as_agent("GET", f"{path}?case_id={case.id}")
    assert "中山路" in letter["address"]
    assert letter["html"].startswith("<!doctype html>")
    world.as_agent("POST", path, {"case_id": case.id})
    assert len(world.as_agent("GET", "/v1/staff/work?kind=letter")["data"]) == 1
    world.now += timedelta(days=4)
    world.sweep()
    world.stream(case)
    assert world.as_agent("GET", "/v1/staff/work?kind=call")["data"][0]["case_id"] == case.id


def test_the_survey_goes_out_by_the_way_that_the_claimant_prefers() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "PUT", "preferences", {"ways": ["sms"]})
    world.happen(case, sample(OfferMade), sample(PayoutConfirmed))
    at = world.now + timedelta(days=3)
    world.happen(case, SurveyPlanned(survey_id="srv_0123456789abcdefghjkmnpqrs", ask_at=at))
    world.told(case)
    world.now = at
    world.sweep()

    assert world.messenger.sent[-1]["way"] == "sms"
    assert "/v1/answers/survey/" in world.messenger.sent[-1]["text"]


def in_app(world: World) -> list[dict[str, Any]]:
    """What the claimant's app shows as not read yet."""
    thread = world.as_claimant(world.cases.load(CASE), "GET", "messages")
    rows = [row for row in thread["data"] if row["channel"] == "in_app" and not row["read_at"]]
    assert thread["unread"] == len(rows)
    return rows


@pytest.mark.requirement("000-14", "002-17")
def test_who_wants_messages_in_the_app_reads_them_there_and_gets_no_mail() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "PUT", "preferences", {"ways": ["in_app", "email"]})
    world.told(case)
    assert world.messenger.sent == []
    (row,) = in_app(world)
    assert row["code"] == "acknowledgement"
    assert "RR123456785CN" in row["text"]

    world.as_claimant(case, "POST", "messages/read", {"ids": [row["id"]]})
    assert in_app(world) == []
    world.now += timedelta(days=1, hours=1)
    world.sweep()

    assert "acknowledgement" not in world.codes()
    (posting,) = [one for one in world.postings.rows.values() if one.message.key == row["id"]]
    assert (posting.state, posting.outcome) == (PostingState.SENT, Fate.DELIVERED)


def test_what_nobody_reads_in_the_app_for_a_day_goes_out_by_mail_once() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "PUT", "preferences", {"ways": ["in_app", "email"]})
    world.told(case)
    for _ in range(30):
        world.now += timedelta(hours=1)
        world.sweep()

    assert world.codes().count("acknowledgement") == 1
    assert in_app(world) == []
    assert world.cases.load(case.id).talking.calls == ()


def test_an_app_whose_user_left_no_address_shows_what_cannot_be_sent() -> None:
    world = World()
    case = world.open({"name": "李娜"}, channel=ReportChannel.APP)
    world.told(case)
    assert [row["code"] for row in in_app(world)] == ["acknowledgement"]
    world.now += timedelta(days=2)
    world.sweep()

    assert world.cases.load(case.id).talking.calls == ()


def test_a_stranger_marks_nothing_as_read() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "PUT", "preferences", {"ways": ["in_app"]})
    world.told(case)
    (row,) = in_app(world)
    other = world.open({"name": "Erika"}, case_id="case_1123456789abcdefghjkmnpqrs")
    world.as_claimant(other, "POST", "messages/read", {"ids": [row["id"]]})

    assert len(in_app(world)) == 1


@pytest.mark.parametrize("hour", [14, 22])
def test_a_message_that_waits_for_the_morning_goes_at_once_when_any_hour_is_allowed(
    hour: int,
) -> None:
    world = World(now=START.replace(hour=hour))
    case = world.open()
    world.happen(case, sample(InformationRequested))
    world.told(case)
    assert world.codes() == ["acknowledgement"]

    any_hour = {"quiet_from": "00:00", "quiet_until": "00:00"}
    world.as_claimant(case, "PUT", "preferences", any_hour)
    world.drain()

    assert world.codes() == ["acknowledgement", "information_request"]


def test_what_waits_and_is_not_wanted_any_more_is_not_sent_in_the_morning() -> None:
    world = World(now=START.replace(hour=14))
    case = world.open()
    world.happen(case, sample(PayoutConfirmed), sample(SurveySent))
    world.told(case)
    waiting = [one for one in world.postings.rows.values() if one.message.code == "survey"]
    assert [one.state for one in waiting] == [PostingState.WAITING]

    world.as_claimant(case, "PUT", "preferences", {"muted": ["survey"]})
    world.drain()

    states = [one.state for one in world.postings.rows.values() if one.message.code == "survey"]
    assert states == [PostingState.UNWANTED]
