"""Inspecting: each type of evidence looked into by whoever knows it, and by a scanner if any."""

import socket
import struct
from dataclasses import dataclass

from amends.adapters.pictures import FORMATS, PictureError, drawn_anew
from amends.adapters.portable_documents import DocumentError, acts
from amends.domain.case.evidence import Fault
from amends.domain.case.file_type import is_two_in_one
from amends.ports import Inspected

CHUNK = 64 * 1024
PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspector:
    """`scanner` is host and port of a ClamAV daemon; None where none is configured."""

    scanner: tuple[str, int] | None = None

    def __call__(self, content_type: str, content: bytes) -> Inspected:
        """Why it is no evidence; else, of a picture, what may be shown of it."""
        if self.scanner is not None and is_infected(content, self.scanner):
            return Inspected(fault=Fault.INFECTED)
        if is_two_in_one(content_type, content):
            return Inspected(fault=Fault.TWO_IN_ONE)
        if content_type in FORMATS:
            try:
                view, likeness = drawn_anew(content, content_type)
            except PictureError:
                return Inspected(fault=Fault.UNREADABLE)
            return Inspected(view=view, likeness=likeness)
        if content_type == "application/pdf":
            try:
                return Inspected(fault=Fault.ACTIVE if acts(content) else None)
            except DocumentError:
                return Inspected(fault=Fault.UNREADABLE)
        return Inspected()


def is_infected(content: bytes, scanner: tuple[str, int]) -> bool:
    """Ask a ClamAV daemon (`INSTREAM`); raises OSError when it gives no answer.

    Without an answer nothing is kept: the file waits and is looked at again.
    """
    with socket.create_connection(scanner, timeout=PATIENCE) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(CHUNK)):
            answer += more
    if answer.rstrip(b"\0\n").endswith(b"OK"):
        return False
    if b"FOUND" in answer:
        return True
    raise OSError("the scanner gave no answer")
