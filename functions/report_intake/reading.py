"""Reading: a case and its history, for its claimant."""

from amends.web.access import claimants_case, etag, merchant
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, timeline_document
from amends.web.paging import cursor_of, limit_of
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

    def list_cases(call: Call) -> Answer:
        owner = merchant(call, "cases")
        found = desk.cases().of_merchant(owner, limit=limit_of(call), cursor=cursor_of(call))
        data = [case_document(desk.cases().load(case_id)) for case_id in found.case_ids]
        more = found.next_cursor is not None
        return Answer.of({"data": data, "has_more": more, "next_cursor": found.next_cursor})

    return (
        Endpoint(method="GET", path="/v1/cases", answer=list_cases),
        Endpoint(method="GET", path="/v1/cases/{case_id}", answer=read_case),
        Endpoint(method="GET", path="/v1/cases/{case_id}/timeline", answer=read_timeline),
    )
