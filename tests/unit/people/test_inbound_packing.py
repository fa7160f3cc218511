"""What a mail carries inside others is found: passed on, attached as a mail, packed by Outlook."""

import struct
from email.message import EmailMessage

import pytest

from amends.domain.people.mail_report import Draft, decide
from amends.domain.people.mail_tnef import files_of
from tests.unit.people.mails import read, written

PHOTO = b"\xff\xd8\xff\xe0" + b"p" * 9_000
TOKEN = "k3v9x2m8q1w7"
PASSED_ON = """Please help me with this.

---------- Forwarded message ---------
From: China Post <service@post.example>
Subject: Your item

Item RR123456785CN was last seen in Guangzhou. It seems to be lost.
"""


def packed(*files: tuple[bytes, bytes]) -> bytes:
    """Files as Outlook packs them into `winmail.dat` ([MS-OXTNEF] 2.1)."""

    def attribute(level: int, number: int, value: bytes) -> bytes:
        checksum = sum(value) & 0xFFFF
        return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", checksum)

    content = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, b"\0\0\1\0")
    for name, data in files:
        content += attribute(2, 0x00069002, b"\1\0" + b"\xff" * 4)
        content += attribute(2, 0x00018010, name + b"\0") + attribute(2, 0x0006800F, data)
    return content


@pytest.mark.requirement("000-4", "002-1")
def test_what_is_passed_on_in_a_new_mail_tells_the_number() -> None:
    draft = decide(read(written(PASSED_ON)))

    assert isinstance(draft, Draft)
    assert draft.tracking_numbers == ("RR123456785CN",)
    assert draft.kind == "lost"


def test_what_an_answer_quotes_is_still_left_out() -> None:
    to = f"case+{TOKEN}@mail.amends.example"

    assert read(written(PASSED_ON, To=to)).text == "Please help me with this."


def test_a_mail_that_is_attached_is_read_with_its_photos() -> None:
    inner = written("Parcel RR123456785CN came crushed.", From="shop@example.org")
    inner.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="box.jpg")
    outer = written("See the mail of the shop.")
    outer.add_attachment(inner)
    seen = read(outer)

    assert [(each.name, each.content) for each in seen.attachments] == [("box.jpg", PHOTO)]
    assert seen.sender == "erika@example.org"
    draft = decide(seen)
    assert isinstance(draft, Draft)
    assert (draft.tracking_numbers, draft.kind) == (("RR123456785CN",), "damaged")
    assert draft.missing == ()


def test_what_outlook_packs_is_unpacked() -> None:
    mail = written("Parcel RR123456785CN is broken.")
    content = packed((b"front.jpg", PHOTO), ("外箱.jpg".encode("gb18030"), PHOTO[::-1]))
    mail.add_attachment(content, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    seen = read(mail)

    assert [(each.name, each.content) for each in seen.attachments] == [
        ("front.jpg", PHOTO),
        ("外箱.jpg", PHOTO[::-1]),
    ]


@pytest.mark.parametrize("cut", [0, 5, 6, 14, 40, 60, -3])
def test_a_packing_that_is_cut_off_loses_no_more_than_what_is_cut(cut: int) -> None:
    content = packed((b"a.jpg", PHOTO), (b"b.jpg", PHOTO))

    assert files_of(content[:cut] if cut else b"") in ([], [("a.jpg", PHOTO)], files_of(content))
    mail = written()
    mail.add_attachment(
        content[:14], maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    assert [each.name for each in read(mail).attachments] == ["winmail.dat"]


def test_a_logo_in_a_signature_is_no_photo_of_the_parcel() -> None:
    mail = written("Parcel RR123456785CN is broken.")
    mail.add_alternative('<p>Broken</p><img src="cid:logo">', subtype="html")
    _, html = mail.iter_parts()
    assert isinstance(html, EmailMessage)
    html.add_related(b"\x89PNG" + b"l" * 900, "image", "png", cid="<logo>")
    html.add_related(PHOTO, "image", "jpeg", cid="<photo>")
    seen = read(mail)

    assert [each.content for each in seen.attachments] == [PHOTO]
