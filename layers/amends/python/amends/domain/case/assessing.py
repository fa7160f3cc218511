"""Assessing: who answers for it, and what is owed."""

from amends.domain.case.case import Case
from amends.domain.case.events import Assessed, CaseClosed, Event, LiabilityFound
from amends.domain.case.vocabulary import Finding, Outcome, Party, Stage
from amends.domain.refusal import OutOfOrder

OWED_FOR = frozenset(
    {
        Finding.LOST,
        Finding.DAMAGED,
        Finding.CONTENTS_MISSING,
        Finding.MISDELIVERED,
        Finding.DELAYED,
        Finding.DESTROYED,
    }
)
NO_LOSS = {
    Finding.DELIVERED: Outcome.FOUND,
    Finding.RETURNED: Outcome.RETURNED_TO_SENDER,
}


def close_without_loss(case: Case) -> list[Event]:
    """Close a case whose parcel has turned up; one with a loss, or not concluded, stays open."""
    if case.stage is not Stage.ASSESSING or case.conclusion is None:
        return []
    outcome = NO_LOSS.get(case.conclusion.finding)
    return [] if outcome is None else [CaseClosed(outcome=outcome)]


def find_liability(case: Case) -> list[Event]:
    """Name who answers where dates alone conclude: the operator that took the parcel on.

    A presumed loss needs no proof of fault (UPU Convention art. 22; Postal Law art. 49).
    """
    if case.conclusion is None:
        raise OutOfOrder(f"case {case.id} is still {case.stage}: nothing is concluded")
    if case.stage is not Stage.ASSESSING or case.liability:
        return []
    if case.conclusion.finding not in OWED_FOR:
        return []
    return [
        LiabilityFound(
            party=Party.OTHER_CARRIER,
            share="1",
            ground=case.conclusion.ground,
            rule=case.conclusion.rule,
        )
    ]


def record_assessment(case: Case, assessed: Assessed) -> list[Event]:
    """Record what is owed; once the case negotiates, only an appeal makes a new assessment."""
    if case.stage is not Stage.ASSESSING or case.assessed is not None:
        return []
    return [assessed]
