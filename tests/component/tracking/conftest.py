"""Tracking on real tables and queues, asking channels over real HTTP."""

from collections.abc import Iterator

import pytest

from simulators.carriers import world
from tests.support.tracking_cloud import TrackingCloud, tracking_cloud


@pytest.fixture
def cloud() -> Iterator[TrackingCloud]:
    routes = {
        "china_post": ["upu"],
        "sf": ["sf"],
        "usps": ["usps"],
        "aftership_only": ["aftership"],
    }
    with world() as handle, tracking_cloud(handle, carriers=routes) as made:
        yield made
