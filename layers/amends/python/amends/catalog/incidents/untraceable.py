"""Untraceable: no channel says where it is."""

from datetime import date, datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded, KindChanged
from amends.domain.case.incident import (
    Document,
    TaskPlan,
    Threshold,
    Triage,
    Verdict,
    When,
    unsaid,
    value_proof,
)
from amends.domain.case.investigation.verdicts import (
    becomes_lost,
    crosses_borders,
    look_again,
    lost_if_said,
    moved_since_report,
    told_by_carrier,
)
from amends.domain.case.question import AnswerType, Question, said
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Finding, Kind, Remedy
from amends.domain.parcel.vocabulary import Milestone

REMEDIES = (Remedy.COMPENSATION, Remedy.REFUND, Remedy.RESHIPMENT)
NEVER_FOUND_AFTER = timedelta(days=5)
NEVER_FOUND_ABROAD_AFTER = timedelta(days=14)
"""From posting (or the report) without any scan (reference tracking 5.3); confidence medium."""
SILENT_AFTER = timedelta(days=14)
"""From the last movement (reference tracking 5.3); confidence medium."""
GIVE_UP_AFTER = timedelta(days=30)
"""Channels stop looking after 30 days (reference tracking 5.1); confidence high."""
THRESHOLDS = (
    Threshold(
        code="never_found",
        value=NEVER_FOUND_AFTER,
        source="reference tracking 5.3",
        confidence="medium",
    ),
    Threshold(
        code="never_found_abroad",
        value=NEVER_FOUND_ABROAD_AFTER,
        source="reference tracking 5.3",
        confidence="medium",
    ),
    Threshold(
        code="silent", value=SILENT_AFTER, source="reference tracking 5.3", confidence="medium"
    ),
    Threshold(
        code="give_up", value=GIVE_UP_AFTER, source="reference tracking 5.1", confidence="high"
    ),
)
DOCUMENTS = (
    Document(
        code="posting_receipt",
        is_required=True,
        text=said("Posting receipt or waybill", "收寄凭证或运单"),
        why=said("It shows the number and the day of posting.", "证明单号及收寄日期。"),
    ),
    value_proof(is_required=False),
)
DETAILS = (
    Question(
        code="searched_where",
        type=AnswerType.CHOICE,
        text=said("Where was it looked up?", "在何处查询？"),
        choices=("operator", "platform", "merchant", "several"),
    ),
    Question(
        code="last_seen",
        type=AnswerType.TEXT,
        text=said("What was shown last?", "最后显示的信息？"),
    ),
)
TASKS = (
    TaskPlan(role=TaskRole.ORDER_DESK, level=2),
    TaskPlan(role=TaskRole.STATION, level=2, when=When.EVERY_END),
    TaskPlan(role=TaskRole.CUSTOMS, level=2, when=When.ACROSS_BORDERS),
    TaskPlan(role=TaskRole.REGION, level=3),
)


def missing(report: Report) -> tuple[str, ...]:
    """What handling will need and the report does not say."""
    return unsaid(report, needs=(), details=DETAILS)


def triage(report: Report) -> Triage:
    """Wait first: most of them turn up (too early, a late channel, a typing error)."""
    del report
    because = ("the channels are asked until its lane's time has passed",)
    return Triage(severity=Severity.LOW, route=Route.WAIT, because=because)


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """It turns up, or moves late, or its time passes and it is lost."""
    del presumed_from
    if lost := lost_if_said(case):
        return lost
    if told := told_by_carrier(case):
        return told
    give_up_at = case.opened_at + GIVE_UP_AFTER
    if at >= give_up_at:
        return becomes_lost(case, "no channel could say where it is for thirty days")
    reading = case.reading
    if reading is None:
        return look_again(at, give_up_at)
    if not reading.found:
        abroad = crosses_borders(case)
        span = NEVER_FOUND_ABROAD_AFTER if abroad else NEVER_FOUND_AFTER
        never_at = case.opened_at + span
        if at >= never_at:
            return becomes_lost(case, f"no channel has found it for {span.days} days")
        return look_again(at, never_at, give_up_at)
    if reading.milestone is Milestone.DELIVERED:
        return Concluded(
            finding=Finding.DELIVERED,
            ground="the channels find it now, and say that it is delivered",
            rule="carrier.statement",
            source=", ".join(reading.channels),
        )
    if moved_since_report(case):
        return KindChanged(
            before=Kind.UNTRACEABLE, after=Kind.DELAYED, because="the channels find it: it moves"
        )
    silent_at = (reading.last_movement_at or case.opened_at) + SILENT_AFTER
    if at >= silent_at and at >= case.opened_at + NEVER_FOUND_AFTER:
        return becomes_lost(case, "it was seen, and has not moved for fourteen days")
    return look_again(at, silent_at, give_up_at)
