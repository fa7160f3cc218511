"""Payouts: one intent goes out through its rail; what the rail says is recorded.

Nothing is sent before the sending is recorded, and only by whoever recorded it; what was sent once
is asked about, and sent again under the same key only when the rail has just said that it never
saw the key. A crash anywhere leaves a due moment, at which this begins anew.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.money import paying
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.occasion import Occasion
from amends.domain.payment.limits import Hold
from amends.domain.payment.outcome import OutcomeKind, RailOutcome
from amends.domain.payment.payee import BadPayee
from amends.domain.payment.payout import Action, Contradicted, learn, next_action
from amends.ports import CaseStore
from amends.service.amend import amend
from amends.service.money.claiming_back import note_coupon
from amends.service.money.differences import Found, raise_to_staff
from amends.service.money.payout_limits import (
    NEEDS_APPROVAL,
    PAID_ELSEWHERE,
    is_off,
    is_paid_elsewhere,
    needs_approval,
    release,
    remember_key,
    reserve,
)
from amends.service.money.rail_desk import Treasury, counter, keep_carry

__all__ = ["Treasury", "hear", "pay"]

SENDING_TAKES = timedelta(minutes=2)
"""Nobody sends again what somebody else may just be sending."""
LOOK_AGAIN = timedelta(minutes=15)
LOOK_TOMORROW = timedelta(days=1)
PATIENCE = {Hold.PAYEE_DAY, Hold.RAIL_DAY, Hold.OPERATOR_DAY}
"""Holds that end with the day; the others end when a person does something."""


def pay(
    store: CaseStore, case_id: str, payout_id: str, treasury: Treasury, occasion: Occasion
) -> Case:
    """Bring one payout forward: send what was never sent, ask about what was."""
    case = store.load(case_id)
    payout = paying.find_payout(case, payout_id)
    match next_action(paying.as_protocol(case, payout)):
        case Action.SEND:
            return _Step(store, case, payout, treasury, occasion).send()
        case Action.ASK:
            return _Step(store, case, payout, treasury, occasion).ask()
        case _:
            give_back(payout, treasury)  # whoever heard its end may have died before this
            return case


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


class _Step:
    """One step of one payout."""

    def __init__(
        self,
        store: CaseStore,
        case: Case,
        payout: CasePayout,
        treasury: Treasury,
        occasion: Occasion,
    ) -> None:
        self.store, self.case, self.payout = store, case, payout
        self.treasury, self.occasion = treasury, occasion

    def send(self) -> Case:
        """Send for the first time, unless something holds it."""
        if self.case.has_paid(self.payout.part):
            return self._amend(
                lambda now: paying.withdraw_payout(now, self.payout.id, "paid by another attempt")
            )
        if waits := self._waits_for_earlier():
            return waits
        if needs_approval(self.payout, self.treasury.settings()):
            return self._hold(NEEDS_APPROVAL, LOOK_TOMORROW)
        if is_paid_elsewhere(self.case, self.payout, self.treasury.records, self.occasion):
            return self._hold(PAID_ELSEWHERE, LOOK_TOMORROW)
        if is_off(self.payout.rail, self.treasury.records):
            return self._hold(Hold.SWITCHED_OFF, LOOK_AGAIN)
        try:
            at = counter(self.case, self.payout, self.treasury, self.occasion)
        except BadPayee:
            return self._amend(lambda now: paying.reject(now, self.payout.id, BadPayee.code))
        if why := reserve(at, self.payout, self.treasury, self.occasion):
            return self._hold(why, LOOK_AGAIN * 4 if why in PATIENCE else LOOK_TOMORROW)
        remember_key(self.case.id, self.payout, self.treasury, self.occasion)
        begun: list[bool] = []

        def begin(now: Case) -> list[Event]:
            events = paying.begin(now, self.payout.id, self.occasion)
            begun.append(bool(events))
            return events

        case = self._amend(begin)
        return self._hear(at.pay(), case) if begun[-1] else case

    def ask(self) -> Case:
        """Ask the rail; send again only what it has never seen."""
        at = counter(self.case, self.payout, self.treasury, self.occasion)
        said = at.ask()
        begun: list[bool] = []

        def begin(now: Case) -> list[Event]:
            fresh = paying.find_payout(now, self.payout.id)
            if fresh.sent_at is None or self.occasion.at < fresh.sent_at + SENDING_TAKES:
                begun.append(False)
                return []
            events = paying.begin_again(
                now,
                self.payout.id,
                said,
                self.occasion,
                query_for=at.rail.LIMITS.query_for,
            )
            begun.append(bool(events))
            return events

        is_over = self.payout.called_back_at or self.occasion.at > self.payout.confirm_by
        if said.kind is OutcomeKind.AWAITING_PAYEE and is_over:
            said = at.cancel() or said  # who does not confirm it may choose another way
        if not said.denies_payment or said.kind is not OutcomeKind.UNKNOWN:
            return self._hear(said, self.case)
        if self.case.has_paid(self.payout.part):
            return self._stop(said)
        if is_off(self.payout.rail, self.treasury.records):
            return self._hear(said, self.case)
        case = self._amend(begin)
        return self._hear(at.pay() if begun[-1] else said, case)

    def _waits_for_earlier(self) -> Case | None:
        """No attempt starts before the ones before it are certainly unpaid, and quiet.

        What those had taken from the limits is given back, if nobody has yet.
        """
        for earlier in self.case.payouts_of(self.payout.part):
            if earlier.attempt >= self.payout.attempt:
                break
            if earlier.state is PayoutState.RETURNED or earlier.sent_at is None:
                continue
            ended = earlier.ended_at or earlier.sent_at
            give_back(earlier, self.treasury)
            if self.occasion.at < ended + paying.QUIET_FOR:
                return self._hold("quiet", ended + paying.QUIET_FOR - self.occasion.at)
            at = counter(self.case, earlier, self.treasury, self.occasion)
            said = at.ask()
            if said.kind in (OutcomeKind.SUCCEEDED, OutcomeKind.RETURNED):
                return hear(self.store, self.case, earlier.id, said, self.treasury, self.occasion)
            if not said.denies_payment:
                return self._hold("earlier_attempt", LOOK_AGAIN)
        return None

    def _stop(self, said: RailOutcome) -> Case:
        """Another attempt has paid: what the rail has not seen in all this time is given up."""
        sent = self.payout.sent_at or self.occasion.at
        if self.occasion.at < sent + paying.QUIET_FOR:
            return self._hear(said, self.case)
        return self._amend(
            lambda now: paying.note_cancelled(now, self.payout.id, "paid by another attempt")
        )

    def _hold(self, reason: str, until: timedelta) -> Case:
        return self._amend(
            lambda now: paying.hold(now, self.payout.id, reason, until=until, on=self.occasion)
        )

    def _hear(self, said: RailOutcome, case: Case) -> Case:
        return hear(self.store, case, self.payout.id, said, self.treasury, self.occasion)

    def _amend(self, decide: Callable[[Case], Sequence[Event]]) -> Case:
        return amend(self.store, self.case.id, self.occasion, decide)
