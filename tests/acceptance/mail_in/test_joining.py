"""A mail about a case that is there joins it, and no other."""

from dataclasses import replace
from typing import Any

import pytest

from amends.domain.case.events import InquirySent
from amends.domain.occasion import Occasion
from amends.service.amend import amend
from amends.service.intake.mail import Received
from tests.support.event_samples import sample
from tests.support.intake_world import PDF
from tests.support.mail_world import Post
from tests.support.written_mail import REPORT, written


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


@pytest.mark.requirement("001-6")
def test_what_a_carrier_answers_to_an_inquiry_is_no_word_of_the_claimants(post: Post) -> None:
    case_id, _ = post.intake.report()
    to = f"case+{case_id}-true@amends.example"
    answer: dict[str, Any] = {"To": to, "From": "desk@post.example"}
    unasked = post.receive(written("We have it.", Message_ID="<1@post.example>", **answer))
    assert unasked.because is None
    inquiry = replace(sample(InquirySent), to="china_post")
    occasion = Occasion(at=post.intake.now, by="test", because="test")
    amend(post.intake.cases, case_id, occasion, lambda _: [inquiry])

    received = post.receive(
        written("It left us.", Message_ID="<2@post.example>", files={"scan.pdf": PDF}, **answer)
    )
    stranger: dict[str, Any] = {
        "To": to,
        "From": "other@post.example",
        "Message_ID": "<3@post.example>",
    }
    post.receive(written("I want my money.", **stranger))

    assert received == Received(became="joined", case_id=case_id, because="a carrier answers")
    ((_, _, words, files, inquiry_id),) = post.heard
    assert (words["text"], inquiry_id) == ("It left us.", inquiry.inquiry_id)
    assert len(files) == 1
    assert [one["text"] for one in post.words(case_id)] == ["We have it.", "I want my money."]


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
