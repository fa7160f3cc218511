"""Meaning: what a mail says of an incident, as a report, as answers, and of whom."""

from collections.abc import Mapping

from amends.domain.case.case import Case
from amends.domain.case.report import NO_NUMBER, Report, Shipment
from amends.domain.case.talking.information import KIND, NUMBER, Answers
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.parcel.number import normalise
from amends.domain.people.inbound import InboundMail
from amends.domain.people.mail_report import Draft, draft_of

UNTOLD = Kind.UNTRACEABLE
"""The kind of a report that does not say its kind, until it is answered."""
ASKED = frozenset(
    {
        *(NUMBER, KIND, "incident.narrative"),
        *("evidence.photos", "evidence.attachments_again"),
    }
)
"""What is asked of a mail that does not say enough (`mail_report.draft_of`)."""
ANOTHER = ("another incident", "second incident", "new incident", "另一起", "第二起", "新案件")
_SENDERS = ("i sent", "i shipped", "i mailed", "i posted", "我寄", "我发", "寄出", "发货")


def is_another(mail: InboundMail) -> bool:
    """Whether its writer means another incident than the one that is known, on purpose."""
    said = f"{mail.subject} {mail.text}".lower()
    return any(word in said for word in ANOTHER)


def answers_of(mail: InboundMail, case: Case) -> Answers:
    """What of the questions put to a draft a mail answers: number, kind, story, files."""
    told = draft_of(mail)
    left = {*told.missing}
    if not mail.attachments or not mail.is_whole:
        left |= {"evidence.photos", "evidence.attachments_again"}
    shipment = {}
    if NUMBER not in left:
        shipment["tracking_number"] = normalise(told.tracking_numbers[0])
    return Answers(
        paths=frozenset(ASKED - left),
        shipment=shipment,
        kind=Kind(told.kind) if told.kind and KIND in case.asked_for else None,
    )


def report_of(mail: InboundMail, draft: Draft) -> Report:
    """What a mail reports, as far as it says; what it does not say is asked."""
    numbers = draft.tracking_numbers
    said = f"{mail.subject} {mail.text}".lower()
    return Report(
        kind=Kind(draft.kind) if draft.kind else UNTOLD,
        shipment=Shipment(
            tracking_number=normalise(numbers[0]) if len(numbers) == 1 else NO_NUMBER
        ),
        role=Role.SENDER if any(word in said for word in _SENDERS) else Role.ADDRESSEE,
        language=draft.language,
        channel=ReportChannel.EMAIL,
    )


def contact_of(mail: InboundMail, draft: Draft, role: Role) -> Mapping[str, object]:
    """Who wrote; a sender that its own domain denies is noted, and never written to."""
    reached = {"email": mail.sender} if draft.may_answer else {"denied_email": mail.sender}
    return {
        "narrative": draft.narrative,
        "subject": mail.subject,
        "details": {},
        "reporter": {"role": role, "language": draft.language, **reached},
    }
