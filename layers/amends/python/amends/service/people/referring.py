"""Referring: what the queue carries of a message, no words and no person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.domain.people.delivery import Course
from amends.domain.people.message import Message
from amends.domain.people.posting import Posting
from amends.service.people.templates import template_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A message to send; `planned` is how it was planned, where the queue tells that.

    If somebody has dealt with it since it came into the queue, it is looked up.
    """

    case_id: str
    key: str
    planned: Posting | None = None


def reference(posting: Posting) -> dict[str, object]:
    """Case and key; of one that was just planned also how, so that nobody looks that up again."""
    message = posting.message
    known: dict[str, object] = {"case_id": message.case_id, "key": message.key}
    if posting.version or posting.reader:
        return known
    planned = {
        "code": message.code,
        "occasion": message.occasion,
        "recipient": message.recipient,
        "language": message.language,
        "for": posting.course.planned_for.isoformat(),
    }
    return {**known, "planned": planned}


def wanted_by(document: Mapping[str, Any]) -> Wanted:
    """The message that a document of the queue asks for."""
    return Wanted(case_id=document["case_id"], key=document["key"], planned=_planned_by(document))


def _planned_by(document: Mapping[str, Any]) -> Posting | None:
    """The posting as it was planned; whoever has dealt with it since is found by its version."""
    told = document.get("planned")
    if told is None:
        return None
    message = Message(
        case_id=document["case_id"],
        code=told["code"],
        occasion=told["occasion"],
        recipient=told["recipient"],
        language=told["language"],
    )
    template, at = template_of(message.code), datetime.fromisoformat(told["for"])
    course = Course(
        code=message.code,
        planned_for=at,
        is_prompt=template.is_prompt,
        is_dispensable=template.is_dispensable,
    )
    return Posting(message=message, course=course, due_at=at)
