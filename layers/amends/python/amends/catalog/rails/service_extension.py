"""Service extension: the merchant or service desk adds days to what the claimant pays for."""

from collections.abc import Mapping, Sequence
from datetime import date

from amends.catalog import merchant
from amends.domain.exchange import Exchange
from amends.domain.payment.outcome import RailOutcome
from amends.domain.payment.payee import Payee
from amends.domain.payment.rail import Account, Instruction, RailLimits, StatementLine

CURRENCIES: frozenset[str] = frozenset()
SECRETS = merchant.SECRETS
LIMITS = RailLimits(source="the merchant's own")
_WHAT = "service_extension"


def check_payee(method: Mapping[str, str]) -> Payee:
    """The original order, by its number."""
    return merchant.order_payee(method)


def pay(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Ask the merchant; only an answer that repeats the key acknowledges."""
    return (yield from merchant.ask(_WHAT, instruction, account))


def query(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Ask the merchant what became of the key."""
    return (yield from merchant.ask(_WHAT, instruction, account, only_look=True))


def statement(day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
    """What the merchant did that day."""
    return (yield from merchant.day_of(_WHAT, day, account))


def receive(
    body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]
) -> Sequence[tuple[str, RailOutcome]]:
    """The merchant's later word, signed."""
    return merchant.notice(body, headers, secrets)
