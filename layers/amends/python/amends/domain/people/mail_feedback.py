"""What became of a mail: SES's delivery, bounce and complaint notices, read."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.domain.people.delivery import Outcome

KEY_TAG = "message_key"
CASE_TAG = "case_id"
"""The tags under which a message's key and case travel with the mail."""

TRIED = "Successfully validated SNS topic"
"""How a text begins by which SES tries, at a deploy, whether it is heard: no notice, no JSON."""

_KEY_HEADER = "x-amends-message"
_CASE_HEADER = "x-amends-case"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFeedback:
    """One notice about one message; `suppress` holds the addresses never to be written to again."""

    key: str
    case_id: str
    outcome: Outcome
    suppress: tuple[str, ...] = ()


def feedback_of(notice: Mapping[str, object]) -> MailFeedback | None:
    """Read an SES event (`eventType`) or notification (`notificationType`); None for any other.

    A transient bounce is final for this message, which takes the next way, but suppresses nobody.
    """
    kind = str(notice.get("eventType") or notice.get("notificationType") or "").lower()
    key, case_id = _told(notice, KEY_TAG, _KEY_HEADER), _told(notice, CASE_TAG, _CASE_HEADER)
    if key is None or case_id is None:
        return None
    match kind:
        case "delivery":
            return MailFeedback(key=key, case_id=case_id, outcome=Outcome.DELIVERED)
        case "bounce":
            bounce = _mapping(notice.get("bounce"))
            is_permanent = bounce.get("bounceType") == "Permanent"
            bad = _addresses(bounce.get("bouncedRecipients")) if is_permanent else ()
            return MailFeedback(key=key, case_id=case_id, outcome=Outcome.BOUNCED, suppress=bad)
        case "complaint":
            angry = _addresses(_mapping(notice.get("complaint")).get("complainedRecipients"))
            return MailFeedback(
                key=key, case_id=case_id, outcome=Outcome.COMPLAINED, suppress=angry
            )
        case "reject" | "rendering failure":
            return MailFeedback(key=key, case_id=case_id, outcome=Outcome.REFUSED)
        case _:
            return None


def _told(notice: Mapping[str, object], tag: str, header: str) -> str | None:
    mail = _mapping(notice.get("mail"))
    tagged = _mapping(mail.get("tags")).get(tag)
    if isinstance(tagged, list) and tagged:
        return str(tagged[0])
    headers = mail.get("headers")
    for each in headers if isinstance(headers, list) else []:
        entry = _mapping(each)
        if str(entry.get("name", "")).lower() == header:
            return str(entry.get("value", "")).strip("<> ").partition("@")[0]
    return None


def _addresses(recipients: object) -> tuple[str, ...]:
    listed = recipients if isinstance(recipients, list) else []
    found = (_mapping(each).get("emailAddress") for each in listed)
    return tuple(str(address).lower() for address in found if address)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
