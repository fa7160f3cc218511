"""Staff over HTTP: the queues of cases, and one case with its whole history."""

from amends import runtime
from amends.domain.case.vocabulary import Stage
from amends.domain.refusal import FieldError, Invalid
from amends.web.access import etag, staff
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, timeline_document

EVERYBODY = ("agent", "investigator", "adjuster", "finance", "supervisor")


def list_cases(call: Call) -> Answer:
    """`GET /v1/staff/cases?stage=&limit=&cursor=`: the earliest due first."""
    staff(call, *EVERYBODY)
    stage = call.query.get("stage", Stage.TRACING)
    if stage not in set(Stage):
        raise Invalid("there is no such stage", errors=[_wrong("stage")])
    limit = call.query.get("limit", "25")
    if not limit.isdecimal() or not 1 <= int(limit) <= 100:
        raise Invalid("a page has 1 to 100 cases", errors=[_wrong("limit")])
    page = runtime.cases().queue(
        stage=stage, limit=int(limit), cursor=call.query.get("cursor") or None
    )
    data = [case_document(runtime.cases().load(case_id)) for case_id in page.case_ids]
    more = page.next_cursor is not None
    return Answer.of({"data": data, "has_more": more, "next_cursor": page.next_cursor})


def read_case(call: Call) -> Answer:
    """`GET /v1/staff/cases/{id}`, with its whole history."""
    staff(call, *EVERYBODY)
    case = runtime.cases().load(call.params["case_id"])
    history = timeline_document(runtime.cases().history(case.id), call.language, is_staff=True)
    document = {**case_document(case), "timeline": history["data"]}
    return Answer.of(document, headers={"etag": etag(case)})


def _wrong(field: str) -> FieldError:
    return FieldError(field=field, code="invalid", message="this value is not accepted")
