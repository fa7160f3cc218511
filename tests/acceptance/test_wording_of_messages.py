"""What readers are told is true of their case, dated by their own calendar, and in words."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.case import events as e
from amends.domain.case.report import NO_NUMBER
from amends.domain.case.vocabulary import Outcome
from amends.service.people import wordings as w
from tests.acceptance.test_survey import settled
from tests.support.event_samples import REPORT, sample
from tests.support.people_world import World

ENGLISH = {"name": "Erika", "email": "e@example.org"}


def last_to(world: World, address: str) -> dict[str, str]:
    """The newest mail to somebody, at an hour at which everything may go."""
    world.sweep()
    found: dict[str, str] = [one for one in world.messenger.sent if one["to"] == address][-1]
    return found


def of_code(world: World, code: str) -> dict[str, str]:
    """The mail of one code."""
    keys = {key for (_, key), row in world.postings.rows.items() if row.message.code == code}
    (found,) = [one for one in world.messenger.sent if one["key"] in keys]
    return found


@pytest.mark.requirement("002-17", "004-48")
@pytest.mark.parametrize(
    ("rail", "says"),
    [("coupon", "The code of your coupon"), ("reshipment", "sent to you again"),
     ("service_extension", "The longer period")],
)  # fmt: skip
def test_what_comes_in_place_of_money_is_not_called_a_payment(rail: str, says: str) -> None:
    world = World()
    case = world.open(ENGLISH, language="en")
    world.happen(case, sample(e.OfferMade), replace(sample(e.PayoutConfirmed), rail=rail))
    world.told(case)

    mail = last_to(world, "e@example.org")
    assert world.codes()[-1] == "remedy_done"
    assert says in mail["text"]
    assert "payment" not in mail["text"] + mail["subject"]
    assert w.RAILS[rail]["en"] in mail["subject"]


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Shanghai", "21 November 2026"), ("America/New_York", "20 November")]
)
def test_a_day_is_the_one_on_its_readers_calendar(zone: str, day: str) -> None:
    world = World(now=datetime(2026, 11, 20, 18, tzinfo=UTC))
    case = world.open(ENGLISH, language="en")
    world.as_claimant(case, "PUT", "preferences", {"zone": zone})
    world.happen(case, sample(e.Concluded))
    world.told(case)
    world.now += timedelta(hours=10)
    world.sweep()

    assert f"as of {day}" in of_code(world, "loss_notice")["text"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    "clock", [*w.CLOCKS, "level:2", "cctv:clp_0123", "inquiry_unsent:inq_01", "never_heard_of"]
)
def test_staff_are_told_in_words_what_is_late(clock: str, language: str) -> None:
    world = World()
    case = world.open()
    directory = world.post().directory
    world.happen(case, e.ClockMissed(clock=clock, to="supervisor"))
    world.told(case)
    told = last_to(world, "desk@amends.example")["text"]

    kind = clock.partition(":")[0]
    said = w.CLOCKS.get(kind, w.CLOCK)["zh-CN"]
    assert directory.house().reader.language == "zh-CN"
    assert said in told
    assert clock not in told
    assert not re.search(r"[a-z]_[a-z]", w.CLOCKS.get(kind, w.CLOCK)[language])


@pytest.mark.parametrize(
    ("language", "says"), [("en", "Tracking number: not known yet"), ("zh-CN", "运单号：尚未提供")]
)
def test_a_draft_without_a_number_says_so(language: str, says: str) -> None:
    world = World()
    parcel = replace(REPORT.shipment, tracking_number=NO_NUMBER)
    world.told(world.open(language=language, shipment=parcel))

    assert says in world.messenger.sent[0]["text"]
    assert NO_NUMBER not in world.messenger.sent[0]["text"]


@pytest.mark.requirement("004-26")
@pytest.mark.parametrize(("score", "says"), [(1, "深表歉意"), (5, "期待再次")])
def test_who_was_not_satisfied_is_not_wished_a_next_parcel(score: int, says: str) -> None:
    world = World()
    case = settled(world)
    world.as_claimant(case, "POST", "feedback", {"score": score, "resolved": score > 2})
    world.told(case)

    thanks = of_code(world, "thanks")["text"]
    assert says in thanks
    assert ("期待再次" in thanks) == (score == 5)


def test_a_decline_without_a_rule_names_none() -> None:
    world = World()
    case = world.open(ENGLISH, language="en")
    world.happen(case, e.CaseClosed(outcome=Outcome.DECLINED))
    world.told(case)

    text = last_to(world, "e@example.org")["text"]
    assert "The offer was not answered in time." in text
    assert "The rule it rests on" not in text
