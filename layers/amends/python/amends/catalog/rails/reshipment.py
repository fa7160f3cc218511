"""Reshipment: the merchant sends the goods again; the amount is what they are worth."""

from amends.catalog import merchant
from amends.domain.payment.rail import RailLimits

CURRENCIES: frozenset[str] = frozenset()
SECRETS = merchant.SECRETS
LIMITS = RailLimits(source="the merchant's own")
check_payee, pay, query, statement, receive = merchant.counter_for("reshipment")
