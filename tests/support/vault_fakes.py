"""Vaults in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from amends.adapters.codec import dumps, loads
from amends.domain.case.vault import Vault
from amends.ports import StaleVault


class MemoryVaults:
    """Vaults in memory; every one takes the way through its JSON."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.rows: dict[str, str] = {}
        self._now = now

    def get(self, shipment_id: str) -> Vault | None:
        row = self.rows.get(shipment_id)
        return None if row is None else loads(Vault, row).at(self._now())

    def under(self, number: str) -> Sequence[Vault]:
        found = (self.get(one) for one in sorted(self.rows))
        return [vault for vault in found if vault is not None and vault.number == number]

    def save(self, vault: Vault) -> Vault:
        known = self.get(vault.shipment_id)
        if vault.version != (known.version if known else 0):
            raise StaleVault("the shipment's evidence has moved on")
        after = replace(vault, version=vault.version + 1)
        self.rows[vault.shipment_id] = dumps(after)
        return after
