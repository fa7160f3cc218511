"""Inspecting the goods: kept, looked at, weighed, repaired or salvaged."""

from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    Inspected,
    InspectionBooked,
    KeepGoodsOrdered,
    PartLossFound,
    RepairQuoted,
    SalvageValued,
    WeightsCompared,
)
from amends.domain.case.goods.packaging import judge
from amends.domain.case.investigation.tasks import refuse_closed
from amends.domain.case.question import Fact, value_of
from amends.domain.case.state.goods import Inspection
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, NotFound


def keep_goods(case: Case, keep_for: timedelta, occasion: Occasion) -> list[Event]:
    """Goods and packing stay as they are; ordered once."""
    if not case.is_open or case.goods.keep_until is not None:
        return []
    return [KeepGoodsOrdered(until=occasion.at + keep_for)]


def book_inspection(case: Case, at: datetime, place: str, occasion: Occasion) -> list[Event]:
    """Somebody will look at the goods; a second booking replaces the first, which saw nothing."""
    refuse_closed(case)
    if at < occasion.at:
        raise Invalid("an inspection lies ahead")
    inspection_id = derived("ins", case.id, at.isoformat(), place)
    if any(look.id == inspection_id for look in case.goods.inspections):
        return []
    return [InspectionBooked(inspection_id=inspection_id, at=at, place=place)]


def record_inspection(case: Case, inspection_id: str, answers: tuple[Fact, ...]) -> list[Event]:
    """What was seen; the packing is judged against the goods that the report names."""
    look = find_inspection(case, inspection_id)
    if look.lost_share is not None:
        return []
    share = value_of(answers, "lost_share") or "0"
    if not 0 <= _decimal(share) <= 1:
        raise Invalid("the lost part of the value is from 0 to 1")
    item_class = value_of(case.report.details, "item_class") or "general"
    packaging, lacking = judge(item_class, answers)
    return [
        Inspected(
            inspection_id=inspection_id,
            packaging=packaging,
            lacking=lacking,
            damage=value_of(answers, "damage") or "",
            lost_share=f"{_decimal(share).normalize():f}",
        )
    ]


def compare_weights(
    case: Case,
    *,
    accepted_grams: int,
    delivered_grams: int,
    tolerance_grams: int,
    seal_intact: bool | None,
) -> list[Event]:
    """Weight at acceptance against weight at delivery; the same figures again change nothing."""
    refuse_closed(case)
    if accepted_grams <= 0 or delivered_grams < 0:
        raise Invalid("a weight is above nothing")
    known = (case.goods.accepted_grams, case.goods.delivered_grams)
    if known == (accepted_grams, delivered_grams):
        return []
    return [
        WeightsCompared(
            accepted_grams=accepted_grams,
            delivered_grams=delivered_grams,
            tolerance_grams=tolerance_grams,
            is_short=accepted_grams - delivered_grams > tolerance_grams,
            seal_intact=seal_intact,
        )
    ]


def find_part_loss(case: Case, lines: tuple[str, ...], amount: Money) -> list[Event]:
    """Which lines of the packing list are gone, at their declared value; not above the whole."""
    refuse_closed(case)
    known = {item.name for item in case.report.items}
    if unknown := [line for line in lines if line not in known]:
        raise Invalid(f"the packing list does not name {', '.join(unknown)}")
    value = case.report.value
    if value is not None and (value.currency != amount.currency or value.amount < amount.amount):
        raise Invalid("a part is not worth more than the whole")
    if case.goods.part_loss == amount:
        return []
    return [PartLossFound(lines=lines, amount=amount)]


def quote_repair(case: Case, amount: Money, evidence_id: str | None) -> list[Event]:
    """What a repair would cost."""
    refuse_closed(case)
    if case.goods.repair == amount:
        return []
    return [RepairQuoted(amount=amount, evidence_id=evidence_id)]


def value_salvage(case: Case, amount: Money) -> list[Event]:
    """What is left is worth this much; it is taken off what is owed, or the goods change hands."""
    refuse_closed(case)
    return [] if case.goods.salvage == amount else [SalvageValued(amount=amount)]


def find_inspection(case: Case, inspection_id: str) -> Inspection:
    """The inspection of that id; refuses one that this case does not have."""
    for look in case.goods.inspections:
        if look.id == inspection_id:
            return look
    raise NotFound("there is no such inspection")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Invalid("this is not a decimal number") from error
