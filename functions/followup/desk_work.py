"""Staff over HTTP: what is owed - answers, calls, letters -, scripts, and opinions."""

from amends.domain.case.permissions import Action, sees
from amends.domain.case.talking.work import WorkKind
from amends.domain.case.vocabulary import Kind
from amends.domain.people.phrases import KINDS, nearest
from amends.domain.people.script import CHANNELS
from amends.domain.people.survey import THEMES
from amends.domain.refusal import FieldError, Invalid, NotFound
from amends.service.people.informing import printed
from amends.service.people.opinions import summed_up
from amends.service.people.outbox import intent_of
from amends.service.people.scripting import script_for
from amends.service.people.templates import template_of
from amends.service.people.writing import render
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.jsonable import to_jsonable
from amends.web.paging import whole
from amends.web.router import Endpoint
from amends.web.staff import staff, staffs_case
from followup.counter import Counter
from followup.thread import delivery_document

PAGE = 100


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """What staff owe, and what they record of it."""

    def work(call: Call) -> Answer:
        _, groups = staff(call, Action.SEE_QUEUE)
        kind = call.query.get("kind", WorkKind.REPLY)
        if kind == "letter":
            found = counter.postings().to_print(limit=PAGE)
            rows = [
                {"case_id": case_id, "id": key, "kind": kind}
                for case_id, key in found
                if _visible(counter, case_id, groups)
            ]
            return Answer.of(whole(rows))
        if kind not in set(WorkKind):
            error = FieldError(field="kind", code="unknown", message="reply, call or letter")
            raise Invalid("there is no such work", errors=[error])
        items = counter.worklist().list(WorkKind(kind), limit=PAGE)
        data = [to_jsonable(item) for item in items if _visible(counter, item.case_id, groups)]
        return Answer.of(whole(data))

    def letter(call: Call) -> Answer:
        _, groups = staff(call, Action.REPLY)
        case_id = call.query.get("case_id")
        if not case_id:
            raise NotFound("there is no such letter")
        case = staffs_case(counter.cases(), case_id, groups)
        posting = counter.postings().get(case.id, call.params["key"])
        intent = intent_of(counter.cases().history(case.id), posting.message) if posting else None
        if posting is None or intent is None or not posting.is_to_print:
            raise NotFound("there is no such letter")
        post = counter.post()
        person = post.directory.person(intent.case, template_of(posting.message.code).audience)
        page = render(intent, person, post)
        to = next((text for way, text in person.addresses.items() if way == "letter"), None)
        return Answer.of({"address": to, "subject": page.subject, "html": page.html})

    def posted(call: Call) -> Answer:
        from amends.web.bodies import read
        from followup.models import LetterBody

        by, groups = staff(call, Action.REPLY)
        body = read(LetterBody, call.json())
        case = staffs_case(counter.cases(), body.case_id, groups)
        occasion = counter.occasion(by, call.cause)
        done = printed(counter.postings(), case.id, call.params["key"], occasion)
        return Answer.of(delivery_document(done))

    def script(call: Call) -> Answer:
        staff(call, Action.REPLY)
        kind, channel = call.params["kind"], call.query.get("channel", "phone")
        if kind not in KINDS["en"] or channel not in CHANNELS:
            raise NotFound("there is no such script")
        language = nearest(call.query.get("language", call.language))
        found = script_for(kind, language, channel)
        said = {"opening": found.opening, "advice": list(found.advice), "closing": found.closing}
        return Answer.of(
            {
                "kind": kind,
                "channel": channel,
                "language": language,
                **said,
                "questions": to_jsonable(found.questions),
            }
        )

    return (
        Endpoint(method="GET", path="/v1/staff/work", answer=work),
        Endpoint(method="GET", path="/v1/staff/work/letters/{key}", answer=letter),
        Endpoint(method="POST", path="/v1/staff/work/letters/{key}", answer=posted),
        Endpoint(method="GET", path="/v1/staff/scripts/{kind}", answer=script),
        Endpoint(
            method="GET", path="/v1/staff/feedback", answer=lambda call: _opinions(counter, call)
        ),
    )


def _opinions(counter: Counter, call: Call) -> Answer:
    by, groups = staff(call, Action.SEE_QUEUE)
    today = counter.occasion(by, call.cause).at.date()
    months = call.query.get("months", "3")
    if not months.isdecimal() or not 1 <= int(months) <= 24:
        error = FieldError(field="months", code="range", message="1 to 24")
        raise Invalid("1 to 24 months are summed up", errors=[error])
    group = call.query.get("by", "carrier")
    theme = call.query.get("theme")
    if theme is not None and theme not in {*THEMES, "other"}:
        error = FieldError(field="theme", code="unknown", message=", ".join((*THEMES, "other")))
        raise Invalid("there is no such theme", errors=[error])
    return Answer.of(
        summed_up(
            counter.opinions(),
            today,
            months=int(months),
            by=group,
            shows=lambda kind: sees(groups, Kind(kind)),
            theme=theme,
        )
    )


def _visible(counter: Counter, case_id: str, groups: tuple[str, ...]) -> bool:
    try:
        staffs_case(counter.cases(), case_id, groups)
    except NotFound:
        return False
    return True
