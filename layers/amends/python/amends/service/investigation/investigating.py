"""Investigating: what opens, reminds and escalates by itself, and what people answer."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from amends.catalog import plugin
from amends.catalog.questions import asked, questions
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.goods import inspecting
from amends.domain.case.investigation import clocks, inquiry, levels, tasks, verification
from amends.domain.case.investigation.custody import Chain, build_chain
from amends.domain.case.investigation.verification import OnFile
from amends.domain.case.question import Fact, read_answers
from amends.domain.case.state.custody import NodeRecord, RecordKind
from amends.domain.case.state.investigation import Task, TaskRole, TaskState
from amends.domain.case.state.upload import UploadState
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.occasion import Occasion
from amends.domain.parcel.reading import Scan
from amends.domain.parcel.vocabulary import Milestone, Step
from amends.domain.refusal import FieldError, Invalid, NotFound, OutOfOrder
from amends.ports import CaseStore, Contacts
from amends.service.amend import amend, is_recorded
from amends.service.hours import business_calendar
from amends.service.investigation.reading_answers import consequences

if TYPE_CHECKING:
    from amends.domain.case.incident import Incident

_LEFT = frozenset({Step.DEPARTED, Step.LEFT_ORIGIN_COUNTRY})
_CAME = frozenset({Step.ARRIVED, Step.ARRIVED_DEST_COUNTRY, Step.DELIVERY_DEPOT})


def incident_of(kind: Kind) -> "Incident":
    """The file of a kind."""
    return cast("Incident", plugin("incidents", kind))


def details_of(kind: Kind, raw: Mapping[str, object]) -> tuple[Fact, ...]:
    """A report's `incident.details`, typed; wrong and unknown ones are refused, missing ones not.

    What is required and missing is asked for later (`Incident.missing`).
    """
    return read_answers(incident_of(kind).DETAILS, raw, path="incident.details", partial=True)


def asks(role: TaskRole) -> tuple[str, ...]:
    """The codes of a role's questions."""
    return tuple(question.code for question in questions(role))


def records_of(scans: Sequence[Scan]) -> tuple[NodeRecord, ...]:
    """Scans as a chain of custody reads them; a scan without a place proves nobody's custody."""
    return tuple(
        NodeRecord(kind=_kind(scan), node=scan.place.node or scan.place.text, at=scan.at)
        for scan in scans
        if scan.place.node or scan.place.text
    )


def chain_of(case: Case, scans: Sequence[Scan], occasion: Occasion) -> Chain:
    """The chain from what the channels and the nodes themselves recorded."""
    return build_chain((*records_of(scans), *case.investigation.records), at=occasion.at)


def begin_steps(
    case: Case,
    scans: Sequence[Scan],
    on_file: Sequence[OnFile],
    occasion: Occasion,
) -> list[Event]:
    """The events of one automatic step: triage, verification, level 1 with what level 2 asks."""
    from amends.domain.parcel.number import check

    if case.stage not in (Stage.TRACING, Stage.INVESTIGATING):
        return []
    incident = incident_of(case.report.kind)
    if triaged := levels.triage(case, incident.triage(case.report)):
        keep = getattr(incident, "KEEP_GOODS_FOR", None)
        kept = inspecting.keep_goods(case, keep, occasion) if keep is not None else []
        return [*triaged, *kept]
    valid = check(case.report.shipment.tracking_number).valid
    checks = verification.compare(case.report, on_file, number_valid=valid)
    missing = incident.missing(case.report)
    if verified := verification.verify(case, checks, missing, occasion):
        return verified
    return levels.open_investigation(
        case,
        chain_of(case, scans, occasion),
        incident.TASKS,
        asks,
        calendar=business_calendar(),
        occasion=occasion,
    )


def act_on_due(case: Case, occasion: Occasion, scans: Sequence[Scan] = ()) -> list[Event]:
    """What every missed clock of verification, investigation and recovery calls for by itself.

    Answers with no events when only other clocks are due (`trace`, `next`, `offer`, `payout`, …).
    """
    hours = business_calendar()
    events = clocks.act(case, hours, occasion)
    if events:
        return events
    if case.stage not in (Stage.TRACING, Stage.INVESTIGATING):
        return []
    return levels.next_level(
        case,
        chain_of(case, scans, occasion),
        incident_of(case.report.kind).TASKS,
        asks,
        calendar=hours,
        occasion=occasion,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link's secret: handed out once, kept only as a hash."""

    case_id: str
    task_id: str
    token: str


def issue_link(
    store: CaseStore, case_id: str, task_id: str, *, key: bytes, occasion: Occasion
) -> Link:
    """A link to one task for somebody without an account; `occasion.because` makes it new."""
    text = f"task-link\x1f{case_id}\x1f{task_id}\x1f{occasion.because}"
    token = hmac.new(key, text.encode(), sha256).hexdigest()
    amend(
        store,
        case_id,
        occasion,
        lambda case: tasks.issue_link(case, task_id, token_hash=hash_of(token), occasion=occasion),
    )
    return Link(case_id=case_id, task_id=task_id, token=token)


def hash_of(token: str) -> str:
    """What is stored of a link's token."""
    return sha256(token.encode()).hexdigest()


def task_by_link(
    store: CaseStore, case_id: str, task_id: str, token: str, occasion: Occasion
) -> Task:
    """The one task that the link opens; any other link opens nothing, and does not say why."""
    case = store.load(case_id)
    if not tasks.link_opens(case, task_id, hash_of(token), occasion.at):
        raise NotFound("this link opens nothing")
    return tasks.find_task(case, task_id)


def answer(
    store: CaseStore,
    contacts: Contacts,
    case_id: str,
    task_id: str,
    raw: Mapping[str, object],
    *,
    evidence: tuple[str, ...] = (),
    token: str | None = None,
    occasion: Occasion,
) -> Case:
    """Read and record a task's answers, with what follows from them at once.

    The answers of a restricted task go to the contacts first and are only named in the history.
    """
    if is_recorded(store, case_id, occasion) and (
        token is None or tasks.is_link_of(store.load(case_id), task_id, hash_of(token))
    ):
        return store.load(case_id)

    def decide(case: Case) -> list[Event]:
        if token is not None and not tasks.link_opens(case, task_id, hash_of(token), occasion.at):
            raise NotFound("this link opens nothing")
        task = tasks.find_task(case, task_id)
        _refuse_unknown(case, evidence)
        facts = read_answers(asked(task.role, task.questions), raw, path="answers")
        by_link = token is not None
        if not task.is_restricted:
            done = tasks.answer_task(case, task_id, facts, evidence=evidence, by_link=by_link)
            return [*done, *consequences(case, task, facts)] if done else []
        if task.state is TaskState.ANSWERED:
            raise OutOfOrder("this task has been answered")
        part = f"statement#{task_id}"
        contacts.put(case_id, part, {fact.code: fact.value for fact in facts})
        done = tasks.answer_task(case, task_id, (), evidence=evidence, part=part)
        heard = inquiry.record_statement(case, task.node or "unknown", part=part)
        return [*done, *heard]

    return amend(store, case_id, occasion, decide)


def _refuse_unknown(case: Case, evidence: Sequence[str]) -> None:
    known = {upload.id for upload in case.uploads if upload.state is UploadState.RECEIVED}
    errors = [
        FieldError(field=f"evidence.{index}", code="unknown", message="no such file has arrived")
        for index, name in enumerate(evidence)
        if name not in known
    ]
    if errors:
        raise Invalid("an answer names files of this case", errors=errors)


def _kind(scan: Scan) -> RecordKind:
    if scan.milestone is Milestone.DELIVERED:
        return RecordKind.SIGN_OFF
    if scan.step in _LEFT:
        return RecordKind.STOCK_OUT
    if scan.step is Step.HANDED_OVER:
        return RecordKind.HANDOVER
    return RecordKind.STOCK_IN if scan.step in _CAME else RecordKind.SCAN
