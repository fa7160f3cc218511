"""Models: what requests about corrective actions may say."""

from datetime import date
from typing import Annotated

from pydantic import Field

from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.insight.action import Course
from amends.web.bodies import Body, Long, Short

CaseId = Annotated[str, Field(pattern=r"^case_[0-9a-z]{1,26}$")]


class ActionBody(Body):
    """`POST /v1/staff/actions`: a training also names `course` and `topic`."""

    kind: ActionKind
    because: Long
    owner: Short
    due_on: date
    node: Short | None = None
    leg: Short | None = None
    cause: Cause | None = None
    course: Course | None = None
    topic: Short | None = None
    theme: Short | None = None
    case_id: CaseId | None = None


class OwnerBody(Body):
    """`POST /v1/staff/actions/{id}/owner`."""

    owner: Short
    due_on: date


class SaidBody(Body):
    """`POST /v1/staff/actions/{id}/done`, `/verify`, `/drop`."""

    said: Long
