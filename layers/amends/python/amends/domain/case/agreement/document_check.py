"""Document check: a person accepts what was sent as proof, or refuses it with a reason."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import DocumentVerified, Event
from amends.domain.case.evidence import upload_of
from amends.domain.case.state.upload import Flaw, Upload, UploadState
from amends.domain.case.vocabulary import Stage
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, OutOfOrder

REPLACE_WITHIN = timedelta(days=14)
"""For the claimant to send another; the same time as for any answer."""
LONGEST = 60
"""Days at most."""
CLOCK = "document:"


def verify(
    case: Case,
    evidence_id: str,
    *,
    flaw: Flaw | None,
    because: str | None,
    days: int,
    occasion: Occasion,
) -> list[Event]:
    """Accept a document (no flaw), or refuse it and ask for another; the same word again is none.

    A later look may decide otherwise, until the case is settled: what was paid on it stands.
    """
    upload = upload_of(case, evidence_id)
    if upload.state is not UploadState.RECEIVED:
        raise OutOfOrder("nothing has arrived that could be looked at")
    if not case.is_open or case.stage is Stage.INTAKE:
        raise OutOfOrder(f"a case that is {case.stage} verifies no documents")
    if case.accepted_offer is not None or case.payouts:
        raise OutOfOrder("what was agreed rests on it")
    if flaw is not None and not 1 <= days <= LONGEST:
        error = FieldError(field="days", code="out_of_range", message=f"1 to {LONGEST} days")
        raise Invalid("the claimant needs time to send another", errors=[error])
    if upload.is_verified and upload.flaw is flaw:
        return []
    return [
        DocumentVerified(
            evidence_id=evidence_id,
            kind=upload.kind,
            flaw=flaw,
            because=because,
            replace_by=None if flaw is None else occasion.at + timedelta(days=days),
        )
    ]


def to_replace(case: Case) -> list[Upload]:
    """What was refused and has not been replaced yet, the first due first."""
    refused = [one for one in case.uploads if one.flaw and f"{CLOCK}{one.kind}" in case.waits]
    return sorted(refused, key=lambda one: case.waits[f"{CLOCK}{one.kind}"])
