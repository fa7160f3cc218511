"""Reaching: the addresses that somebody told of, by the way that each of them serves."""

from collections.abc import Mapping

from amends.domain.people.message import Way


def addresses_of(told: Mapping[str, object], wishes: Mapping[str, object]) -> dict[Way, str]:
    """One address for each way by which this person can be reached."""
    email, phone = told.get("email"), told.get("phone")
    push, address = wishes.get("push_endpoint"), told.get("address")
    found: dict[Way, str] = {}
    if isinstance(email, str) and "@" in email:
        found[Way.EMAIL] = email
    if isinstance(phone, str) and (number := _e164(phone)):
        found[Way.SMS] = number
    if isinstance(push, str) and push:
        found[Way.PUSH] = push
    if isinstance(address, Mapping) and address.get("lines"):
        found[Way.LETTER] = _label(told.get("name"), address)
    return found


def _e164(phone: str) -> str | None:
    """A number that says its country; any other would reach a stranger abroad."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return f"+{digits}" if phone.strip().startswith("+") and 8 <= len(digits) <= 15 else None


def _label(name: object, address: Mapping[str, object]) -> str:
    lines = address.get("lines")
    rows = [name, *(lines if isinstance(lines, list) else [])]
    rows += [address.get("postal_code"), address.get("city"), address.get("country")]
    return "\n".join(str(row) for row in rows if row)
