"""What acts is refused however it is hidden; a picture is shown without what it carries."""

import socket
import threading
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from amends.adapters.inspecting import Inspector, is_infected
from amends.adapters.pictures import drawn_anew
from amends.domain.case.evidence import Fault
from amends.service.likeness import differing_bits
from tests.support.intake_world import JPEG, PDF, photo

LOOK = Inspector()


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=10, height=10)
    writer.add_open_action(JavaScript("app.alert('hello')"))
    return written(writer)


def with_attachment() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=10, height=10)
    writer.add_attachment("tool.exe", b"MZ")
    return written(writer)


def hidden_in_a_stream() -> bytes:
    """The action stands in a compressed object stream: no byte of its name is in the file."""
    objects = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(1)>>>>"
    inner = zlib.compress(b"1 0 " + objects)
    body = b"%PDF-1.7\n"
    places = {}
    for number, text in (
        (2, b"<</Type/Pages/Kids[]/Count 0>>"),
        (
            3,
            b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
            % (len(inner), inner),
        ),
    ):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    rows = b"".join(
        (
            bytes([0, 0, 0, 0]),
            bytes([2, 0, 3, 0]),
            bytes([1, *places[2].to_bytes(2, "big"), 0]),
            bytes([1, *places[3].to_bytes(2, "big"), 0]),
            bytes([1, *len(body).to_bytes(2, "big"), 0]),
        )
    )
    start = len(body)
    body += b"4 0 obj\n<</Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Length %d>>stream\n" % len(rows)
    return body + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=10, height=10)
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (PDF, None),
        (with_script(), Fault.ACTIVE),
        (with_attachment(), Fault.ACTIVE),
        (hidden_in_a_stream(), Fault.ACTIVE),
        (locked(), Fault.UNREADABLE),
        (b"%PDF-1.7\nnothing more", Fault.UNREADABLE),
    ],
    ids=["plain", "script", "attachment", "hidden", "locked", "damaged"],
)
def test_a_document_is_for_reading(content: bytes, fault: Fault | None) -> None:
    assert b"/JavaScript" not in hidden_in_a_stream()
    assert LOOK("application/pdf", content).fault is fault


def test_what_is_shown_of_a_picture_tells_neither_place_nor_device() -> None:
    found = LOOK("image/jpeg", JPEG)

    assert b"MAKER OF THE CAMERA" in JPEG
    assert found.view is not None
    assert b"MAKER OF THE CAMERA" not in found.view
    assert not Image.open(BytesIO(found.view)).getexif()


def test_a_picture_that_cannot_be_drawn_is_none() -> None:
    bomb = BytesIO()
    Image.new("1", (10_000, 10_000)).save(bomb, "PNG")

    assert LOOK("image/jpeg", b"\xff\xd8\xff\xe0 no picture").fault is Fault.UNREADABLE
    assert LOOK("image/png", bomb.getvalue()).fault is Fault.UNREADABLE
    assert LOOK("image/jpeg", JPEG[: len(JPEG) // 2]).fault is Fault.UNREADABLE


def test_a_picture_saved_again_is_known_and_another_is_not() -> None:
    picture = photo(7, size=400)
    smaller = BytesIO()
    Image.open(BytesIO(picture)).resize((200, 200)).save(smaller, "JPEG", quality=60)

    first, again, other = (
        drawn_anew(content, "image/jpeg")[1] for content in (picture, smaller.getvalue(), photo(8))
    )

    assert differing_bits(first, again) <= 3 < differing_bits(first, other)


@pytest.fixture
def scanner() -> Iterator[tuple[str, int]]:
    """A daemon that finds every file with `EICAR` in it, and is silent at `mute`."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(3):
            line, _ = server.accept()
            with line, line.makefile("rb") as told:
                assert told.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(told.read(4), "big"):
                    content += told.read(size)
                if b"mute" not in content:
                    found = b"Test-Signature FOUND" if b"EICAR" in content else b"OK"
                    line.sendall(b"stream: " + found + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()
    thread.join(5)
    server.close()


def test_a_scanner_is_asked_where_there_is_one(scanner: tuple[str, int]) -> None:
    guarded = Inspector(scanner=scanner)

    assert guarded("text/plain", b"harmless").fault is None
    assert guarded("text/plain", b"EICAR" * 50_000).fault is Fault.INFECTED
    with pytest.raises(OSError, match="no answer"):
        is_infected(b"mute", scanner)
