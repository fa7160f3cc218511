"""Codec: frozen dataclasses to JSON and back, exactly; event bodies are written by it.

pydantic would do it too, at half a boto3 client of import time in every stream handler; the
types here are our own and few, and golden samples hold every one.
"""

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from amends.adapters.upcasting import upcast
from amends.domain.case.events import EVENT_TYPES, Event
from amends.domain.money import Money
from amends.domain.refusal import Refusal

Wanted = TypeVar("Wanted")


class Undecodable(ValueError):  # noqa: N818 - the codec's word
    """A stored body that no release has ever written."""


def encode_event(event: Event) -> tuple[str, str]:
    """Type name and JSON body; keys in the order of the definition, a None by default left out."""
    return type(event).__name__, dumps(event)


def decode_event(type_name: str, body: str) -> Event:
    """The event that was written; fields added since take their defaults.

    Raises Undecodable for a name or a body that no release has written: history is never guessed.
    """
    try:
        name, raw = upcast(type_name, json.loads(body))
        return cast("Event", _reader(EVENT_TYPES[name])(raw))
    except (KeyError, TypeError, ValueError, AttributeError, Refusal) as error:
        raise Undecodable(f"no release has written this {type_name!r}") from error


def dumps(value: object) -> str:
    """Compact JSON of a dataclass, UTF-8 as it is."""
    return json.dumps(to_jsonable(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[Wanted], text: str) -> Wanted:
    """A dataclass of ours from the JSON that `dumps` wrote."""
    hint: Any = kind
    return cast("Wanted", _reader(hint)(json.loads(text)))


def to_jsonable(value: object) -> Any:
    """Plain JSON values: money as amount and currency, moments as RFC 3339 in UTC."""
    match value:
        case None | bool() | int() | str():
            return str(value) if isinstance(value, StrEnum) else value
        case Money():
            return {"amount": f"{value.amount:f}", "currency": value.currency}
        case datetime():
            if value.tzinfo is None:
                raise TypeError("a moment without a zone is not written to events")
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case tuple() | list():
            return [to_jsonable(member) for member in value]
        case dict():
            return {str(key): to_jsonable(member) for key, member in value.items()}
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: to_jsonable(member)
            for field, member in pairs
            if member is not None or field.default is not None
        }
    raise TypeError(f"{type(value).__name__} is not written to events")


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = next(arg for arg in get_args(hint) if arg is not type(None))
        read = _reader(inner)
        return lambda raw: None if raw is None else read(raw)
    if origin is tuple:
        read_member = _reader(get_args(hint)[0])
        return lambda raw: tuple(read_member(member) for member in raw)
    if hint is Money:
        return lambda raw: Money.of(raw["amount"], raw["currency"])
    if hint is datetime:
        return _moment
    if hint is date:
        return date.fromisoformat
    if hint in (str, int, bool):
        return partial(_plain, hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _dataclass_reader(hint)


def _plain(hint: type, raw: Any) -> Any:
    if type(raw) is not hint:
        raise TypeError(f"{hint.__name__} expected")
    return raw


def _moment(raw: str) -> datetime:
    at = datetime.fromisoformat(raw)
    if at.tzinfo is None:
        raise ValueError("a moment without a zone")
    return at


def _dataclass_reader(hint: type) -> Callable[[Any], Any]:
    hints = get_type_hints(hint)
    readers = {field.name: _reader(hints[field.name]) for field in fields(hint)}
    absent = {
        field.name: None
        for field in fields(hint)
        if field.default is MISSING and type(None) in get_args(hints[field.name])
    }  # None is not written, so a field without a default reads as None when it is not there

    def read(raw: dict[str, Any]) -> Any:
        told = {name: readers[name](member) for name, member in raw.items()}
        return hint(**{**absent, **told})

    return read
