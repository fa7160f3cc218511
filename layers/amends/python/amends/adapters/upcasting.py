"""Upcasting: bodies of earlier releases, brought to the form of this one before they are read.

An event that is renamed, or loses or changes a field, gets one entry here, keyed by the name that
is stored. A field added with a default needs none. Rows are never rewritten.
"""

from collections.abc import Callable, Mapping
from typing import Any

Body = dict[str, Any]
Upcaster = Callable[[Body], tuple[str, Body]]

UPCASTERS: Mapping[str, Upcaster] = {}
"""From a stored name to a function: its body in, today's name and body out."""


def upcast(
    type_name: str, body: Body, upcasters: Mapping[str, Upcaster] = UPCASTERS
) -> tuple[str, Body]:
    """Today's name and body of what an earlier release wrote; most are that already."""
    step = upcasters.get(type_name)
    return step(body) if step else (type_name, body)
