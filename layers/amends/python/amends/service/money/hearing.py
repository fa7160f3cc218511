"""Hearing: what a rail says of a payout is recorded; what has ended is asked about once more."""

from dataclasses import dataclass
from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.money import paying
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.occasion import Occasion
from amends.domain.payment.outcome import OutcomeKind, RailOutcome
from amends.domain.payment.payee import BadPayee
from amends.domain.payment.payout import Contradicted, learn
from amends.ports import CaseStore
from amends.service.amend import amend
from amends.service.money.claiming_back import note_coupon
from amends.service.money.differences import Found, raise_to_staff
from amends.service.money.payout_limits import release
from amends.service.money.rail_desk import Treasury, counter, keep_carry


def hear(
    store: CaseStore,
    case: Case,
    payout_id: str,
    said: RailOutcome,
    treasury: Treasury,
    occasion: Occasion,
) -> Case:
    """Record what a rail says of a payout, whether it was asked or called back."""
    payout = paying.find_payout(case, payout_id)
    is_last = payout.id == case.payouts_of(payout.part)[-1].id
    if payout.sent_at is not None:
        try:
            learn(paying.as_protocol(case, payout), said, is_last=is_last)
        except Contradicted:
            raise_to_staff(
                Found(
                    kind="contradicted",
                    rail=payout.rail,
                    key=payout.key,
                    case_id=case.id,
                    detail=f"{payout.state}, then {said.kind}, after another attempt had begun",
                ),
                treasury.records,
                occasion,
            )
    plain = keep_carry(case.id, payout.id, said, treasury)
    if payout.rail == "coupon" and said.kind is OutcomeKind.SUCCEEDED:
        # Before its event: a code that was never issued opens nothing, one without a row neither.
        note_coupon(case.id, payout, plain.reference, treasury.records, occasion)
    heard = amend(
        store, case.id, occasion, lambda now: paying.hear(now, payout.id, plain, occasion)
    )
    give_back(paying.find_payout(heard, payout_id), treasury)
    return heard


def give_back(payout: CasePayout, treasury: Treasury) -> None:
    """What will not be paid takes nothing from the limits; again is harmless."""
    if payout.state in paying.CANCELLED_STATES and payout.state is not PayoutState.RETURNED:
        release(payout, treasury)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why an attempt that has ended may have paid after all."""

    quiet_for: timedelta = timedelta()
    """How long nobody can know: a copy of it may still be on its way."""
    paid: RailOutcome | None = None
    """What the rail says of the payment that it had refused."""


def doubt_of(case: Case, ended: CasePayout, treasury: Treasury, occasion: Occasion) -> Doubt | None:
    """Ask the rail once more of an attempt that has ended; None: certainly nothing is paid.

    What the attempt took from the limits is given back, if nobody has yet.
    """
    if ended.state is PayoutState.RETURNED or ended.sent_at is None:
        return None
    give_back(ended, treasury)
    quiet_for = (ended.ended_at or ended.sent_at) + paying.QUIET_FOR - occasion.at
    if quiet_for > timedelta():
        return Doubt(quiet_for=quiet_for)
    try:
        said = counter(case, ended, treasury, occasion).ask()
    except (BadPayee, LookupError):  # a payee who was erased, a rail that is not set up any more
        return Doubt()
    if said.kind in (OutcomeKind.SUCCEEDED, OutcomeKind.RETURNED):
        return Doubt(paid=said)
    return None if said.denies_payment else Doubt()
