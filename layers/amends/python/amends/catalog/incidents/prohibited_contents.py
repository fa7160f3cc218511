"""Prohibited contents: it may not travel, whoever sent it."""

from datetime import date, datetime

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded
from amends.domain.case.goods.quarantine import FETCH_WITHIN, GIVE_UP_AFTER, NOTIFY_WITHIN, end_of
from amends.domain.case.incident import (
    Document,
    TaskPlan,
    Threshold,
    Triage,
    Verdict,
    When,
    label,
    unsaid,
)
from amends.domain.case.investigation.verdicts import look_again
from amends.domain.case.question import AnswerType, Question, said, value_of
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Finding, Remedy

REMEDIES: tuple[Remedy, ...] = ()
THRESHOLDS = (
    Threshold(
        code="notify",
        value=NOTIFY_WITHIN,
        source="Express Regulations art. 34 (2025): at once",
        confidence="high",
    ),
    Threshold(code="give_up", value=GIVE_UP_AFTER, source="our own", confidence="low"),
    Threshold(code="fetch", value=FETCH_WITHIN, source="our own", confidence="low"),
)
DOCUMENTS = (
    Document(
        code="contents_photo",
        is_required=True,
        text=said("What was found", "发现的物品照片"),
        why=said("People decide the category by it.", "由人工据此判定类别。"),
        is_photo=True,
    ),
    label(
        is_required=True,
        why=said("It shows who sent it.", "证明寄件人。"),
    ),
    Document(
        code="handover_receipt",
        is_required=False,
        text=said("Receipt of the authority", "主管部门的接收凭证"),
        why=said("It shows that it was handed over.", "证明已移交。"),
    ),
)
DETAILS = (
    Question(
        code="found_at",
        type=AnswerType.CHOICE,
        text=said("Where was it found?", "在何处发现？"),
        is_required=True,
        choices=("acceptance", "sorting", "transport", "delivery", "customs"),
    ),
    Question(
        code="contents",
        type=AnswerType.TEXT,
        text=said("What was found?", "发现何种物品？"),
        is_required=True,
    ),
    Question(
        code="node",
        type=AnswerType.TEXT,
        text=said("Which station or hub?", "所在网点或中心？"),
    ),
    Question(
        code="leaking",
        type=AnswerType.YES_NO,
        text=said("Does it leak, smoke or smell?", "是否泄漏、冒烟或有异味？"),
    ),
)
TASKS = (
    TaskPlan(role=TaskRole.STATION, level=2),
    TaskPlan(role=TaskRole.CUSTOMS, level=2, when=When.ACROSS_BORDERS),
    TaskPlan(role=TaskRole.REGION, level=3),
)


def missing(report: Report) -> tuple[str, ...]:
    """What handling will need and the report does not say."""
    return unsaid(report, needs=(), details=DETAILS)


def triage(report: Report) -> Triage:
    """Always quarantined at once; critical when it leaks."""
    leaks = value_of(report.details, "leaking") == "yes"
    because = ("it leaks, smokes or smells",) if leaks else ("it may not travel",)
    severity = Severity.CRITICAL if leaks else Severity.HIGH
    return Triage(severity=severity, route=Route.QUARANTINE, because=because)


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """People end it: they say what it is, and dispose of it. By its dates it ends, nothing owed."""
    del presumed_from
    give_up_at = end_of(case)
    if at < give_up_at:
        return look_again(at, give_up_at)
    return Concluded(
        finding=Finding.PROHIBITED,
        ground="nobody has fetched it or released it in the time there was for it",
        rule="give_up",
        source="the quarantine's record",
    )
