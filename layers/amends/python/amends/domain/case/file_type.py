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
