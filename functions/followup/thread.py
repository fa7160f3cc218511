"""The thread of a case as its readers see it: what people wrote, and what we sent."""

import re
from collections.abc import Mapping
from typing import Any

from amends.domain.case.case import Case
from amends.domain.case.state.talking import CallBack, Said, Voice
from amends.domain.ids import derived
from amends.domain.people.message import Way
from amends.domain.people.posting import Posting, PostingState
from amends.domain.refusal import Refusal
from amends.service.people.outbox import Intent, intents
from amends.service.people.templates import template_of
from amends.service.people.writing import Post, render, written
from amends.web.jsonable import to_jsonable
from amends.web.paging import whole
from followup.counter import Counter

_SHOWN = frozenset({PostingState.SENT, PostingState.WAITING, PostingState.CALL})
_KEYS = re.compile(r"(#token=|#link=|/v1/answers/[a-z]+/)[^\s?\"]+")
"""What opens a case, or a page of it, to whoever holds it; shown to no staff."""
_BY_HAND = frozenset({"reply"})
"""Messages that say what stands in the thread anyway."""


def thread_document(counter: Counter, case: Case, *, with_notes: bool) -> dict[str, Any]:
    """Everything said, oldest first; internal notes for staff alone."""
    post = counter.post()
    said = [one for one in case.talking.said if with_notes or not one.is_internal]
    rows = [_said(one, written(post.directory, case.id, one.id)) for one in said]
    rows = [*_reported(counter, case, {str(row["text"]) for row in rows}), *rows]
    rows += _sent(counter, case, post, with_staffs=with_notes)
    rows.sort(key=lambda row: str(row["at"]))
    return {
        **whole(rows),
        "summary": _summary(case, written(post.directory, case.id, case.talking.summary_id or "")),
        "answer_due_at": to_jsonable(case.promised("reply")),
        "unread": sum(row["channel"] == Way.IN_APP and row["read_at"] is None for row in rows),
        "feedback": feedback_document(counter, case),
        "calls": [call_document(counter, case, one) for one in case.talking.calls]
        if with_notes
        else [],
    }


def feedback_document(counter: Counter, case: Case) -> dict[str, Any] | None:
    """How the claimant says it was, with their words."""
    if case.feedback is None:
        return None
    words = counter.contacts().get(case.id, "feedback") or {}
    return {
        "score": case.feedback.score,
        "resolved": case.feedback.resolved,
        "comment": words.get("comment") or None,
    }


def call_document(counter: Counter, case: Case, call: CallBack) -> dict[str, Any]:
    """A call and what came of it, for staff."""
    kept = counter.contacts().parts(f"{case.id}#{call.id}", *call.parts) if call.parts else {}
    shown = {name: value for name, value in to_jsonable(call).items() if name != "parts"}
    return {**shown, "notes": [str(kept[part]["text"]) for part in call.parts if part in kept]}


def delivery_document(posting: Posting) -> dict[str, Any]:
    """What became of one message, for staff: every attempt, no address."""
    return {
        "id": posting.message.key,
        "code": posting.message.code,
        "recipient": posting.message.recipient,
        "state": posting.state,
        "due_at": to_jsonable(posting.due_at),
        "attempts": to_jsonable(posting.course.attempts),
    }


def _reported(counter: Counter, case: Case, known: set[str]) -> list[dict[str, Any]]:
    """What was reported, in its reporter's own words; a mail with files stands in the thread."""
    told = counter.contacts().get(case.id, "report") or {}
    parts = [told.get("narrative"), told.get("wish")]
    text = "\n\n".join(part for part in parts if isinstance(part, str) and part.strip())
    if not text or text in known:
        return []
    row = Said(
        id=derived("msg", case.id, "report"),
        voice=Voice.CLAIMANT,
        by="",
        channel=case.report.channel,
        at=case.opened_at,
    )
    return [_said(row, {"text": text})]


def _said(said: Said, words: Mapping[str, object] | None) -> dict[str, Any]:
    return {
        "id": said.id,
        "from": said.voice,
        "channel": said.channel,
        "at": to_jsonable(said.at),
        "text": (words or {}).get("text"),
        "evidence": list(said.evidence),
        "is_internal": said.is_internal,
        "code": None,
        "state": None,
        "read_at": None,
    }


def _sent(counter: Counter, case: Case, post: Post, *, with_staffs: bool) -> list[dict[str, Any]]:
    known = {posting.message.key: posting for posting in counter.postings().of_case(case.id)}
    rows = []
    for intent in intents(counter.cases().history(case.id)):
        posting = known.get(intent.message.key)
        mine = with_staffs or intent.message.recipient == "reporter"
        if posting and mine and posting.state in _SHOWN and posting.message.code not in _BY_HAND:
            rows.append(_row(intent, posting, post, with_staffs=with_staffs))
    return rows


def without_keys(text: str) -> str:
    """A message as staff may read it: its links name what they open, and open nothing."""
    return _KEYS.sub(r"\1...", text)


def _row(intent: Intent, posting: Posting, post: Post, *, with_staffs: bool) -> dict[str, Any]:
    audience = template_of(posting.message.code).audience
    try:
        text = render(intent, post.directory.person(intent.case, audience), post).text
    except Refusal:
        text = None  # parked: staff were told; the thread still shows that it was meant
    return {
        "id": posting.message.key,
        "from": "house",
        "channel": posting.way,
        "at": to_jsonable(intent.recorded.at),
        "text": without_keys(text) if with_staffs and text else text,
        "evidence": [],
        "is_internal": False,
        "code": posting.message.code,
        "state": posting.state,
        "read_at": to_jsonable(posting.read_at),
    }


def _summary(case: Case, words: Mapping[str, object] | None) -> dict[str, Any] | None:
    if case.talking.summary_id is None:
        return None
    return {
        "id": case.talking.summary_id,
        "state": case.talking.summary,
        "understood": (words or {}).get("understood"),
        "wishes": (words or {}).get("wishes"),
        "confirm_by": to_jsonable(case.waits.get("summary")),
    }
