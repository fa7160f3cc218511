"""Parts of a case's state: the goods, kept, inspected, weighed, quarantined."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.case.vocabulary import Kind
from amends.domain.money import Money


class Packaging(StrEnum):
    """The packing, judged against what the item class needs."""

    ADEQUATE = "adequate"
    POOR = "poor"
    NOT_SEEN = "not_seen"


class Disposal(StrEnum):
    """What became of quarantined goods."""

    HANDED_OVER = "handed_over"
    DESTROYED = "destroyed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A look at the goods: booked, and what it showed."""

    id: str
    at: datetime
    place: str
    packaging: Packaging | None = None
    lacking: tuple[str, ...] = ()
    lost_share: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """Set apart: why, where, who must know, and who knows."""

    category: str
    node: str
    steps: tuple[str, ...]
    must_notify: tuple[str, ...]
    notified: tuple[str, ...] = ()
    is_sender_told: bool = False
    disposal: Disposal | None = None
    since: datetime | None = None
    last_told_at: datetime | None = None
    """When the newest of authorities and owner was told; each has its time from then."""

    @property
    def to_notify(self) -> tuple[str, ...]:
        """Authorities that do not know yet."""
        return tuple(name for name in self.must_notify if name not in self.notified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """What is known of the goods themselves."""

    keep_until: datetime | None = None
    inspections: tuple[Inspection, ...] = ()
    accepted_grams: int | None = None
    delivered_grams: int | None = None
    is_short: bool | None = None
    part_loss: Money | None = None
    repair: Money | None = None
    salvage: Money | None = None
    quarantine: Quarantine | None = None
    untold_kind: Kind | None = None
    """As what the claimant still knows a case that we found to be one of prohibited contents."""

    @property
    def inspection(self) -> Inspection | None:
        """The newest inspection."""
        return self.inspections[-1] if self.inspections else None
