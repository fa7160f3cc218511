"""Coupon: a code that we issue ourselves, derived from the payout, so that it is issued once."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from amends.domain.exchange import Exchange
from amends.domain.payment.outcome import OutcomeKind, RailOutcome
from amends.domain.payment.payee import Payee, PayeeScheme
from amends.domain.payment.rail import (
    Account,
    BadCallback,
    Instruction,
    RailLimits,
    StatementLine,
)

CURRENCIES: frozenset[str] = frozenset()
SECRETS = ("coupon_secret",)
LIMITS = RailLimits(source="our own")
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def check_payee(method: Mapping[str, str]) -> Payee:
    """Anyone: the code is handed to the claimant."""
    del method
    return Payee(scheme=PayeeScheme.CLAIMANT, account="claimant")


def code_of(key: str, secrets: Mapping[str, str]) -> str:
    """Sixteen letters (80 bits) that nobody guesses: the same for the same payout, for ever."""
    digest = hmac.new(secrets["coupon_secret"].encode(), key.encode(), sha256).digest()
    code = "".join(_LETTERS[byte % 32] for byte in digest[:16])
    return "-".join(code[start : start + 4] for start in range(0, 16, 4))


def pay(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Issue the code; `carry` hands it to the claimant, `reference` names it without telling it."""
    yield from _nobody_is_asked()
    code = code_of(instruction.key, account.secrets)
    return RailOutcome(
        kind=OutcomeKind.SUCCEEDED, reference=sha256(code.encode()).hexdigest()[:16], carry=code
    )


def query(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """The same code again."""
    return (yield from pay(instruction, account))


def statement(day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
    """Nothing: the ledger is the coupon's only book."""
    del day, account
    yield from _nobody_is_asked()
    return []


def receive(
    body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]
) -> Sequence[tuple[str, RailOutcome]]:
    """Refuse: nobody calls back about coupons."""
    del body, headers, secrets
    raise BadCallback("coupons have no callbacks")


def _nobody_is_asked() -> Exchange[None]:
    yield from ()
