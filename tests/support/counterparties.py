"""Counterparties: gateways and shops that go on between our steps; claimants who choose again."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random

from amends.catalog.merchant import signature
from amends.domain.case.money.calling_back import ask_back, to_call_back
from amends.domain.case.state.settlement import OfferState
from amends.service.amend import amend
from amends.service.money.payout_notices import Notice
from simulators.gateways.book import Bill
from tests.support.money_rails import DONE
from tests.support.money_world import MoneyWorld

UNDERWAY = frozenset({"DEALING", "ACCEPTED", "accepted"})
FAILED = {"alipay": "FAIL", "wechat_pay": "FAIL"}


@dataclass(slots=True, kw_only=True)
class Counterparties:
    """Everybody who is paid through, and their mood."""

    world: MoneyWorld
    chance: Random
    tally: Counter[str]
    calm: bool = False
    notices: list[Notice] = field(default_factory=list)

    def move(self, *, calm: bool) -> list[Notice]:
        """One round: what is underway goes on, fails late, or comes back; the callbacks of it."""
        self.calm, self.notices = calm, []
        for rail, book in self.world.books.items():
            for bill in list(book.bills.values()):
                self._move(rail, bill)
        return self.notices

    def choose(self, case_ids: Sequence[str], rails: Sequence[str]) -> None:
        """Some claimants call a waiting payment back, and some take an offer that is open again."""
        for case_id in case_ids:
            case = self.world.cases.load(case_id)
            waiting = to_call_back(case)
            if waiting is not None and not self.calm and self.chance.random() < 0.05:
                self.tally["called back by their payee"] += 1
                asked = partial(ask_back, payout_id=waiting.id)
                amend(self.world.cases, case_id, self.world.occasion("claimant"), asked)
            is_open = case.offers[-1].state is OfferState.OPEN
            if is_open and (self.calm or self.chance.random() < 0.3):
                self.tally["chosen again"] += 1
                self.world.accept(case_id, self.chance.choice(rails))

    def _move(self, rail: str, bill: Bill) -> None:
        draw = self.chance.random()
        if bill.state == "WAIT_USER_CONFIRM":
            if draw < 0.3 or self.calm:
                self._tell(rail, bill, "SUCCESS")
        elif bill.state in UNDERWAY:
            if draw < 0.25 or self.calm:
                self._tell(rail, bill, DONE.get(rail, "done"))
            elif draw < 0.35:
                self.tally["late failures"] += 1
                self._tell(rail, bill, FAILED.get(rail, "refused"))
        elif bill.state == DONE.get(rail, "done") and not self.calm and draw < 0.002:
            if rail == "alipay":
                self.tally["returns"] += 1
                self._tell(rail, bill, "REFUND")
            elif rail != "wechat_pay":
                self.tally["returns"] += 1
                self._tell(rail, bill, "undone")

    def _tell(self, rail: str, bill: Bill, state: str) -> None:
        is_back = state in ("FAIL", "REFUND", "refused", "undone")
        if is_back:
            self.world.books[rail].give_back(bill.number, state, "PAYEE_ACCOUNT_STATUS_ERROR")
        bill.state = state
        if rail == "alipay":
            self._call_back(rail, self.world.alipay.notice(bill.number), {})
        elif rail == "wechat_pay":
            reply = self.world.wechat_pay.notice(bill.number)
            self._call_back(rail, reply.body, reply.headers)
        else:
            told = {"key": bill.number, "status": state, "reference": bill.reference}
            body = json.dumps(told).encode()
            name, stamp = f"n-{bill.number}", "1"
            secrets = {"webhook_secret": "whsec-of-a-shop"}
            headers = {
                "webhook-id": name,
                "webhook-timestamp": stamp,
                "webhook-signature": signature(name, stamp, body, secrets),
            }
            self._call_back(rail, body, headers)

    def _call_back(self, rail: str, body: bytes, headers: Mapping[str, str]) -> None:
        if not self.calm and self.chance.random() < 0.1:
            self.tally["callbacks lost"] += 1
            return
        self.notices.append(Notice(rail=rail, body=body, headers=headers))
