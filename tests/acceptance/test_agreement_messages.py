"""What is said of coming to terms reaches the claimant: reminder, counter, appeal, legal route."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from amends.domain.case.events import (
    AppealDecided,
    AppealMade,
    CaseClosed,
    ClockMissed,
    Concluded,
    CounterAnswered,
    DeadlinesSet,
    Event,
    LegalRouteOpened,
    OfferMade,
    OfferRefused,
    OfferReminded,
)
from amends.domain.case.state.agreement import CaseDeadline, Option, Part
from amends.domain.case.vocabulary import Outcome, Remedy
from amends.domain.money import Money
from tests.support.event_samples import sample
from tests.support.people_world import World

DAYS = DeadlinesSet(
    deadlines=(
        CaseDeadline(
            name="appeal",
            first_day=date(2026, 11, 28),
            last_day=date(2027, 9, 1),
            rule="cn.appeal.12305",
            source="Postal Law art. 65",
        ),
        CaseDeadline(
            name="action", last_day=date(2029, 9, 1), rule="civil_code.188", source="art. 188"
        ),
    )
)


def told(*events: Event, language: str = "en") -> tuple[list[str], str]:
    """The codes of the messages that these events bring, and the last one's text."""
    world = World()
    case = world.open(language=language)
    for event in events:
        world.happen(case, event)
    world.told(case)
    world.sweep()
    return world.codes(), world.messenger.sent[-1]["text"]


def test_an_offer_that_lapses_soon_is_reminded_of_with_its_day() -> None:
    offer = sample(OfferMade)

    codes, text = told(offer, OfferReminded(offer_id=offer.offer_id))

    assert codes[-1] == "reminder"
    assert "the offer ends on that day" in text


@pytest.mark.requirement("002-24", "004-25")
@pytest.mark.parametrize(
    ("language", "words"), [("en", "more than the loss"), ("zh-CN", "超过实际损失")]
)
def test_a_counter_is_answered_with_the_reason(language: str, words: str) -> None:
    offer, refused = sample(OfferMade), sample(OfferRefused)
    answer = CounterAnswered(offer_id=offer.offer_id, accepted=False, rule="above_the_loss")

    codes, text = told(offer, refused, answer, language=language)

    assert codes[-1] == "counter_answer"
    assert words in text


def test_why_staff_agree_stays_inside_and_why_they_do_not_is_told() -> None:
    offer, refused = sample(OfferMade), sample(OfferRefused)
    yes = CounterAnswered(
        offer_id=offer.offer_id, accepted=True, rule="staff", because="our own station"
    )

    _, agreed = told(offer, refused, yes)
    _, declined = told(offer, refused, replace(yes, accepted=False, because="no invoice came"))

    assert "our own station" not in agreed
    assert "no invoice came" in declined


@pytest.mark.requirement("004-26")
@pytest.mark.parametrize(
    ("clock", "language", "says"),
    [
        ("review", "en", "the second look at your case is not done in the time"),
        ("review", "zh-CN", "对您案件的复核未能在承诺期限内完成"),
        ("counter", "en", "our answer to what you proposed is not done in the time"),
    ],
)
def test_who_waits_for_us_is_told_once_that_it_takes_longer_and_until_when(
    clock: str, language: str, says: str
) -> None:
    appeal = sample(AppealMade)
    late = ClockMissed(
        clock=clock,
        to="supervisor",
        again_at=appeal.review_by,
        told_until=datetime(2026, 12, 10, 8, tzinfo=UTC),
    )

    world = World()
    case = world.open(language=language)
    for event in (sample(OfferMade), appeal, late, replace(late, told_until=None)):
        world.happen(case, event)
    world.told(case)
    world.sweep()

    assert world.codes().count("escalation") == 2
    place = world.codes().index("delay_notice")
    text = [one for one in world.messenger.sent if one["way"] == "email"][place]["text"]
    assert says in text
    assert "2026" in text
    assert "delay_notice" not in world.codes()[place + 1 :]


@pytest.mark.requirement("004-26", "004-27")
def test_a_second_look_that_changes_nothing_says_why_and_names_the_ways_on() -> None:
    no = AppealDecided(number=1, upheld=False, because="the figures are right")

    codes, text = told(sample(OfferMade), DAYS, sample(AppealMade), no)

    assert codes[-1] == "appeal_decision"
    assert "the figures are right" in text
    assert "until 1 September 2029" in text


@pytest.mark.requirement("004-27", "001-13", "001-14")
@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", ("(from 28 November 2026, until 1 September 2027)", "until 1 September 2029")),
        ("zh-CN", ("自2026年11月28日起，至2027年9月1日止", "至2029年9月1日止")),
    ],
)
def test_the_legal_route_names_each_instance_with_the_days_of_the_rules(
    language: str, days: tuple[str, str]
) -> None:
    open_until = World().now + timedelta(days=30)

    codes, text = told(
        sample(OfferMade),
        DAYS,
        LegalRouteOpened(because="no_agreement", until=open_until),
        language=language,
    )

    assert codes[-1] == "legal_route"
    for day in days:
        assert day in text


@pytest.mark.requirement("004-25", "001-14")
def test_a_decline_names_the_next_instances_with_the_days_of_this_case() -> None:
    codes, text = told(sample(Concluded), DAYS, CaseClosed(outcome=Outcome.DECLINED))

    assert codes[-1] == "decline"
    assert "until 1 September 2027" in text
    assert "20 December 2026" in text  # our own second look: thirty days from the end


def test_an_offer_of_several_parts_names_them_all() -> None:
    money = Part(remedy=Remedy.COMPENSATION, amount=Money.of("100.00", "CNY"))
    coupon = Part(remedy=Remedy.COUPON, amount=Money.of("20.00", "CNY"))
    options = (Option(parts=(money, coupon)), Option(parts=(replace(coupon, amount=money.amount),)))

    _, text = told(replace(sample(OfferMade), options=options))

    assert "Compensation CN¥100.00 and Coupon CN¥20.00, or Coupon CN¥100.00" in text
