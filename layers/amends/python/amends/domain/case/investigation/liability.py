"""Liability: who answers for it, by which rule and evidence; signed, approved, appealed."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    ForceMajeureTested,
    LiabilityAppealed,
    LiabilityApproved,
    LiabilityFound,
    LiabilityProposed,
    LiabilityRefused,
    LiabilityReviewed,
    PersonnelReferred,
    RecoveryPlanned,
)
from amends.domain.case.state.liability import FindingState, LiabilityFinding, Share
from amends.domain.case.vocabulary import Party, Stage
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid, NotFound, OutOfOrder

SECOND_ABOVE = {"CNY": Decimal(1000), "EUR": Decimal(130), "USD": Decimal(140)}
"""Above this a second person signs, by the parcel's value. Our own figures; a currency that is
not listed always needs one."""
EVENTS = frozenset({"earthquake", "flood", "typhoon", "landslide", "lightning", "war", "epidemic"})
"""What may be force majeure at all: unforeseeable, unavoidable, insurmountable (Civil Code art.
180). Our own list."""
RECOVERABLE = frozenset({Party.SUBCONTRACTOR, Party.OTHER_CARRIER})
_DISCUSSED = frozenset(
    {Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING, Stage.ASSESSING, Stage.NEGOTIATING}
)


def weigh_force_majeure(
    case: Case, *, event: str, proof: tuple[str, ...], causal_link: str
) -> list[Event]:
    """Event, proof and causal link: refused when one is missing; an event not listed fails it.

    A traffic accident or a breakdown is a risk of transport, not force majeure.
    """
    errors = []
    if not event.strip():
        errors.append(_missing("event", "which event was it"))
    if not [name for name in proof if name.strip()]:
        errors.append(_missing("proof", "what proves the event"))
    if not causal_link.strip():
        errors.append(_missing("causal_link", "how the event caused the loss"))
    if errors:
        raise Invalid("a force-majeure test needs event, proof and causal link", errors=errors)
    tested = ForceMajeureTested(
        event=event, proof=proof, causal_link=causal_link, is_met=event in EVENTS
    )
    known = case.answering.force_majeure
    if known is not None and (known.event, known.proof, known.causal_link) == (
        event,
        proof,
        causal_link,
    ):
        return []
    return [tested]


def propose(
    case: Case, shares: Sequence[Share], *, evidence: tuple[str, ...], by: str
) -> list[Event]:
    """Sign a finding; it holds at once below the limit, above it when a second person approves."""
    if case.stage not in _DISCUSSED:
        raise OutOfOrder(f"a case that is {case.stage} gets no new finding")
    _check_shares(case, shares)
    if not evidence:
        raise Invalid("a finding names its evidence", errors=[_missing("evidence", "name it")])
    pending = case.answering.finding
    if pending is not None and pending.is_pending:
        raise OutOfOrder("a finding is already waiting for a decision")
    finding_id = derived("fnd", case.id, str(len(case.answering.findings) + 1))
    carriers = [share for share in shares if share.party in RECOVERABLE]
    proposed = LiabilityProposed(
        finding_id=finding_id,
        shares=tuple(shares),
        is_joint=len(carriers) > 1,
        evidence=evidence,
        signed_by=by,
        needs_second=needs_second(case.report.shipment.insured_value or case.report.value),
    )
    if proposed.needs_second:
        return [proposed]
    return [proposed, *_held(case, finding_id, proposed.shares, by=by, is_joint=proposed.is_joint)]


def needs_second(value: Money | None) -> bool:
    """Whether one signature is not enough; a value that nobody knows may be large."""
    if value is None:
        return True
    limit = SECOND_ABOVE.get(value.currency)
    return limit is None or value.amount > limit


def approve(case: Case, finding_id: str, *, by: str) -> list[Event]:
    """A second person signs; who proposed it cannot."""
    finding = find(case, finding_id)
    if finding.state is FindingState.APPROVED:
        return []
    _decidable(finding, by)
    return _held(case, finding_id, finding.shares, by=by, is_joint=finding.is_joint)


def refuse(case: Case, finding_id: str, *, by: str, because: str) -> list[Event]:
    """A second person does not sign."""
    finding = find(case, finding_id)
    if finding.state is FindingState.REFUSED:
        return []
    _decidable(finding, by)
    return [LiabilityRefused(finding_id=finding_id, by=by, because=because)]


def appeal(case: Case, finding_id: str, *, party: str, because: str) -> list[Event]:
    """A party does not accept a finding that holds; once."""
    finding = find(case, finding_id)
    if finding.state is FindingState.APPEALED:
        return []
    if finding.state is not FindingState.APPROVED:
        raise OutOfOrder(f"this finding is {finding.state}")
    return [LiabilityAppealed(finding_id=finding_id, party=party, because=because)]


def review(case: Case, finding_id: str, *, by: str, is_upheld: bool, because: str) -> list[Event]:
    """Decide an appeal: somebody without a part in it; overturned, it no longer holds."""
    finding = find(case, finding_id)
    if finding.state is not FindingState.APPEALED:
        raise OutOfOrder(f"this finding is {finding.state}")
    if by in (finding.signed_by, finding.approved_by):
        raise OutOfOrder("an appeal is decided by somebody who had no part in the finding")
    return [LiabilityReviewed(finding_id=finding_id, by=by, is_upheld=is_upheld, because=because)]


def refer(case: Case, *, part: str) -> list[Event]:
    """Refer a personnel matter to HR; what it is stands apart under `part`."""
    if part in case.answering.referrals:
        return []
    return [PersonnelReferred(referral_id=derived("ref", case.id, part), part=part)]


def find(case: Case, finding_id: str) -> LiabilityFinding:
    """The finding of that id; refuses one that this case does not have."""
    for finding in case.answering.findings:
        if finding.id == finding_id:
            return finding
    raise NotFound("there is no such finding")


def _decidable(finding: LiabilityFinding, by: str) -> None:
    if finding.state is not FindingState.PROPOSED:
        raise OutOfOrder(f"this finding is {finding.state}")
    if by == finding.signed_by:
        raise OutOfOrder("who signed a finding cannot approve or refuse it")


def _held(
    case: Case, finding_id: str, shares: Sequence[Share], *, by: str, is_joint: bool
) -> list[Event]:
    planned = {plan.id for plan in case.answering.recoveries}
    events: list[Event] = [LiabilityApproved(finding_id=finding_id, by=by)]
    events += [
        LiabilityFound(party=share.party, share=share.share, ground=share.ground, rule=share.rule)
        for share in shares
    ]
    basis = "joint liability of successive carriers" if is_joint else "contract of carriage"
    for share in shares:
        recovery_id = derived("rcv", case.id, finding_id, share.party, share.name or "")
        if share.party in RECOVERABLE and recovery_id not in planned:
            events.append(
                RecoveryPlanned(
                    recovery_id=recovery_id,
                    party=share.name or share.party,
                    share=share.share,
                    basis=f"{basis}: {share.rule}",
                )
            )
    return events


def _check_shares(case: Case, shares: Sequence[Share]) -> None:
    errors = []
    total = Decimal(0)
    for index, share in enumerate(shares):
        try:
            part = Decimal(share.share)
        except InvalidOperation:
            part = Decimal(0)
        if not part.is_finite() or not 0 < part <= 1:
            errors.append(_missing(f"shares.{index}.share", "a share is above 0 and at most 1"))
            continue
        total += part
        if not share.ground.strip() or not share.rule.strip():
            errors.append(_missing(f"shares.{index}.rule", "ground and rule are named"))
    if not errors and total != 1:
        errors.append(_missing("shares", f"the shares sum to one, not {total}"))
    if any(share.party is Party.FORCE_MAJEURE for share in shares):
        tested = case.answering.force_majeure
        if tested is None or not tested.is_met:
            errors.append(_missing("shares", "force majeure has not been tested, or does not hold"))
    if errors:
        raise Invalid("this finding cannot stand", errors=errors)


def _missing(path: str, message: str) -> FieldError:
    return FieldError(field=path, code="required", message=message)
