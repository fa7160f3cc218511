"""Let the emulator in process answer with long histories in half the time."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from moto.core.serialize import ResponseSerializer


@pytest.fixture(scope="session", autouse=True)
def quick_answers() -> Iterator[None]:
    """For each of the ten types that a value might have moto looks for five spellings of the name.

    Ours are always spelled as the engine spells them.
    """
    slow = ResponseSerializer.get_value

    def quick(self: ResponseSerializer, value: Any, key: str, shape: Any) -> Any:
        parent = getattr(shape, "parent", None)
        if type(value) is dict and parent is not None and parent.name == "AttributeValue":
            return value.get(key)
        return slow(self, value, key, shape)

    with patch.object(ResponseSerializer, "get_value", quick):
        yield
