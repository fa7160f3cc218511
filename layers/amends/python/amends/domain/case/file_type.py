"""File type: what a file is by its own first bytes, whatever its name or sender says."""

_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"isom": "video/mp4",
    b"iso2": "video/mp4",
    b"mp41": "video/mp4",
    b"mp42": "video/mp4",
    b"avc1": "video/mp4",
}
SEEN = 4096
"""How many of the first bytes are looked at."""
ACCEPTED = frozenset(
    {
        *("image/jpeg", "image/png", "image/webp", "image/heic"),
        *("application/pdf", "video/mp4", "text/plain", "message/rfc822"),
    }
)
"""What may be kept as evidence; a picture or a document that people can look at."""
_TEXTS = frozenset({"text/plain", "message/rfc822"})


def type_of(head: bytes) -> str | None:
    """The media type of what begins so, or None when it is nothing that is accepted."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    return "text/plain" if _is_text(head) else None


def is_what_it_says(content_type: str, head: bytes) -> bool:
    """Whether the bytes are of the type that was announced; a mail is a text with headers."""
    found = type_of(head)
    return found == content_type or (found == "text/plain" and content_type in _TEXTS)


def is_two_in_one(content_type: str, content: bytes) -> bool:
    """Whether the file is of its type and of another as well: an archive, a document, a page.

    What a phone appends to its pictures (a short film) is no such thing.
    """
    if content_type in _TEXTS:
        return False  # a text is read as a text, whatever it quotes
    if b"PK\x05\x06" in content[-_ARCHIVE_ENDS:] and b"PK\x03\x04" in content:
        return True
    if content_type == "application/pdf":
        return any(mark in content[:_PAGE_BEGINS].lower() for mark in _PAGES)
    lower = content.lower()
    return b"%pdf-" in lower or any(mark in lower for mark in _PAGES)


_ARCHIVE_ENDS = 66_000
"""An archive's directory ends with at most 65,557 bytes (APPNOTE 4.3.16)."""
_PAGE_BEGINS = 1024
_PAGES = (b"<script", b"<html", b"<!doctype html", b"<?php")


def _is_text(head: bytes) -> bool:
    if not head or any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return False
    markup = head.lstrip().lower()
    if markup.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"mz", b"#!")):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.end >= len(head) - 3  # a letter may be cut where the look ends
    return True
