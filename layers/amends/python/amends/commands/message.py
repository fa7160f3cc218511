"""`amends message CODE VALUES.json`: what a reader would be sent with these values."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amends.adapters.locale import BabelFormats
from amends.catalog import plugin
from amends.domain.money import Money
from amends.domain.people.message import Audience
from amends.domain.people.phrases import nearest
from amends.domain.people.rendering import House, Renderer
from amends.domain.people.template import Slot, Template
from amends.domain.people.values import BadValue, Personal, Reader, Value
from amends.web.strict import strict_json

PREVIEW_HOUSE = House(
    name="Amends",
    contact="support@amends.example",
    preferences_url="https://amends.example/preferences",
)
_READER = frozenset({"reader_name", "time_zone", "withheld"})


def preview(code: str, context: dict[str, object], language: str) -> dict[str, object]:
    """Render one message; `context` is JSON: the template's placeholders by name, and the reader.

    Dates are ISO 8601, moments RFC 3339, money `{"amount", "currency"}`, lists lists of strings; a
    text that is somebody's is `{"text", "of": "claimant|recipient|staff"}`. The reader is told by
    `reader_name`, `time_zone` (IANA) and `withheld`, the strings that they must never see.
    Refuses an unknown code (`UnknownPlugin`), a missing or bad value, and another's data.
    """
    template = template_of(code)
    given = {name: value for name, value in context.items() if name not in _READER}
    unknown = set(given) - set(template.slots)
    if unknown:
        raise BadValue(f"the template knows no {', '.join(sorted(unknown))}")
    rendered = Renderer(house=PREVIEW_HOUSE, formats=BabelFormats()).render(
        template,
        {name: read_value(template.slots[name], value, name) for name, value in given.items()},
        _reader(context, template.audience, nearest(language)),
    )
    return {
        "code": code,
        "language": nearest(language),
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "short": rendered.short,
    }


def preview_text(code: str, body: bytes, language: str) -> dict[str, object]:
    """The same from the bytes of a file."""
    try:
        context = strict_json(body)
    except ValueError as error:
        raise BadValue(f"the values are one JSON object: {error}") from error
    if not isinstance(context, dict):
        raise BadValue("the values are one JSON object")
    return preview(code, context, language)


def template_of(code: str) -> Template:
    """The template of one message; refuses a code that no file bears."""
    template: Template = plugin("messages", code).TEMPLATE
    return template


def read_value(slot: Slot, value: object, name: str) -> Value:
    """One JSON value as its slot wants it; refuses what cannot be read."""
    try:
        match slot, value:
            case (Slot.MOMENT, str()):
                return datetime.fromisoformat(value)
            case (Slot.DAY, str()):
                return date.fromisoformat(value)
            case (Slot.MONEY, {"amount": str(amount), "currency": str(currency)}):
                return Money.of(amount, currency)
            case (Slot.TEXTS, list()) if all(isinstance(text, str) for text in value):
                return tuple(str(text) for text in value)
            case (_, {"text": str(text), "of": str(owner)}):
                return Personal(text=text, of=Audience(owner))
            case (_, str() | int()):
                return value
            case _:
                raise BadValue(f"{name} is not a good {slot}")
    except ValueError as error:
        raise BadValue(f"{name} is not a good {slot}") from error


def _reader(context: Mapping[str, object], audience: Audience, language: str) -> Reader:
    name, withheld = context.get("reader_name"), context.get("withheld", [])
    if not isinstance(withheld, list) or not all(isinstance(text, str) for text in withheld):
        raise BadValue("withheld is a list of strings")
    zone = str(context.get("time_zone", "UTC"))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue("time_zone is a name such as Asia/Shanghai") from None
    return Reader(
        language=language,
        zone=zone,
        name=Personal(text=str(name), of=audience) if name else None,
        withheld=tuple(withheld),
    )
