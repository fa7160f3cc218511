"""Events of liability: who answers for it, and what is learned."""

from dataclasses import dataclass
from datetime import date

from amends.domain.case.state.liability import ActionKind, Cause, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceMajeureTested:
    """Event, proof and causal link: with all three nobody answers for it."""

    event: str
    proof: tuple[str, ...]
    causal_link: str
    is_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityProposed:
    """A finding, signed; the shares sum to one."""

    finding_id: str
    shares: tuple[Share, ...]
    is_joint: bool
    evidence: tuple[str, ...]
    signed_by: str
    needs_second: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityApproved:
    """It holds; signed by a second person where one was needed."""

    finding_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityRefused:
    """The second person does not sign."""

    finding_id: str
    by: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityAppealed:
    """A party does not accept it."""

    finding_id: str
    party: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityReviewed:
    """The appeal, decided by somebody who had no part in the finding."""

    finding_id: str
    by: str
    is_upheld: bool
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonnelReferred:
    """A matter for HR; what it is stands apart under `part`, readable by HR only."""

    referral_id: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPlanned:
    """What will be claimed back from whom, on which basis."""

    recovery_id: str
    party: str
    share: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootCauseFound:
    """Why it happened, and where."""

    cause: Cause
    node: str | None = None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveActionProposed:
    """What is changed so that it does not happen again; `topic` names a training."""

    action_id: str
    kind: ActionKind
    owner: str
    due_on: date
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveActionConfirmed:
    """It was done."""

    action_id: str
    by: str


AnsweringEvent = (
    ForceMajeureTested
    | LiabilityProposed
    | LiabilityApproved
    | LiabilityRefused
    | LiabilityAppealed
    | LiabilityReviewed
    | PersonnelReferred
    | RecoveryPlanned
    | RootCauseFound
    | CorrectiveActionProposed
    | CorrectiveActionConfirmed
)


__all__ = [
    "AnsweringEvent",
    "CorrectiveActionConfirmed",
    "CorrectiveActionProposed",
    "ForceMajeureTested",
    "LiabilityAppealed",
    "LiabilityApproved",
    "LiabilityProposed",
    "LiabilityRefused",
    "LiabilityReviewed",
    "PersonnelReferred",
    "RecoveryPlanned",
    "RootCauseFound",
]
