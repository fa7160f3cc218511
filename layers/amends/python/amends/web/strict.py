"""JSON as it is taken here: strict, and never a reason to fall over."""

import json
from collections.abc import Callable


def strict_json(body: bytes, *, parse_float: Callable[[str], object] = float) -> object:
    """The document; `ValueError` for what is none, says a name twice, holds NaN or is too deep."""
    try:
        document: object = json.loads(
            body, object_pairs_hook=_once, parse_constant=_refuse, parse_float=parse_float
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return document


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no number of JSON")
