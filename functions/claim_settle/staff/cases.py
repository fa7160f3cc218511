"""Staff over HTTP: the queues of cases, and one case with its whole history."""

from collections.abc import Sequence
from datetime import datetime

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, require, sees
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, timeline_document
from amends.web.jsonable import to_jsonable
from amends.web.paging import limit_of
from amends.web.router import Endpoint
from amends.web.staff import caller
from claim_settle.staff.queues import MOST_SEEN, OWING, place_of, stages_of, walk, wanted
from claim_settle.staff.search import is_search, search
from claim_settle.staff_desk import CASE, Desk, visible


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """`GET /v1/staff/cases` and `GET /v1/staff/cases/{id}`, on this desk."""

    def list_cases(call: Call) -> Answer:
        """`?stage=&kind=&view=&team=&limit=&cursor=`: the earliest due first.

        `?q=`, `?number=`, `?reference=`, `?claimant=` or `?person=` look through the cases of
        every stage instead.
        """
        by, groups = caller(call)
        require(groups, Action.SEE_QUEUE)
        asked = wanted(call, groups, by=by, at=desk.occasion(by, call.cause).at)
        if is_search(call):
            found, following = search(
                desk, call, groups, lambda case: asked.takes(case, _due_at(case))
            )
            return _page(found, following)
        stages = stages_of(call, every=OWING)
        limit, rows, end = limit_of(call), list[Case](), None
        for count, seen in enumerate(walk(desk.cases(), stages, place_of(call))):
            if len(rows) == limit or count == MOST_SEEN:
                end = str(seen.before)
                break
            if sees(groups, seen.case.report.kind) and asked.takes(seen.case, _due_at(seen.case)):
                rows.append(seen.case)
        return _page(rows, end)

    def read_case(call: Call) -> Answer:
        """The case with its whole history."""
        _, groups = caller(call)
        require(groups, Action.SEE_QUEUE)
        case = visible(desk, call.params["case_id"], groups)
        history = timeline_document(desk.cases().history(case.id), call.language, is_staff=True)
        document = {**_row(case), "timeline": history["data"]}
        return Answer.of(document, headers={"etag": etag(case)})

    return (
        Endpoint(method="GET", path="/v1/staff/cases", answer=list_cases),
        Endpoint(method="GET", path=CASE, answer=read_case),
    )


def _page(cases: Sequence[Case], following: str | None) -> Answer:
    data = [_row(case) for case in cases]
    return Answer.of({"data": data, "has_more": following is not None, "next_cursor": following})


def _due_at(case: Case) -> datetime | None:
    """What was due and not done counts, however often somebody was told of it since."""
    return case.overdue_since or case.due_at


def _row(case: Case) -> dict[str, object]:
    found = case.investigation
    return {
        **case_document(case, is_staff=True),
        "channel": case.report.channel,
        "reported_by": case.report.role,
        "assignee": found.assignee,
        "team": found.team,
        "overdue_since": to_jsonable(case.overdue_since),
        "severity": found.severity,
        "route": found.route,
    }
