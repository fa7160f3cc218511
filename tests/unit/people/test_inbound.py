"""What arrives is understood: a report opens a draft, a reply joins its case, loops end."""

import pytest

from amends.domain.people.inbound import Verdict, Verdicts, parse
from amends.domain.people.mail_report import (
    KIND_WORDS,
    Bounced,
    Draft,
    Ignore,
    Join,
    decide,
    kind_of,
    tracking_numbers,
)
from tests.unit.people.mails import HOUSE, KEY, read, written

TOKEN = "k3v9x2m8q1w7"


@pytest.mark.requirement("000-4", "002-1")
def test_a_report_by_mail_with_photos_opens_a_draft() -> None:
    mail = written("您好，我的包裹单号ＲＲ１２３４５６７８５ＣＮ破损了，外箱压坏。")
    for number in (1, 2):
        mail.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg",
                            filename=f"照片{number}.jpg")  # fmt: skip
    seen = read(mail)

    assert seen.sender == "erika@example.org"
    assert [each.name for each in seen.attachments] == ["照片1.jpg", "照片2.jpg"]
    assert decide(seen) == Draft(
        tracking_numbers=("RR123456785CN",), kind="damaged", language="zh-CN",
        narrative=seen.text, missing=(),
    )  # fmt: skip


def test_a_draft_says_what_is_missing() -> None:
    draft = decide(read(written("Help!")))

    assert isinstance(draft, Draft)
    assert draft.missing == (
        "shipment.tracking_number",
        "incident.kind",
        "incident.narrative",
    )
    broken = decide(read(written("Waybill no. 1234 5678 9012 and the vase is broken.")))
    assert isinstance(broken, Draft)
    assert broken.tracking_numbers == ("123456789012",)
    assert broken.missing == ("evidence.photos",)


def test_a_reply_joins_its_case_by_the_token_in_the_address_or_the_envelope() -> None:
    to = f"Amends <case+{TOKEN}@mail.amends.example>"
    reply = written("Here it is.\n\nOn Mon, 1 Jun 2026 Amends wrote:\n> Please send", To=to,
                    In_Reply_To=f"<{KEY}@mail.amends.example>")  # fmt: skip
    seen = read(reply)

    assert decide(seen) == Join(token=TOKEN, may_answer=True, is_suspect=False)
    assert seen.text == "Here it is."
    assert seen.answers == (KEY,)
    hidden = parse(written().as_bytes(), HOUSE, envelope=(f"Case+{TOKEN}@Mail.Amends.Example",))
    assert hidden.case_token == TOKEN
    assert read(written(To=f"case+{TOKEN}@evil.example")).case_token is None


@pytest.mark.parametrize(
    ("headers", "because"),
    [
        ({"Auto-Submitted": "auto-replied"}, "auto_reply"),
        ({"Precedence": "bulk"}, "auto_reply"),
        ({"List-Id": "<x.example>"}, "auto_reply"),
        ({"Subject": "Out of office: holidays"}, "auto_reply"),
        ({"Subject": "自动回复: 外出"}, "auto_reply"),
        ({"From": "noreply@shop.example"}, "auto_reply"),
        ({"From": "case@mail.amends.example"}, "loop"),
        ({"From": "nobody"}, "no_sender"),
    ],
)
def test_machines_and_loops_are_not_answered(headers: dict[str, str], because: str) -> None:
    assert decide(read(written(**headers))) == Ignore(because=because)


def test_an_automatic_reply_in_a_case_is_filed_and_not_answered() -> None:
    to = f"case+{TOKEN}@mail.amends.example"
    mail = written(To=to, Auto_Submitted="auto-replied")

    assert decide(read(mail)) == Join(token=TOKEN, may_answer=False, is_suspect=False)
    assert decide(read(written(Auto_Submitted="no"))) == decide(read(written()))


def test_verdicts_decide_before_anything_is_opened() -> None:
    token = f"case+{TOKEN}@mail.amends.example"

    assert decide(read(written(To=token), virus=Verdict.FAIL)) == Ignore(because="virus")
    assert decide(read(written(), spam=Verdict.FAIL)) == Ignore(because="spam")
    suspect = Join(token=TOKEN, may_answer=False, is_suspect=True)
    assert decide(read(written(To=token), spam=Verdict.FAIL)) == suspect
    forged = decide(read(written(), sender=Verdict.FAIL))
    assert isinstance(forged, Draft)
    assert not forged.may_answer
    receipt = {"spamVerdict": {"status": "FAIL"}, "virusVerdict": {"status": "PASS"}, "x": 1}
    assert Verdicts.of(receipt) == Verdicts(spam=Verdict.FAIL, virus=Verdict.PASS)


def test_a_bounce_names_the_message_that_came_back() -> None:
    raw = (
        b"From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nNo such user\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <" + KEY.encode()
        + b"@mail.amends.example>\r\n\r\nhello\r\n--b--\r\n"
    )  # fmt: skip

    assert decide(parse(raw, HOUSE)) == Bounced(keys=(KEY,))


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "x-unknown", "unicode_escape", "zlib", "\0"])
def test_chinese_is_read_whatever_the_charset_says(charset: str) -> None:
    raw = (
        f"From: a@example.org\r\nContent-Type: text/plain; charset={charset}\r\n"
        "Content-Transfer-Encoding: 8bit\r\nSubject: "
    ).encode() + "包裹丢失\r\n\r\n包裹丢失了".encode("gb18030")  # fmt: skip
    seen = parse(raw, HOUSE)

    assert seen.text == "包裹丢失了"
    assert seen.subject == "包裹丢失"


def test_an_html_mail_is_read_without_its_scripts() -> None:
    mail = written("x")
    mail.set_content(
        "<html><head><title>t</title><style>p{}</style></head><body><p>It is <b>lost</b></p>"
        "<script>alert(1)</script><div>RR123456785CN</div></body></html>", subtype="html"
    )  # fmt: skip

    assert read(mail).text == "It is lost\n\nRR123456785CN"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("包裹RR123456785CN没收到", ("RR123456785CN",)),
        ("RR 123 456 785 CN and 1z999aa10123456784", ("RR123456785CN", "1Z999AA10123456784")),
        ("运单号：SF1234567890123，谢谢", ("SF1234567890123",)),
        ("tracking number please", ()),
        ("call me at 13800138000", ()),
    ],
)
def test_tracking_numbers_are_found_in_running_text(text: str, numbers: tuple[str, ...]) -> None:
    assert tracking_numbers(text) == numbers


def test_every_kind_is_told_by_its_words() -> None:
    for kind, words in KIND_WORDS.items():
        assert any(kind_of(word) == kind for word in words)
    assert kind_of("Hello there") is None


@pytest.mark.requirement("000-4", "002-1")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("My chocolate parcel never arrived.", "lost"),
        ("The plate came, in its box, crushed.", "damaged"),
        ("It is late and was damaged.", "damaged"),
        ("Delayed again, and delays are all I get.", "delayed"),
        ("Please translate this page.", None),
        ("包裹破损了，迟迟没有人处理，外箱压坏。", "damaged"),
    ],
)
def test_the_kind_is_told_by_whole_words(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind
