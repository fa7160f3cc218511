"""Schemas of what the API reads and writes, derived from the types that do it.

A dataclass is described as the codec writes it: a None that is a default is left out, any other is
written. A pydantic model describes itself. Whatever has a name becomes a component.
"""

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from amends.domain.money import Money
from amends.web.contract import Altered, Choice, FactsOf, Form, Many, Rows

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/"
PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "pattern": r"^[0-9]{1,30}(\.[0-9]{1,20})?$"},
    Any: {},
    object: {},
}
MONEY: Schema = {
    "type": "object",
    "description": "An amount with exactly the digits of its currency (ISO 4217, or XDR).",
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    },
    "required": ["amount", "currency"],
}


class Schemas:
    """Schemas of forms; `components` fills with every named one that they refer to."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}
        self._names: dict[object, str] = {}

    def of(self, form: Form) -> Schema:
        """The schema of a form that the API writes."""
        if isinstance(form, dict):
            return form
        if isinstance(form, Rows):
            return self._rows(form)
        if isinstance(form, Many):
            return {"type": "array", "items": self.of(form.of)}
        if isinstance(form, FactsOf):
            name = f"{form.source.__name__}Body"
            return self._named(form, name, lambda: self._facts(form))
        if isinstance(form, Choice):
            return {"anyOf": [self.of(one) for one in form.among]}
        if isinstance(form, Altered):
            return self._named(form, form.name, lambda: self._altered(form))
        if form in PLAIN:
            return dict(PLAIN[form])
        if form is Money:
            return self._named(Money, "Money", lambda: MONEY)
        origin: Any = get_origin(form)
        inner = get_args(form)
        if origin is not None:
            return self._generic(origin, inner)
        if is_typeddict(form):
            return self._named(form, form.__name__, lambda: self._typed(form))
        if isinstance(form, type) and is_dataclass(form):
            written = Altered(name=form.__name__, source=form)
            return self._named(form, form.__name__, lambda: self._altered(written))
        if isinstance(form, type) and issubclass(form, StrEnum):
            return self._named(form, form.__name__, lambda: _enumeration(form))
        return self._model(form)

    def _facts(self, form: FactsOf) -> Schema:
        """The schema of a dataclass of facts that the API reads: all may be absent or null."""
        hints = get_type_hints(form.source)
        beside: Schema = {
            name: {"type": ["object", "null"], "description": says} for name, says in form.beside
        }
        own = {field.name: self.of(hints[field.name]) for field in fields(form.source)}
        return {
            "type": "object",
            "description": _first_sentence(form.source),
            "properties": {**own, **beside},
            "additionalProperties": False,
        }

    def _generic(self, origin: object, inner: tuple[Any, ...]) -> Schema:
        if origin in (Union, types.UnionType):
            return self._either([self.of(one) for one in inner])
        if origin is Literal:
            return {"enum": list(inner)}
        if origin is tuple and Ellipsis not in inner:
            places = [self.of(one) for one in inner]
            count = len(places)
            return {"type": "array", "prefixItems": places, "minItems": count, "maxItems": count}
        if origin in (list, tuple, set, frozenset, Sequence, Iterable):
            return {"type": "array", "items": self.of(inner[0])}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            members = self.of(inner[1])
            return {"type": "object", "additionalProperties": members or True}
        raise TypeError(f"{origin} is not described yet")

    def _either(self, choices: list[Schema]) -> Schema:
        null = PLAIN[type(None)]
        told = [one for one in choices if one != null]
        if len(told) == 1 and null in choices and isinstance(told[0].get("type"), str):
            return {**told[0], "type": [told[0]["type"], "null"]}
        return {"anyOf": choices}

    def _rows(self, form: Rows) -> Schema:
        return {
            "type": "object",
            "properties": {
                "data": {"type": "array", "items": self.of(form.of)},
                "has_more": {"type": "boolean"},
                "next_cursor": {"type": ["string", "null"]},
            },
            "required": ["data", "has_more", "next_cursor"],
        }

    def _typed(self, form: Any) -> Schema:
        hints = get_type_hints(form)
        return {
            "type": "object",
            **_described(form),
            "properties": {name: self.of(hint) for name, hint in hints.items()},
            "required": [name for name in hints if name in form.__required_keys__],
        }

    def _altered(self, form: Altered) -> Schema:
        hints = get_type_hints(form.source)
        kept = [one for one in fields(form.source) if one.name not in form.without]
        properties: Schema = {}
        required = []
        for one in kept:
            hint = hints[one.name]
            is_left_out = one.default is None and one.default is not MISSING
            if one.name in form.fields:
                properties[one.name] = self.of(form.fields[one.name])
                is_left_out = False
            else:
                properties[one.name] = self.of(_without_none(hint) if is_left_out else hint)
            if not is_left_out:
                required.append(one.name)
        for name in (name for name in form.fields if name not in properties):
            properties[name] = self.of(form.fields[name])
            required.append(name)
        described = _described(form.source)
        return {"type": "object", **described, "properties": properties, "required": required}

    def _model(self, form: Any) -> Schema:
        schema = untitled(form.model_json_schema(ref_template=f"{REFERENCE}{{model}}"))
        parts = schema.pop("$defs", {})
        other = {  # two functions may call different parts alike
            f"{REFERENCE}{name}": f"{REFERENCE}{form.__name__.removesuffix('Body')}{name}"
            for name, part in parts.items()
            if self.components.get(name, part) != part
        }
        for name, part in parts.items():
            told = other.get(f"{REFERENCE}{name}", name).removeprefix(REFERENCE)
            self._keep(told, renamed(part, other))
        return self._named(form, form.__name__, lambda: renamed(schema, other))

    def _named(self, key: object, name: str, make: Any) -> Schema:
        identity = key if isinstance(key, type) or is_typeddict(key) else name
        if identity not in self._names:
            taken = set(self._names.values())
            if name in taken and isinstance(key, type):
                name = f"{key.__module__.rsplit('.', 1)[-1].title().replace('_', '')}{name}"
            self._names[identity] = name
            self._keep(name, make())
        return {"$ref": f"{REFERENCE}{self._names[identity]}"}

    def _keep(self, name: str, schema: Schema) -> None:
        known = self.components.setdefault(name, schema)
        if known != schema:
            raise ValueError(f"two different schemas are called {name}")


def untitled(schema: Any) -> Any:
    """A schema without the titles that pydantic makes of names."""
    if isinstance(schema, dict):
        kept = {}
        for name, part in schema.items():
            if name == "title" and isinstance(part, str):
                continue
            if name == "properties":
                kept[name] = {key: untitled(member) for key, member in part.items()}
            else:
                kept[name] = untitled(part)
        return kept
    return [untitled(part) for part in schema] if isinstance(schema, list) else schema


def renamed(schema: Any, names: Mapping[str, str]) -> Any:
    """A schema with some of its references changed."""
    if isinstance(schema, dict):
        return {
            key: names.get(part, part)
            if key == "$ref" and isinstance(part, str)
            else renamed(part, names)
            for key, part in schema.items()
        }
    return [renamed(part, names) for part in schema] if isinstance(schema, list) else schema


def _enumeration(form: type[StrEnum]) -> Schema:
    return {"type": "string", **_described(form), "enum": [str(one) for one in form]}


def _described(form: Any) -> Schema:
    told = _first_sentence(form)
    return {"description": told} if told else {}


def _first_sentence(form: Any) -> str:
    told = (form.__doc__ or "").strip().split("\n\n")[0]
    return "" if told.startswith(("dict(", f"{form.__name__}(")) else " ".join(told.split())


def _without_none(hint: Any) -> Any:
    left = [one for one in get_args(hint) if one is not type(None)]
    return reduce(or_, left) if left else hint
