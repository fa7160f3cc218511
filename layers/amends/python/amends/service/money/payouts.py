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
from amends.domain.case.state.settlement import CasePayout
from amends.domain.occasion import Occasion
from amends.domain.payment.limits import Hold
from amends.domain.payment.outcome import OutcomeKind, RailOutcome
from amends.domain.payment.payee import BadPayee
from amends.domain.payment.payout import Action, next_action
from amends.ports import CaseStore
from amends.service.amend import amend
from amends.service.money.hearing import doubt_of, give_back, hear
from amends.service.money.paid_once import LOOK_TOMORROW, PAID_ELSEWHERE, Parcel
from amends.service.money.payout_limits import (
    NEEDS_APPROVAL,
    is_off,
    needs_approval,
    remember_key,
    reserve,
)
from amends.service.money.rail_desk import Treasury, counter

__all__ = ["Treasury", "pay"]

SENDING_TAKES = timedelta(minutes=2)
"""Nobody sends again what somebody else may just be sending."""
LOOK_AGAIN = timedelta(minutes=15)
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
        # Before the approval for its amount: whoever approves is to know what else is paid.
        parcel = Parcel(self.store, self.case, self.treasury, self.occasion)
        if waits_for := parcel.claim(self.payout):
            return self._hold(PAID_ELSEWHERE, waits_for)
        if needs_approval(self.payout, self.treasury.settings()):
            return self._hold(NEEDS_APPROVAL, LOOK_TOMORROW)
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
        """No attempt starts before the ones before it are certainly unpaid, and quiet."""
        for earlier in self.case.payouts_of(self.payout.part):
            if earlier.attempt >= self.payout.attempt:
                break
            doubt = doubt_of(self.case, earlier, self.treasury, self.occasion)
            if doubt is None:
                continue
            if doubt.paid:
                said = doubt.paid
                return hear(self.store, self.case, earlier.id, said, self.treasury, self.occasion)
            if doubt.quiet_for:
                return self._hold("quiet", doubt.quiet_for)
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
