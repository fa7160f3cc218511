"""Rail desk: a case's payout put in a rail's own terms, and the conversations with the rail."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, cast

from amends.catalog import plugin
from amends.domain.case.case import Case
from amends.domain.case.state.agreement import RAILS
from amends.domain.case.state.settlement import CasePayout
from amends.domain.exchange import converse
from amends.domain.occasion import Occasion
from amends.domain.payment.outcome import RailOutcome
from amends.domain.payment.payee import BadPayee
from amends.domain.payment.rail import Account, Cancels, Instruction, Rail
from amends.ports import Contacts, Http, Secrets
from amends.ports.money import MoneyRecords

RAIL_TIME = timedelta(hours=8)
"""The rails count their days in China."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treasury:
    """What paying needs beside the case; `settings` of the stack name each rail's base URL."""

    contacts: Contacts
    secrets: Secrets
    settings: Callable[[], Mapping[str, Any]]
    http: Http
    records: MoneyRecords


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One payout at the counter of its rail."""

    rail: Rail
    instruction: Instruction
    account: Account
    treasury: Treasury

    def pay(self) -> RailOutcome:
        """Hand the instruction in."""
        return converse(self.rail.pay(self.instruction, self.account), self.treasury.http)

    def ask(self) -> RailOutcome:
        """What became of the key."""
        return converse(self.rail.query(self.instruction, self.account), self.treasury.http)

    def cancel(self) -> RailOutcome | None:
        """Ask to call it back; None for a rail that calls nothing back."""
        if not hasattr(self.rail, "cancel"):
            return None
        exchange = cast("Cancels", self.rail).cancel(self.instruction, self.account)
        return converse(exchange, self.treasury.http)


def counter(case: Case, payout: CasePayout, treasury: Treasury, occasion: Occasion) -> Counter:
    """The counter for one payout; refuses a payee that was erased or cannot be paid."""
    rail, method = rail_of(payout.rail), _method(case, payout, treasury)
    if method is None:
        raise BadPayee("the payee is not known any more")
    return Counter(
        rail=rail,
        instruction=Instruction(
            key=payout.key,
            amount=payout.amount,
            payee=rail.check_payee({name: str(value) for name, value in method.items()}),
            text=f"Amends {case.id[-8:]}",
            first_sent_at=payout.first_sent_at or occasion.at,
        ),
        account=account_of(payout.rail, treasury, occasion),
        treasury=treasury,
    )


def _method(case: Case, payout: CasePayout, treasury: Treasury) -> Mapping[str, object] | None:
    """Whom to pay and where; what comes beside the payment is for the order that is on file."""
    if payout.part is not None and payout.rail == RAILS.get(payout.part):
        return {"order": case.report.shipment.order_reference or ""}
    part = payout.payee_part or f"payee:{payout.attempt}"
    method = treasury.contacts.get(case.id, part)
    return treasury.contacts.get(case.id, "payee") if method is None else method


def rail_of(code: str) -> Rail:
    """The rail of that code."""
    return cast("Rail", plugin("rails", code))


def account_of(code: str, treasury: Treasury, occasion: Occasion) -> Account:
    """Where and as whom a rail is used now."""
    told = treasury.settings().get("rails", {}).get(code, {})
    return Account(
        base_url=told.get("base_url", ""),
        at=occasion.at,
        secrets=treasury.secrets.of(f"rails/{code}"),
        settings=told.get("settings", {}),
    )


def payee_digest(at: Counter) -> str:
    """A keyed digest of the account, to count what one payee gets; it tells nobody the account."""
    key = at.treasury.secrets.of("tokens").get("key", "").encode()
    account = f"{at.instruction.payee.scheme}:{at.instruction.payee.account}".encode()
    return hmac.new(key or b"-", account, sha256).hexdigest()[:32]


def rail_day(occasion: Occasion) -> date:
    """The day as the rails count it."""
    return (occasion.at + RAIL_TIME).date()


def keep_carry(case_id: str, payout_id: str, said: RailOutcome, treasury: Treasury) -> RailOutcome:
    """Put what the payee must be handed where only the claimant finds it; the outcome without."""
    if not said.carry:
        return said
    if (treasury.contacts.get(case_id, f"payout:{payout_id}") or {}).get("carry") != said.carry:
        treasury.contacts.put(case_id, f"payout:{payout_id}", {"carry": said.carry})
    return replace(said, carry="")
