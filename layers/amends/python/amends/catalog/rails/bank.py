"""Bank transfer: one ISO 20022 file per payout, its messages read until the last word.

The bank is spoken to over HTTP: a file goes to `payments_path`, its messages lie at
`messages_path` (settings), as JSON rows with the XML in `body`. Banks that speak through folders
deliver the same XML to `receive`. Its `time_zone`, `cut_off` (15:00) and `holidays` (days between
commas) are settings too.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amends.catalog.credit_transfer import Order, Unwritable, pain_001
from amends.catalog.iso20022 import VERSIONS, Covered, Movement, Said, Status, Unreadable, read
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


def execution_date(at: datetime, settings: Mapping[str, str]) -> date:
    """The first business day that the bank can still work on, which is the value date."""
    there = at.astimezone(ZoneInfo(settings.get("time_zone", "UTC")))
    cut_off = time.fromisoformat(settings["cut_off"]) if "cut_off" in settings else CUT_OFF
    day = there.date() if there.time() < cut_off else there.date() + timedelta(days=1)
    while not _is_business_day(day, settings):
        day += timedelta(days=1)
    return day


def _is_business_day(day: date, settings: Mapping[str, str]) -> bool:
    return day.weekday() < 5 and day.isoformat() not in settings.get("holidays", "").split(",")


def pay(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Hand in the file, then look whether the bank has already said more than `taken`.

    What cannot be written waits: the payee was checked before, so a setting of ours is wrong.
    """
    settings = account.settings
    try:
        file = pain_001(_order(instruction, settings))
    except Unwritable as error:
        return unknown(error.code, str(error))
    answer = yield Request(
        method="POST",
        url=account.base_url + settings.get("payments_path", "/payments"),
        headers={"content-type": "application/xml", **_basic(account)},
        body=file,
    )
    if answer.trouble or answer.status >= 500:
        return silence(answer.trouble) if answer.trouble else unknown(f"http_{answer.status}")
    said = yield from query(instruction, account)
    if said.kind is not OutcomeKind.UNKNOWN:
        return said
    return RailOutcome(kind=OutcomeKind.ACCEPTED) if answer.is_ok else unknown("no_status")


def _order(instruction: Instruction, settings: Mapping[str, str]) -> Order:
    return Order(
        key=instruction.key,
        created_at=instruction.first_sent_at,
        execute_on=execution_date(instruction.first_sent_at, settings),
        amount=instruction.amount,
        debtor_name=settings["debtor_name"],
        debtor_account=settings["debtor_account"],
        debtor_bank=settings["debtor_bank"],
        payee=instruction.payee,
        text=instruction.text,
    )


def query(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Everything the bank has sent about the key, weighed.

    Banks do not answer for a single payment, so a silent bank reads as `not_seen`, unless a message
    cannot be read: it may be about this key. Sending the same file again is safe, for banks refuse
    a MsgId they know; `LIMITS.query_for` bounds that memory.
    """
    mail = yield from _messages(account)
    if mail is None:
        return unknown("no_messages")
    about = [item for item in mail.said if not isinstance(item, Covered)]
    weighed = _weighed([item for item in about if item.key == instruction.key])
    is_silent = weighed.kind is OutcomeKind.UNKNOWN and weighed.reason == NOT_SEEN
    return unknown(Unreadable.code) if is_silent and mail.unread else weighed


def statement(day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
    """The entries of that day's camt.053, which each business day must have."""
    mail = yield from _messages(account, kind="camt.053")
    if mail is None:
        raise NoStatement(f"the bank gave no statement for {day}")
    covers = [item for item in mail.said if isinstance(item, Covered)]
    is_there = any(item.first <= day <= item.last for item in covers)
    if not is_there and _is_business_day(day, account.settings):
        raise NoStatement(f"no statement of the bank covers {day}, or it cannot be read")
    return [
        StatementLine(
            key=item.key,
            reference=item.reference,
            amount=item.amount,
            booked_on=item.booked_on,
            is_return=item.is_credit,
            reason=item.reason,
        )
        for item in mail.said
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
    about = [item for item in items if not isinstance(item, Covered)]
    keys = dict.fromkeys(item.key for item in about)
    return [(key, _weighed([item for item in about if item.key == key])) for key in keys]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """What the bank's messages say, and how many cannot be read."""

    said: Sequence[Said]
    unread: int


def _messages(account: Account, kind: str = "") -> Exchange[_Mail | None]:
    path = account.settings.get("messages_path", "/messages")
    answer = yield Request.get(
        account.base_url + path, headers=_basic(account), query={"type": kind} if kind else None
    )
    if answer.trouble or not answer.is_ok:
        return None
    found: list[Said] = []
    unread = 0
    for row in answer.json():
        if str(row["type"]).startswith(tuple(VERSIONS)):
            try:
                found += read(str(row["body"]).encode())
            except Unreadable:
                unread += 1  # one bad message must not hide what the others say
    return _Mail(said=found, unread=unread)


def _login(secrets: Mapping[str, str]) -> str:
    pair = f"{secrets['user']}:{secrets['password']}".encode()
    return "Basic " + b64encode(pair).decode()


def _basic(account: Account) -> dict[str, str]:
    return {"authorization": _login(account.secrets)}


def _bad(name: str, message: str) -> BadPayee:
    return BadPayee(message, errors=[FieldError(field=name, code="bad_payee", message=message)])
