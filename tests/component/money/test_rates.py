"""Rates: fetched once a day, kept with day and source, never older than a week."""

from datetime import timedelta
from decimal import Decimal

import pytest

from amends.domain.exchange import Request, Response, Trouble
from amends.ports import Http
from amends.service.money.differences import open_differences
from amends.service.money.rates import latest, refresh, with_feed
from simulators.rates import table
from tests.support.money_world import MoneyWorld

FEED = "http://fund.example"
DAY = timedelta(days=1)


@pytest.fixture
def world() -> MoneyWorld:
    return MoneyWorld()


def serving(world: MoneyWorld) -> Http:
    def send(request: Request) -> Response:
        del request
        return Response(status=200, body=table(world.now.date()).body)

    return send


def saying(answer: Response) -> Http:
    def send(request: Request) -> Response:
        del request
        return answer

    return send


def test_a_table_is_fetched_once_a_day_and_each_rate_names_its_day_and_source(
    world: MoneyWorld,
) -> None:
    kept = refresh(FEED, world.records, serving(world), world.occasion())
    again = refresh(FEED, world.records, serving(world), world.occasion())

    assert kept
    assert again is None
    yuan = latest(world.records, world.now.date())["CNY"]
    assert Decimal(yuan["xdr_per_unit"]) == Decimal("0.106732")
    assert (yuan["on"], yuan["source"][: len(FEED)]) == (world.now.date().isoformat(), FEED)


def test_a_day_that_was_told_keeps_what_it_said(world: MoneyWorld) -> None:
    refresh(FEED, world.records, serving(world), world.occasion())
    before = latest(world.records, world.now.date())["CNY"]
    day = world.now.date()
    world.advance(DAY)

    def changed(request: Request) -> Response:
        del request
        return Response(status=200, body=table(world.now.date()).body.replace(b"0.106732", b"0.2"))

    refresh(FEED, world.records, changed, world.occasion())

    assert latest(world.records, day)["CNY"] == before
    assert latest(world.records, world.now.date())["CNY"]["xdr_per_unit"] == "0.2"


def test_a_rate_that_is_older_than_a_week_is_not_used(world: MoneyWorld) -> None:
    refresh(FEED, world.records, serving(world), world.occasion())
    day = world.now.date()

    assert "CNY" in latest(world.records, day + 7 * DAY)
    assert latest(world.records, day + 8 * DAY) == {}


def test_what_the_stack_is_told_fills_the_gaps_while_it_is_fresh(world: MoneyWorld) -> None:
    today = world.now.date()
    told = {
        "SEK": {"xdr_per_unit": "0.07", "on": today.isoformat(), "source": "told"},
        "NOK": {"xdr_per_unit": "0.07", "on": (today - 8 * DAY).isoformat(), "source": "told"},
        "CNY": {"xdr_per_unit": "9", "on": today.isoformat(), "source": "told"},
    }
    refresh(FEED, world.records, serving(world), world.occasion())

    rates = with_feed(told, world.records, today)

    assert rates["SEK"]["source"] == "told"
    assert "NOK" not in rates
    assert rates["CNY"]["xdr_per_unit"] == "0.106732"


@pytest.mark.parametrize(
    "answer",
    [
        Response(status=0, trouble=Trouble.TIMEOUT),
        Response(status=503),
        Response(status=200, body=b"<html>maintenance</html>"),
        Response(status=200, body=b""),
    ],
)
def test_a_feed_that_says_nothing_changes_nothing_and_is_raised_before_the_rates_are_stale(
    world: MoneyWorld, answer: Response
) -> None:
    refresh(FEED, world.records, serving(world), world.occasion())
    before = latest(world.records, world.now.date())
    for _ in range(4):
        world.advance(DAY)
        assert refresh(FEED, world.records, saying(answer), world.occasion()) is None
    assert open_differences(world.records) == []
    world.advance(DAY)
    refresh(FEED, world.records, saying(answer), world.occasion())

    (found,) = open_differences(world.records)
    assert found["kind"] == "rates_feed"
    assert latest(world.records, world.now.date()) == before


def test_a_feed_that_failed_is_asked_again_after_an_hour_not_at_every_run(
    world: MoneyWorld,
) -> None:
    asked: list[str] = []

    def silent(request: Request) -> Response:
        asked.append(request.url)
        return Response(status=0, trouble=Trouble.TIMEOUT)

    for _ in range(8):
        refresh(FEED, world.records, silent, world.occasion())
        world.advance(timedelta(minutes=15))

    assert len(asked) == 2


@pytest.mark.requirement("004-21")
def test_a_currency_that_the_product_does_not_ship_is_assessed_at_the_fetched_rate(
    world: MoneyWorld,
) -> None:
    from dataclasses import replace

    from amends.domain.money import Money
    from amends.service.assessment.facts import facts_of

    refresh(FEED, world.records, serving(world), world.occasion())
    case = world.offered("case_1", world.money("1.00"))
    shipment = replace(case.report.shipment, postage=Money.of("400.00", "INR"))
    case = replace(case, report=replace(case.report, shipment=shipment))
    today = world.now.date()

    facts = facts_of(case, as_of=today, rates=latest(world.records, today))

    assert (facts["sdr_rate"], facts["rate_date"]) == ("0.0079415", today.isoformat())
