"""Case: its state, derived from its events and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from amends.domain.case.events import (
    Assessed,
    Concluded,
    Event,
    FeedbackGiven,
    LiabilityFound,
    TrackingRead,
)
from amends.domain.case.lateness import Late
from amends.domain.case.report import Report
from amends.domain.case.state.access import Access
from amends.domain.case.state.agreement import Agreement
from amends.domain.case.state.goods import Goods
from amends.domain.case.state.investigation import Investigation
from amends.domain.case.state.liability import Answering
from amends.domain.case.state.recovery import Recovering
from amends.domain.case.state.settlement import CasePayout, Offer, OfferState, PayoutState
from amends.domain.case.state.talking import Talking
from amends.domain.case.state.upload import Upload
from amends.domain.case.vocabulary import Outcome, Remedy, Stage, Status
from amends.domain.payment.recovery import Recovery

NOTHING: Mapping[str, datetime] = MappingProxyType({})
IN_TIME: Mapping[str, Late] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as it was recorded: its place in the history, when, by whom, because of what."""

    event: Event
    version: int
    at: datetime
    by: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything about one incident on one waybill.

    `version` is the number of events. `waits` names everything the case waits for with its due
    moment; an open case always waits for something, and the earliest is its `due_at`. A closed one
    waits while somebody is owed an answer or a call, and for nothing else. `late` names those of
    the `waits` that have run out before.
    """

    id: str
    version: int
    report: Report
    stage: Stage
    status: Status
    opened_at: datetime
    updated_at: datetime
    token_hash: str
    number_valid: bool | None = None
    merchant: str | None = None
    discovered_as: str | None = None
    """The anomaly for which we opened it ourselves; None: somebody reported it."""
    reading: TrackingRead | None = None
    anomalies: frozenset[str] = frozenset()
    conclusion: Concluded | None = None
    liability: tuple[LiabilityFound, ...] = ()
    assessed: Assessed | None = None
    offers: tuple[Offer, ...] = ()
    payouts: tuple[CasePayout, ...] = ()
    uploads: tuple[Upload, ...] = ()
    asked_for: tuple[str, ...] = ()
    survey_id: str | None = None
    feedback: FeedbackGiven | None = None
    outcome: Outcome | None = None
    investigation: Investigation = field(default_factory=Investigation)
    answering: Answering = field(default_factory=Answering)
    recovering: Recovering = field(default_factory=Recovering)
    goods: Goods = field(default_factory=Goods)
    reclaims: tuple[Recovery, ...] = ()
    """What is claimed back from others."""
    agreement: Agreement = field(default_factory=Agreement)
    talking: Talking = field(default_factory=Talking)
    access: Access = field(default_factory=Access)
    waits: Mapping[str, datetime] = field(default_factory=lambda: NOTHING)
    late: Mapping[str, Late] = field(default_factory=lambda: IN_TIME)

    @property
    def due_at(self) -> datetime | None:
        """The earliest of everything it waits for; None only when closed."""
        return min(self.waits.values(), default=None)

    @property
    def overdue_since(self) -> datetime | None:
        """Since when something that was due from us has not been done."""
        return min((one.since for one in self.late.values()), default=None)

    def promised(self, clock: str) -> datetime | None:
        """By when something was to be done, whoever has been told since that it was not."""
        late = self.late.get(clock)
        return self.waits.get(clock) if late is None else late.since

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.stage is not Stage.CLOSED

    @property
    def open_offer(self) -> Offer | None:
        """The offer that can be answered now."""
        return next((o for o in self.offers if o.state is OfferState.OPEN), None)

    @property
    def accepted_offer(self) -> Offer | None:
        """The settlement."""
        return next((o for o in self.offers if o.state is OfferState.ACCEPTED), None)

    @property
    def payout(self) -> CasePayout | None:
        """The newest intent to carry out what was chosen; what comes beside it has its own."""
        own = self.payouts_of(None)
        return own[-1] if own else None

    @property
    def number(self) -> str:
        """The number under which the parcel travels now: the reported one, or its new leg's."""
        return self.recovering.leg_number or self.report.shipment.tracking_number

    @property
    def is_paid(self) -> bool:
        """Whether what was chosen was paid and did not come back."""
        return self.has_paid(None)

    @property
    def is_fulfilled(self) -> bool:
        """Whether everything that was agreed is done, beside the payment too."""
        return self.is_paid and not self.agreement.owed_extras

    def payouts_of(self, part: Remedy | None) -> tuple[CasePayout, ...]:
        """The attempts at one part of the settlement, oldest first; None: what was chosen."""
        return tuple(payout for payout in self.payouts if payout.part is part)

    def has_paid(self, part: Remedy | None) -> bool:
        """Whether an attempt at that part succeeded and did not come back."""
        return any(p.state is PayoutState.SUCCEEDED for p in self.payouts_of(part))
