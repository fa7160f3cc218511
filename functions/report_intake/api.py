"""HTTP -> intake: reports, the case and its history, information, evidence, withdrawal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.web.access import check_version, claimants_case, etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, timeline_document
from amends.web.idempotent import once
from amends.web.router import Endpoint, Router
from report_intake import reporting, writing

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def read_case(call: Call) -> Answer:
    """`GET /v1/cases/{id}`."""
    case = claimants_case(call, runtime.cases())
    return Answer.of(case_document(case), headers={"etag": etag(case)})


def read_timeline(call: Call) -> Answer:
    """`GET /v1/cases/{id}/timeline`."""
    case = claimants_case(call, runtime.cases())
    return Answer.of(timeline_document(runtime.cases().history(case.id), call.language))


def withdraw(call: Call) -> Answer:
    """`POST /v1/cases/{id}/withdraw`."""
    case = claimants_case(call, runtime.cases())
    check_version(call, case)
    return once(
        call,
        caller=case.id,
        store=runtime.idempotency(),
        at=runtime.now(),
        act=lambda _: writing.withdraw(call, case.id),
    )


router = Router(
    Endpoint(method="POST", path="/v1/cases", answer=reporting.report),
    Endpoint(method="GET", path="/v1/cases/{case_id}", answer=read_case),
    Endpoint(method="GET", path="/v1/cases/{case_id}/timeline", answer=read_timeline),
    Endpoint(method="POST", path="/v1/cases/{case_id}/withdraw", answer=withdraw),
)


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, Any]:
    """Answer one request."""
    return router(event)
