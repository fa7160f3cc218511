"""Whatever is written to us is heard once: a report opens a case, an answer joins its own."""

from collections.abc import Mapping
from typing import Any

import pytest

from amends.domain.case.vocabulary import Kind, ReportChannel, Stage
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.service.intake.mail import Mailroom, Received, receive
from tests.support.intake_world import JPEG, PDF, Intake, photo
from tests.support.written_mail import HOUSE, REPORT, written


class Post:
    """An intake that mail comes to, and the threads of its cases."""

    def __init__(self) -> None:
        self.intake = Intake()
        self.threads: dict[str, dict[str, tuple[Mapping[str, object], tuple[str, ...]]]] = {}
        self.came_back: list[str] = []

    def receive(self, raw: bytes) -> Received:
        intake = self.intake
        occasion = Occasion(at=intake.now, by="report_intake", because="mail")
        room = Mailroom(
            cases=intake.cases,
            contacts=intake.contacts,
            files=intake.files,
            watch=intake.desk.watch,
            token_key=b"a key for tests",
            house=HOUSE,
            case_of=self._case_of,
            post=self._post,
            bounced=lambda key, _: self.came_back.append(key),
        )
        received = receive(raw, room, occasion)
        for key in [key for key in intake.files.files if key.startswith("arriving/")]:
            intake.arrive(key)
        return received

    def opened(self, raw: bytes) -> str:
        received = self.receive(raw)
        assert received.became == "opened", received
        assert received.case_id is not None
        return received.case_id

    def words(self, case_id: str) -> list[Mapping[str, object]]:
        return [words for words, _ in self.threads.get(case_id, {}).values()]

    def everything(self) -> object:
        histories = {case: list(found) for case, found in self.intake.cases._histories.items()}
        return histories, {case: list(thread) for case, thread in self.threads.items()}

    def _case_of(self, token: str) -> str:
        if not token.endswith("-true"):
            raise NotFound("this link opens nothing")
        return token.removesuffix("-true")

    def _post(
        self, case_id: str, message_id: str, words: Mapping[str, object], files: tuple[str, ...]
    ) -> None:
        self.threads.setdefault(case_id, {})[message_id] = (words, files)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.mark.requirement("000-4", "002-1", "004-1")
def test_a_report_by_mail_with_photos_becomes_a_case_with_evidence(post: Post) -> None:
    files = {"outside.jpg": JPEG, "inside.jpg": photo(2), "tool.exe": b"MZ\0\0"}

    case_id = post.opened(written(REPORT, files=files))

    case = post.intake.cases.load(case_id)
    assert (case.report.kind, case.report.channel) == (Kind.LOST, ReportChannel.EMAIL)
    assert case.report.shipment.tracking_number == "RR123456785CN"
    assert case.stage is Stage.TRACING
    assert [(one.content_type, one.state) for one in case.uploads] == [
        ("image/jpeg", "received"),
        ("image/jpeg", "received"),
    ]
    (words,) = post.words(case_id)
    assert words["not_taken"] == ["tool.exe"]
    contact = post.intake.contacts.get(case_id, "report")
    assert contact is not None
    assert isinstance(contact["reporter"], dict)
    assert contact["reporter"]["email"] == "erika@example.org"
    assert "erika" not in repr(post.intake.cases.history(case_id)).lower()


def test_the_same_mail_is_heard_once_however_often_it_is_delivered(post: Post) -> None:
    mail = written(REPORT, files={"a.jpg": JPEG})
    case_id = post.opened(mail)
    before = post.everything()

    again = post.receive(b"Received: from elsewhere\r\n" + mail)

    assert again.case_id == case_id
    assert post.everything() == before


def test_a_mail_that_says_too_little_opens_a_draft_that_asks(post: Post) -> None:
    case_id = post.opened(written("Help me please, I am sad."))

    case = post.intake.cases.load(case_id)
    assert (case.stage, case.status) == (Stage.INTAKE, "needs_information")
    assert case.asked_for == ("shipment.tracking_number", "incident.kind")
    assert post.intake.watched == ["UNKNOWN"]
    assert case.due_at is not None

    answered = post.receive(
        written(
            "It is 1Z999AA10123456784, and the box was crushed.",
            To=f"case+{case_id}-true@amends.example",
            Message_ID="<2@example.org>",
        )
    )

    assert answered.became == "joined"
    case = post.intake.cases.load(case_id)
    assert (case.stage, case.asked_for) == (Stage.TRACING, ())
    assert case.report.shipment.tracking_number == "1Z999AA10123456784"
    assert case.report.kind is Kind.DAMAGED
    assert post.intake.watched[-1] == "1Z999AA10123456784"


def test_an_answer_that_misses_something_is_kept_for_staff_and_still_asked(post: Post) -> None:
    case_id = post.opened(written("Help me please, I am sad."))

    post.receive(written("I do not know the number!", To=f"case+{case_id}-true@amends.example"))

    assert post.intake.cases.load(case_id).asked_for
    assert [words["text"] for words in post.words(case_id)] == ["I do not know the number!"]


def test_a_draft_is_answered_over_the_api_too_but_never_without_its_number(post: Post) -> None:
    from amends.service.intake.reporting import token_of

    case_id = post.opened(written("Help me please, I am sad."))
    token = token_of(case_id, b"a key for tests")
    path = f"/v1/cases/{case_id}/information"

    refused = post.intake.call(
        "POST", path, {"unknown": ["shipment.tracking_number", "incident.kind"]}, token=token
    )
    assert refused.status == 422
    assert refused.body["errors"][0]["field"] == "shipment.tracking_number"
    body = {"shipment": {"tracking_number": "RR123456785CN"}, "incident": {"kind": "delayed"}}
    assert post.intake.call("POST", path, body, token=token).status == 200
    assert post.intake.cases.load(case_id).report.kind is Kind.DELAYED


def test_an_answer_joins_the_case_that_its_address_names(post: Post) -> None:
    case_id, _ = post.intake.report()

    received = post.receive(
        written(
            "Here is the invoice.\n\nOn Mon, 1 Jun 2026 Amends wrote:\n> Please send",
            files={"invoice.pdf": PDF},
            To=f"case+{case_id}-true@amends.example",
            From="li@example.org",
        )
    )

    assert received == Received(became="joined", case_id=case_id)
    ((words, files),) = post.threads[case_id].values()
    assert words["text"] == "Here is the invoice."
    assert [upload.id for upload in post.intake.cases.load(case_id).uploads] == list(files)


def test_a_forged_address_opens_a_case_of_its_own_and_touches_no_other(post: Post) -> None:
    case_id, _ = post.intake.report()

    received = post.receive(written(To=f"case+{case_id}-forged@amends.example"))

    assert received.became == "opened"
    assert received.case_id != case_id
    assert post.intake.types(case_id) == ["CaseOpened"]


def test_a_second_mail_of_the_same_sender_about_the_same_parcel_is_the_same_case(
    post: Post,
) -> None:
    case_id = post.opened(written(Message_ID="<1@example.org>"))

    more = post.receive(written(f"{REPORT} Any news?", Message_ID="<2@example.org>"))

    assert more == Received(became="joined", case_id=case_id)


@pytest.mark.requirement("000-4", "002-1")
def test_somebody_else_who_writes_of_the_same_loss_joins_it_and_is_heard_apart(post: Post) -> None:
    case_id = post.opened(written(Message_ID="<1@example.org>"))
    stranger = written(From="max@example.org", Message_ID="<3@example.org>")

    for _ in range(2):
        received = post.receive(stranger)

    assert (received.became, received.case_id) == ("joined", case_id)
    assert post.words(case_id) == []
    case = post.intake.cases.load(case_id)
    assert case.investigation.joined == len(post.intake.types(case_id)) - 1
    parts = [str(part) for part in post.intake.contacts._parts.values()]
    assert any("max@example.org" in part for part in parts)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": f"{REPORT} This is another incident."},
        {"text": REPORT.replace("lost", "broken").replace("never arrived", "came")},
        {"Authentication_Results": "amazonses.com; spf=fail; dkim=fail; dmarc=fail"},
    ],
    ids=["on purpose", "of another kind", "nobody vouches for it"],
)
def test_a_mail_of_somebody_else_that_is_not_that_incident_is_a_case_of_its_own(
    post: Post, changes: dict[str, Any]
) -> None:
    case_id = post.opened(written(Message_ID="<1@example.org>"))

    other = post.opened(written(From="max@example.org", Message_ID="<3@example.org>", **changes))

    assert other != case_id
    assert post.intake.cases.load(case_id).investigation.joined == 0


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
