"""Lost: the parcel does not arrive, and nobody can say where it is."""

from datetime import UTC, date, datetime, time, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded
from amends.domain.case.incident import Document, Verdict, WaitUntil
from amends.domain.case.report import Report
from amends.domain.case.vocabulary import Finding, Remedy
from amends.domain.parcel.vocabulary import Milestone

REMEDIES = (Remedy.COMPENSATION, Remedy.RESHIPMENT, Remedy.REFUND)
SILENT_AFTER = timedelta(days=14)
"""Without a movement for so long a date can conclude (reference 5.3: never found after 14 days
across borders; confidence medium)."""
LOOK_AGAIN_AFTER = timedelta(days=1)
GIVE_UP_AFTER = timedelta(days=90)
"""Channels delete a parcel after about 90 days (reference 2.1, 2.2): waiting longer brings
nothing. Confidence medium."""

DOCUMENTS = (
    Document(
        code="posting_receipt",
        is_required=True,
        text={"en": "Posting receipt or waybill", "zh-CN": "收寄凭证或运单"},
        why={"en": "It shows that the parcel was handed over.", "zh-CN": "证明邮件已交寄。"},
    ),
    Document(
        code="value_proof",
        is_required=True,
        text={"en": "Invoice, order or payment record", "zh-CN": "发票、订单或付款记录"},
        why={"en": "It shows what the contents were worth.", "zh-CN": "证明内件的价值。"},
    ),
    Document(
        code="non_receipt_statement",
        is_required=False,
        text={"en": "Addressee's statement of non-receipt", "zh-CN": "收件人未收到的声明"},
        why={"en": "It rules out a quiet delivery.", "zh-CN": "排除已悄然投递的可能。"},
    ),
)


def missing(report: Report) -> tuple[str, ...]:
    """What an assessment will need and the report does not say."""
    shipment = report.shipment
    asked = {
        "shipment.carrier": shipment.carrier,
        "shipment.shipped_on": shipment.shipped_on,
        "shipment.postage": shipment.postage,
        "items": report.value,
    }
    return tuple(path for path, value in asked.items() if value is None)


def verdict(case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
    """Lost when a channel says so, or when the regime's date has passed in silence."""
    reading = case.reading
    if reading is None:
        return WaitUntil(at=at + LOOK_AGAIN_AFTER)
    match reading.milestone:
        case Milestone.LOST:
            return Concluded(
                finding=Finding.LOST,
                ground="the carrier says that the parcel is lost",
                rule="carrier.statement",
                source=", ".join(reading.channels),
            )
        case Milestone.DESTROYED:
            return Concluded(
                finding=Finding.DESTROYED,
                ground="the carrier says that the parcel was destroyed",
                rule="carrier.statement",
                source=", ".join(reading.channels),
            )
        case Milestone.RETURNED:
            return Concluded(
                finding=Finding.RETURNED,
                ground="the parcel came back to its sender",
                rule="carrier.statement",
                source=", ".join(reading.channels),
            )
    if reading.milestone is Milestone.DELIVERED and _after_the_report(case):
        return Concluded(
            finding=Finding.DELIVERED,
            ground="the parcel was delivered after the report",
            rule="carrier.statement",
            source=", ".join(reading.channels),
        )
    silent_from = (reading.last_movement_at or case.opened_at) + SILENT_AFTER
    if presumed_from is not None:
        certain_at = max(datetime.combine(presumed_from, time(), UTC), silent_from)
        if at >= certain_at:
            return Concluded(
                finding=Finding.LOST,
                ground="the date of presumed loss has passed and nothing has moved since",
                rule="presumed_loss",
                source="the regime's date, and the channels' silence",
                presumed_from=presumed_from,
            )
        return WaitUntil(at=min(certain_at, at + LOOK_AGAIN_AFTER))
    give_up_at = max(case.opened_at + GIVE_UP_AFTER, silent_from)
    if at >= give_up_at:
        return Concluded(
            finding=Finding.LOST,
            ground="no channel has found the parcel for ninety days",
            rule="give_up",
            source="the channels' silence",
        )
    return WaitUntil(at=min(give_up_at, at + LOOK_AGAIN_AFTER))


def _after_the_report(case: Case) -> bool:
    moved = case.reading.last_movement_at if case.reading else None
    return moved is not None and moved >= case.opened_at
