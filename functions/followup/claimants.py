"""Claimants over HTTP: write, read, confirm, choose what they get, say how it was."""

from typing import Any
from zoneinfo import ZoneInfo

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.state.talking import Voice
from amends.domain.case.talking import conversing
from amends.domain.ids import derived
from amends.domain.people.message import Audience
from amends.domain.people.survey import Answer as Opinion
from amends.domain.people.timing import zone_of
from amends.domain.refusal import FieldError, Invalid
from amends.service.amend import amend
from amends.service.people.addressing import unsubscribed_by
from amends.service.people.hearing import hear
from amends.service.people.informing import ask_again, read
from amends.service.people.readers import PREFERENCES
from amends.web.access import as_seen, etag, speaker
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document
from amends.web.router import Endpoint
from followup.counter import Counter
from followup.thread import thread_document

CASE = "/v1/cases/{case_id}"


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """What a claimant may say and hear."""

    def feedback(call: Call) -> Answer:
        case = counter.claimants(call)
        return counter.once(call, case.id, lambda _: _feedback(counter, call, as_seen(call, case)))

    def read_thread(call: Call) -> Answer:
        case = counter.claimants(call)
        return Answer.of(thread_document(counter, case, with_notes=False))

    def write(call: Call) -> Answer:
        case = counter.claimants(call)
        return counter.once(call, case.id, lambda origin: _write(counter, call, case, origin))

    def read_some(call: Call) -> Answer:
        case = counter.claimants(call)
        return counter.once(call, case.id, lambda _: _mark(counter, call, case))

    def confirm(call: Call) -> Answer:
        case = counter.claimants(call)
        return counter.once(call, case.id, lambda origin: _confirm(counter, call, case, origin))

    def read_preferences(call: Call) -> Answer:
        case = counter.claimants(call)
        return Answer.of(_preferences(counter, case))

    def choose(call: Call) -> Answer:
        case = counter.claimants(call)
        _choose(counter, call, case)
        return Answer.of(_preferences(counter, case))

    def unsubscribe(call: Call) -> Answer:
        case_id, code = unsubscribed_by(call.params["token"], counter.token_key())
        mute(counter, case_id, code)
        return Answer.of({"unsubscribed": code})

    def ask_first(call: Call) -> Answer:
        """A mail scanner opens every link: only a POST unsubscribes (RFC 8058)."""
        _, code = unsubscribed_by(call.params["token"], counter.token_key())
        return Answer.of({"unsubscribe": code, "method": "POST"})

    return (
        Endpoint(method="POST", path=f"{CASE}/feedback", answer=feedback),
        Endpoint(method="GET", path=f"{CASE}/messages", answer=read_thread),
        Endpoint(method="POST", path=f"{CASE}/messages", answer=write),
        Endpoint(method="POST", path=f"{CASE}/messages/read", answer=read_some),
        Endpoint(method="POST", path=f"{CASE}/messages/summary", answer=confirm),
        Endpoint(method="GET", path=f"{CASE}/preferences", answer=read_preferences),
        Endpoint(method="PUT", path=f"{CASE}/preferences", answer=choose),
        Endpoint(method="GET", path="/v1/unsubscribe/{token}", answer=ask_first),
        Endpoint(method="POST", path="/v1/unsubscribe/{token}", answer=unsubscribe),
    )


def mute(counter: Counter, case_id: str, code: str) -> None:
    """No more messages of this kind in this case."""
    contacts = counter.contacts()
    wishes = dict(contacts.get(case_id, PREFERENCES) or {})
    muted = wishes.get("muted")
    known = [str(one) for one in muted] if isinstance(muted, list) else []
    if code not in known:
        contacts.put(case_id, PREFERENCES, {**wishes, "muted": [*known, code]})
    ask_again(counter.postings(), counter.queue(), case_id)


def known_evidence(case: Case, wanted: list[str]) -> tuple[str, ...]:
    """Attachments are files of this case; refuses any other."""
    ours = {upload.id for upload in case.uploads}
    if strangers := [one for one in wanted if one not in ours]:
        error = FieldError(field="evidence", code="unknown", message=f"{strangers[0]} is not ours")
        raise Invalid("an attachment is not a file of this case", errors=[error])
    return tuple(wanted)


def _feedback(counter: Counter, call: Call, case: Case) -> Answer:
    from amends.web.bodies import read
    from followup.models import FeedbackBody

    body = read(FeedbackBody, call.json())
    opinion = Opinion(score=body.score, resolved=body.resolved, comment=body.comment or "")
    wishes = counter.post().directory.preferences(case)
    occasion = counter.occasion(speaker(call), call.cause)
    after = hear(counter.cases(), counter.contacts(), case, opinion, wishes, occasion)
    return Answer.of(case_document(after), headers={"etag": etag(after)})


def _write(counter: Counter, call: Call, case: Case, origin: str) -> Answer:
    from amends.web.bodies import read
    from followup.models import MessageBody

    body = read(MessageBody, call.json())
    evidence = known_evidence(case, body.evidence)
    message_id = derived("msg", "thread", origin)
    counter.contacts().put(f"{case.id}#{message_id}", "words", {"text": body.text})
    after = amend(
        counter.cases(),
        case.id,
        counter.occasion(speaker(call), call.cause),
        lambda now: conversing.post(
            now, message_id, Voice.CLAIMANT, channel="web", evidence=evidence
        ),
    )
    told = thread_document(counter, after, with_notes=False)
    row = next(row for row in told["data"] if row["id"] == message_id)
    return Answer.of({**row, "answer_due_at": told["answer_due_at"]}, status=201)


def _mark(counter: Counter, call: Call, case: Case) -> Answer:
    """What the claimant's app has shown; a message that is not theirs is passed over."""
    from amends.web.bodies import read as body_of
    from followup.models import ReadBody

    wanted = dict.fromkeys(body_of(ReadBody, call.json()).ids)
    occasion = counter.occasion(speaker(call), call.cause)
    theirs = {
        one.message.key
        for one in counter.postings().of_case(case.id)
        if one.message.recipient == "reporter"
    }
    for key in wanted:
        if key in theirs:
            read(counter.postings(), case.id, key, occasion)
    return Answer.of(thread_document(counter, case, with_notes=False))


def _confirm(counter: Counter, call: Call, case: Case, origin: str) -> Answer:
    from amends.web.bodies import read
    from followup.models import ConfirmBody

    body = read(ConfirmBody, call.json())
    message_id = derived("msg", "thread", origin)
    if body.correction:
        words = {"text": body.correction}
        counter.contacts().put(f"{case.id}#{message_id}", "words", words)

    def decide(now: Case) -> list[Event]:
        events = conversing.answer_summary(now, agreed=body.agreed)
        if events and body.correction:
            events += conversing.post(now, message_id, Voice.CLAIMANT, channel="web")
        return events

    occasion = counter.occasion(speaker(call), call.cause)
    after = amend(counter.cases(), case.id, occasion, decide)
    return Answer.of(thread_document(counter, after, with_notes=False)["summary"])


def _choose(counter: Counter, call: Call, case: Case) -> None:
    from amends.web.bodies import read
    from followup.models import PreferencesBody

    body = read(PreferencesBody, call.json())
    if body.zone is not None and zone_of(body.zone, ZoneInfo("UTC")).key != body.zone:
        error = FieldError(field="zone", code="unknown", message="a zone such as Europe/Berlin")
        raise Invalid("there is no such time zone", errors=[error])
    told = body.model_dump(mode="json", exclude_none=True)
    known = counter.contacts().get(case.id, PREFERENCES) or {}
    counter.contacts().put(case.id, PREFERENCES, {**known, **told})
    ask_again(counter.postings(), counter.queue(), case.id)


def _preferences(counter: Counter, case: Case) -> dict[str, Any]:
    """What holds now, and which ways there are; no address is shown."""
    person = counter.post().directory.person(case, Audience.CLAIMANT)
    wishes = person.preferences
    return {
        "language": person.reader.language,
        "zone": wishes.zone.key,
        "ways": list(wishes.ways),
        "opted_out": sorted(wishes.opted_out),
        "unreachable": sorted(wishes.unreachable),
        "muted": sorted(wishes.muted),
        "quiet_from": wishes.quiet.start.isoformat("minutes"),
        "quiet_until": wishes.quiet.end.isoformat("minutes"),
    }
