"""Taking a report: staff write down what is told by phone, at the counter or in a letter."""

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, sees
from amends.domain.case.vocabulary import ReportChannel
from amends.domain.refusal import FieldError, Invalid
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document
from amends.web.idempotent import once
from amends.web.router import Endpoint
from amends.web.staff import staff
from report_intake.desk import Desk
from report_intake.reporting import JOINED, joined_or_opened

BY_HAND = frozenset(
    {ReportChannel.PHONE, ReportChannel.COUNTER, ReportChannel.LETTER, ReportChannel.EMAIL}
)


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """`POST /v1/staff/reports`, on this desk; what tells of a known incident joins its case.

    A number that nobody knows yet is `unknown`: the case is a draft that asks its reporter. The
    token is not shown to staff; the reporter gets it with the acknowledgement.
    """

    def take(call: Call) -> Answer:
        by, groups = staff(call, Action.TAKE_REPORT)
        occasion = desk.occasion(by, call.cause)

        def act(origin: str) -> Answer:
            from amends.web.bodies import read
            from report_intake.models import ReportBody

            body = read(ReportBody, call.json())
            if body.channel not in BY_HAND:
                raise Invalid("some fields cannot be accepted", errors=[_wrong_channel()])
            reported = joined_or_opened(desk, body, origin, occasion, needs_day=False)
            if isinstance(reported, Case):
                return Answer.of(_joined(reported, groups, call.language), status=202)
            case = reported.case
            return Answer.of(
                case_document(case),
                status=201,
                headers={"location": f"/v1/staff/cases/{case.id}", "etag": etag(case)},
            )

        return once(call, caller=by, store=desk.idempotency(), at=occasion.at, act=act)

    return (Endpoint(method="POST", path="/v1/staff/reports", answer=take),)


def _joined(case: Case, groups: tuple[str, ...], language: str) -> dict[str, object]:
    """Which case it joined, for who may see it."""
    told = {"joined": True, "message": JOINED[language]}
    return {**told, "case_id": case.id if sees(groups, case.report.kind) else None}


def _wrong_channel() -> FieldError:
    known = ", ".join(sorted(BY_HAND))
    return FieldError(field="channel", code="enum", message=f"staff take reports by {known}")
