"""Staff over HTTP: a call to make - whom, why, what to tell -, and what came of it."""

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action
from amends.domain.case.state.talking import CallBack
from amends.domain.case.talking import conversing
from amends.domain.ids import derived
from amends.domain.people.phrases import nearest
from amends.domain.people.survey import Answer as Opinion
from amends.domain.refusal import NotFound, Refusal
from amends.service.people.hearing import hear
from amends.service.people.informing import list_work
from amends.service.people.outbox import intent_of
from amends.service.people.templates import template_of
from amends.service.people.wordings import CALL_ABOUT, call_points
from amends.service.people.writing import render
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.router import Endpoint
from amends.web.staff import staff, staffs_case
from followup.counter import Counter
from followup.thread import call_document, feedback_document, without_keys

PATH = "/v1/staff/work/calls/{call_id}"


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """A call that is owed, and its result."""

    def to_make(call: Call) -> Answer:
        _, groups = staff(call, Action.REPLY)
        case_id = call.query.get("case_id")
        if not case_id:
            raise NotFound("there is no such call")
        case = staffs_case(counter.cases(), case_id, groups)
        owed = case.talking.call(call.params["call_id"])
        if owed is None or owed.is_over:
            raise NotFound("there is no such call")
        return Answer.of(_to_make(counter, case, owed, nearest(call.language)))

    def called(call: Call) -> Answer:
        by, groups = staff(call, Action.REPLY)
        return counter.once(call, by, lambda origin: _called(counter, call, by, groups, origin))

    return (
        Endpoint(method="GET", path=PATH, answer=to_make),
        Endpoint(method="POST", path=PATH, answer=called),
    )


def _to_make(counter: Counter, case: Case, owed: CallBack, language: str) -> dict[str, object]:
    directory = counter.post().directory
    name, phone = directory.telephone(case)
    return {
        **call_document(counter, case, owed),
        "case_id": case.id,
        "name": name,
        "phone": phone,
        "language": case.report.language,
        "zone": directory.preferences(case).zone.key,
        "reason": CALL_ABOUT.get(owed.because, CALL_ABOUT["no_way_left"])[language],
        "points": call_points(owed.because, language),
        "message": _undelivered(counter, case, owed),
        "feedback": feedback_document(counter, case),
    }


def _undelivered(counter: Counter, case: Case, owed: CallBack) -> dict[str, str] | None:
    """The message that this call stands for, as its reader would have had it."""
    keys = ((one, derived("call", case.id, owed.because, one.message.key))
            for one in counter.postings().of_case(case.id))  # fmt: skip
    posting = next((one for one, call_id in keys if call_id == owed.id), None)
    intent = intent_of(counter.cases().history(case.id), posting.message) if posting else None
    if posting is None or intent is None:
        return None
    post = counter.post()
    person = post.directory.person(intent.case, template_of(posting.message.code).audience)
    try:
        told = render(intent, person, post)
    except Refusal:
        return None  # it could not be written: that is why somebody calls
    return {"code": posting.message.code, "subject": told.subject, "text": without_keys(told.text)}


def _called(counter: Counter, call: Call, by: str, groups: tuple[str, ...], origin: str) -> Answer:
    from amends.web.bodies import read
    from followup.models import CallResultBody

    body = read(CallResultBody, call.json())
    case = staffs_case(counter.cases(), body.case_id, groups)
    occasion = counter.occasion(by, call.cause)
    wishes = counter.post().directory.preferences(case)
    call_id = call.params["call_id"]
    part = f"note#{derived('prt', origin)}"
    told = body.feedback
    opinion = None
    if told is not None:
        opinion = Opinion(score=told.score, resolved=told.resolved, comment=told.comment or "")
    if body.note is not None:
        counter.contacts().put(f"{case.id}#{call_id}", part, {"text": body.note})
    after = hear(
        counter.cases(),
        counter.contacts(),
        case,
        opinion,
        wishes,
        occasion,
        first=lambda now: conversing.record_call(
            now,
            call_id,
            reached=body.reached,
            commented=body.note is not None,
            preferences=wishes,
            occasion=occasion,
            part=part,
        ),
    )
    list_work(after, counter.worklist())
    made = after.talking.call(call_id)
    if made is None:
        raise NotFound("there is no such call")
    return Answer.of(call_document(counter, after, made), headers={"etag": etag(after)})
