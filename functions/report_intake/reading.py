"""Reading: a case and its history, for its claimant."""

from amends.web.access import claimants_case, etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, timeline_document
from amends.web.router import Endpoint
from report_intake.desk import Desk


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """What a claimant may read, on this desk."""

    def read_case(call: Call) -> Answer:
        case = claimants_case(call, desk.cases())
        return Answer.of(case_document(case), headers={"etag": etag(case)})

    def read_timeline(call: Call) -> Answer:
        case = claimants_case(call, desk.cases())
        return Answer.of(timeline_document(desk.cases().history(case.id), call.language))

    return (
        Endpoint(method="GET", path="/v1/cases/{case_id}", answer=read_case),
        Endpoint(method="GET", path="/v1/cases/{case_id}/timeline", answer=read_timeline),
    )
