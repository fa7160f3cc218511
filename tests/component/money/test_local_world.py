"""The world beside a local stack: each of its rails pays, its rates are read, its bank answers."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from amends.domain.case.state.settlement import PayoutState
from amends.service.money.rates import latest, refresh
from amends.service.stack_settings import unread
from tests.support.money_world import MoneyWorld
from tests.support.wire import send

ROOT = Path(__file__).parents[3]
PAID_AT_ONCE = ("alipay", "refund", "reshipment", "service_extension", "coupon")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The world's address; its process lives as long as the tests here."""
    process = subprocess.Popen(
        [sys.executable, "-m", "simulators"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["url"]
    finally:
        process.terminate()
        process.communicate(timeout=120)


@pytest.fixture
def world(url: str) -> MoneyWorld:
    """A money world whose rails are the local ones, at the time that it is there."""
    with urlopen(f"{url}/_world/settings", timeout=120) as reply:
        settings = json.load(reply)
    accounts = settings.pop("secrets")
    assert unread(settings) == {}
    return MoneyWorld(settings=settings, accounts=accounts, wire=send, now=datetime.now(UTC))


@pytest.mark.requirement("002-15", "004-48")
@pytest.mark.parametrize("rail", PAID_AT_ONCE)
def test_each_rail_of_the_local_world_pays(world: MoneyWorld, rail: str) -> None:
    assert world.settle(f"case_{rail}", rail).state is PayoutState.SUCCEEDED


@pytest.mark.requirement("002-15")
def test_the_local_bank_takes_a_file_and_says_in_its_own_messages_that_it_paid(
    world: MoneyWorld,
) -> None:
    sent = world.settle("case_bank", "bank")
    assert sent.state in (PayoutState.UNKNOWN, PayoutState.SUCCEEDED)

    _post(f"{world.settings['rails']['bank']['base_url']}/_mock/advance?days=1")
    world.advance(timedelta(hours=1))
    world.sweep()

    assert world.payout("case_bank").state is PayoutState.SUCCEEDED


@pytest.mark.requirement("002-17")
def test_a_payee_confirms_in_the_local_world_and_the_case_hears_of_it(
    world: MoneyWorld, url: str
) -> None:
    waiting = world.settle("case_wechat", "wechat_pay")
    assert waiting.state is PayoutState.AWAITING_PAYEE

    _post(f"{url}/_world/rails/wechat_pay/{waiting.key}", {"state": "SUCCESS"})
    world.advance(timedelta(hours=1))
    world.sweep()

    assert world.payout("case_wechat").state is PayoutState.SUCCEEDED


def test_a_fault_that_was_scripted_leaves_the_payout_unknown_and_paid_once(
    world: MoneyWorld, url: str
) -> None:
    _put(f"{url}/_world/rails/alipay", {"faults": ["timeout_after"]})
    assert world.settle("case_fault", "alipay").state is PayoutState.UNKNOWN

    world.advance(timedelta(hours=1))
    world.sweep()

    assert world.payout("case_fault").state is PayoutState.SUCCEEDED


@pytest.mark.requirement("004-21")
def test_the_published_rates_are_fetched_with_their_day_and_their_source(world: MoneyWorld) -> None:
    feed = world.settings["rates_feed"]["base_url"]
    today = world.now.date()

    kept = refresh(feed, world.records, send, world.occasion())

    assert kept
    rates = latest(world.records, today)
    assert rates["CNY"]["on"] == today.isoformat()
    assert rates["CNY"]["source"].startswith(feed)
    assert "INR" in rates


def _post(url: str, document: object = None) -> None:
    _call(url, "POST", document)


def _put(url: str, document: object) -> None:
    _call(url, "PUT", document)


def _call(url: str, method: str, document: object) -> None:
    body = json.dumps(document).encode() if document is not None else b""
    asked = Request(url, data=body, method=method, headers={"content-type": "application/json"})
    with urlopen(asked, timeout=120) as reply:
        assert reply.status == 200
