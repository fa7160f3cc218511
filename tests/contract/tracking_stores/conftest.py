"""The stores of tracking on each engine."""

from collections.abc import Iterator

import pytest

from amends.ports.tracking import Shipments
from tests.contract.tracking_stores.parcels import Stores, in_memory, on_tables
from tests.support.engines import ENGINES, engine


@pytest.fixture(scope="module", params=ENGINES)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    with engine(request) as client:
        yield in_memory() if client is None else on_tables(client)


@pytest.fixture
def shipments(stores: Stores) -> Shipments:
    return stores.shipments
