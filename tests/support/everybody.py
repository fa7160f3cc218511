"""Everybody: one world in which all that changes a case can be called, money and talk too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from amends.domain.case.case import Case
from amends.domain.occasion import Occasion
from amends.web.router import Router
from claim_settle import claims, offers, payments
from claim_settle.agreement_desk import AgreementDesk
from claim_settle.money_desk import MoneyDesk
from claim_settle.staff import money, offering, policies, reclaims, turning
from report_intake import taking
from tests.support.arriving import request_of
from tests.support.investigation_desks import RATES
from tests.support.investigation_world import World
from tests.support.money_fakes import BookedCases
from tests.support.money_world import MoneyWorld
from tests.support.people_world import World as PeopleWorld
from tests.support.proofs import prove

FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class Everybody(World):
    """The investigation's world, where terms are come to, rails pay, and people talk as well."""

    cases: BookedCases = field(default_factory=BookedCases)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    """Tokens of the links that opened a task, by case and task."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.money = MoneyWorld(
            cases=self.cases,
            contacts=self.contacts,
            queue=self.payouts,
            now=self.now,
            settings={"four_eyes_above": {"CNY": "100.00"}},
        )
        self.people = PeopleWorld(
            cases=self.cases, contacts=self.contacts, idempotency=self.keys, now=self.now
        )
        agreement = AgreementDesk(staff=self.desk, rates=lambda: RATES, tariff=lambda _: None)
        till = MoneyDesk(
            cases=lambda: self.cases,
            queue=lambda: self.payouts,
            records=lambda: self.money.records,
            ledger=lambda: self.cases,
            treasury=self.money.treasury,
            idempotency=lambda: self.keys,
            occasion=lambda by, because: Occasion(at=self.now, by=by, because=because),
        )
        self.router = Router(
            *self.router.endpoints,
            *(one for part in (offers, claims, offering) for one in part.endpoints(agreement)),
            *(
                one
                for part in (payments, money, turning, reclaims, policies)
                for one in part.endpoints(till)
            ),
            *taking.endpoints(self.intake),
            *self.people.router.endpoints,
            prove=prove,
        )

    def settle(self) -> Case:
        super().settle()
        return self.pay()

    def sweep(self) -> Case:
        super().sweep()
        return self.pay()

    def pay(self) -> Case:
        """The queue of payouts is worked on: the rails are told, or asked."""
        self.keep_time()
        self.money.drain()
        return self.case()

    def hear(self) -> None:
        """The rails carry out what they have accepted, whoever must confirm does; we are told."""
        alipay, wechat = self.money.alipay, self.money.wechat_pay
        for bill in [*alipay.book.bills.values(), *wechat.book.bills.values()]:
            if bill.state == "DEALING":
                self.notice("alipay", alipay.settle(bill.number, state="SUCCESS"), {})
            elif bill.state in ("ACCEPTED", "WAIT_USER_CONFIRM"):
                reply = wechat.confirm(bill.number)
                self.notice("wechat_pay", reply.body, reply.headers)
        self.settle()

    def notice(self, rail: str, body: bytes, headers: Mapping[str, str]) -> None:
        """A rail calls back."""
        self.keep_time()
        self.calls += 1
        path = f"/v1/payouts/webhooks/{rail}"
        event = request_of("POST", path, body, number=self.calls, headers=headers)
        assert self.router(event)["statusCode"] == 200

    def call(self, *args: Any, **more: Any) -> tuple[int, Any]:
        self.keep_time()
        return super().call(*args, **more)

    def page(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        """A form of one of our pages is sent."""
        self.keep_time()
        self.calls += 1
        event = request_of("POST", path, text=urlencode(fields), number=self.calls, headers=FORM)
        answer = self.router(event)
        return answer["statusCode"], answer["body"]

    def keep_time(self) -> None:
        """There is one clock."""
        self.people.now = self.now
        self.money.advance(self.now - self.money.now)
