"""Misdelivered: it goes, or went, to somebody else."""

from datetime import date, datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded
from amends.domain.case.incident import (
    Document,
    TaskPlan,
    Threshold,
    Triage,
    Verdict,
    When,
    label,
    unsaid,
    value_proof,
)
from amends.domain.case.investigation.verdicts import (
    crosses_borders,
    look_again,
    lost_if_said,
    told_by_carrier,
)
from amends.domain.case.question import AnswerType, Question, said, value_of
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Finding, Remedy

REMEDIES = (
    Remedy.REDELIVERY,
    Remedy.COUPON,
    Remedy.SERVICE_EXTENSION,
    Remedy.COMPENSATION,
    Remedy.RESHIPMENT,
    Remedy.REFUND,
)
GIVE_UP_AFTER = timedelta(days=30)
"""A complaint claim is handled in 30 days (industry standard, reference A.2); confidence 0.75."""
GIVE_UP_ABROAD_AFTER = timedelta(days=60)
"""The same across borders."""
THRESHOLDS = (
    Threshold(
        code="give_up", value=GIVE_UP_AFTER, source="YZ/T 0128, reference A.2", confidence="medium"
    ),
    Threshold(
        code="give_up_abroad",
        value=GIVE_UP_ABROAD_AFTER,
        source="YZ/T 0128, reference A.2",
        confidence="medium",
    ),
)
DOCUMENTS = (
    Document(
        code="order_record",
        is_required=True,
        text=said("The order with the right address", "含正确地址的订单"),
        why=said("Order and label are compared.", "用于对比订单与面单。"),
    ),
    label(
        is_required=False,
        why=said("It shows where the parcel was sent.", "证明包裹寄往何处。"),
    ),
    Document(
        code="item",
        is_required=False,
        text=said("What was shipped, before posting", "寄出前的物品照片"),
        why=said(
            "Look and quantity are compared when it is fetched back.", "取回时用于核对外观与数量。"
        ),
        is_photo=True,
    ),
    value_proof(is_required=False),
)
DETAILS = (
    Question(
        code="state",
        type=AnswerType.CHOICE,
        text=said("Where is it?", "包裹目前的状态？"),
        is_required=True,
        choices=("in_transit", "delivered_wrong"),
    ),
    Question(
        code="how",
        type=AnswerType.CHOICE,
        text=said("What went wrong?", "错在何处？"),
        is_required=True,
        choices=("address_wrong", "recipient_wrong", "swapped", "not_known"),
    ),
    Question(
        code="other_number",
        type=AnswerType.TEXT,
        text=said("Number of the parcel that came instead", "误收包裹的单号"),
    ),
    Question(
        code="matches_shipped",
        type=AnswerType.YES_NO,
        text=said("Do look and quantity match what was shipped?", "外观和数量与寄出时是否一致？"),
    ),
)
TASKS = (
    TaskPlan(role=TaskRole.ORDER_DESK, level=2),
    TaskPlan(role=TaskRole.DRIVER, level=2, when=When.TRANSIT_GAP),
    TaskPlan(role=TaskRole.STATION, level=2, when=When.EVERY_END),
    TaskPlan(role=TaskRole.DELIVERY, level=2),
    TaskPlan(role=TaskRole.REGION, level=3),
)


def missing(report: Report) -> tuple[str, ...]:
    """What handling will need and the report does not say."""
    return unsaid(report, needs=(), details=DETAILS)


def triage(report: Report) -> Triage:
    """A parcel that still moves is stopped; one that was handed over is fetched back."""
    moving = value_of(report.details, "state") == "in_transit"
    route = Route.REDIRECT if moving else Route.FETCH_BACK
    because = ("it can still be stopped",) if moving else ("somebody else holds it",)
    return Triage(severity=Severity.HIGH, route=route, because=because)


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """Lost or returned when a carrier says so; else not recovered in the time there was for it."""
    del presumed_from
    if lost := lost_if_said(case):
        return lost
    told = told_by_carrier(case)
    if told is not None and told.finding is Finding.RETURNED:
        return told
    after = GIVE_UP_ABROAD_AFTER if crosses_borders(case) else GIVE_UP_AFTER
    give_up_at = case.opened_at + after
    if at >= give_up_at:
        return Concluded(
            finding=Finding.MISDELIVERED,
            ground="the parcel was not recovered in the time there was for it",
            rule="give_up",
            source="the recovery's record",
        )
    return look_again(at, give_up_at)
