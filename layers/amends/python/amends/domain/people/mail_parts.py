"""The parts of a mail: its text, its attachments under harmless names, and what lies in those.

A mail that was attached is read like what its sender wrote; what Outlook packed is unpacked; small
pictures that only decorate a signature are no photos.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from amends.domain.people.mail_text import clean_line, decoded, text_of_html
from amends.domain.people.mail_tnef import files_of

LARGEST_ATTACHMENT = 20 * 1024 * 1024
MOST_ATTACHMENTS = 30
_DEEPEST, _MOST_PARTS = 20, 300
_SMALL = 5 * 1024
_PACKED = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came by mail; `content_type` is only what its sender claims."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Text and attachments; `is_whole` is false when some of it was beyond the bounds."""

    text: str
    attachments: tuple[Attachment, ...]
    is_whole: bool
    attached_text: str = ""
    """What mails say that were attached to it."""


def contents_of(message: Message) -> Contents:
    """Read every part, nested ones too, within bounds."""
    plain: list[list[str]] = [[], []]
    rich: list[list[str]] = [[], []]
    attachments: list[Attachment] = []
    is_whole = True
    for count, (part, depth, is_inner) in enumerate(_leaves(message)):
        if count >= _MOST_PARTS or depth > _DEEPEST or len(attachments) >= MOST_ATTACHMENTS:
            is_whole = False
            break
        kind, name = _kind(part), _file_name(part)
        payload = _payload(part)
        is_text = kind in ("text/plain", "text/html") and not name and not _is_attached(part)
        if is_text:
            text = decoded(payload, _charset(part))
            (plain if kind == "text/plain" else rich)[is_inner].append(text)
        elif len(payload) > LARGEST_ATTACHMENT:
            is_whole = False
        elif payload and not _is_decoration(part, kind, payload):
            for title, content in _unpacked(kind, name, payload):
                safe = safe_name(title, f"attachment-{len(attachments) + 1}{_suffix(kind)}")
                claimed = kind if content is payload else "application/octet-stream"
                attachments.append(Attachment(name=safe, content_type=claimed, content=content))
    whole = len(attachments) <= MOST_ATTACHMENTS
    return Contents(
        text=_text(plain[0], rich[0]),
        attachments=tuple(attachments[:MOST_ATTACHMENTS]),
        is_whole=is_whole and whole,
        attached_text=_text(plain[1], rich[1]),
    )


def _text(plain: list[str], rich: list[str]) -> str:
    text = "\n".join(plain)
    return text if text.strip() else "\n".join(text_of_html(source) for source in rich)


def _unpacked(kind: str, name: str, payload: bytes) -> list[tuple[str, bytes]]:
    """The files in Outlook's own packing; anything else is one file."""
    if kind in _PACKED or name.lower() == "winmail.dat":
        return files_of(payload) or [(name, payload)]
    return [(name, payload)]


def _is_decoration(part: Message, kind: str, payload: bytes) -> bool:
    """A logo or a counting pixel: shown within the text, and too small to show a parcel."""
    if not kind.startswith("image/") or len(payload) > _SMALL or _is_attached(part):
        return False
    try:
        return part.get("content-id") is not None
    except Exception:  # noqa: BLE001 - the same as below
        return False


def safe_name(name: str, otherwise: str) -> str:
    """A file name without path, control or direction characters, hidden or reserved forms."""
    last = re.split(r"[\\/]", name.replace("\0", ""))[-1]
    kept = re.sub(r'[<>:"|?*%;]', "_", clean_line(last)).strip(" .")
    if not kept or _DEVICES.fullmatch(kept):
        return otherwise
    stem, dot, suffix = kept.rpartition(".")
    if len(kept) > 120 and dot and len(suffix) <= 10:
        return f"{stem[: 119 - len(suffix)]}.{suffix}"
    return kept[:120]


def _leaves(message: Message) -> Iterator[tuple[Message, int, bool]]:
    """The parts that hold something, in order, without recursion; whether in a mail in the mail."""
    waiting: list[tuple[Message, int, bool]] = [(message, 0, False)]
    while waiting:
        part, depth, is_inner = waiting.pop()
        # asking a single part for its payload would decode it, and may raise
        inner = part.get_payload() if part.is_multipart() else None
        is_mail = _kind(part) == "message/rfc822"
        is_nested = is_mail or not _kind(part).startswith("message/")
        if isinstance(inner, list) and is_nested and depth <= _DEEPEST:
            waiting.extend(
                (each, depth + 1, is_inner or is_mail)
                for each in reversed(inner)
                if not isinstance(each, str)
            )
        else:
            yield part, depth, is_inner


def _kind(part: Message) -> str:
    try:
        kind = part.get_content_type().lower()
    except Exception:  # noqa: BLE001 - a header beyond reading must not lose the part
        return "application/octet-stream"
    return kind if _TYPE.fullmatch(kind) else "application/octet-stream"


def _file_name(part: Message) -> str:
    try:
        return str(part.get_filename("") or "")
    except Exception:  # noqa: BLE001 - the same
        return ""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except Exception:  # noqa: BLE001 - the same
        return None


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except Exception:  # noqa: BLE001 - the same
        return False


def _payload(part: Message) -> bytes:
    try:
        if part.is_multipart():
            return part.as_bytes()
        content = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - the same
        return b""
    return content if isinstance(content, bytes) else b""


def _suffix(kind: str) -> str:
    known = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf",
             "message/rfc822": ".eml"}  # fmt: skip
    return known.get(kind, ".bin")
