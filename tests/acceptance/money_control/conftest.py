"""Money, and finance who looks after it over HTTP."""

import pytest

from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld


@pytest.fixture
def http() -> MoneyHttp:
    return MoneyHttp()


@pytest.fixture
def world(http: MoneyHttp) -> MoneyWorld:
    return http.world
