"""Service extension: the merchant or service desk adds days to what the claimant pays for."""

from amends.catalog import merchant
from amends.domain.payment.rail import RailLimits

CURRENCIES: frozenset[str] = frozenset()
SECRETS = merchant.SECRETS
LIMITS = RailLimits(source="the merchant's own")
check_payee, pay, query, statement, receive = merchant.counter_for("service_extension")
