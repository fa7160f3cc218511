"""Concluding: people say what became of the parcel, with the evidence for it."""

from amends.domain.case.case import Case
from amends.domain.case.events import CaseClosed, Concluded, Event
from amends.domain.case.vocabulary import OWED_FOR, Finding, Outcome, Remedy, Stage
from amends.domain.refusal import FieldError, Invalid, OutOfOrder

_OPEN = frozenset({Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING})


def conclude_by_hand(
    case: Case, finding: Finding, *, ground: str, rule: str, evidence: tuple[str, ...], by: str
) -> list[Event]:
    """Conclude what the investigation found; refused without evidence, or while it is held."""
    known = case.conclusion
    if known is not None and (known.finding, known.ground) == (finding, ground):
        return []
    if case.stage not in _OPEN or known is not None:
        raise OutOfOrder(f"a case that is {case.stage} is concluded, or cannot be")
    apart = case.goods.quarantine
    if apart is not None and finding is not Finding.PROHIBITED:
        raise OutOfOrder("what is in quarantine is disposed of first")
    if apart is not None and (apart.to_notify or not apart.is_sender_told):
        raise OutOfOrder("authorities and sender are told of it first")
    if not [name for name in evidence if name.strip()]:
        raise Invalid(
            "a conclusion names its evidence",
            errors=[FieldError(field="evidence", code="required", message="name it")],
        )
    return [Concluded(finding=finding, ground=ground, rule=rule, source=by, evidence=evidence)]


def may_claim(case: Case) -> bool:
    """Whether a claim can be made: once loss or damage is confirmed, or presumed by date."""
    return case.conclusion is not None and case.conclusion.finding in _CLAIMABLE


def require_claimable(case: Case) -> None:
    """Refuse a claim before anything is confirmed, or for what nobody owes."""
    if case.conclusion is None:
        raise OutOfOrder("nothing is confirmed yet: the claim follows the conclusion")
    if not may_claim(case):
        raise OutOfOrder(f"the parcel is {case.conclusion.finding}: there is nothing to claim")


_CLAIMABLE = frozenset(set(Finding) - {Finding.DELIVERED, Finding.RETURNED, Finding.PROHIBITED})


def close_unowed(case: Case) -> list[Event]:
    """Close a case that was concluded as something nobody owes for; every other stays open."""
    if case.stage is not Stage.ASSESSING or case.conclusion is None:
        return []
    if case.conclusion.finding in OWED_FOR:
        return []
    return [CaseClosed(outcome=unpaid_outcome(case))]


def unpaid_outcome(case: Case) -> Outcome:
    """How a case ends when nothing is paid."""
    if case.recovering.redelivered_at is not None:
        return Outcome.REDELIVERED
    match case.conclusion.finding if case.conclusion else None:
        case Finding.RETURNED:
            return Outcome.RETURNED_TO_SENDER
        case Finding.DELIVERED:
            return Outcome.FOUND
        case Finding.PROHIBITED:
            return Outcome.DISPOSED
        case _:
            return Outcome.DECLINED


def paid_outcome(case: Case) -> Outcome:
    """How a case ends that was settled, by what was agreed."""
    offer = case.accepted_offer
    match offer.remedy if offer else None:
        case Remedy.REFUND:
            return Outcome.REFUNDED
        case Remedy.RESHIPMENT:
            return Outcome.RESHIPPED
        case Remedy.REPAIR:
            return Outcome.REPAIRED
        case Remedy.REDELIVERY:
            return Outcome.REDELIVERED
        case _:
            return Outcome.COMPENSATED
