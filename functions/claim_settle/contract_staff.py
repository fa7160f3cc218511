"""Contract of the staff's investigation and of the links to one task."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.events import Concluded, LiabilityFound
from amends.domain.case.investigation.sign_off import SignOff
from amends.domain.case.permissions import ROLES, Action
from amends.domain.case.state.goods import Goods
from amends.domain.case.state.investigation import Investigation, Task, TaskRole
from amends.domain.case.state.liability import ActionKind, Answering, Cause
from amends.domain.case.state.recovery import Recovering
from amends.domain.case.vocabulary import Kind, Outcome, Stage, Status
from amends.web.contract import (
    CURSOR,
    LIMIT,
    Altered,
    Caller,
    Choice,
    Key,
    Many,
    Operation,
    Operations,
    Parameter,
    Rows,
)
from claim_settle.shapes_staff import (
    AnsweredTask,
    LinkedFile,
    LinkedTask,
    SuggestedCategory,
    TaskLinkDocument,
)
from claim_settle.staff.forms import form_of
from claim_settle.staff.investigation import COMMANDS
from claim_settle.staff.links import LINKED
from claim_settle.staff.queues import View
from claim_settle.staff.sentences import sentence_of
from claim_settle.staff_desk import CASE, Command

NAMES_OR_COUNT = Choice(among=(list[str], int))
"""Names for who may read what they name, a count for everybody else."""
OPTIONAL_TEXT = str | None
TASK_FIELDS = {"assignee": OPTIONAL_TEXT, "team": OPTIONAL_TEXT, "has_link": bool}
TASK = Altered(name="TaskDocument", source=Task, without=("link",), fields=TASK_FIELDS)
LISTED_TASK = Altered(
    name="ListedTask",
    source=Task,
    without=("link",),
    fields={**TASK_FIELDS, "case_id": str, "kind": Kind},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigated:
    """A case as staff see its investigation."""


INVESTIGATION = Altered(
    name="InvestigationDocument",
    source=Investigated,
    fields={
        "version": int,
        "stage": Stage,
        "status": Status,
        "liability": tuple[LiabilityFound, ...],
        "recovering": Recovering,
        "goods": Goods,
        "sign_off": SignOff | None,
        "suggested_cause": Cause | None,
        "suggested_actions": list[ActionKind],
        "suggested_categories": list[SuggestedCategory],
        "case_id": str,
        "kind": Kind,
        "due_at": datetime | None,
        "clocks": dict[str, datetime],
        "outcome": Outcome | None,
        "conclusion": Concluded | None,
        "investigation": Altered(
            name="InvestigationState",
            source=Investigation,
            fields={"tasks": Many(of=TASK), "statements": NAMES_OR_COUNT},
        ),
        "answering": Altered(
            name="AnsweringState", source=Answering, fields={"referrals": NAMES_OR_COUNT}
        ),
    },
)


TEXT = {"type": "string", "minLength": 1, "maxLength": 2000}
LINKED_FILE = {
    "kind": TEXT,
    "content_type": TEXT,
    "size": {"type": "integer", "minimum": 0, "maximum": 10**9},
    "sha256": TEXT,
    "file_name": TEXT,
}
LinkedFileBody = {
    "type": "object",
    "properties": LINKED_FILE,
    "required": list(LINKED_FILE),
    "additionalProperties": False,
}
VIEW = Parameter(
    schema={"type": "string", "enum": [str(view) for view in View]},
    says="Whose: `mine`, my team's (the sign-in's groups `team-NAME`), or what is overdue.",
)
ANSWERS = {"type": "object", "description": "Answers by the questions' codes."}
EVIDENCE = {"type": "array", "maxItems": 200, "items": {"type": "string", "maxLength": 300}}


def _answer_body(**more: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {**more, "answers": ANSWERS, "evidence": EVIDENCE},
        "required": list(more),
        "additionalProperties": False,
    }


def may(action: Action) -> str:
    """Which action an endpoint needs, and whose it is."""
    groups = ", ".join(sorted(group for group, actions in ROLES.items() if action in actions))
    return f"Needs `{action}`: {groups}."


def operation_of(command: Command, told: object) -> Operation:
    """A staff command as an operation that answers with what it changed."""
    return Operation(
        says=sentence_of(command.path),
        more=may(command.action),
        caller=Caller.STAFF,
        body=form_of(command.prepare),
        answers={200: told},
        key=Key.REQUIRED if command.needs_key else Key.HONOURED,
        if_match=True,
        etag=True,
    )


def _text(says: str) -> Parameter:
    return Parameter(schema={"type": "string", "minLength": 1, "maxLength": 100}, says=says)


STAFF: Operations = {
    **{("POST", command.path): operation_of(command, INVESTIGATION) for command in COMMANDS},
    ("GET", f"{CASE}/investigation"): Operation(
        says="Read the investigation.",
        more=may(Action.SEE_TASKS),
        caller=Caller.STAFF,
        answers={200: INVESTIGATION},
        etag=True,
    ),
    ("GET", "/v1/staff/tasks"): Operation(
        says="List the open tasks, the earliest due first.",
        more=may(Action.SEE_TASKS),
        caller=Caller.STAFF,
        answers={200: Rows(of=LISTED_TASK)},
        query={
            "view": VIEW,
            "stage": Parameter(
                schema={"type": "string", "enum": [str(one) for one in Stage]},
                says="Of cases in which stage.",
            ),
            "kind": Parameter(
                schema={"type": "string", "enum": [str(one) for one in Kind]},
                says="Of which kind of incident.",
            ),
            "role": Parameter(
                schema={"type": "string", "enum": [str(one) for one in TaskRole]}, says="Of whom."
            ),
            "team": _text("Of which team."),
            "limit": LIMIT,
            "cursor": CURSOR,
        },
    ),
    ("POST", "/v1/staff/tasks/{task_id}/answer"): Operation(
        says="Answer a task.",
        more=may(Action.ANSWER_TASK),
        caller=Caller.STAFF,
        body=_answer_body(case_id={"type": "string", "minLength": 1, "maxLength": 2000}),
        answers={200: INVESTIGATION},
        key=Key.HONOURED,
        etag=True,
        refuses=(409,),
    ),
    ("POST", f"{CASE}/tasks/{{task_id}}/link"): Operation(
        says="Make a link with which an outside party answers one task.",
        more=may(Action.ISSUE_LINK),
        caller=Caller.STAFF,
        answers={201: TaskLinkDocument},
    ),
    ("GET", LINKED): Operation(
        says="Open one task by its link.",
        caller=Caller.TASK_LINK,
        answers={200: LinkedTask},
        speaks=True,
        refuses=(409,),
    ),
    ("POST", f"{LINKED}/answer"): Operation(
        says="Answer one task by its link.",
        caller=Caller.TASK_LINK,
        body=_answer_body(),
        answers={200: AnsweredTask},
    ),
    **{
        ("GET", f"{CASE}/{part}s/{{part}}"): Operation(
            says=f"Read a {part} that is kept apart.",
            more=may(action),
            caller=Caller.STAFF,
            answers={200: {"type": "object"}},
        )
        for part, action in (
            ("statement", Action.READ_STATEMENT),
            ("referral", Action.READ_REFERRAL),
        )
    },
    ("POST", f"{LINKED}/evidence"): Operation(
        says="Announce a file that belongs to the answer, and get the form to send it with.",
        caller=Caller.TASK_LINK,
        body=LinkedFileBody,
        answers={201: LinkedFile},
    ),
    ("GET", f"{CASE}/parties"): Operation(
        says="Read who reported, sent and should have received, masked, and what others told "
        "whose report joined the case.",
        more=may(Action.SEE_PARTIES),
        caller=Caller.STAFF,
        answers={200: {"type": "object"}},
    ),
    ("GET", f"{CASE}/recovery/recipient"): Operation(
        says="Read who holds the parcel by mistake, masked unless asked in full.",
        more=may(Action.RECOVER),
        caller=Caller.STAFF,
        answers={200: {"type": "object"}},
        query={
            "full": Parameter(
                schema={"type": "string", "enum": ["true", "false"]}, says="Unmasked."
            )
        },
    ),
}
