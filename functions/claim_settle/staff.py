"""Staff over HTTP: the queues of cases, and one case with its whole history."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, require, sees
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.refusal import FieldError, Invalid
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, timeline_document
from amends.web.router import Endpoint
from claim_settle.staff_desk import CASE, Desk, caller, visible
from claim_settle.staff_search import is_search, search

VIEWS = ("all", "mine", "overdue")
PAGES = 20
"""How far a page looks for cases that fit before it answers with fewer and a cursor."""


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """`GET /v1/staff/cases` and `GET /v1/staff/cases/{id}`, on this desk."""

    def list_cases(call: Call) -> Answer:
        """`?stage=&kind=&view=mine|overdue&team=&limit=&cursor=`: the earliest due first.

        `?number=` or `?claimant=` look through the cases of every stage instead.
        """
        by, groups = caller(call)
        require(groups, Action.SEE_QUEUE)
        _check(call)
        at = desk.occasion(by, call.cause).at
        if is_search(call):
            fits = partial(is_wanted, call, by=by, at=at)
            found, following = search(desk, call, groups, fits)
            return _page(found, following)
        stage, limit = _stage(call), _limit(call)
        rows: list[Case] = []
        cursor = call.query.get("cursor") or None
        for _ in range(PAGES):
            page = desk.cases().queue(stage=stage, limit=limit - len(rows), cursor=cursor)
            cases = [desk.cases().load(case_id) for case_id in page.case_ids]
            rows += [
                case
                for case in cases
                if sees(groups, case.report.kind) and is_wanted(call, case, by=by, at=at)
            ]
            cursor = page.next_cursor
            if cursor is None or len(rows) == limit:
                break
        return _page(rows, cursor)

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


def is_wanted(call: Call, case: Case, *, by: str, at: datetime) -> bool:
    """Whether a case fits the queue that was asked for."""
    query, found = call.query, case.investigation
    view = query.get("view", "all")
    mine = view != "mine" or found.assignee in (by, by.removeprefix("staff:"))
    overdue = view != "overdue" or (case.due_at is not None and case.due_at < at)
    team = query.get("team") is None or found.team == query["team"]
    kind = query.get("kind") is None or case.report.kind == query["kind"]
    return mine and overdue and team and kind


def _page(cases: Sequence[Case], following: str | None) -> Answer:
    data = [_row(case) for case in cases]
    return Answer.of({"data": data, "has_more": following is not None, "next_cursor": following})


def _row(case: Case) -> dict[str, object]:
    found = case.investigation
    return {
        **case_document(case),
        "assignee": found.assignee,
        "team": found.team,
        "severity": found.severity,
        "route": found.route,
    }


def _stage(call: Call) -> Stage:
    stage = call.query.get("stage", Stage.TRACING)
    if stage not in set(Stage):
        raise Invalid("there is no such stage", errors=[_wrong("stage")])
    return Stage(stage)


def _limit(call: Call) -> int:
    limit = call.query.get("limit", "25")
    if not limit.isdecimal() or not 1 <= int(limit) <= 100:
        raise Invalid("a page has 1 to 100 cases", errors=[_wrong("limit")])
    return int(limit)


def _check(call: Call) -> None:
    if call.query.get("kind") not in (None, *Kind):
        raise Invalid("there is no such kind", errors=[_wrong("kind")])
    if call.query.get("view", "all") not in VIEWS:
        raise Invalid("a view is mine, overdue or all", errors=[_wrong("view")])


def _wrong(field: str) -> FieldError:
    return FieldError(field=field, code="invalid", message="this value is not accepted")
