"""Merchant: what is made good at the merchant's own shop, over a signed webhook that must answer.

Signed as Standard Webhooks are: HMAC-SHA256 over id, timestamp and body, in the header.
"""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from amends.domain.exchange import Exchange, Request, Response
from amends.domain.money import BadMoney, Money
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.payment.payee import Payee, PayeeScheme, take
from amends.domain.payment.rail import (
    Account,
    BadCallback,
    Instruction,
    NoStatement,
    StatementLine,
    rejected,
    silence,
    unknown,
)

SECRETS = ("webhook_secret",)
_KINDS = {
    "done": OutcomeKind.SUCCEEDED,
    "accepted": OutcomeKind.ACCEPTED,
    "undone": OutcomeKind.RETURNED,
    "cancelled": OutcomeKind.CANCELLED,
}


class Counter(NamedTuple):
    """What a rail that the merchant serves defines, but for its name."""

    check_payee: Callable[[Mapping[str, str]], Payee]
    pay: Callable[[Instruction, Account], Exchange[RailOutcome]]
    query: Callable[[Instruction, Account], Exchange[RailOutcome]]
    statement: Callable[[date, Account], Exchange[Sequence[StatementLine]]]
    receive: Callable[
        [bytes, Mapping[str, str], Mapping[str, str]], Sequence[tuple[str, RailOutcome]]
    ]


def counter_for(what: str) -> Counter:
    """The merchant's counter for `what` (`refund`): pays the original order, by its number.

    Only an answer that repeats the key acknowledges; a look asks what became of the key.
    """
    return Counter(
        check_payee=order_payee,
        pay=partial(ask, what),
        query=partial(ask, what, only_look=True),
        statement=partial(day_of, what),
        receive=notice,
    )


def order_payee(method: Mapping[str, str]) -> Payee:
    """The original order, by its number at the merchant."""
    return Payee(scheme=PayeeScheme.ORDER, account=take(method, "order", longest=64))


def ask(
    what: str, instruction: Instruction, account: Account, *, only_look: bool = False
) -> Exchange[RailOutcome]:
    """Ask the merchant to do `what` under the payout's key, or what became of it."""
    answer = yield _request(
        f"{what}.status" if only_look else what,
        {
            "key": instruction.key,
            "order": instruction.payee.account,
            "amount": str(instruction.amount.amount),
            "currency": instruction.amount.currency,
            "text": instruction.text,
        },
        account,
    )
    if answer.trouble or not answer.is_ok:
        return silence(answer.trouble) if answer.trouble else unknown(f"http_{answer.status}")
    return _acknowledged(answer, instruction.key)


def day_of(what: str, day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
    """Everything of `what` that the merchant did that day."""
    answer = yield _request(f"{what}.statement", {"day": day.isoformat()}, account)
    try:
        rows = answer.json()["lines"] if answer.is_ok else None
    except (ValueError, KeyError, TypeError):
        rows = None
    if rows is None:
        raise NoStatement(f"the merchant gave no statement for {day}")
    try:
        return [
            StatementLine(
                key=row["key"],
                reference=row["reference"],
                amount=Money.of(row["amount"], row["currency"]),
                booked_on=day,
                is_return=row.get("status") == "undone",
            )
            for row in rows
        ]
    except (BadMoney, KeyError, TypeError, AttributeError) as error:
        raise NoStatement(f"a line of the merchant's statement for {day} cannot be read") from error


def notice(
    body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]
) -> list[tuple[str, RailOutcome]]:
    """A merchant's later word on one key; raises `BadCallback` unless signed with our secret."""
    signed = signature(
        headers.get("webhook-id", ""), headers.get("webhook-timestamp", ""), body, secrets
    )
    if not hmac.compare_digest(headers.get("webhook-signature", ""), signed):
        raise BadCallback("the notice is not signed by the merchant")
    try:
        told = json.loads(body)
        return [(str(told["key"]), _said(told))]
    except (ValueError, KeyError, TypeError) as error:
        raise BadCallback("the notice names no payout") from error


def signature(name: str, stamp: str, body: bytes, secrets: Mapping[str, str]) -> str:
    """The `webhook-signature` header for these bytes."""
    message = f"{name}.{stamp}.".encode() + body
    digest = hmac.new(secrets["webhook_secret"].encode(), message, sha256).digest()
    return "v1," + b64encode(digest).decode()


def _request(what: str, data: Mapping[str, str], account: Account) -> Request:
    body = json.dumps({"type": what, "data": data}, separators=(",", ":")).encode()
    stamp = str(int(account.at.timestamp()))
    name = data.get("key") or data["day"]
    return Request(
        method="POST",
        url=account.base_url,
        headers={
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(name, stamp, body, account.secrets),
        },
        body=body,
    )


def _acknowledged(answer: Response, key: str) -> RailOutcome:
    """A 200 alone is no acknowledgement: the answer must repeat the key."""
    try:
        told = answer.json()
        if told["key"] != key:
            return unknown("unacknowledged", "The merchant answered about another payout.")
        return _said(told)
    except (ValueError, KeyError, TypeError):
        return unknown("unacknowledged", "The merchant did not acknowledge.")


def _said(told: Mapping[str, str]) -> RailOutcome:
    status = told["status"]
    if status == "not_seen":
        return unknown(NOT_SEEN)
    if status == "refused":
        return rejected(told.get("reason") or "refused", told.get("detail", ""))
    if status not in _KINDS:
        return unknown("unacknowledged", f"The merchant said {status[:20]!r}.")
    return RailOutcome(
        kind=_KINDS[status], reference=told.get("reference", ""), reason=told.get("reason", "")
    )
