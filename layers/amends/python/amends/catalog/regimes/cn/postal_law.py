"""China Postal Law, chapter 5: mail inside universal service."""

from decimal import Decimal

from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Cause, ItemKind
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text, edition
from amends.domain.compensation.terms import (
    award_in_proportion,
    award_whole_loss,
    delay_not_covered,
    excuses,
    not_covered,
    times_postage,
)
from amends.domain.compensation.windows import (
    CIVIL_CODE_188,
    Window,
    inquiry_missed,
    open_until,
    presume_lost,
)
from amends.domain.compensation.worksheet import Worksheet

_FIGURES = {
    "times_fee": "3",
    "inquiry_months": "12",
    "inquiry_days_abroad": "180",
    "answer_days": "30",
    "answer_days_remote": "60",
}
_INSURED = (ItemKind.INSURED_LETTER, ItemKind.INSURED_PARCEL)
_SEVERE = (Cause.GROSS_NEGLIGENCE, Cause.INTENT)


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    _watch(sheet)
    insured = facts.item_kind in _INSURED or facts.insured_value is not None
    severe = facts.cause in _SEVERE
    ordinary = facts.item_kind is ItemKind.ORDINARY_MAIL or facts.receipt_given is False
    if delay_not_covered(sheet, "cn.postal_law.45"):
        return
    if ordinary and not severe:
        not_covered(
            sheet, "cn.postal_law.46", "Ordinary mail is not answered for", "平常邮件不承担赔偿责任"
        )
        return
    if inquiry_missed(sheet, _inquiry(sheet)):
        return
    if sheet.excused(excuses("cn.postal_law.48", force_majeure=not insured)):
        return
    if ordinary:
        award_whole_loss(sheet, "cn.postal_law.46", "Intent or gross negligence: the actual loss",
                         "故意或重大过失：按实际损失")  # fmt: skip
    elif severe or facts.terms_prompted is False:
        _without_limit(sheet, insured=insured)
    elif insured:
        _insured(sheet)
    elif facts.item_kind is ItemKind.REGISTERED_LETTER and sheet.is_total:
        _flat(sheet)
    else:
        sheet.uninsured_cap = True
        sheet.need("postage", *(() if sheet.is_total else ("actual_loss",)))
        loss = sheet.loss()
        cap = times_postage(sheet, sheet.value("times_fee"), "cn.postal_law.47.1.2")
        sheet.award_lower(loss, cap, "cn.postal_law.47.1.2")


def _inquiry(sheet: Worksheet) -> Window:
    """49(3) bars where neither an inquiry nor a claim came in time: the earlier of them counts."""
    facts, last = sheet.facts, None
    if facts.posted_on is not None and facts.is_domestic:
        last = months_after(facts.posted_on, int(sheet.value("inquiry_months")))
    elif facts.posted_on is not None:
        last = after(facts.posted_on, int(sheet.value("inquiry_days_abroad")))
    asked, claimed = facts.inquired_on, facts.complained_on
    is_earlier = claimed is not None and (asked is None or claimed < asked)
    fact = "complained_on" if is_earlier else "inquired_on"
    return Window(name="inquiry", fact=fact, last_day=last, rule="cn.postal_law.49")


def _watch(sheet: Worksheet) -> None:
    facts = sheet.facts
    far = not facts.is_domestic or facts.remote_area is True
    if facts.inquired_on is not None:
        days = int(sheet.value("answer_days_remote" if far else "answer_days"))
        presume_lost(sheet, after(facts.inquired_on, days), "cn.postal_law.49.2")
    if facts.complained_on is not None:
        open_until(sheet, "appeal", months_after(facts.complained_on, 12), "cn.postal_law.65")
    event_on = facts.delivered_on or facts.posted_on
    if event_on is not None:
        until = months_after(event_on, 36)
        open_until(sheet, "action", until, "civil_code.188", source=CIVIL_CODE_188)


def _without_limit(sheet: Worksheet, *, insured: bool) -> None:
    """47(3): the limits fall away; the insured amount or the flat sum is owed at the least."""
    facts = sheet.facts
    flat = facts.item_kind is ItemKind.REGISTERED_LETTER and sheet.is_total
    if flat and facts.actual_loss is None and facts.actual_value is None:
        sheet.flag("cap_unavailable")
        _flat(sheet)
        return
    loss = sheet.loss()
    least = Exact(Decimal(0), loss.currency)
    if insured and facts.insured_value is not None and sheet.is_total:
        least = sheet.payable(facts.insured_value)
    owed = loss if loss.amount >= least.amount else least
    sheet.flag("cap_unavailable")
    sheet.award(
        owed,
        "cn.postal_law.47.3",
        f"The limit cannot be invoked (gross negligence, intent or no notice): {owed}",
        f"不得援用限额（重大过失、故意或未履行告知义务）：{owed}",
    )


def _insured(sheet: Worksheet) -> None:
    sheet.need("insured_value")
    insured = sheet.facts.insured_value
    if insured is None or not sheet.is_total:
        # By its letter, as for the whole: over-insured mail pays more than the loss, flagged.
        award_in_proportion(sheet, "cn.postal_law.47.1.1", up_to_loss=False)
        return
    whole = sheet.payable(insured)
    sheet.cap = insured
    sheet.award(
        whole,
        "cn.postal_law.47.1.1",
        f"Insured and wholly lost: the insured amount {whole}",
        f"保价邮件全部损失：按保价额 {whole}",
    )


def _flat(sheet: Worksheet) -> None:
    flat = sheet.payable(times_postage(sheet, sheet.value("times_fee"), "cn.postal_law.47.1.2"))
    sheet.award(
        flat,
        "cn.postal_law.47.1.2",
        f"Registered letter: flat, whatever its value: {flat}",
        f"挂号信件：定额赔偿 {flat}",
    )


_SOURCE = "Postal Law of China (2009, amended 2012 and 2015), arts 45-50"
REGIMES = (
    Regime(
        code="cn.postal_law",
        title=Text("China Postal Law", "中华人民共和国邮政法"),
        editions=(
            edition("2009-10-01", valid_to="2015-04-23", source=_SOURCE, figures=_FIGURES),
            edition("2015-04-24", source=_SOURCE, figures=_FIGURES),
        ),
        fill=_fill,
    ),
)
