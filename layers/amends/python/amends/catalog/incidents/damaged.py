"""Damaged: it arrived, and not whole."""

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
    unsaid,
    value_proof,
)
from amends.domain.case.investigation.verdicts import look_again, lost_if_said
from amends.domain.case.question import AnswerType, Question, said
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Finding, Remedy

REMEDIES = (Remedy.COMPENSATION, Remedy.REPAIR, Remedy.RESHIPMENT, Remedy.REFUND)
KEEP_GOODS_FOR = timedelta(days=60)
"""Goods and packing are kept until the claim is answered (carriers' terms, reference C). The
length is ours; confidence low."""
PHOTOS_WITHIN = timedelta(days=7)
"""A complaint is to be handled in 7 days (Express Regulations art. 29, 2025): by then the photos
speak where nobody has inspected. Confidence high for the 7 days."""
GIVE_UP_AFTER = timedelta(days=30)
"""Claims are handled in 30 days (industry standard, reference A.2). Confidence 0.75."""
THRESHOLDS = (
    Threshold(
        code="keep_goods",
        value=KEEP_GOODS_FOR,
        source="our own; carriers require keeping until closed",
        confidence="low",
    ),
    Threshold(
        code="photos",
        value=PHOTOS_WITHIN,
        source="Express Regulations art. 29 (2025)",
        confidence="high",
    ),
    Threshold(
        code="give_up", value=GIVE_UP_AFTER, source="YZ/T 0128, reference A.2", confidence="medium"
    ),
)
PHOTO_ROLES = (
    ("outer_top", "Outside, from above", "外包装顶面"),
    ("outer_bottom", "Outside, from below", "外包装底面"),
    ("outer_front", "Outside, front", "外包装正面"),
    ("outer_back", "Outside, back", "外包装背面"),
    ("outer_left", "Outside, left", "外包装左侧"),
    ("outer_right", "Outside, right", "外包装右侧"),
    ("label", "The label, readable", "面单（清晰可读）"),
    ("filling", "The filling", "填充物"),
    ("inner", "The inner packing", "内包装"),
    ("item", "The whole item", "内件整体"),
    ("damage", "The damage, close", "损坏处特写"),
)
DOCUMENTS = (
    *(
        Document(
            code=code,
            is_required=True,
            text=said(f"Photo: {en}", f"照片：{zh}"),
            why=said("Packing and damage are judged together.", "需结合包装与损坏情况一并判断。"),
            is_photo=True,
        )
        for code, en, zh in PHOTO_ROLES
    ),
    value_proof(is_required=True),
    Document(
        code="repair_quote",
        is_required=False,
        text=said("Quote of a repair", "维修报价"),
        why=said("A repair may cost less than the loss.", "维修费用可能低于损失。"),
    ),
)
DETAILS = (
    Question(
        code="noticed_when",
        type=AnswerType.CHOICE,
        text=said("When was it noticed?", "何时发现损坏？"),
        is_required=True,
        choices=("at_delivery", "after_opening"),
    ),
    Question(
        code="damage",
        type=AnswerType.TEXT,
        text=said("What is damaged?", "损坏情况如何？"),
        is_required=True,
    ),
    Question(
        code="item_class",
        type=AnswerType.CHOICE,
        text=said("What kind of goods?", "物品类别？"),
        is_required=True,
        choices=("general", "fragile", "glass", "electronics", "liquid", "food", "furniture"),
    ),
    Question(
        code="packing_kept",
        type=AnswerType.YES_NO,
        text=said("Is the packing kept?", "包装是否保留？"),
        is_required=True,
    ),
    Question(
        code="outer_damaged",
        type=AnswerType.YES_NO,
        text=said("Is the outside damaged?", "外包装是否破损？"),
    ),
    Question(
        code="remark_made",
        type=AnswerType.YES_NO,
        text=said("Was a remark made at delivery?", "签收时是否注明异常？"),
    ),
)
TASKS = (
    TaskPlan(role=TaskRole.STATION, level=2, when=When.EVERY_END),
    TaskPlan(role=TaskRole.HUB, level=2, when=When.EVERY_HUB),
    TaskPlan(role=TaskRole.DELIVERY, level=2),
    TaskPlan(role=TaskRole.INSPECTOR, level=2),
    TaskPlan(role=TaskRole.REGION, level=3),
)


def missing(report: Report) -> tuple[str, ...]:
    """What handling will need and the report does not say."""
    return unsaid(report, needs=("shipment.postage", "items"), details=DETAILS)


def triage(report: Report) -> Triage:
    """Goods are kept and looked at; valuable ones first."""
    flags = {flag for item in report.items for flag in item.flags}
    severity = Severity.HIGH if "valuable" in flags else Severity.NORMAL
    because = ("goods and packing must be kept for an inspection",)
    return Triage(severity=severity, route=Route.INSPECT, because=because)


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """Damaged by an inspection; by the photos, once its time is over; else nothing was shown."""
    del presumed_from
    if lost := lost_if_said(case):
        return lost
    look = case.goods.inspection
    if look is not None and look.lost_share is not None:
        if look.lost_share == "0":
            return Concluded(
                finding=Finding.DELIVERED,
                ground="the inspection found no damage",
                rule="inspection",
                source=f"inspection {look.id}",
            )
        return Concluded(
            finding=Finding.DAMAGED,
            ground=f"the inspection found damage; the packing was {look.packaging}",
            rule="inspection",
            source=f"inspection {look.id}",
        )
    photos = {upload.kind for upload in case.uploads if upload.counts}
    is_shown = {code for code, _, _ in PHOTO_ROLES} <= photos
    photos_at, give_up_at = case.opened_at + PHOTOS_WITHIN, case.opened_at + GIVE_UP_AFTER
    if (is_shown and look is None and at >= photos_at) or (is_shown and at >= give_up_at):
        return Concluded(
            finding=Finding.DAMAGED,
            ground="the photos show the damage, and nobody has inspected the goods",
            rule="photos",
            source="the claimant's photos, all roles",
        )
    if at >= give_up_at:
        return Concluded(
            finding=Finding.DELIVERED,
            ground="no damage was shown in the time there was for it",
            rule="give_up",
            source="the evidence checklist",
        )
    return look_again(at, photos_at, give_up_at)
