"""HTTP -> follow-up: how it was."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.domain.case import aftercare
from amends.service.amend import amend
from amends.web.access import check_version, claimants_case, etag, speaker
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document
from amends.web.idempotent import once
from amends.web.proving import prove
from amends.web.router import Endpoint, Router

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def feedback(call: Call) -> Answer:
    """`POST /v1/cases/{id}/feedback`."""
    case = claimants_case(call, runtime.cases())
    check_version(call, case)
    return once(
        call,
        caller=case.id,
        store=runtime.idempotency(),
        at=runtime.now(),
        act=lambda _: _given(call, case.id),
    )


def _given(call: Call, case_id: str) -> Answer:
    from amends.web.bodies import read
    from followup.models import FeedbackBody

    body = read(FeedbackBody, call.json())
    if body.comment is not None:
        runtime.contacts().put(case_id, "feedback", {"comment": body.comment})
    case = amend(
        runtime.cases(),
        case_id,
        runtime.occasion(by=speaker(call), because=call.request_id),
        lambda now: aftercare.give_feedback(
            now,
            score=body.score,
            resolved=body.resolved,
            commented=body.comment is not None,
        ),
    )
    return Answer.of(case_document(case), headers={"etag": etag(case)})


router = Router(
    Endpoint(method="POST", path="/v1/cases/{case_id}/feedback", answer=feedback),
    prove=prove,
)


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, Any]:
    """Answer one request."""
    return router(event)
