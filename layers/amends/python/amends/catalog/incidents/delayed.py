"""Delayed: it is on its way, later than was promised."""

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
)
from amends.domain.case.investigation.verdicts import (
    becomes_lost,
    crosses_borders,
    look_again,
    lost_if_said,
    moved_since_report,
    told_by_carrier,
)
from amends.domain.case.question import AnswerType, Question, said, value_of
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Finding, Remedy
from amends.domain.parcel.vocabulary import Milestone

REMEDIES = (
    Remedy.REFUND,
    Remedy.COUPON,
    Remedy.SERVICE_EXTENSION,
    Remedy.COMPENSATION,
)
THOROUGH_AFTER = timedelta(days=7)
"""Past the promised day within one country: then it counts as lost (reference D; a secondary
source, another says 10). Confidence medium."""
THOROUGH_ABROAD_AFTER = timedelta(days=30)
"""The same across borders (reference D: 10 or 30, conflicting); confidence low."""
STANDARD = timedelta(days=3)
STANDARD_ABROAD = timedelta(days=20)
"""From posting, where nothing was promised: 72 h between cities (reference D, 0.75); China Post
economy 13 to 20 days (reference D, secondary)."""
THRESHOLDS = (
    Threshold(
        code="thorough",
        value=THOROUGH_AFTER,
        source="reference D, between cities",
        confidence="medium",
    ),
    Threshold(
        code="thorough_abroad",
        value=THOROUGH_ABROAD_AFTER,
        source="reference D, international",
        confidence="low",
    ),
    Threshold(
        code="standard", value=STANDARD, source="reference D, service norm", confidence="medium"
    ),
    Threshold(
        code="standard_abroad",
        value=STANDARD_ABROAD,
        source="reference D, China Post economy",
        confidence="low",
    ),
)
DOCUMENTS = (
    Document(
        code="service_promise",
        is_required=False,
        text=said("What was promised", "时限承诺"),
        why=said("The delay is counted from it.", "延误自承诺时限起算。"),
    ),
    Document(
        code="loss_by_delay",
        is_required=False,
        text=said("Proof of a loss by the delay", "延误造成损失的证明"),
        why=said("It may be owed beside the service fee.", "可在退还服务费之外另行主张。"),
    ),
)
DETAILS = (
    Question(
        code="needed_by",
        type=AnswerType.MOMENT,
        text=said("When was it needed?", "何时需要送达？"),
    ),
    Question(
        code="perishable",
        type=AnswerType.YES_NO,
        text=said("Does it spoil?", "是否易腐？"),
    ),
    Question(
        code="impact",
        type=AnswerType.CHOICE,
        text=said("How hard does it hit?", "影响程度？"),
        choices=("slight", "moderate", "severe"),
    ),
)
TASKS = (
    TaskPlan(role=TaskRole.HUB, level=2, when=When.EVERY_HUB),
    TaskPlan(role=TaskRole.CUSTOMS, level=2, when=When.ACROSS_BORDERS),
    TaskPlan(role=TaskRole.DELIVERY, level=2),
    TaskPlan(role=TaskRole.REGION, level=3),
)


def missing(report: Report) -> tuple[str, ...]:
    """What handling will need and the report does not say."""
    return unsaid(report, needs=("shipment.postage",), details=DETAILS)


def triage(report: Report) -> Triage:
    """Goods that spoil are urgent."""
    spoils = value_of(report.details, "perishable") == "yes"
    because = ("the goods spoil",) if spoils else ("it is late, and moves",)
    severity = Severity.HIGH if spoils else Severity.LOW
    return Triage(severity=severity, route=Route.INVESTIGATE, because=because)


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """Late when it arrives after its day; lost when that day is long past."""
    del presumed_from
    if lost := lost_if_said(case):
        return lost
    abroad = crosses_borders(case)
    promised_at = _promised_at(case, abroad=abroad)
    reading = case.reading
    if reading is not None and reading.milestone is Milestone.DELIVERED:
        arrived = reading.last_movement_at or at
        late = arrived > promised_at
        return Concluded(
            finding=Finding.DELAYED if late else Finding.DELIVERED,
            ground=f"promised by {promised_at:%Y-%m-%d}, delivered on {arrived:%Y-%m-%d}",
            rule="promised_date",
            source=", ".join(reading.channels),
        )
    told = told_by_carrier(case)
    if told is not None:
        return told
    lost_at = promised_at + (THOROUGH_ABROAD_AFTER if abroad else THOROUGH_AFTER)
    if at >= lost_at and (moved_since_report(case) is False or at >= lost_at + THOROUGH_AFTER):
        return becomes_lost(case, f"promised by {promised_at:%Y-%m-%d}, and still not there")
    return look_again(at, lost_at, lost_at + THOROUGH_AFTER)


def _promised_at(case: Case, *, abroad: bool) -> datetime:
    """The end of the promised day, or of the lane's standard."""
    shipment = case.report.shipment
    if shipment.expected_on is not None:
        return datetime.combine(shipment.expected_on + timedelta(days=1), time(), UTC)
    begun = (
        datetime.combine(shipment.shipped_on, time(), UTC)
        if shipment.shipped_on
        else case.opened_at
    )
    return begun + (STANDARD_ABROAD if abroad else STANDARD)
