"""Contract of figures, corrective actions and lessons, read by `tools.openapi` alone."""

from typing import TypedDict

from amends.domain.case.state.liability import ActionKind
from amends.domain.insight.action import ActionState, PlannedAction
from amends.domain.insight.lesson import Lesson
from amends.domain.insight.scorecard import Criterion, Scorecard
from amends.domain.insight.tally import Dimension
from amends.service.insight.figures import Report
from amends.web.contract import (
    CURSOR,
    LIMIT,
    Altered,
    Caller,
    Key,
    Operation,
    Operations,
    Parameter,
    Rows,
)
from followup import models_learning as m


class ScorecardsDocument(TypedDict):
    """Every carrier's card, and what each criterion weighs."""

    data: list[Scorecard]
    has_more: bool
    next_cursor: str | None
    criteria: list[Criterion]


TEXT = {"type": "string", "minLength": 1, "maxLength": 100}
ACTION = Altered(
    name="PlannedAction",
    source=PlannedAction,
    fields={"is_overdue": {"type": "boolean"}},
    without=("version",),
)
SPAN = {
    "months": Parameter(
        schema={"type": "integer", "minimum": 1, "maximum": 24}, says="How many months."
    ),
    "until": Parameter(
        schema={"type": "string", "pattern": "^20[0-9][0-9]-(0[1-9]|1[0-2])$"},
        says="The last month; this one unless it is named.",
    ),
}
BY = {
    "by": Parameter(
        schema={"type": "string", "enum": list(Dimension)}, says="What figures are grouped by."
    ),
    "value": Parameter(schema=TEXT, says="One value of it alone."),
}
LANE = {
    "lane": Parameter(
        schema={"type": "string", "pattern": r"^([A-Z]{2}|\?\?)-([A-Z]{2}|\?\?)$"},
        says="Only what was sent from here to there, such as CN-DE.",
    )
}
ACTIONS, ONE = "/v1/staff/actions", "/v1/staff/actions/{action_id}"


def _said(says: str, body: type) -> Operation:
    return Operation(
        says=says,
        caller=Caller.STAFF,
        body=body,
        answers={200: ACTION},
        key=Key.HONOURED,
        refuses=(404, 409),
    )


def _table(says: str, **query: Parameter) -> Operation:
    return Operation(
        says=says,
        caller=Caller.STAFF,
        answers={200: {"type": "string"}},
        query=query,
        media="text/csv",
    )


LEARNING: Operations = {
    ("GET", "/v1/analytics"): Operation(
        says="Read the merchant's own figures: what was lost, paid, claimed back; opinions.",
        caller=Caller.MERCHANT_CASES,
        answers={200: Report},
        query=SPAN,
    ),
    ("GET", "/v1/staff/analytics"): Operation(
        says="Read key figures: safety, accuracy, efficiency, money and opinions.",
        caller=Caller.STAFF,
        answers={200: Report},
        query={**BY, **SPAN},
        more="Every share carries how many it rests on and its 95 % interval; `is_thin` warns.",
    ),
    ("GET", "/v1/staff/analytics/export"): _table("Read the same as CSV.", **BY, **SPAN),
    ("GET", "/v1/staff/carriers/scorecards"): Operation(
        says="Compare carriers by record: loss, promise, tracking, answers, opinions.",
        caller=Caller.STAFF,
        answers={200: ScorecardsDocument},
        query={**LANE, **SPAN},
        more="Each criterion counts by the cautious end of its interval; a thin record is last.",
    ),
    ("GET", "/v1/staff/carriers/scorecards/export"): _table(
        "Read the same as CSV.", **LANE, **SPAN
    ),
    ("GET", ACTIONS): Operation(
        says="List corrective actions, the earliest due first.",
        caller=Caller.STAFF,
        answers={200: Rows(of=ACTION)},
        query={
            "state": Parameter(
                schema={"type": "string", "enum": list(ActionState)}, says="How far it has come."
            ),
            "kind": Parameter(
                schema={"type": "string", "enum": list(ActionKind)}, says="What is changed."
            ),
            "node": Parameter(schema=TEXT, says="Where."),
            "owner": Parameter(schema=TEXT, says="Whose."),
            "view": Parameter(schema={"type": "string", "enum": ["all", "overdue"]}, says="Which."),
            "limit": LIMIT,
            "cursor": CURSOR,
        },
    ),
    ("POST", ACTIONS): Operation(
        says="Raise a corrective action and give it to somebody.",
        caller=Caller.STAFF,
        body=m.ActionBody,
        answers={201: ACTION},
        key=Key.HONOURED,
        location=True,
        refuses=(404, 409),
    ),
    ("GET", ONE): Operation(
        says="Read a corrective action, with its effect as far as it can be seen now.",
        caller=Caller.STAFF,
        answers={200: ACTION},
    ),
    ("POST", f"{ONE}/owner"): _said("Give it to somebody until a date.", m.OwnerBody),
    ("POST", f"{ONE}/done"): _said("Say that it was done, and how.", m.SaidBody),
    ("POST", f"{ONE}/verify"): _said(
        "Say that somebody else has seen it; its effect is measured.", m.SaidBody
    ),
    ("POST", f"{ONE}/drop"): _said("Say why it will not be done.", m.SaidBody),
    ("GET", "/v1/staff/cases/{case_id}/lesson"): Operation(
        says="Review every link of a case's way, and read which was weak and what helps.",
        caller=Caller.STAFF,
        answers={200: Lesson},
        refuses=(404,),
    ),
}
