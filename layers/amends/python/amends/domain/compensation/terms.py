"""Terms: what many regimes say alike, each quoting its own rule."""

from collections.abc import Mapping
from decimal import Decimal

from amends.domain.compensation.assessment import Ground
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Cause, LossEvent
from amends.domain.compensation.worksheet import Worksheet
from amends.domain.money import Money


def excuses(rule: str, *, force_majeure: bool = True) -> Mapping[Cause, tuple[Ground, str]]:
    """The causes that free a carrier nearly everywhere; poor packing is the sender's fault."""
    told = {
        Cause.SENDER_FAULT: Ground.SENDER_FAULT,
        Cause.POOR_PACKING: Ground.SENDER_FAULT,
        Cause.NATURE_OF_GOODS: Ground.NATURE_OF_GOODS,
        Cause.PROHIBITED_CONTENTS: Ground.PROHIBITED_CONTENTS,
        Cause.CUSTOMS_SEIZURE: Ground.CUSTOMS_SEIZURE,
    }
    if force_majeure:
        told[Cause.FORCE_MAJEURE] = Ground.FORCE_MAJEURE
    return {cause: (ground, rule) for cause, ground in told.items()}


def not_covered(sheet: Worksheet, rule: str, en: str, zh: str) -> None:
    """Deny what the regime does not answer for at all."""
    sheet.deny(Ground.NOT_COVERED, rule, f"{en} ({rule}).", f"{zh}（{rule}）。")


def delay_not_covered(sheet: Worksheet, rule: str) -> bool:
    """Deny a delay, where the regime pays none; tells whether it was one."""
    if sheet.event is not LossEvent.DELAYED:
        return False
    not_covered(sheet, rule, "Delay is not compensated", "延误不予赔偿")
    return True


def only_charges_back(sheet: Worksheet, rule: str) -> None:
    """No indemnity, the carriage charge back: what most carriers give for delay."""
    zero = Exact(Decimal(0), sheet.payout)
    sheet.award(zero, rule, "No indemnity beside the charge", "除退还费用外无其他赔偿")
    sheet.give_back("postage", rule)


def share_of_value(sheet: Worksheet, loss: Exact) -> Decimal:
    """The part of the whole value that was lost; one for a total loss, never more than one."""
    if sheet.is_total:
        return Decimal(1)
    sheet.need("actual_value")
    value = sheet.payable(_known(sheet, "actual_value"))
    if value.amount <= loss.amount:
        return Decimal(1)
    return loss.amount / value.amount


def award_in_proportion(sheet: Worksheet, rule: str, *, up_to_loss: bool = True) -> None:
    """Insured: the insured amount times the share of value lost; usually at most the loss."""
    loss = sheet.loss()
    insured = _known(sheet, "insured_value")
    limit = sheet.payable(insured)
    sheet.cap, sheet.cap_binds = Money.rounded(*insured.parts), loss.amount > limit.amount
    if sheet.is_total:
        part = limit
    else:
        sheet.need("actual_value")
        value = sheet.payable(_known(sheet, "actual_value"))
        whole = max(value.amount, loss.amount)
        part = Exact(limit.amount * loss.amount / whole if whole else whole, limit.currency)
        sheet.note(
            rule,
            f"In proportion: {limit} × {loss} / {value} = {part}",
            f"按比例：{limit} × {loss} / {value} = {part}",
            part,
        )
    if not up_to_loss:
        sheet.award(part, rule, f"In proportion: {part}", f"按比例：{part}")
        return
    lower = part if part.amount < loss.amount else loss
    sheet.award(
        lower,
        rule,
        f"The lower of {part} and the loss {loss}: {lower}",
        f"{part} 与损失 {loss} 取低者：{lower}",
    )


def award_within_insurance(sheet: Worksheet, rule: str, *, most: Exact | None = None) -> None:
    """Insured or declared: the loss up to that value, and up to `most` where there is a ceiling."""
    insured = _known(sheet, "insured_value")
    if most is not None and sheet.payable(most).amount < sheet.payable(insured).amount:
        insured = most
    sheet.award_lower(sheet.loss(), insured, rule)


def award_whole_loss(sheet: Worksheet, rule: str, en: str, zh: str) -> None:
    """No limit holds: the actual loss, flagged `cap_unavailable`."""
    sheet.flag("cap_unavailable")
    loss = sheet.loss()
    sheet.award(loss, rule, f"{en}: {loss}", f"{zh}：{loss}")


def switched_off(sheet: Worksheet, name: str, rule: str, en: str, zh: str) -> None:
    """Say that a figure is on file but too unsure to be applied; flagged, never paid by."""
    if sheet.is_on(name):
        return
    sheet.flag("rule_switched_off")
    figure = sheet.edition.figures[name]
    sheet.note(
        rule,
        f"{en}: too unsure, switched off, not applied",
        f"{zh}：依据不足，未启用，不适用",
        source=figure.source,
    )


def fixed_cap(sheet: Worksheet, name: str, currency: str, rule: str) -> Exact:
    """A ceiling that is one figure of the edition; written down."""
    cap = Exact(sheet.value(name), currency)
    sheet.note(rule, f"Limit: {cap}", f"限额：{cap}", cap)
    return cap


def per_kilogram(
    sheet: Worksheet, name: str, currency: str, rule: str, *, weight: str = "gross_weight_grams"
) -> Exact:
    """A ceiling by weight, exact to the gram; written down."""
    kilograms = sheet.kilograms(weight)
    rate = Exact(sheet.value(name), currency)
    cap = rate.times(kilograms)
    line = f"{rate} × {kilograms:f} kg = {cap}"
    sheet.note(rule, f"Limit by weight: {line}", f"按重量计算限额：{line}", cap)
    return cap


def times_postage(sheet: Worksheet, multiple: Decimal, rule: str) -> Exact:
    """A ceiling that is a multiple of the carriage charge; written down."""
    sheet.need("postage")
    postage = _known(sheet, "postage")
    cap = postage.times(multiple)
    line = f"{multiple:f} × {postage} = {cap}"
    sheet.note(rule, f"Limit by the charge: {line}", f"按资费倍数计算限额：{line}", cap)
    return cap


def _known(sheet: Worksheet, name: str) -> Exact:
    sheet.need(name)
    return Exact.of(getattr(sheet.facts, name))
