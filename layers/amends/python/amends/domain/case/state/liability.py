"""Parts of a case's state: findings of liability, referrals, causes, corrective actions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amends.domain.case.vocabulary import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One party's part: `share` a decimal above 0 and up to 1; `name` is a node or carrier."""

    party: Party
    share: str
    ground: str
    rule: str
    name: str | None = None


class FindingState(StrEnum):
    """How far a finding has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    APPEALED = "appealed"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityFinding:
    """Who answers for it, signed; who appealed and who decided that."""

    id: str
    shares: tuple[Share, ...]
    is_joint: bool
    evidence: tuple[str, ...]
    signed_by: str
    needs_second: bool
    state: FindingState = FindingState.PROPOSED
    approved_by: str | None = None
    appealed_by: str | None = None

    @property
    def is_pending(self) -> bool:
        """Whether a second person must still decide."""
        return self.state in (FindingState.PROPOSED, FindingState.APPEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceMajeure:
    """A test and what it says."""

    event: str
    proof: tuple[str, ...]
    causal_link: str
    is_met: bool


class Cause(StrEnum):
    """Why it happened."""

    NEGLIGENCE = "negligence"
    RULE_BROKEN = "rule_broken"
    THEFT = "theft"
    TRAFFIC_ACCIDENT = "traffic_accident"
    BREAKDOWN = "breakdown"
    NATURAL_DISASTER = "natural_disaster"
    MISSORT = "missort"
    ADDRESS_ENTRY = "address_entry"
    ADDRESS_WRITTEN_WRONG = "address_written_wrong"
    PARCEL_SWAP = "parcel_swap"
    LABEL = "label"
    POOR_PACKING = "poor_packing"
    ROUGH_HANDLING = "rough_handling"
    CUSTOMS = "customs"
    CAPACITY = "capacity"
    DATA_ERROR = "data_error"
    FALSE_DECLARATION = "false_declaration"
    UNKNOWN = "unknown"


class ActionKind(StrEnum):
    """What can be changed."""

    TRAINING = "training"
    SITE_SECURITY = "site_security"
    CAMERA = "camera"
    ROUTE = "route"
    ORDER_SYSTEM = "order_system"
    PACKAGING_RULE = "packaging_rule"
    PROCEDURE = "procedure"
    TECHNOLOGY = "technology"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveAction:
    """What is changed, by whom, until when."""

    id: str
    kind: ActionKind
    owner: str
    due_on: date
    topic: str | None = None
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPlan:
    """What will be claimed back from whom."""

    id: str
    party: str
    share: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers for it, and what is learned from it."""

    findings: tuple[LiabilityFinding, ...] = ()
    force_majeure: ForceMajeure | None = None
    referrals: tuple[str, ...] = ()
    recoveries: tuple[RecoveryPlan, ...] = ()
    cause: Cause | None = None
    cause_node: str | None = None
    actions: tuple[CorrectiveAction, ...] = ()

    @property
    def finding(self) -> LiabilityFinding | None:
        """The newest finding."""
        return self.findings[-1] if self.findings else None
