"""Every story begins in an empty cloud."""

from collections.abc import Iterator

import pytest

from tests.support.story import Story
from tests.support.story_stage import told_on_the_template


@pytest.fixture
def story() -> Iterator[Story]:
    """The deployed functions, the simulated world, and a clock to move."""
    with told_on_the_template() as made:
        yield made
