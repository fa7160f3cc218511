"""Writing: what a claimant changes on their own case."""

from amends import runtime
from amends.domain.case import intake
from amends.service.amend import amend
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document


def withdraw(call: Call, case_id: str) -> Answer:
    """Take the report back."""
    from amends.web.bodies import read
    from report_intake.models import WithdrawBody

    body = read(WithdrawBody, call.json())
    occasion = runtime.occasion(by="claimant", because=call.request_id)
    case = amend(runtime.cases(), case_id, occasion, lambda now: intake.withdraw(now, body.reason))
    return Answer.of(case_document(case), headers={"etag": etag(case)})
