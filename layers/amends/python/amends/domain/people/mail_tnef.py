"""What Outlook packs into `winmail.dat`: the files of a mail, after [MS-OXTNEF]."""

import struct
from collections.abc import Iterator

from amends.domain.people.mail_text import decoded

_SIGNATURE = 0x223E9F78
_BEGINS, _TITLE, _DATA = 0x00069002, 0x00018010, 0x0006800F
_HEAD = struct.Struct("<BII")


def files_of(content: bytes) -> list[tuple[str, bytes]]:
    """Name and content of each file, as many as can be read; none when it is something else."""
    found: list[tuple[str, bytes]] = []
    name, data = "", b""
    for attribute, value in _attributes(content):
        if attribute == _BEGINS:
            found += [(name, data)] if data else []
            name, data = "", b""
        elif attribute == _TITLE:
            name = decoded(value.rstrip(b"\0"), None)
        elif attribute == _DATA:
            data = value
    return [*found, (name, data)] if data else found


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _SIGNATURE:
        return
    place = 6  # behind the signature and a key that says nothing
    while place + _HEAD.size <= len(content):
        _, attribute, length = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        if place + length > len(content):
            return
        yield attribute, content[place : place + length]
        place += length + 2  # and a checksum
