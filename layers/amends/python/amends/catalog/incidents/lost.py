"""Lost: the parcel does not arrive, and nobody can say where it is."""

from datetime import UTC, date, datetime, time, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded
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
from amends.domain.case.investigation.verdicts import look_again, told_by_carrier
from amends.domain.case.question import AnswerType, Question, said
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Finding, Remedy

REMEDIES = (Remedy.COMPENSATION, Remedy.RESHIPMENT, Remedy.REFUND)
SILENT_AFTER = timedelta(days=14)
"""Without a movement for so long a date can conclude (reference 5.3: never found after 14 days
across borders; confidence medium)."""
GIVE_UP_AFTER = timedelta(days=90)
"""Channels delete a parcel after about 90 days (reference 2.1, 2.2): waiting longer brings
nothing. Confidence medium."""
END_AFTER = timedelta(days=180)
"""However often it still moves: the last day of an international inquiry (Postal Law art. 49)."""
THRESHOLDS = (
    Threshold(
        code="silent", value=SILENT_AFTER, source="reference tracking 5.3", confidence="medium"
    ),
    Threshold(
        code="give_up",
        value=GIVE_UP_AFTER,
        source="reference tracking 2.1 and 2.2",
        confidence="medium",
    ),
    Threshold(code="end", value=END_AFTER, source="Postal Law art. 49", confidence="high"),
)
DETAILS = (
    Question(
        code="noticed_how",
        type=AnswerType.CHOICE,
        choices=("not_arrived", "says_delivered", "told_by_carrier", "empty_locker"),
        text=said("How was it noticed?", "如何发现丢失？"),
    ),
    Question(
        code="theft_suspected",
        type=AnswerType.YES_NO,
        text=said("Is theft suspected?", "是否怀疑被盗？"),
    ),
    Question(
        code="police_reference",
        type=AnswerType.TEXT,
        needs=("theft_suspected", "yes"),
        text=said("Number of the report to the police", "报警回执编号"),
    ),
)
TASKS = (
    TaskPlan(role=TaskRole.STATION, level=2, when=When.EVERY_END),
    TaskPlan(role=TaskRole.HUB, level=2, when=When.EVERY_HUB),
    TaskPlan(role=TaskRole.WAREHOUSE, level=2, when=When.NODE_GAP),
    TaskPlan(role=TaskRole.STAFF_STATEMENT, level=2, when=When.NODE_GAP, is_restricted=True),
    TaskPlan(role=TaskRole.DRIVER, level=2, when=When.TRANSIT_GAP),
    TaskPlan(role=TaskRole.ESCORT, level=2, when=When.TRANSIT_GAP),
    TaskPlan(role=TaskRole.VEHICLE, level=2, when=When.TRANSIT_GAP),
    TaskPlan(role=TaskRole.DELIVERY, level=2),
    TaskPlan(role=TaskRole.CUSTOMS, level=2, when=When.ACROSS_BORDERS),
    TaskPlan(role=TaskRole.REGION, level=3),
)

DOCUMENTS = (
    Document(
        code="posting_receipt",
        is_required=True,
        text={"en": "Posting receipt or waybill", "zh-CN": "收寄凭证或运单"},
        why={"en": "It shows that the parcel was handed over.", "zh-CN": "证明邮件已交寄。"},
    ),
    value_proof(is_required=True),
    Document(
        code="non_receipt_statement",
        is_required=False,
        text={"en": "Addressee's statement of non-receipt", "zh-CN": "收件人未收到的声明"},
        why={"en": "It rules out a quiet delivery.", "zh-CN": "排除已悄然投递的可能。"},
    ),
)


def missing(report: Report) -> tuple[str, ...]:
    """What an assessment will need and the report does not say."""
    return unsaid(report, needs=("shipment.postage", "items"), details=())


def triage(report: Report) -> Triage:
    """Valuable or insured parcels are grave; all are investigated at once."""
    flags = {flag for item in report.items for flag in item.flags}
    because = [f"item is {flag}" for flag in sorted(flags & {"valuable", "fragile"})]
    if report.shipment.insured_value is not None:
        because.append("the parcel is insured")
    grave = "valuable" in flags or report.shipment.insured_value is not None
    severity = Severity.HIGH if grave else Severity.NORMAL
    return Triage(severity=severity, route=Route.INVESTIGATE, because=tuple(because))


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """Lost when a channel says so, or when the regime's date has passed in silence."""
    reading = case.reading
    if told := told_by_carrier(case):
        return told
    moved = reading.last_movement_at if reading else None
    silent_from = (moved or case.opened_at) + SILENT_AFTER
    end = case.opened_at + END_AFTER
    if presumed_from is not None:
        certain_at = max(datetime.combine(presumed_from, time(), UTC), silent_from)
        if reading is not None and at >= certain_at:
            return Concluded(
                finding=Finding.LOST,
                ground="the date of presumed loss has passed and nothing has moved since",
                rule="presumed_loss",
                source="the regime's date, and the channels' silence",
                presumed_from=presumed_from,
            )
        if at < end:
            return look_again(at, certain_at, end)
    give_up_at = min(max(case.opened_at + GIVE_UP_AFTER, silent_from), end)
    if at >= give_up_at:
        return Concluded(
            finding=Finding.LOST,
            ground="no channel has found the parcel for ninety days",
            rule="give_up",
            source="the channels' silence",
        )
    return look_again(at, give_up_at)
