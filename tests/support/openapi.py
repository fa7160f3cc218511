"""The OpenAPI document, as tests ask it.

A view that shows more than its shape says fails here: name the field in `amends/web/shapes.py` or
in the function's `contract.py`, and run `make openapi`.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from tools.openapi import joined, parts
from tools.openapi_document import document


def served() -> Any:
    """The document as it is served once `make openapi` has run, which `make check` sees to."""
    return joined(_written())


@cache
def _written() -> dict[str, str]:
    return parts(document())


def closed(document: Any) -> Any:
    """The same document, where an answer's object has no members but those that are named."""
    read = {
        name
        for path in document["paths"].values()
        for operation in path.values()
        for name in referred(operation.get("requestBody", {}), document)
    }
    for name, schema in document["components"]["schemas"].items():
        if name not in read and "properties" in schema:
            schema["additionalProperties"] = False
    return document


def referred(place: Any, document: Any) -> Iterator[str]:
    """The names of every schema that a place refers to, however deep."""
    if isinstance(place, dict):
        name = str(place.get("$ref", "")).rpartition("/schemas/")[2]
        if name:
            yield name
            yield from referred(document["components"]["schemas"][name], document)
        for member in place.values():
            yield from referred(member, document)
    elif isinstance(place, list):
        for member in place:
            yield from referred(member, document)
