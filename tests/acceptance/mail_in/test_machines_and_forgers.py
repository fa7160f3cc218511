"""What machines, loops and forgers send opens nothing and breaks nothing."""

import pytest

from amends.service.intake.mail import Received
from tests.support.intake_world import PDF
from tests.support.mail_world import Post
from tests.support.written_mail import written


def test_files_of_a_mail_that_nobody_vouches_for_stay_shut(post: Post) -> None:
    case_id, _ = post.intake.report()

    post.receive(
        written(
            files={"invoice.pdf": PDF},
            To=f"case+{case_id}-true@amends.example",
            Authentication_Results="amazonses.com; spf=fail; dmarc=fail",
        )
    )

    (words,) = post.words(case_id)
    assert (words["is_suspect"], words["not_taken"]) == (True, ["invoice.pdf"])
    assert not post.intake.files.files


def test_a_sender_whose_domain_denies_it_is_never_written_to(post: Post) -> None:
    case_id = post.opened(written(Authentication_Results="amazonses.com; dmarc=fail"))

    contact = post.intake.contacts.get(case_id, "report")
    assert contact is not None
    assert contact["reporter"] == {
        "role": "addressee",
        "language": "en",
        "denied_email": "erika@example.org",
    }


@pytest.mark.parametrize(
    ("headers", "because"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_reply"),
        ({"From": "case@amends.example"}, "loop"),
        ({"X_SES_Virus_Verdict": "FAIL"}, "virus"),
        ({"X_SES_Spam_Verdict": "FAIL"}, "spam"),
        ({"From": ""}, "no_sender"),
    ],
)
def test_machines_loops_and_rubbish_are_let_be(
    post: Post, headers: dict[str, str], because: str
) -> None:
    before = post.everything()

    mail = written(files=None, **headers)

    assert post.receive(mail) == Received(became="ignored", because=because)
    assert post.everything() == before


def test_a_verdict_below_the_services_own_is_the_senders_and_counts_for_nothing(
    post: Post,
) -> None:
    honest = b"X-SES-Virus-Verdict: FAIL\r\n" + written()

    assert post.receive(honest).because == "virus"


def test_a_message_of_ours_that_came_back_is_noted(post: Post) -> None:
    key = "msg_" + "a" * 26
    raw = (
        b"From: mailer-daemon@example.org\r\nReturn-Path: <>\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/rfc822-headers\r\n\r\n"
        + f"Message-ID: <{key}@amends.example>\r\n--b--\r\n".encode()
    )

    assert post.receive(raw).became == "bounced"
    assert post.came_back == [key]


@pytest.mark.parametrize("raw", [b"", b"\0\xff" * 1000, b"From: a@b.c\r\n", b"From: " * 90_000])
def test_a_broken_mail_breaks_nothing(post: Post, raw: bytes) -> None:
    assert post.receive(raw).became in ("ignored", "opened")
