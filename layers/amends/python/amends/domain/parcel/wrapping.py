"""Wrapping: an answer inside another document, as gateways, queues and recorders keep it."""

import json
import zlib
from collections.abc import Callable, Iterator

from amends.domain.parcel.channel import Malformed
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.wire import document, part

_WRAPS = ("body", "Body", "data", "payload", "response", "result", "output", "message", "Message")
_GZIP, _MOST = b"\x1f\x8b", 8_000_000


def read_through(read: Callable[[bytes], tuple[Reading, ...]], body: bytes) -> tuple[Reading, ...]:
    """What a channel's reader finds in a body, or one layer further in; empty where nothing is."""
    plain = _unzipped(body)
    found = _tried(read, plain)
    if found and not all(one.error == "malformed" or not _tells(one) for one in found):
        return found
    inner = (_tried(read, one) for one in _inside(plain))
    return next((told for told in inner if any(map(_tells, told))), found)


def _tells(reading: Reading) -> bool:
    return reading.found or bool(reading.error) or bool(reading.number)


def _tried(read: Callable[[bytes], tuple[Reading, ...]], body: bytes) -> tuple[Reading, ...]:
    try:
        return read(body)
    except Malformed:
        return ()


def _unzipped(body: bytes) -> bytes:
    """The bytes of a gzip that nobody declared; the body itself where it is none."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MOST)
    except zlib.error:
        return body


def _inside(body: bytes) -> Iterator[bytes]:
    """What may be the answer: a list's only entry, JSON in a string, the content of a wrap."""
    try:
        outer = document(body)
    except Malformed:
        return
    if isinstance(outer, list) and len(outer) == 1:
        held = outer
    elif isinstance(outer, str):
        held = [outer]
    else:
        held = [part(outer)[key] for key in _WRAPS if part(outer).get(key)]
    for one in held:
        if isinstance(one, str):
            yield one.encode("utf-8", "replace")
        elif isinstance(one, dict | list):
            yield json.dumps(one, ensure_ascii=False).encode()
