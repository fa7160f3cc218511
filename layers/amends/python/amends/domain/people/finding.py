"""Finding people again: what a name, a phone number or an address is compared by."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_DIGITS = re.compile(r"\D+")
PHONE_TAIL = 8
"""Digits that tell numbers apart whether or not the country code was written."""
SHORTEST_NAME = 2
FIRST_OF_CJK = 0x2E80
OTHERS = "other:"


def terms_of(person: object) -> frozenset[str]:
    """By what somebody is found: their name, phone and email as far as they were told."""
    if not isinstance(person, Mapping):
        return frozenset()
    told = (("name", _name), ("phone", _phone), ("email", _email))
    terms = (f"{kind}:{read(str(person[kind]))}" for kind, read in told if person.get(kind))
    return frozenset(term for term in terms if not term.endswith(":"))


def terms_of_part(part: str, document: Mapping[str, object]) -> frozenset[str]:
    """By what a case is found again once this part of its contacts is kept.

    Who reported it stands apart from the others who have to do with it: sender and addressee,
    whoever joined it, and whoever is paid.
    """
    if is_account(part):
        account = str(document.get("account") or "")
        kind = "email" if "@" in account else "phone"
        return _of_others([{"name": document.get("name"), kind: account}])
    people = [document.get(who) for who in ("reporter", "sender", "addressee")]
    if part == "report":
        reporter = terms_of(people[0])
        return reporter | (_of_others(people[1:]) - {f"{OTHERS}{term}" for term in reporter})
    return _of_others(people) if part.startswith("joined#") else frozenset()


def of_others(terms: frozenset[str]) -> frozenset[str]:
    """What such terms are called where they are those of somebody else than who reported."""
    return frozenset(f"{OTHERS}{term}" for term in terms)


def is_account(part: str) -> bool:
    """Whether a part of the contacts says where somebody is paid."""
    return part == "payee" or part.startswith("payee:")


def _of_others(people: Iterable[object]) -> frozenset[str]:
    return of_others(frozenset(term for one in people for term in terms_of(one)))


def terms_of_party(person: object, place: object = None) -> dict[str, str]:
    """What a sender or addressee is compared by, each part under its name."""
    person = person if isinstance(person, Mapping) else {}
    told = {
        "name": _name(str(person.get("name") or "")),
        "phone": _phone(str(person.get("phone") or "")),
        "address": _address(person.get("address") or place),
    }
    return {part: f"{part}:{term}" for part, term in told.items() if term}


def terms_for(text: str) -> frozenset[str]:
    """What a searcher may mean by a text: an address, else a number or a name."""
    if "@" in text:
        return frozenset({f"email:{_email(text)}"})
    terms = {f"phone:{_phone(text)}", f"name:{_name(text)}"}
    return frozenset(term for term in terms if not term.endswith(":"))


def _name(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = ["".join(filter(str.isalpha, word)) for word in plain.split()]
    if all(ord(char) < FIRST_OF_CJK for word in words for char in word):
        words.sort()  # family name first or last; a Chinese name has its one order, blank or none
    name = "".join(words)
    return name if len(name) >= SHORTEST_NAME else ""


def _address(told: object) -> str:
    """Country, postal code, and the letters and digits of city and lines, whatever their order."""
    if not isinstance(told, Mapping) or not told.get("lines"):
        return ""
    lines = told["lines"]
    words = [str(told.get("city") or ""), *(map(str, lines) if isinstance(lines, list) else ())]
    text = unicodedata.normalize("NFKC", " ".join(words)).casefold()
    kept = "".join(sorted(char for char in text if char.isalnum()))
    ends = (told.get("country"), told.get("postal_code"))
    return "/".join([*(str(end or "").replace(" ", "").casefold() for end in ends), kept])


def _phone(text: str) -> str:
    digits = _DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return digits[-PHONE_TAIL:] if len(digits) >= PHONE_TAIL else ""


def _email(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
