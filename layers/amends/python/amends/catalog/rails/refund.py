"""Refund: the price of the original order back by the way it was paid, done by the merchant."""

from amends.catalog import merchant
from amends.domain.payment.rail import RailLimits

CURRENCIES: frozenset[str] = frozenset()
SECRETS = merchant.SECRETS
LIMITS = RailLimits(source="the merchant's own")
check_payee, pay, query, statement, receive = merchant.counter_for("refund")
