"""Breaking change: what a client of the old document could do and can no more.

Compared after references are followed, so that a component may be renamed. What is read (a body,
a parameter) may only take more; what is written (an answer) may only say more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
DEEPEST = 12
NARROWING = ("maxLength", "maxItems", "maximum", "maxProperties")
WIDENING = ("minLength", "minItems", "minimum", "minProperties")


def breaks(old: Document, new: Document) -> list[str]:
    """Every break, as a sentence that names the operation and the place."""
    found: list[str] = []
    for path, operations in old["paths"].items():
        for verb, before in operations.items():
            where = f"{verb.upper()} {path}"
            after = new["paths"].get(path, {}).get(verb)
            if after is None:
                found.append(f"{where} is gone")
                continue
            found += _operation(where, _Side(old, before), _Side(new, after))
    return found


class _Side:
    """One document, and a place in it."""

    def __init__(self, document: Document, place: Any) -> None:
        self.document = document
        while isinstance(place, Mapping) and "$ref" in place:
            found: Any = document
            for name in place["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            place = found
        self.place = place

    def __truediv__(self, name: object) -> "_Side":
        inner = self.place.get(name) if isinstance(self.place, Mapping) else None
        return _Side(self.document, inner)

    def each(self, places: Any) -> "list[_Side]":
        return [_Side(self.document, place) for place in places or ()]

    @property
    def types(self) -> set[str]:
        told = self.place.get("type", ())
        return {told} if isinstance(told, str) else set(told)


def _operation(where: str, old: _Side, new: _Side) -> Iterator[str]:
    yield from _parameters(where, old, new)
    if _proofs(old) - _proofs(new):
        yield f"{where} no longer takes {', '.join(sorted(_proofs(old) - _proofs(new)))}"
    yield from _body(where, old, new)
    for status, answer in (old / "responses").place.items():
        if not status.startswith("2"):
            continue
        told = _Side(old.document, answer)
        if (new / "responses" / status).place is None:
            yield f"{where} no longer answers {status}"
            continue
        for media in (told / "content").place or ():
            before = told / "content" / media / "schema"
            after = new / "responses" / status / "content" / media / "schema"
            if after.place is None:
                yield f"{where} no longer answers {media}"
            else:
                yield from _written(f"{where} answers {status}", before, after, depth=0)
        for name in (told / "headers").place or ():
            if (new / "responses" / status / "headers" / name).place is None:
                yield f"{where} no longer answers with {name}"


def _proofs(side: _Side) -> set[str]:
    return {name for one in (side / "security").place or () for name in (one or {"nothing": []})}


def _parameters(where: str, old: _Side, new: _Side) -> Iterator[str]:
    before = {(p.place["in"], p.place["name"]): p for p in old.each((old / "parameters").place)}
    after = {(p.place["in"], p.place["name"]): p for p in new.each((new / "parameters").place)}
    for key, parameter in after.items():
        known = before.get(key)
        if parameter.place.get("required") and not (known and known.place.get("required")):
            yield f"{where} now needs the {key[0]} parameter {key[1]}"
        if known is not None:
            place = f"{where} {key[1]}"
            yield from _read(place, known / "schema", parameter / "schema", depth=0)
    for key in before.keys() - after.keys():
        yield f"{where} no longer takes the {key[0]} parameter {key[1]}"


def _body(where: str, old: _Side, new: _Side) -> Iterator[str]:
    before, after = old / "requestBody", new / "requestBody"
    if before.place is None:
        if after.place is not None and after.place.get("required"):
            yield f"{where} now needs a body"
        return
    if after.place is None:
        yield f"{where} no longer takes a body"
        return
    if after.place.get("required") and not before.place.get("required"):
        yield f"{where} now needs a body"
    for media in (before / "content").place:
        taken = after / "content" / media / "schema"
        if taken.place is None:
            yield f"{where} no longer takes {media}"
        else:
            yield from _read(f"{where} body", before / "content" / media / "schema", taken, depth=0)


def _read(where: str, old: _Side, new: _Side, *, depth: int) -> Iterator[str]:
    """What is read may only become wider."""
    if depth > DEEPEST or old.place == new.place == {}:
        return
    yield from _enums(where, old, new, says="no longer takes")
    if new.types and old.types - new.types - ({"integer"} if "number" in new.types else set()):
        yield f"{where} no longer takes {', '.join(sorted(old.types - new.types))}"
    for name in NARROWING:
        if name in new.place and new.place[name] < old.place.get(name, float("inf")):
            yield f"{where} has a smaller {name}"
    for name in WIDENING:
        if name in new.place and new.place[name] > old.place.get(name, 0):
            yield f"{where} has a larger {name}"
    if "pattern" in new.place and new.place["pattern"] != old.place.get("pattern"):
        yield f"{where} has another pattern"
    for name in set(new.place.get("required", ())) - set(old.place.get("required", ())):
        yield f"{where} now needs {name}"
    properties = (new / "properties").place or {}
    for name in (old / "properties").place or {}:
        if name in properties:
            inner = (old / "properties" / name, new / "properties" / name)
            yield from _read(f"{where}.{name}", *inner, depth=depth + 1)
        elif new.place.get("additionalProperties") is False:
            yield f"{where} no longer takes {name}"
    yield from _inside(where, old, new, _read, depth)


def _written(where: str, old: _Side, new: _Side, *, depth: int) -> Iterator[str]:
    """What is written may only say more."""
    if depth > DEEPEST or old.place == new.place == {}:
        return
    yield from _enums(where, old, new, says="no longer says")
    if old.types and new.types - old.types:
        yield f"{where} may now be {', '.join(sorted(new.types - old.types))}"
    still = set(new.place.get("required", ()))
    for name in (old / "properties").place or {}:
        if (new / "properties" / name).place is None:
            yield f"{where} no longer says {name}"
            continue
        if name in old.place.get("required", ()) and name not in still:
            yield f"{where} no longer always says {name}"
        inner = (old / "properties" / name, new / "properties" / name)
        yield from _written(f"{where}.{name}", *inner, depth=depth + 1)
    yield from _inside(where, old, new, _written, depth)


def _enums(where: str, old: _Side, new: _Side, *, says: str) -> Iterator[str]:
    before, after = old.place.get("enum"), new.place.get("enum")
    if before is not None and after is not None and set(before) - set(after):
        yield f"{where} {says} {', '.join(sorted(set(before) - set(after)))}"
    elif before is None and after is not None and old.place:
        yield f"{where} is now only one of {', '.join(map(str, after))}"


def _inside(where: str, old: _Side, new: _Side, compare: Any, depth: int) -> Iterator[str]:
    """Members of lists, and choices: the one that was at a place is compared with the one now."""
    if (old / "items").place is not None and (new / "items").place is not None:
        yield from compare(f"{where}[]", old / "items", new / "items", depth=depth + 1)
    before, after = old.each((old / "anyOf").place), new.each((new / "anyOf").place)
    for place, one in enumerate(before):
        kin = [other for other in after if other.types == one.types] or after
        tries = [list(compare(f"{where}", one, other, depth=depth + 1)) for other in kin]
        if after and not any(not found for found in tries):
            yield from min(tries, key=len)
        elif not after and place == 0:
            yield from compare(where, one, new, depth=depth + 1)
