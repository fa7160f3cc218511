"""Withholding: what of the other parties no reader may see, in every form it is written in."""

from collections.abc import Mapping

_HOME = 8
"""Digits by which a number is known without its country's and its area's."""


def withheld(own: Mapping[str, object], *others: object) -> tuple[str, ...]:
    """Names, numbers and addresses of everybody else; a short name would forbid half the words.

    Whoever bears the reader's own name is the reader in another part.
    """
    mine = _told_of(own)
    people = [_mapping(other) for other in others]
    strangers = [one for one in people if not own.get("name") or one.get("name") != own["name"]]
    found = {text for one in strangers for text in _told_of(one)}
    return tuple(sorted(text for text in found - mine if _tells(text)))


def _told_of(person: Mapping[str, object]) -> set[str]:
    """A name also turned round, a number also as it is dialled at home, and where they live."""
    found = {
        value for field in ("name", "phone", "email") if isinstance(value := person.get(field), str)
    }
    name, phone = person.get("name"), person.get("phone")
    if isinstance(name, str) and " " in name.strip():
        first, _, last = name.strip().rpartition(" ")
        found.add(f"{last} {first}")
    if isinstance(phone, str) and len(digits := "".join(c for c in phone if c.isdigit())) > _HOME:
        found.add(digits[-_HOME:])
    lines = _mapping(person.get("address")).get("lines")
    return found | {str(line) for line in lines if line} if isinstance(lines, list) else found


def _tells(text: str) -> bool:
    letters = [sign for sign in text if sign.isalnum()]
    return len(letters) >= 6 or (len(letters) >= 2 and any(sign > "\u3400" for sign in letters))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
