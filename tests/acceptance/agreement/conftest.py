"""A case that is on its way to an agreement."""

import pytest

from tests.support.agreement_world import AgreementWorld


@pytest.fixture
def world() -> AgreementWorld:
    world = AgreementWorld()
    world.begin()
    return world
