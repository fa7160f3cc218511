"""Spelling: documents of older interfaces, whose keys begin with capitals."""

import re
from collections.abc import Mapping

_CAPITALS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+$|[A-Z]")


def camel(value: object) -> object:
    """The same document with every key in camel case: `GMTDate` is `gmtDate`, `ID` is `id`."""
    if isinstance(value, Mapping):
        return {_key(key): camel(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [camel(inner) for inner in value]
    return value


def _key(key: object) -> object:
    if not isinstance(key, str) or not (found := _CAPITALS.match(key)):
        return key
    return found[0].lower() + key[found.end() :]
