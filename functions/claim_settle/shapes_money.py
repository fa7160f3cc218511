"""Shapes: the documents of payments, claims back and the books; no handler imports this."""

from datetime import date, datetime
from typing import NotRequired, TypedDict

from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money


class PaymentDocument(TypedDict):
    """A payment and how far it has come."""

    id: str
    attempt: int
    rail: str
    amount: Money
    status: PayoutState
    held: str | None
    part: Remedy | None
    payee: str | None
    requested_at: datetime
    pay_by: datetime
    sent_at: datetime | None
    called_back_at: datetime | None
    ended_at: datetime | None
    reference: str | None
    reason: str | None


class ClaimantsPayment(PaymentDocument):
    """The same for its payee, with the code or the page that they need for it."""

    coupon_code: NotRequired[str]
    confirmation: NotRequired[str]


class StaffPayment(PaymentDocument):
    """The same for finance."""

    case_id: str
    key: str
    approved_by: str | None


class PlannedReclaim(TypedDict):
    """What is to be asked back of whoever is liable."""

    id: str
    case_id: str
    party: str
    share: str
    basis: str
    status: str


class FiledReclaim(TypedDict):
    """What was asked back, and how far it has come."""

    id: str
    case_id: str
    debtor: str
    amount: Money
    form: str
    file_by: date
    reply_due_at: datetime
    acknowledged: Money | None
    outstanding: Money
    status: str
    reason: str | None
    write_off_asked_by: str | None


class RailDocument(TypedDict):
    """A way to pay, and whether it is in use."""

    rail: str
    is_configured: bool
    is_off: bool


class SwitchedRail(TypedDict):
    """A way to pay that was just switched."""

    rail: str
    is_off: bool
    reason: str
    by: str


class Redemption(TypedDict):
    """A coupon that was just used."""

    amount: Money
    order_reference: str


class AccountBalance(TypedDict):
    """One account's balance, debit positive."""

    account: str
    balance: Money


class TrialBalance(TypedDict):
    """Every account's balance, which must sum to zero in each currency."""

    data: list[AccountBalance]
    is_balanced: bool
    entries: int
    closed_through: date | None


class RateDocument(TypedDict):
    """What one unit of a currency is in XDR, on which day, by whom."""

    currency: str
    xdr_per_unit: str
    on: date
    source: str
