"""Mixed fire: settlements of several parts under every fault, each part accounted for alone."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from amends.domain.case.money.paying import CANCELLED_STATES
from amends.domain.case.money.turning import turn_to_money
from amends.domain.case.state.agreement import RAILS, Part
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money
from amends.domain.refusal import OutOfOrder
from amends.service.amend import amend
from amends.service.money.approving import retry_payout
from amends.service.money.payout_limits import owner_of
from tests.support.money_rails import DONE
from tests.support.under_fire import UnderFire

BESIDE = tuple(
    Part(remedy=remedy, amount=Money.of(amount, "CNY"))
    for remedy, amount in (
        (Remedy.COUPON, "20.00"),
        (Remedy.RESHIPMENT, "88.00"),
        (Remedy.SERVICE_EXTENSION, "5.00"),
    )
)
MONEY_RAILS = ("alipay", "wechat_pay", "refund")


@dataclass(slots=True, kw_only=True)
class MixedFire(UnderFire):
    """Every settlement is money with something beside it; people try failed parts again."""

    rails: tuple[str, ...] = MONEY_RAILS
    beside: tuple[Part, ...] = BESIDE

    def begin(self) -> None:
        for number in range(self.payouts):
            case_id = f"case_{number:05d}"
            amount = Money.from_minor(self.chance.randint(10, 2_000), "CNY")
            self.world.offered(case_id, amount, beside=self.beside)
            self.world.accept(case_id, self.chance.choice(self.rails))
            self.case_ids.append(case_id)

    def round(self) -> None:
        UnderFire.round(self)
        for case_id in self.case_ids:
            case = self.case(case_id)
            for part in {extra.part.remedy for extra in case.agreement.owed_extras}:
                last = case.payouts_of(part)[-1:]
                if not last or last[0].state not in CANCELLED_STATES:
                    continue
                if part is Remedy.SERVICE_EXTENSION and self._turned(case_id, part):
                    continue
                if self.calm or self.chance.random() < 0.3:
                    self.tally["tried again alone"] += 1
                    on = self.world.occasion("staff:finance")
                    retry_payout(self.world.cases, self.world.queue, case_id, last[0].id, on)

    def _turned(self, case_id: str, part: Remedy) -> bool:
        """Sometimes it is paid in money instead, once the account is proved."""
        if self.chance.random() > 0.3:
            return False
        on = self.world.occasion("staff:adjuster")
        turn = partial(turn_to_money, reason="cannot", consent="told so", occasion=on, remedy=part)
        try:
            amend(self.world.cases, case_id, on, turn)
        except OutOfOrder:
            return False
        self.tally["turned to money"] += 1
        return True


def carried_out(run: UnderFire) -> Counter[tuple[str, Remedy | None]]:
    """How often each part of each settlement was carried out and stayed, by the rails' books."""
    found: Counter[tuple[str, Remedy | None]] = Counter()
    for case_id in run.case_ids:
        case = run.case(case_id)
        parts = [None, *(extra.part.remedy for extra in case.agreement.extras)]
        found.update(dict.fromkeys(((case_id, part) for part in parts), 0))
        found.update(
            (case_id, one.part)
            for one in case.payouts
            if one.rail == "coupon" and one.state is PayoutState.SUCCEEDED
        )
    for rail, book in run.world.books.items():
        for bill in book.bills.values():
            owner = owner_of(bill.number, run.world.records)
            if bill.state == DONE.get(rail, "done") and owner is not None:
                payouts = run.case(owner[0]).payouts
                part = next(one.part for one in payouts if one.id == owner[1])
                found[owner[0], part] += 1
                assert part is None or rail in (RAILS[part], *MONEY_RAILS)
    return found
