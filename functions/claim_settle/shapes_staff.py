"""Shapes: the documents of tasks and their links; no handler imports this."""

from datetime import datetime
from typing import Any, TypedDict

from amends.domain.case.question import AnswerType
from amends.domain.case.state.investigation import TaskRole
from amends.web.shapes_evidence import UploadGrant


class SuggestedCategory(TypedDict):
    """A category of prohibited goods that the report hints at, and what it demands."""

    id: str
    text: dict[str, str]
    steps: dict[str, Any]
    authorities: list[str]
    authorities_as_fits: list[str]


class AskedQuestion(TypedDict):
    """One typed question in the reader's language; `needs`: a code and the value that it needs."""

    code: str
    type: AnswerType
    text: str
    is_required: bool
    choices: list[str]
    needs: tuple[str, str] | None


class LinkedTask(TypedDict):
    """A task as whoever holds its link sees it."""

    task_id: str
    role: TaskRole
    node: str | None
    due_at: datetime
    questions: list[AskedQuestion]


class AnsweredTask(TypedDict):
    """A task that was answered."""

    task_id: str
    state: str


class LinkedFile(TypedDict):
    """A file of the answer, and how to send it; null when it is here already."""

    id: str
    upload: UploadGrant | None


class TaskLinkDocument(TypedDict):
    """Where the task is, and the token that opens it: it is told this once."""

    path: str
    token: str
