"""Masking: enough of a person to recognise them, not enough to reach them."""

from collections.abc import Mapping

_SHOWN = frozenset({"country", "role", "language", "purpose"})


def masked(person: Mapping[str, object]) -> dict[str, object]:
    """Names by their first letter, numbers by their last digits, places by country and town."""
    return {name: _masked(name, value) for name, value in person.items() if value is not None}


def _masked(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        return {k: v for k, v in value.items() if k in ("country", "city", "region")}
    text = str(value)
    if name in _SHOWN or not text:
        return value
    if name == "phone":
        return f"\N{HORIZONTAL ELLIPSIS}{text[-4:]}"
    if name == "email":
        local, _, host = text.partition("@")
        return f"{local[:1]}***@{host}"
    return f"{text[0]}***"
