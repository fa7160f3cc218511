"""A report by mail opens a case, and asks for what it lacks."""

import pytest

from amends.domain.case.vocabulary import Kind, ReportChannel, Stage
from tests.support.intake_world import JPEG, photo
from tests.support.mail_world import Post
from tests.support.written_mail import REPORT, written


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
