"""Facets: the lengths and patterns that a schema's classes carry, which xsdata does not enforce."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass


def breaches(node: object, path: str = "") -> Iterator[str]:
    """Where values break their schema's facets, as `PmtInf/DbtrAgt/BICFI: pattern`; no values."""
    if isinstance(node, list):
        for item in node:
            yield from breaches(item, path)
    if not is_dataclass(node):
        return
    for field in fields(node):
        facets, value = field.metadata, getattr(node, field.name)
        where = f"{path}/{facets.get('name', field.name)}".lstrip("/")
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str):
                yield from breaches(text, where)
            elif not facets.get("min_length", 0) <= len(text) <= facets.get("max_length", 10**6):
                yield f"{where}: length"
            elif "pattern" in facets and not re.fullmatch(facets["pattern"], text):
                yield f"{where}: pattern"
