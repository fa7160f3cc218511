"""An intake that mail comes to."""

import pytest

from tests.support.mail_world import Post


@pytest.fixture
def post() -> Post:
    return Post()
