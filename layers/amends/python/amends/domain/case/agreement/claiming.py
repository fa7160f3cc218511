"""Claiming: what is asked for, by whom and by what right, and until which day."""

from amends.domain.case.case import Case
from amends.domain.case.events import (
    ClaimMade,
    EntitlementDeclared,
    Event,
    InformationGiven,
)
from amends.domain.case.investigation.concluding import require_claimable
from amends.domain.case.state.agreement import Basis
from amends.domain.case.vocabulary import Remedy, Role
from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid, OutOfOrder

WAIVER = "waiver"


def make_claim(case: Case, *, role: Role, remedy: Remedy, demanded: Money | None) -> list[Event]:
    """Record what the claimant asks for; changed as often as they like until it is agreed."""
    require_claimable(case)
    if not case.is_open or case.accepted_offer is not None or case.payouts:
        raise OutOfOrder("this case is settled")
    found = case.agreement
    if found.claimed_at is not None and (found.wish, found.demanded) == (remedy, demanded):
        return []
    return [ClaimMade(role=role, remedy=remedy, demanded=demanded)]


def declare_entitlement(
    case: Case, *, role: Role, basis: Basis, evidence_id: str | None
) -> list[Event]:
    """Say by what right somebody claims; a right that another gave away needs its paper.

    Joint claimants are paid once, to the one who is named here.
    """
    if case.accepted_offer is not None or case.payouts or not case.is_open:
        raise OutOfOrder("this case is settled")
    if basis is not Basis.OWN and not _has_come(case, evidence_id):
        error = FieldError(
            field="entitlement.evidence_id",
            code="required",
            message="a signed waiver, assignment or joint declaration must have arrived",
        )
        raise Invalid("who gives a right away says so in writing", errors=[error])
    told = [(one.role, one.basis, one.evidence_id) for one in case.agreement.entitled]
    if (role, basis, evidence_id) in told[-1:]:
        return []
    declared = EntitlementDeclared(role=role, basis=basis, evidence_id=evidence_id)
    if WAIVER in case.asked_for:
        return [declared, InformationGiven(items=(WAIVER,))]
    return [declared]


def _has_come(case: Case, evidence_id: str | None) -> bool:
    return any(upload.id == evidence_id and upload.counts for upload in case.uploads)
