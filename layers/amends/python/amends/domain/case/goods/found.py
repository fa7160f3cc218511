"""Found again: a parcel turns up, before or after its loss was paid."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    CaseReopened,
    ClawBackChosen,
    Event,
    FoundAgain,
    OfferExpired,
)
from amends.domain.case.state.recovery import ClawBack
from amends.domain.case.vocabulary import Stage
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, OutOfOrder

CHOOSE_WITHIN = timedelta(days=14)
"""For the claimant to choose between the money and the parcel; silence keeps the money. Ours."""


def found_again(case: Case, place: str, *, is_sound: bool, occasion: Occasion) -> list[Event]:
    """It turned up: unpaid, it is delivered after all; paid, somebody chooses.

    What was promised is kept: an accepted offer is paid whatever turns up.
    """
    if case.recovering.found_at is not None and case.recovering.claw_back is None:
        return []
    if case.goods.quarantine is not None:
        raise OutOfOrder("it is in quarantine, not lost")
    events: list[Event] = []
    if case.stage is Stage.CLOSED:
        events.append(CaseReopened(because="found"))
    offer = case.open_offer
    if offer is not None and not case.payouts:
        events.append(OfferExpired(offer_id=offer.id))
    choose_by = occasion.at + CHOOSE_WITHIN
    return [*events, FoundAgain(place=place, is_sound=is_sound, choose_by=choose_by)]


def choose_claw_back(case: Case, choice: ClawBack, amount: Money | None) -> list[Event]:
    """Money back for the parcel, or the parcel is ours, or something between; once."""
    if case.recovering.claw_back is choice:
        return []
    if "clawback" not in case.waits:
        raise OutOfOrder("there is nothing to choose")
    paid = case.payout
    if choice is ClawBack.SHARE:
        if amount is None or paid is None or not _is_part(amount, paid.amount):
            raise Invalid("a share is more than nothing and less than what was paid")
    elif amount is not None:
        raise Invalid("an amount is named only for a share")
    if choice is ClawBack.RETURN_MONEY and paid is not None:
        amount = paid.amount
    return [ClawBackChosen(choice=choice, amount=amount)]


def _is_part(amount: Money, whole: Money) -> bool:
    return amount.currency == whole.currency and 0 < amount.amount < whole.amount
