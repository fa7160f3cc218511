"""Wire: reading somebody else's JSON, where anything may be missing, null or of another type."""

import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from math import isfinite

from amends.domain.exchange import Response, Trouble
from amends.domain.parcel.channel import Malformed

Document = Mapping[str, object]

_NOTHING: Document = {}
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def document(body: bytes) -> object:
    """Parse JSON in UTF-8 (with or without a byte order mark); raises `Malformed`.

    What is not UTF-8 is read as UTF-16 with its mark, as Chinese, or as Western European: only its
    words may come out wrong. Half of a surrogate pair, which no text can be written with, reads as
    U+FFFD.
    """
    try:
        parsed: object = json.loads(_text_of(body))
        if b"\\" in body and _SURROGATE.search(body):
            halves = json.dumps(parsed, ensure_ascii=False).encode("utf-16", "surrogatepass")
            parsed = json.loads(halves.decode("utf-16", "replace"))
    except (ValueError, RecursionError):
        raise Malformed("the body is not JSON") from None
    return parsed


def _text_of(body: bytes) -> str:
    try:
        return body.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return body.decode("utf-16")
        try:
            return body.decode("gb18030")
        except UnicodeDecodeError:
            return body.decode("latin-1")


def part(value: object, *path: str) -> Document:
    """The object at the end of a path of keys; empty where any step is missing or no object."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else _NOTHING


def rows(value: object) -> list[Document]:
    """The objects of a list; a lone object counts as a list of one, anything else as none."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    return [value] if value and isinstance(value, dict) else []


def text(value: object) -> str:
    """A string or number as trimmed text; empty for null, booleans, lists and objects."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() else str(value)) if isfinite(value) else ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def first_text(row: Document, *keys: str) -> str:
    """The first key that holds any text."""
    for key in keys:
        if (value := row.get(key)) is not None and (found := text(value)):
            return found
    return ""


def joined(separator: str, row: Document, *keys: str) -> str:
    """The texts under these keys that there are, in this order."""
    return separator.join([found for key in keys if (found := text(row.get(key)))])


def whole(value: object) -> int | None:
    """A whole number, also when sent as text; None otherwise."""
    try:
        return int(text(value))
    except ValueError:
        return None


def failure(response: Response) -> tuple[str, int | None] | None:
    """Why an HTTP answer says nothing about any parcel: error code and seconds to wait.

    None for 2xx and for the other 4xx, whose bodies each channel reads for itself.
    """
    if response.trouble is not None:
        return ("timeout" if response.trouble is Trouble.TIMEOUT else "unavailable"), None
    if response.status == 429:
        return "rate_limited", retry_after(response)
    if response.status in (401, 403):
        return "unauthorised", None
    if response.status in (408, 504):
        return "timeout", None
    if response.status >= 500:
        return "unavailable", retry_after(response)
    return None


def retry_after(response: Response) -> int | None:
    """`Retry-After` in seconds; a date there is measured from the answer's own `Date`."""
    from email.utils import parsedate_to_datetime

    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), 86_400)
    try:
        until = parsedate_to_datetime(value)
        since = parsedate_to_datetime(response.headers.get("date", ""))
        return min(max(int((until - since).total_seconds()), 0), 86_400)
    except (ValueError, TypeError):
        return None
