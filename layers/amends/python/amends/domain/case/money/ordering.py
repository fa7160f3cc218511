"""Ordering: the intents to carry out what was agreed, each part with its own rail and key."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Event, PayoutRequested
from amends.domain.case.money.paying import CANCELLED_STATES, find_payout
from amends.domain.case.state.agreement import RAILS
from amends.domain.case.vocabulary import Remedy
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment.key import payout_key
from amends.domain.refusal import OutOfOrder

PAY_WITHIN = timedelta(days=7)
"""After agreement; industry standard YZ/T 0128, confidence 0.75 (reference A.2)."""


def request_payout(case: Case, occasion: Occasion) -> list[Event]:
    """Record the intent to pay the accepted offer: once, however often it is asked.

    Another attempt, with a key of its own, only when the one before it ended in a final no or came
    back, and the claimant has chosen the way of payment again. What comes beside the payment and
    has a rail gets an intent of its own; another attempt at that is a person's (`retry`).
    """
    offer, last = case.accepted_offer, case.payout
    if offer is None or offer.rail is None or not case.is_open:
        return []
    wanted: list[tuple[Remedy | None, str, Money]] = []
    if not case.is_paid and (last is None or last.state in CANCELLED_STATES):
        wanted.append((None, offer.rail, offer.amount))
    wanted += [
        (remedy, RAILS[remedy], amount)
        for remedy, amount in owed_beside(case).items()
        if has_rail(case, remedy) and not case.payouts_of(remedy)
    ]
    return [
        requested(case, part, rail, amount, attempt=len(case.payouts) + number, on=occasion)
        for number, (part, rail, amount) in enumerate(wanted, start=1)
    ]


def retry(case: Case, payout_id: str, occasion: Occasion) -> list[Event]:
    """Another attempt at what comes beside the payment, and at that alone; a repeat brings none."""
    payout = find_payout(case, payout_id)
    if payout.part is None:
        raise OutOfOrder("the claimant chooses another way of payment")
    if case.payouts_of(payout.part)[-1].id != payout_id:
        return []
    amount = owed_beside(case).get(payout.part)
    if payout.state not in CANCELLED_STATES or amount is None:
        raise OutOfOrder(f"this payout is {payout.state}: nothing is to be tried again")
    attempt = len(case.payouts) + 1
    return [requested(case, payout.part, payout.rail, amount, attempt=attempt, on=occasion)]


def has_rail(case: Case, remedy: Remedy) -> bool:
    """Whether it is carried out by a rail; what the merchant does needs the order it is for."""
    if remedy is Remedy.COUPON:
        return True
    has_order = case.merchant is not None and case.report.shipment.order_reference is not None
    return remedy in RAILS and has_order


def owed_beside(case: Case) -> dict[Remedy, Money]:
    """What was promised beside the payment and is not done, each remedy with its whole worth."""
    owed: dict[Remedy, Money] = {}
    for extra in case.agreement.owed_extras:
        known = owed.get(extra.part.remedy)
        owed[extra.part.remedy] = extra.part.amount + known if known else extra.part.amount
    return owed


def requested(
    case: Case, part: Remedy | None, rail: str, amount: Money, *, attempt: int, on: Occasion
) -> PayoutRequested:
    """The intent of one attempt, its id and key derived from the case and its number."""
    return PayoutRequested(
        payout_id=derived("pay", case.id, str(attempt)),
        attempt=attempt,
        key=payout_key(case.id, attempt),
        rail=rail,
        amount=amount,
        pay_by=on.at + PAY_WITHIN,
        part=part,
    )
