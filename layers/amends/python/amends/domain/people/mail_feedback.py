"""What became of a mail: SES's delivery, bounce and complaint notices, read."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.domain.people.delivery import Outcome

KEY_TAG = "message_key"
"""The tag under which a message's key travels with the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFeedback:
    """One notice about one message; `suppress` holds the addresses never to be written to again."""

    key: str
    outcome: Outcome
    suppress: tuple[str, ...] = ()


def feedback_of(notice: Mapping[str, object]) -> MailFeedback | None:
    """Read an SES event (`eventType`) or notification (`notificationType`); None for any other.

    A transient bounce is final for this message, which takes the next way, but suppresses nobody.
    """
    kind = str(notice.get("eventType") or notice.get("notificationType") or "").lower()
    key = _key(notice)
    if key is None:
        return None
    match kind:
        case "delivery":
            return MailFeedback(key=key, outcome=Outcome.DELIVERED)
        case "bounce":
            bounce = _mapping(notice.get("bounce"))
            is_permanent = bounce.get("bounceType") == "Permanent"
            bad = _addresses(bounce.get("bouncedRecipients")) if is_permanent else ()
            return MailFeedback(key=key, outcome=Outcome.BOUNCED, suppress=bad)
        case "complaint":
            angry = _addresses(_mapping(notice.get("complaint")).get("complainedRecipients"))
            return MailFeedback(key=key, outcome=Outcome.COMPLAINED, suppress=angry)
        case "reject" | "rendering failure":
            return MailFeedback(key=key, outcome=Outcome.REFUSED)
        case _:
            return None


def _key(notice: Mapping[str, object]) -> str | None:
    mail = _mapping(notice.get("mail"))
    tagged = _mapping(mail.get("tags")).get(KEY_TAG)
    if isinstance(tagged, list) and tagged:
        return str(tagged[0])
    headers = mail.get("headers")
    for header in headers if isinstance(headers, list) else []:
        entry = _mapping(header)
        if str(entry.get("name", "")).lower() == "x-amends-message":
            return str(entry.get("value", "")).strip("<> ").partition("@")[0]
    return None


def _addresses(recipients: object) -> tuple[str, ...]:
    listed = recipients if isinstance(recipients, list) else []
    found = (_mapping(each).get("emailAddress") for each in listed)
    return tuple(str(address).lower() for address in found if address)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
