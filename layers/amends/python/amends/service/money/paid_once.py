"""Paid once: of all cases of one parcel one pays, unless a second person agrees.

For each tracking number a row of the money records names who pays for it: each case with the payout
that it last said so with. Who says so changes the row only from what they had read, so that of two
who see at one moment that the other's payment came to nothing, one goes on and the other waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from amends.domain.case.case import Case
from amends.domain.case.money.paying import CANCELLED_STATES
from amends.domain.case.state.settlement import CasePayout
from amends.domain.occasion import Occasion
from amends.ports import CaseStore
from amends.ports.money import Document
from amends.service.money.hearing import doubt_of, hear
from amends.service.money.rail_desk import Treasury, rail_day

PAID_ELSEWHERE = "paid_elsewhere"
BOOK, ROW = "paid_parcel", "case"
USED_AGAIN_AFTER = timedelta(days=365)
"""Carriers give a number to another parcel after a year, as UPU asks of S10 numbers."""
LOOK_TOMORROW = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """A case that pays for a number, and for which of its payouts it last said so."""

    case_id: str
    payout_id: str
    on: date

    def told(self) -> Document:
        """As the row has it."""
        return {"case_id": self.case_id, "payout_id": self.payout_id, "on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class Parcel:
    """The parcel of a case, seen by a payout that is about to be sent."""

    store: CaseStore
    case: Case
    treasury: Treasury
    occasion: Occasion

    def claim(self, payout: CasePayout) -> timedelta | None:
        """Write down that the case pays; else how long it waits for what another case pays.

        An approved payout is written down behind the others. What is written down stays so until
        it has ended: nobody takes the row from a case of which anything may still be paid.
        """
        parcel, records = self.case.report.shipment, self.treasury.records
        if not parcel.is_numbered:
            return None
        book, today = f"{BOOK}#{parcel.tracking_number}", rail_day(self.occasion)
        mine = Payer(case_id=self.case.id, payout_id=payout.id, on=today)
        while True:
            known = records.get(book, ROW)
            before, own, after = self._as_seen(_payers(known), payout)
            if own and (own.payout_id == payout.id or not before):
                return None
            before = [one for one in before if one.on > today - USED_AGAIN_AFTER]
            if payout.approved_by is None:
                waits = [self._wait_for(one) for one in before]
                if any(waits):
                    return max(waits)
                before = []
            told: Document = {"payers": [one.told() for one in (*before, mine, *after)]}
            if records.swap(book, ROW, known, told):
                return None

    def _as_seen(
        self, payers: Sequence[Payer], payout: CasePayout
    ) -> tuple[Sequence[Payer], Payer | None, Sequence[Payer]]:
        """Who was there before this case, its own entry while that may still pay, who came later.

        Those before it are what its own second person has to know of; those behind it knew of it.
        """
        open_ones = {one.id for one in self.case.payouts if one.state not in CANCELLED_STATES}
        for place, one in enumerate(payers):
            if one.case_id == self.case.id and one.payout_id in open_ones | {payout.id}:
                return payers[:place], one, payers[place + 1 :]
        return [one for one in payers if one.case_id != self.case.id], None, ()

    def _wait_for(self, payer: Payer) -> timedelta:
        """How long until it can be known better whether that case pays; nothing: it does not."""
        other = self.store.load(payer.case_id)
        if any(one.state not in CANCELLED_STATES for one in other.payouts):
            return LOOK_TOMORROW
        for one in other.payouts:
            doubt = doubt_of(other, one, self.treasury, self.occasion)
            if doubt and doubt.paid:
                hear(self.store, other, one.id, doubt.paid, self.treasury, self.occasion)
            if doubt:
                return doubt.quiet_for or LOOK_TOMORROW
        return timedelta()


def _payers(row: Document | None) -> list[Payer]:
    """The row's payers; earlier releases wrote one, without its payout."""
    if row is None:
        return []
    rows = cast("list[Document]", row.get("payers", [row]))
    return [
        Payer(
            case_id=str(one["case_id"]),
            payout_id=str(one.get("payout_id", "")),
            on=date.fromisoformat(str(one["on"])),
        )
        for one in rows
    ]
