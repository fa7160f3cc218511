"""Contents missing: it arrived, and something is gone from it."""

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
from amends.domain.case.investigation.verdicts import look_again, lost_if_said
from amends.domain.case.question import AnswerType, Question, said, value_of
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Finding, Remedy

REMEDIES = (Remedy.COMPENSATION, Remedy.RESHIPMENT, Remedy.REFUND)
TOLERANCE_GRAMS = 20
"""Two scales differ by so much without anything missing. Our own figure; confidence low."""
GIVE_UP_AFTER = timedelta(days=30)
"""Claims are handled in 30 days (industry standard, reference A.2). Confidence 0.75."""
THRESHOLDS = (
    Threshold(
        code="give_up", value=GIVE_UP_AFTER, source="YZ/T 0128, reference A.2", confidence="medium"
    ),
)
DOCUMENTS = (
    Document(
        code="packing_list",
        is_required=True,
        text=said("Packing list", "装箱单"),
        why=said("It shows what should be inside.", "证明应有的内件。"),
    ),
    Document(
        code="weight_photo",
        is_required=False,
        text=said("Parcel on a scale", "包裹称重照片"),
        why=said(
            "The weight at delivery is compared with the weight at acceptance.",
            "将签收重量与收寄重量对比。",
        ),
        is_photo=True,
    ),
    Document(
        code="seal_photo",
        is_required=True,
        text=said("The seal or tape", "封口或胶带照片"),
        why=said("It shows whether the parcel was opened.", "证明包裹是否被拆封。"),
        is_photo=True,
    ),
    label(
        is_required=True,
        why=said("It ties the photos to the parcel.", "证明照片与包裹对应。"),
    ),
    value_proof(is_required=True),
)
DETAILS = (
    Question(
        code="missing_items",
        type=AnswerType.TEXT,
        text=said("What is missing?", "缺少哪些物品？"),
        is_required=True,
    ),
    Question(
        code="seal",
        type=AnswerType.CHOICE,
        text=said("How was the seal?", "封口状况如何？"),
        is_required=True,
        choices=("intact", "broken", "not_seen"),
    ),
    Question(
        code="weight_at_delivery_grams",
        type=AnswerType.COUNT,
        text=said("Weight at delivery, in grams", "签收时重量（克）"),
    ),
    Question(
        code="opened_before",
        type=AnswerType.YES_NO,
        text=said("Had somebody opened it before?", "此前是否有人拆开？"),
    ),
)
TASKS = (
    TaskPlan(role=TaskRole.STATION, level=2, when=When.EVERY_END),
    TaskPlan(role=TaskRole.HUB, level=2, when=When.EVERY_HUB),
    TaskPlan(role=TaskRole.WAREHOUSE, level=2),
    TaskPlan(role=TaskRole.DELIVERY, level=2),
    TaskPlan(role=TaskRole.STAFF_STATEMENT, level=3, is_restricted=True),
    TaskPlan(role=TaskRole.REGION, level=3),
)


def missing(report: Report) -> tuple[str, ...]:
    """What handling will need and the report does not say."""
    return unsaid(report, needs=("shipment.postage", "items"), details=DETAILS)


def triage(report: Report) -> Triage:
    """A broken seal is suspicious of theft."""
    broken = value_of(report.details, "seal") == "broken"
    because = ("the seal is broken: theft is possible",) if broken else ("weights are compared",)
    severity = Severity.HIGH if broken else Severity.NORMAL
    return Triage(severity=severity, route=Route.INVESTIGATE, because=because)


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """By the weights; where there are none, by the list and the photos in the time there is."""
    del presumed_from
    if lost := lost_if_said(case):
        return lost
    goods = case.goods
    if goods.is_short is not None:
        weights = f"accepted {goods.accepted_grams} g, delivered {goods.delivered_grams} g"
        if goods.is_short:
            return Concluded(
                finding=Finding.CONTENTS_MISSING,
                ground=f"the parcel lost weight on its way: {weights}",
                rule="weights",
                source="the scales of acceptance and delivery",
            )
        if value_of(case.report.details, "seal") != "broken":
            return Concluded(
                finding=Finding.DELIVERED,
                ground=f"the weights agree and the seal was not broken: {weights}",
                rule="weights",
                source="the scales of acceptance and delivery",
            )
    give_up_at = case.opened_at + GIVE_UP_AFTER
    if at < give_up_at:
        return look_again(at, give_up_at)
    received = {upload.kind for upload in case.uploads if upload.counts}
    if {"packing_list", "seal_photo", "label"} <= received:
        return Concluded(
            finding=Finding.CONTENTS_MISSING,
            ground="list and photos show it, and nothing was found that contradicts them",
            rule="evidence",
            source="the claimant's evidence",
        )
    return Concluded(
        finding=Finding.DELIVERED,
        ground="nothing was shown to be missing in the time there was for it",
        rule="give_up",
        source="the evidence checklist",
    )
