"""No mail can make the reader fail, lead it anywhere or hold it up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.domain.people import inbound
from amends.domain.people.inbound import parse
from amends.domain.people.mail_parts import MOST_ATTACHMENTS, safe_name
from amends.domain.people.mail_report import Draft, decide
from amends.domain.people.mail_text import decoded, own_words, text_of_html
from tests.unit.people.mails import HOUSE, read, written


def test_deep_and_crowded_mails_are_read_within_bounds() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(2000)
    )
    crowded = written()
    for number in range(MOST_ATTACHMENTS + 5):
        crowded.add_attachment(
            b"x", maintype="application", subtype="pdf", filename=f"{number}.pdf"
        )

    assert not parse(b"From: a@example.org\r\n" + deep, HOUSE).is_whole
    seen = read(crowded)
    assert len(seen.attachments) == MOST_ATTACHMENTS
    assert not seen.is_whole


def test_an_oversize_mail_is_read_at_its_beginning_and_asked_for_again() -> None:
    raw = written().as_bytes() + b"x" * inbound.LARGEST_BYTES
    draft = decide(parse(raw, HOUSE))

    assert isinstance(draft, Draft)
    assert draft.tracking_numbers == ("RR123456785CN",)
    assert draft.missing == ("evidence.attachments_again",)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd", "passwd"), ("C:\\temp\\a.jpg", "a.jpg"), ("..", "x.bin"), ("", "x.bin"),
     (".bashrc", "bashrc"), ("a\0b.png", "ab.png"), ("CON", "x.bin"), ("nul.txt", "x.bin"),
     ("gpj.\u202eexe", "gpj.exe"), ("a;b|c.pdf", "a_b_c.pdf"),
     ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
     ("照片 1.jpg", "照片 1.jpg")],
)  # fmt: skip
def test_a_file_name_leads_nowhere(name: str, safe: str) -> None:
    assert safe_name(name, "x.bin") == safe


@given(st.binary(max_size=2000))
def test_no_bytes_can_make_the_reader_fail(raw: bytes) -> None:
    decide(parse(raw, HOUSE))


_PIECES = st.sampled_from([
    b"From: ", b"To: ", b"Subject: ", b"Content-Type: multipart/mixed; boundary=", b"--a\r\n",
    b"Content-Type: text/plain; charset=", b"Content-Disposition: attachment; filename*=utf-8''",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: uuencode\r\n",
    b"\r\n\r\n", b"=?utf-8?b?", b"?=", b"=?gb2312?q?=ff?=", b"message/rfc822", b"a", b'"', b"<",
    b">", b"(", b"@", b";", b"%", b"\xff", b"\0", b"[", b":", b"\r\n", b" ", b"Return-Path: <>",
    b"<![", b"&#x110000;", b"text/html", b"Message-ID: ", b"References: ",
    b"Content-Disposition: ", b"filename*0*=", b"==",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map(b"".join))
def test_no_broken_mail_can_make_the_reader_fail(raw: bytes) -> None:
    seen = parse(raw, HOUSE, envelope=("x",))

    assert all("/" not in each.name and each.name for each in seen.attachments)
    assert all(c.isprintable() for c in seen.subject + seen.sender)
    decide(replace(seen, sender="a@example.org"))


@given(st.text(), st.binary(), st.text(max_size=20))
def test_texts_names_and_charsets_never_fail(text: str, payload: bytes, charset: str) -> None:
    own_words(text)
    text_of_html(text)
    decoded(payload, charset)
    safe = safe_name(text, "x.bin")
    assert safe
    assert not set(safe) & set("/\\\0\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000,
        b"To: " + b"a," * 50_000,
        b"Content-Type: text/html\r\n\r\n" + b"<a " * 200_000,
        b"\r\n\r\n" + b"on " * 40_000,
    ],
    ids=["encoded words", "addresses", "open tags", "quotation"],
)
def test_a_mail_made_to_be_slow_is_read_in_one_pass(raw: bytes) -> None:
    decide(parse(raw, HOUSE))  # seconds to minutes with unbounded headers or html.parser
