"""Inbound mail: bytes from anybody become what one may safely look at; nothing raises."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import getaddresses
from enum import StrEnum
from typing import TypeVar

from amends.domain.people.mail_parts import Attachment, contents_of
from amends.domain.people.mail_text import clean_line, decoded, own_words

T = TypeVar("T")

LARGEST_BYTES = 40 * 1024 * 1024
"""What SES accepts; of a larger mail only the beginning is read, and no attachment is kept."""
_BEGINNING = 256 * 1024
_LONGEST_TEXT = 100_000
_LONGEST_HEADER = 4_000
_OUR_MESSAGE = re.compile(r"(msg_[a-z0-9]{26})@")
_ADDRESS = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,255}")
_AUTOMATIC_SUBJECT = re.compile(
    r"\s*(automatic reply|auto(matic)?[- ]?reply|out of (the )?office|自动回复|自动答复)",
    re.IGNORECASE,
)
_MACHINES = (
    "mailer-daemon@",
    "postmaster@",
    "no-reply@",
    "noreply@",
    "donotreply@",
    "do-not-reply@",
)


class Verdict(StrEnum):
    """What the receiving service found; gray is undecided, and so is what it did not look at."""

    PASS = "pass"  # noqa: S105 - SES's word, no password
    FAIL = "fail"
    GRAY = "gray"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Spam, virus, and whether the sender's domain vouches for the sender (DMARC)."""

    spam: Verdict = Verdict.GRAY
    virus: Verdict = Verdict.GRAY
    sender: Verdict = Verdict.GRAY

    @classmethod
    def of(cls, receipt: Mapping[str, object]) -> "Verdicts":
        """From the `receipt` of an SES event; anything unknown counts as gray."""
        return cls(
            spam=_verdict(receipt.get("spamVerdict")),
            virus=_verdict(receipt.get("virusVerdict")),
            sender=_verdict(receipt.get("dmarcVerdict")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHouse:
    """Our own mail domain, and the local part before `+token` in a case's address."""

    domain: str
    local_part: str = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMail:
    """A mail, read. `text` is what its sender wrote, without quotations.

    `case_token` comes from `case+<token>@…`; `answers` holds the keys of the messages of ours that
    it refers to. `is_whole` is false when it was too large or could not be read to its end.
    """

    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[Attachment, ...]
    message_id: str
    references: tuple[str, ...]
    answers: tuple[str, ...]
    case_token: str | None
    is_auto_reply: bool
    is_bounce: bool
    is_from_us: bool
    is_whole: bool
    verdicts: Verdicts


def parse(
    raw: bytes,
    house: MailHouse,
    *,
    verdicts: Verdicts | None = None,
    envelope: tuple[str, ...] = (),
) -> InboundMail:
    """Read a mail; `envelope` holds the recipients that the receiving service names."""
    fits = len(raw) <= LARGEST_BYTES
    seen = raw if fits else raw[:_BEGINNING]
    message = _tried(lambda: _message(seen), None)
    is_read = message is not None
    message = message if message is not None else EmailMessage()
    contents = contents_of(message)
    text = contents.text if is_read else decoded(seen, None)
    if contents.attached_text:
        text = f"{text}\n\n{contents.attached_text}"
    sender = next(iter(_addresses(message, "from")), "")
    recipients = tuple(
        dict.fromkeys([*(address.lower() for address in envelope), *_addresses(message, *_TO)])
    )
    token = _token(recipients, house)
    references = tuple(
        dict.fromkeys(re.findall(r"<[^<>\s]+>", _joined(message, "in-reply-to", "references")))
    )
    is_bounce = _is_bounce(message, sender)
    referred = decoded(seen[:_BEGINNING], None) if is_bounce else " ".join(references)
    return InboundMail(
        sender=sender,
        recipients=recipients,
        subject=header(message, "subject")[:500],
        text=own_words(text[:_LONGEST_TEXT], is_new=token is None),
        attachments=contents.attachments if fits else (),
        message_id=header(message, "message-id")[:500],
        references=references[:100],
        answers=tuple(dict.fromkeys(_OUR_MESSAGE.findall(referred)))[:100],
        case_token=token,
        is_auto_reply=_is_automatic(message, sender),
        is_bounce=is_bounce,
        is_from_us=sender.endswith((f"@{house.domain}", f".{house.domain}")),
        is_whole=fits and is_read and contents.is_whole,
        verdicts=verdicts or Verdicts(),
    )


def header(message: Message, name: str) -> str:
    """One header, decoded, in one line; empty when it is absent or beyond reading."""
    raw = next((str(value) for key, value in _raw_items(message) if key.lower() == name), "")
    if any("\udc80" <= c <= "\udcff" for c in raw):  # bytes that no encoding was named for
        return clean_line(decoded(raw.encode("utf-8", "surrogateescape"), None))
    return clean_line(_tried(lambda: str(message.get(name, "")), raw))


_TO = ("to", "cc", "delivered-to", "x-original-to")


class _Bounded(EmailPolicy):
    """The default policy, with headers cut: its parser takes quadratic time on long ones."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


_POLICY = _Bounded()


def _message(raw: bytes) -> Message:
    return message_from_bytes(raw, policy=_POLICY)


def _raw_items(message: Message) -> list[tuple[str, object]]:
    return list(message.raw_items())


def _joined(message: Message, *names: str) -> str:
    return " ".join(header(message, name) for name in names)


def _addresses(message: Message, *names: str) -> list[str]:
    lines = [header(message, name)[:10_000] for name in names]
    none: list[tuple[str, str]] = []
    pairs = _tried(lambda: getaddresses([line for line in lines if line]), none)
    return [address.lower() for _, address in pairs if _ADDRESS.fullmatch(address)][:100]


def _token(recipients: tuple[str, ...], house: MailHouse) -> str | None:
    domain, local = re.escape(house.domain.lower()), re.escape(house.local_part)
    address = re.compile(rf"{local}\+([a-z0-9_-]{{8,128}})@{domain}")
    found = (address.fullmatch(recipient) for recipient in recipients)
    return next((match[1] for match in found if match), None)


def _is_bounce(message: Message, sender: str) -> bool:
    kind = _tried(message.get_content_type, "")
    report = _tried(lambda: str(message.get_param("report-type", "")), "")
    is_report = kind == "multipart/report" and report.lower() in ("delivery-status", "")
    empty_return = header(message, "return-path") == "<>"
    return is_report or (empty_return and sender.startswith(_MACHINES[:2]))


def _is_automatic(message: Message, sender: str) -> bool:
    """RFC 3834, and what is in use beside it: whatever a machine wrote is not answered."""
    submitted = header(message, "auto-submitted").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or header(message, "precedence").lower() in ("bulk", "junk", "list", "auto_reply")
        or any(header(message, name) for name in ("x-autoreply", "x-autorespond", "list-id"))
        or header(message, "return-path") == "<>"
        or sender.startswith(_MACHINES)
        or bool(_AUTOMATIC_SUBJECT.match(header(message, "subject")))
    )


def _verdict(value: object) -> Verdict:
    status = value.get("status") if isinstance(value, Mapping) else None
    known = {"PASS": Verdict.PASS, "FAIL": Verdict.FAIL}
    return known.get(str(status), Verdict.GRAY)


def _tried(read: Callable[[], T], otherwise: T) -> T:
    """What was read, or `otherwise`: the standard parser raises many kinds on hostile bytes."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - one header beyond reading must not lose the mail
        return otherwise
