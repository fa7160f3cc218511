"""Staff over HTTP: the thread of a case, internal notes, summaries, apologies, calls to plan."""

from collections.abc import Callable

from amends.domain.case.case import Case
from amends.domain.case.events import Apologised, Event
from amends.domain.case.permissions import Action
from amends.domain.case.state.talking import Voice
from amends.domain.case.talking import conversing
from amends.domain.ids import derived
from amends.service.amend import amend_once
from amends.service.people.informing import list_work
from amends.web.access import check_version, etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.paging import whole
from amends.web.router import Endpoint
from amends.web.staff import staff, staffs_case
from followup.claimants import known_evidence
from followup.counter import Counter
from followup.thread import delivery_document, thread_document

THREAD = "/v1/staff/cases/{case_id}/messages"
Act = Callable[[Call, Case, str, str], Callable[[Case], list[Event]]]
"""Reads the body and keeps its words; answers what to decide. Takes call, case, origin, by."""


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """What staff may say, hear and record."""

    def read_thread(call: Call) -> Answer:
        _, groups = staff(call, Action.SEE_QUEUE)
        case = staffs_case(counter.cases(), call.params["case_id"], groups)
        document = thread_document(counter, case, with_notes=True)
        return Answer.of(document, headers={"etag": etag(case)})

    def deliveries(call: Call) -> Answer:
        _, groups = staff(call, Action.SEE_QUEUE)
        case = staffs_case(counter.cases(), call.params["case_id"], groups)
        rows = [delivery_document(one) for one in counter.postings().of_case(case.id)]
        return Answer.of(whole(rows))

    def drafted(call: Call) -> Answer:
        from amends.service.people.drafting import drafts
        from amends.service.people.writing import told_to

        _, groups = staff(call, Action.REPLY)
        case = staffs_case(counter.cases(), call.params["case_id"], groups)
        told = told_to(counter.post(), case)
        known = counter.shipments(case.report.shipment.tracking_number)
        made = drafts(case, known, told, at=counter.occasion("staff", call.cause).at)
        rows = [{"about": one.about, "text": one.text} for one in made]
        return Answer.of({"data": rows, "language": told.language})

    def command(path: str, act: Act, *, status: int = 200) -> Endpoint:
        def answer(call: Call) -> Answer:
            by, groups = staff(call, Action.REPLY)
            case = staffs_case(counter.cases(), call.params["case_id"], groups)
            check_version(call, case)

            def once(origin: str) -> Answer:
                decide = act(call, case, origin, by)
                occasion = counter.occasion(by, call.cause)
                after = amend_once(counter.cases(), case.id, occasion, decide)
                list_work(after, counter.worklist())
                document = thread_document(counter, after, with_notes=True)
                return Answer.of(document, status=status, headers={"etag": etag(after)})

            return counter.once(call, by, once)

        return Endpoint(method="POST", path=path, answer=answer)

    return (
        Endpoint(method="GET", path=THREAD, answer=read_thread),
        Endpoint(method="GET", path=f"{THREAD}/deliveries", answer=deliveries),
        Endpoint(method="GET", path=f"{THREAD}/drafts", answer=drafted),
        command(THREAD, lambda *a: _reply(counter, *a), status=201),
        command(f"{THREAD}/set-aside", _set_aside),
        command(f"{THREAD}/summary", lambda *a: _sum_up(counter, *a), status=201),
        command(f"{THREAD}/apology", lambda *a: _apologise(counter, *a), status=201),
        command(f"{THREAD}/calls", lambda *a: _plan_call(counter, *a), status=201),
    )


def _reply(
    counter: Counter, call: Call, case: Case, origin: str, _by: str
) -> Callable[[Case], list[Event]]:
    from amends.web.bodies import read
    from followup.models import StaffMessageBody

    body = read(StaffMessageBody, call.json())
    evidence = known_evidence(case, body.evidence)
    message_id = derived("msg", "thread", origin)
    counter.contacts().put(f"{case.id}#{message_id}", "words", {"text": body.text})
    return lambda now: conversing.post(
        now,
        message_id,
        Voice.STAFF,
        channel="desk",
        evidence=evidence,
        is_internal=body.is_internal,
    )


def _set_aside(call: Call, _case: Case, _origin: str, _by: str) -> Callable[[Case], list[Event]]:
    from amends.web.bodies import read
    from followup.models import SetAsideBody

    body = read(SetAsideBody, call.json())
    return lambda now: conversing.set_aside(now, body.because)


def _sum_up(
    counter: Counter, call: Call, case: Case, origin: str, by: str
) -> Callable[[Case], list[Event]]:
    from amends.web.bodies import read
    from followup.models import SummaryBody

    body = read(SummaryBody, call.json())
    summary_id = derived("sum", case.id, origin)
    words = body.model_dump(mode="json", exclude_none=True)
    counter.contacts().put(f"{case.id}#{summary_id}", "words", words)
    occasion = counter.occasion(by, call.cause)
    return lambda now: conversing.sum_up(now, summary_id, occasion)


def _apologise(
    counter: Counter, call: Call, case: Case, origin: str, _by: str
) -> Callable[[Case], list[Event]]:
    from amends.web.bodies import read
    from followup.models import ApologyBody

    body = read(ApologyBody, call.json())
    apology_id = derived("apo", case.id, origin)
    words = body.model_dump(mode="json")
    counter.contacts().put(f"{case.id}#{apology_id}", "words", words)

    def decide(now: Case) -> list[Event]:
        history = counter.cases().history(now.id)
        known = {r.event.apology_id for r in history if isinstance(r.event, Apologised)}
        return conversing.apologise(now, apology_id, frozenset(known))

    return decide


def _plan_call(
    counter: Counter, call: Call, case: Case, origin: str, by: str
) -> Callable[[Case], list[Event]]:
    from amends.web.bodies import read
    from followup.models import CallPlanBody

    body = read(CallPlanBody, call.json())
    occasion = counter.occasion(by, call.cause)
    wishes = counter.post().directory.preferences(case)
    return lambda now: conversing.plan_call(now, body.because, origin, wishes, occasion)
