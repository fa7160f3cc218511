"""Policy: an insurance on file for what was sent, with its conditions and its windows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amends.domain.case.vocabulary import Kind
from amends.domain.money import Money


class PolicyKind(StrEnum):
    """Whose insurance it is."""

    CARRIER = "carrier"
    """Declared or insured with the carrier: the regime's own rules and windows hold."""
    THIRD_PARTY = "third_party"


class Exclusion(StrEnum):
    """What a policy does not pay for."""

    POOR_PACKING = "poor_packing"
    SENDER_FAULT = "sender_fault"
    FORCE_MAJEURE = "force_majeure"
    PROHIBITED_CONTENTS = "prohibited_contents"
    DELAY = "delay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One insurance; None where the policy sets no such condition or window."""

    id: str
    kind: PolicyKind
    insurer: str
    number: str
    cover: Money
    deductible: Money | None = None
    premium: Money | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    notice_days: int | None = None
    """From the report: until when the insurer is told."""
    claim_days: int | None = None
    """From the report: until when the claim is handed in."""
    reply_days: int | None = None
    """How long the insurer may take to answer."""
    covers: tuple[Kind, ...] = ()
    """Kinds of incident; empty covers all but what is excluded."""
    excludes: tuple[Exclusion, ...] = ()
    papers: tuple[str, ...] = ()
    """Kinds of document that must have come and not been refused."""
