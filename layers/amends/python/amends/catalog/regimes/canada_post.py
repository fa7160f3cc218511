"""Canada Post, within Canada."""

from amends.domain.compensation.days import after, working_days_after
from amends.domain.compensation.facts import ItemKind, LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    not_covered,
    only_charges_back,
)
from amends.domain.compensation.windows import Window, inquiry_missed
from amends.domain.compensation.worksheet import Worksheet

_NO_COVER = frozenset(("lettermail", "small_packet", "light_packet"))


def _fill(sheet: Worksheet) -> None:
    facts, posted, due = sheet.facts, sheet.facts.posted_on, sheet.facts.promised_on
    delayed = sheet.event is LossEvent.DELAYED
    last, rule = None, "canada_post.claim"
    if delayed and due is not None:
        last = working_days_after(due, int(sheet.value("late_refund_days")))
        rule = "canada_post.late_refund"
    elif not delayed and sheet.event is not LossEvent.LOST and posted is not None:
        last, rule = after(posted, int(sheet.value("damage_days"))), "canada_post.damage"
    fact = "complained_on" if not facts.inquired_on and facts.complained_on else "inquired_on"
    window = Window(name="claim", fact=fact, last_day=last, rule=rule)
    if inquiry_missed(sheet, window) or sheet.excused(excuses("canada_post.exclusions")):
        return
    if delayed:
        if facts.guaranteed is False or due is None:
            delay_not_covered(sheet, "canada_post.delay")
        else:
            only_charges_back(sheet, "canada_post.guarantee")
        return
    if facts.fragile and sheet.event is not LossEvent.LOST:
        not_covered(
            sheet,
            "canada_post.fragile",
            "Fragile and perishable goods are covered for loss only",
            "易碎、易腐物品仅丢失可赔",
        )
        return
    bare = facts.service in _NO_COVER or facts.item_kind is ItemKind.ORDINARY_MAIL
    if facts.insured_value is None and bare:
        not_covered(
            sheet, "canada_post.no_cover", "No cover bought: the postage only", "未购保障：仅退邮资"
        )
    elif facts.insured_value is not None:
        award_within_insurance(sheet, "canada_post.cover")
    else:
        cap = fixed_cap(sheet, "included", "CAD", "canada_post.included")
        sheet.award_lower(sheet.loss(), cap, "canada_post.included")
    if sheet.is_total:
        sheet.give_back("postage", "canada_post.postage")


REGIMES = (
    Regime(
        code="canada_post",
        title=Text("Canada Post", "加拿大邮政"),
        editions=(
            edition(
                "2015-01-01",
                source="Canada Post terms and support pages",
                confidence=Confidence.MEDIUM_HIGH,
                figures={"included": "100", "damage_days": "90", "late_refund_days": "30"},
            ),
        ),
        fill=_fill,
    ),
)
