"""Payout notices: what a rail calls back with, verified, and recorded on the payout it names."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.catalog import codes
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.ports import CaseStore
from amends.service.money.differences import Found, raise_to_staff
from amends.service.money.hearing import hear
from amends.service.money.payout_limits import owner_of
from amends.service.money.rail_desk import Treasury, rail_of

ACKNOWLEDGED = {"alipay": "success"}
"""What a rail wants to read, so that it does not call again; the others look at the status."""


def acknowledgement(rail: str) -> str:
    """The body that tells the rail that its notice was taken."""
    return ACKNOWLEDGED.get(rail, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One callback as it came in: raw bytes, header names in lower case."""

    rail: str
    body: bytes
    headers: Mapping[str, str]


def take(store: CaseStore, notice: Notice, treasury: Treasury, occasion: Occasion) -> int:
    """Record what it says, and how many payouts it named; a repeat is harmless.

    Refuses a rail that there is not, and whatever the rail has not signed. A signed word about a
    key that was never sent is money that moved without us: staff are told.
    """
    if notice.rail not in codes("rails"):
        raise NotFound("there is no such rail")
    rail = rail_of(notice.rail)
    secrets = treasury.secrets.of(f"rails/{notice.rail}")
    if not set(rail.SECRETS) <= set(secrets):
        raise NotFound("there is no such rail")
    said = rail.receive(notice.body, notice.headers, secrets)
    for key, outcome in said:
        owner = owner_of(key, treasury.records)
        if owner is None:
            found = Found(
                kind="unknown_key",
                rail=notice.rail,
                key=key,
                case_id="",
                detail=f"the rail says {outcome.kind} of a key that was never sent",
                references=(outcome.reference,),
            )
            raise_to_staff(found, treasury.records, occasion)
            continue
        case_id, payout_id = owner
        hear(store, store.load(case_id), payout_id, outcome, treasury, occasion)
    return len(said)
