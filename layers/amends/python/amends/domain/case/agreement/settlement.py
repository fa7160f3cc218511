"""Settlement: the written terms, word for word, what stays reserved, and the receipt."""

from hashlib import sha256

from amends.domain.case.agreement.negotiation import accept_offer, find_offer
from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    ExtraDone,
    OfferAccepted,
    ReceiptAcknowledged,
    SettlementWritten,
)
from amends.domain.case.money.paying import FINAL
from amends.domain.case.state.agreement import Option, Part
from amends.domain.case.state.settlement import Offer
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, NotFound, OutOfOrder

VERSION = "2026-11"
REMEDIES = {
    Remedy.COMPENSATION: ("compensation", "赔偿"),
    Remedy.REFUND: ("refund of charges", "退还费用"),
    Remedy.RESHIPMENT: ("the goods sent again", "补寄"),
    Remedy.REPAIR: ("repair", "维修"),
    Remedy.REDELIVERY: ("delivery once more", "重新投递"),
    Remedy.COUPON: ("a coupon", "优惠券"),
    Remedy.SERVICE_EXTENSION: ("an extension of service", "服务延期"),
}


def accept(
    case: Case,
    offer_id: str,
    *,
    rail: str,
    payee: str,
    occasion: Occasion,
    payee_part: str | None = None,
    option: int | None = None,
    without: tuple[Remedy, ...] = (),
    reserved: Money | None = None,
) -> list[Event]:
    """Accept, and write down what was agreed; a part may be reserved, and is then not given up."""
    events = accept_offer(
        case,
        offer_id,
        rail=rail,
        payee=payee,
        occasion=occasion,
        payee_part=payee_part,
        option=option,
        without=without,
    )
    accepted = next((one for one in events if isinstance(one, OfferAccepted)), None)
    if accepted is None or case.agreement.settlement is not None:
        return events  # said before, or only another way of payment
    offer = find_offer(case, offer_id)
    if reserved is not None and reserved.currency != offer.amount.currency:
        error = FieldError(
            field="reserve.currency", code="not_possible", message=f"{offer.amount.currency}"
        )
        raise Invalid("what is reserved is told in the offer's currency", errors=[error])
    parts = agreed_parts(offer, option, without)
    language = case.report.language
    text = terms(case.id, parts, reserved, language)
    written = SettlementWritten(
        offer_id=offer_id,
        sha256=sha256(text.encode()).hexdigest(),
        language=language,
        reserved=reserved,
    )
    return [*events, written]


def agreed_parts(
    offer: Offer, option: int | None, without: tuple[Remedy, ...] = ()
) -> tuple[Part, ...]:
    """The parts of the option that is taken, without what was left out."""
    if not offer.options:
        return (Part(remedy=offer.remedy, amount=offer.amount),)
    chosen: Option = offer.options[(option or 1) - 1]
    unwanted = [part for part in chosen.extras if part.remedy in without]
    return tuple(part for part in chosen.parts if part not in unwanted)


def terms(case_id: str, parts: tuple[Part, ...], reserved: Money | None, language: str) -> str:
    """The terms as one text; the same agreement always gives the same words."""
    chinese = language == "zh-CN"
    lines = [f"- {REMEDIES[p.remedy][chinese]}: {p.amount}" for p in parts]
    if chinese:
        end = (
            f"申请人保留就 {reserved} 继续主张的权利。"
            if reserved
            else "双方就本案赔偿事宜全部了结。"
        )
        head = f"和解条款（{VERSION}）。案件 {case_id}。我方承担："
        law = "法律规定不得放弃的权利不受影响。"
    else:
        end = (
            f"The claimant keeps the right to pursue a further {reserved}."
            if reserved
            else "With this the compensation of this case is settled in full."
        )
        head = f"Terms of settlement ({VERSION}). Case {case_id}. We owe and will do:"
        law = "Rights that the law does not let anybody give up are not touched."
    return "\n".join([head, *lines, end, law])


def terms_of(case: Case) -> str:
    """The terms of a settled case, worked out again from its history; held to the hash."""
    settlement = case.agreement.settlement
    if settlement is None:
        raise NotFound("nothing is settled")
    offer = find_offer(case, settlement.offer_id)
    parts = agreed_parts(offer, None) if offer.taken is None else offer.taken
    text = terms(case.id, parts, settlement.reserved, settlement.language)
    if sha256(text.encode()).hexdigest() != settlement.sha256:
        raise OutOfOrder("the terms were written by an earlier release: ask for the document")
    return text


def acknowledge(case: Case, offer_id: str) -> list[Event]:
    """The claimant says that it has come; once, and not before it was sent."""
    settlement = case.agreement.settlement
    if settlement is None or settlement.offer_id != offer_id:
        raise NotFound("there is no such settlement")
    if settlement.is_received:
        return []
    if not case.is_fulfilled:
        raise OutOfOrder("it has not been paid yet, or not all of it is done")
    return [ReceiptAcknowledged(offer_id=offer_id)]


def do_extra(case: Case, remedy: Remedy, reference: str) -> list[Event]:
    """A person did what was promised beside the money; once, and not while a rail may do it."""
    extras = [extra for extra in case.agreement.extras if extra.part.remedy is remedy]
    if not extras:
        raise NotFound("nothing such was promised")
    if all(extra.reference is not None for extra in extras):
        return []
    if any(payout.state not in FINAL for payout in case.payouts_of(remedy)):
        raise OutOfOrder("a payout of it is underway: call it back, or wait for its end")
    return [ExtraDone(remedy=remedy, reference=reference)]
