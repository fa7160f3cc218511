"""Assessing: who answers for it, and what is owed."""

from amends.domain.case.case import Case
from amends.domain.case.events import Assessed, Event, LiabilityFound
from amends.domain.case.state.goods import Packaging
from amends.domain.case.vocabulary import OWED_FOR, Finding, Party, Stage
from amends.domain.refusal import OutOfOrder


def find_liability(case: Case) -> list[Event]:
    """Name who answers where dates alone conclude: the operator that took the parcel on.

    A presumed loss needs no proof of fault (UPU Convention art. 22; Postal Law art. 49). Damage
    under a packing that the goods did not bear is the sender's, unless people find otherwise
    (Postal Law art. 48; Civil Code art. 828). A finding that waits for its second signature, or
    for the decision of an appeal, is waited for.
    """
    if case.conclusion is None:
        raise OutOfOrder(f"case {case.id} is still {case.stage}: nothing is concluded")
    if case.stage is not Stage.ASSESSING or case.liability:
        return []
    if case.conclusion.finding not in OWED_FOR or is_undecided(case):
        return []
    look = case.goods.inspection
    is_poor = look is not None and look.packaging is Packaging.POOR
    is_senders = is_poor and case.conclusion.finding is Finding.DAMAGED
    return [
        LiabilityFound(
            party=Party.SENDER if is_senders else Party.OTHER_CARRIER,
            share="1",
            ground=case.conclusion.ground,
            rule=case.conclusion.rule,
        )
    ]


def is_undecided(case: Case) -> bool:
    """Whether people still decide who answers for it."""
    finding = case.answering.finding
    return finding is not None and finding.is_pending


def record_assessment(case: Case, assessed: Assessed) -> list[Event]:
    """Record what is owed; once the case negotiates, only an appeal makes a new assessment."""
    if case.stage is not Stage.ASSESSING or case.assessed is not None:
        return []
    return [assessed]
