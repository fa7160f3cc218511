"""What acts is refused however it is hidden; a picture is shown without what it carries."""

import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from amends.adapters.inspecting import Inspector, is_infected
from amends.adapters.pictures import drawn_anew
from amends.domain.case.evidence import Fault
from amends.service.intake.likeness import differing_bits
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
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    return assembled(b"<</Type/Pages/Kids[]/Count 0>>", stream % (len(inner), inner))


def assembled(pages: bytes, stream: bytes) -> bytes:
    """A document of pages and one object stream, which holds its catalogue."""
    body = b"%PDF-1.7\n"
    places = {}
    for number, text in ((2, pages), (3, stream)):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    rows = b"".join(
        (
            bytes(6),
            bytes([2, 0, 0, 0, 3, 0]),
            bytes([1, *places[2].to_bytes(4, "big"), 0]),
            bytes([1, *places[3].to_bytes(4, "big"), 0]),
            bytes([1, *len(body).to_bytes(4, "big"), 0]),
        )
    )
    start = len(body)
    body += b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(rows)
    return body + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def inflating() -> bytes:
    """Two hundred kilobytes whose only object would fill two hundred megabytes."""
    press = zlib.compressobj(9)
    inner = press.compress(b"1 0 <</Type/Catalog/Pages 2 0 R>>")
    inner += b"".join(press.compress(b" " * 10**6) for _ in range(200)) + press.flush()
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    return assembled(b"<</Type/Pages/Kids[]/Count 0>>", stream % (len(inner), inner))


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=10, height=10)
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (lambda: PDF, None),
        (with_script, Fault.ACTIVE),
        (with_attachment, Fault.ACTIVE),
        (hidden_in_a_stream, Fault.ACTIVE),
        (locked, Fault.UNREADABLE),
        (lambda: b"%PDF-1.7\nnothing more", Fault.UNREADABLE),
        (inflating, Fault.UNREADABLE),
    ],
    ids=["plain", "script", "attachment", "hidden", "locked", "damaged", "inflating"],
)
def test_a_document_is_for_reading(document: Callable[[], bytes], fault: Fault | None) -> None:
    assert b"/JavaScript" not in hidden_in_a_stream()
    assert LOOK("application/pdf", document()).fault is fault


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


def archive() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("../../tool.exe", "MZ")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("image/jpeg", JPEG + archive()),
        ("image/jpeg", JPEG + PDF),
        ("image/jpeg", JPEG + b"<html><SCRIPT>alert(1)</script>"),
        ("application/pdf", PDF + archive()),
        ("application/pdf", PDF[:9] + b"<script>1</script>" + PDF[9:]),
        ("video/mp4", b"\0\0\0\x18ftypisom" + bytes(64) + archive()),
    ],
    ids=["picture and archive", "picture and document", "picture and page", "document and archive",
         "document and page", "film and archive"],
)  # fmt: skip
def test_a_file_that_is_two_in_one_is_neither(content_type: str, content: bytes) -> None:
    assert LOOK(content_type, content).fault is Fault.TWO_IN_ONE


def test_a_film_behind_a_picture_and_a_page_quoted_in_a_text_are_no_second_file() -> None:
    assert LOOK("image/jpeg", JPEG + b"\0\0\0\x18ftypisom" + bytes(64)).fault is None
    assert LOOK("text/plain", b"they wrote <script> and PK\x03\x04").fault is None


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
