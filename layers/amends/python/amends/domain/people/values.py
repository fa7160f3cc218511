"""Values in a message: checked against the type of their slot, and put into words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from unicodedata import normalize
from urllib.parse import urlsplit

from amends.domain.money import Money
from amends.domain.people.message import Audience
from amends.domain.people.phrases import KINDS, STAGES
from amends.domain.people.template import Slot, Template
from amends.domain.refusal import Invalid


class MissingValue(Invalid):
    """A message would have gone out with a hole in it."""

    code = "missing_value"


class BadValue(Invalid):
    """A value is not of its placeholder's type, or names nothing in the template."""

    code = "bad_value"


class LeaksPersonalData(Invalid):
    """A message would have told one person about another."""

    code = "leaks_personal_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """Somebody's data, and whose; it is told to nobody else."""

    text: str
    of: Audience


Value = str | int | date | Money | Personal | Sequence[str]


class Formats(Protocol):
    """How a language writes dates, numbers and money."""

    def day(self, value: date, language: str) -> str:
        """A date in full, such as `20 November 2026`."""

    def moment(self, value: datetime, language: str, zone: str) -> str:
        """A date and time in the reader's zone, with the zone's name."""

    def count(self, value: int, language: str) -> str:
        """A whole number with the language's separators."""

    def money(self, value: Money, language: str) -> str:
        """An amount with its currency, never rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: language and time zone decide the form; `withheld` is what they must never see.

    `withheld` holds the names, phones, addresses of the other parties; none may occur in the text.
    """

    language: str
    zone: str
    name: Personal | None = None
    withheld: Collection[str] = ()


def in_words(
    template: Template, values: Mapping[str, Value], reader: Reader, formats: Formats
) -> dict[str, tuple[str, ...]]:
    """Every given value as text (a list slot gives several); refuses what is missing or amiss."""
    if strangers := sorted(set(values) - set(template.slots)):
        raise BadValue(f"the template knows no {', '.join(strangers)}")
    needed = set(template.slots) - template.optional
    if missing := sorted(needed - set(values)):
        raise MissingValue(f"a value is missing: {', '.join(missing)}")
    spoken = {}
    for name, value in values.items():
        text = _spoken(template.slots[name], _owned(value, template.audience), reader, formats)
        if not text or not all(text):
            raise BadValue(f"{name} is not a good {template.slots[name]}")
        spoken[name] = text
    return spoken


def refuse_leaks(text: str, withheld: Collection[str]) -> None:
    """Refuse a text that holds another party's data, whatever its case, spaces or hyphens."""
    flat = _flat(text)
    if any(len(_flat(secret)) > 1 and _flat(secret) in flat for secret in withheld):
        raise LeaksPersonalData("the message holds personal data of somebody else")


def clean(text: str) -> str:
    """Without control and direction characters, which could forge a header or reorder a line."""
    kept = (" " if c in "\r\n\t\u2028\u2029" else c for c in text)
    return "".join(c for c in kept if c.isprintable()).strip()


def _owned(value: Value, audience: Audience) -> Value:
    if not isinstance(value, Personal):
        return value
    if value.of is not audience:
        raise LeaksPersonalData("a value belongs to somebody else than the reader")
    return value.text


def _spoken(slot: Slot, value: Value, reader: Reader, formats: Formats) -> tuple[str, ...] | None:
    text: str | None = None
    match slot, value:
        case (Slot.MOMENT, datetime()) if value.tzinfo is not None:
            text = formats.moment(value, reader.language, reader.zone)
        case (Slot.DAY, date()) if not isinstance(value, datetime):
            text = formats.day(value, reader.language)
        case (Slot.COUNT, int()) if not isinstance(value, bool):
            text = formats.count(value, reader.language)
        case (Slot.MONEY, Money()):
            text = formats.money(value, reader.language)
        case (Slot.TEXTS, list() | tuple()):
            return tuple(clean(each) for each in value)
        case (_, str()):
            text = _spoken_text(slot, clean(value), reader.language)
    return None if text is None else (text,)


def _spoken_text(slot: Slot, value: str, language: str) -> str | None:
    match slot:
        case Slot.TEXT | Slot.CODE:
            return value
        case Slot.KIND:
            return KINDS[language].get(value)
        case Slot.STAGE:
            return STAGES[language].get(value)
        case Slot.LINK:
            return value if _is_safe_link(value) else None
        case _:
            return None


def _is_safe_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    loopback = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    return (parts.scheme == "https" or loopback) and bool(parts.hostname) and " " not in url


def _flat(text: str) -> str:
    """As one reads it, whatever its width, case, spaces and hyphens."""
    return "".join(c for c in normalize("NFKC", text).casefold() if c.isalnum())
