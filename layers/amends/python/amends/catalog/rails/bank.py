"""Bank transfer: one ISO 20022 file per payout, its messages read until the last word.

The bank is spoken to over HTTP: a file goes to `payments_path`, its messages lie at
`messages_path` (settings), as JSON rows with the XML in `body`. Banks that speak through folders
deliver the same XML to `receive`.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from amends.catalog.iso20022 import Movement, Order, Status, Unreadable, pain_001, read
from amends.domain.exchange import Exchange, Request
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.payment.payee import BadPayee, Payee, PayeeScheme, cn_account, take
from amends.domain.payment.rail import (
    Account,
    BadCallback,
    Instruction,
    NoStatement,
    RailLimits,
    StatementLine,
    rejected,
    silence,
    unknown,
)
from amends.domain.refusal import FieldError

CURRENCIES = frozenset({"CNY", "EUR"})
SECRETS = ("user", "password")
LIMITS = RailLimits(
    query_for=timedelta(days=10), source="duplicate check of MsgId: assumed, agree with the bank"
)
CUT_OFF = time(15, 0)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_DONE = frozenset({"ACSC", "ACCC"})
_TAKEN = frozenset({"ACCP", "ACTC", "ACSP", "ACWC", "ACWP", "PDNG", "RCVD", "PART"})
# A file sent twice is refused as a duplicate; that says nothing against the first one.
_DUPLICATE = frozenset({"DUPL", "DU01", "DU02", "AM05"})


def check_payee(method: Mapping[str, str]) -> Payee:
    """An IBAN (check digits, length by country) with a name, or a Chinese account with CNAPS."""
    if "iban" not in method:
        return cn_account(method)
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    try:
        number = iban.validate(take(method, "iban"), check_country=False)
    except ValidationError as error:
        raise _bad("iban", "this IBAN fails its check digits or length") from error
    bic = method.get("bic", "").strip().upper()
    if bic and not _BIC.fullmatch(bic):
        raise _bad("bic", "a BIC is eight or eleven characters")
    return Payee(scheme=PayeeScheme.IBAN, account=number, name=take(method, "name"), bank_code=bic)


def execution_date(at: datetime, holidays: frozenset[date] = frozenset()) -> date:
    """The first business day the bank can still work on; `at` and the cut-off in bank time."""
    day = at.date() if at.time() < CUT_OFF else at.date() + timedelta(days=1)
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day


def pay(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Hand in the file, then look whether the bank has already said more than `taken`."""
    settings = account.settings
    order = Order(
        key=instruction.key,
        created_at=instruction.requested_at,
        execute_on=execution_date(instruction.requested_at),
        amount=instruction.amount,
        debtor_name=settings["debtor_name"],
        debtor_account=settings["debtor_account"],
        debtor_bank=settings["debtor_bank"],
        payee=instruction.payee,
        text=instruction.text,
    )
    answer = yield Request(
        method="POST",
        url=account.base_url + settings.get("payments_path", "/payments"),
        headers={"content-type": "application/xml", **_basic(account)},
        body=pain_001(order),
    )
    if answer.trouble or answer.status >= 500:
        return silence(answer.trouble) if answer.trouble else unknown(f"http_{answer.status}")
    said = yield from query(instruction, account)
    if said.kind is not OutcomeKind.UNKNOWN:
        return said
    return RailOutcome(kind=OutcomeKind.ACCEPTED) if answer.is_ok else unknown("no_status")


def query(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Everything the bank has sent about the key, weighed.

    Banks do not answer for a single payment, so a silent bank reads as `not_seen`. Sending the same
    file again is safe, for banks refuse a MsgId they know; `LIMITS.query_for` bounds that memory.
    """
    messages = yield from _messages(account)
    if messages is None:
        return unknown("no_messages")
    return _weighed([item for item in messages if item.key == instruction.key])


def statement(day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
    """The entries of that day's camt.053."""
    messages = yield from _messages(account, kind="camt.053")
    if messages is None:
        raise NoStatement(f"the bank gave no statement for {day}")
    return [
        StatementLine(
            key=item.key,
            reference=item.reference,
            amount=item.amount,
            booked_on=item.booked_on,
            is_return=item.is_credit,
            reason=item.reason,
        )
        for item in messages
        if isinstance(item, Movement) and item.booked_on == day
    ]


def receive(
    body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]
) -> Sequence[tuple[str, RailOutcome]]:
    """One message from the bank's folder; its transport vouches for it, so the login must fit."""
    if headers.get("authorization") != _login(secrets):
        raise BadCallback("the message does not come from the bank's folder")
    try:
        items = read(body)
    except Unreadable as error:
        raise BadCallback("the message cannot be read") from error
    keys = dict.fromkeys(item.key for item in items)
    return [(key, _weighed([item for item in items if item.key == key])) for key in keys]


def _weighed(items: Iterable[Status | Movement]) -> RailOutcome:
    """The strongest word: returned over booked over rejected over taken."""
    best = unknown(NOT_SEEN)
    rank = {
        OutcomeKind.UNKNOWN: 0,
        OutcomeKind.ACCEPTED: 1,
        OutcomeKind.REJECTED: 2,
        OutcomeKind.SUCCEEDED: 3,
        OutcomeKind.RETURNED: 4,
    }
    for item in items:
        said = _of_status(item) if isinstance(item, Status) else _of_movement(item)
        best = max(best, said, key=lambda outcome: rank[outcome.kind])
    return best


def _of_status(status: Status) -> RailOutcome:
    if status.code == "RJCT" and status.reason not in _DUPLICATE:
        return rejected(status.reason or status.code, status.detail)
    if status.code in _DONE:
        return RailOutcome(kind=OutcomeKind.SUCCEEDED, reason=status.code)
    if status.code in _TAKEN or status.reason in _DUPLICATE:
        return RailOutcome(kind=OutcomeKind.ACCEPTED, reason=status.reason or status.code)
    return unknown(status.code)


def _of_movement(item: Movement) -> RailOutcome:
    kind = OutcomeKind.RETURNED if item.is_credit else OutcomeKind.SUCCEEDED
    return RailOutcome(kind=kind, reference=item.reference, reason=item.reason)


def _messages(account: Account, kind: str = "") -> Exchange[list[Status | Movement] | None]:
    path = account.settings.get("messages_path", "/messages")
    answer = yield Request.get(
        account.base_url + path, headers=_basic(account), query={"type": kind} if kind else None
    )
    if answer.trouble or not answer.is_ok:
        return None
    found: list[Status | Movement] = []
    for row in answer.json():
        if str(row["type"]).startswith(("pain.002", "camt.053", "camt.054", "pacs.004")):
            found += read(str(row["body"]).encode())
    return found


def _login(secrets: Mapping[str, str]) -> str:
    pair = f"{secrets['user']}:{secrets['password']}".encode()
    return "Basic " + b64encode(pair).decode()


def _basic(account: Account) -> dict[str, str]:
    return {"authorization": _login(account.secrets)}


def _bad(name: str, message: str) -> BadPayee:
    return BadPayee(message, errors=[FieldError(field=name, code="bad_payee", message=message)])
