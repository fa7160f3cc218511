"""Events about the goods: kept, inspected, weighed, quarantined, disposed of."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.state.goods import Disposal, Packaging
from amends.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepGoodsOrdered:
    """Goods and packing are to be kept as they are."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionBooked:
    """Somebody will look at the goods."""

    inspection_id: str
    at: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What was seen; `packaging` judged against what the item class needs."""

    inspection_id: str
    packaging: Packaging
    lacking: tuple[str, ...]
    damage: str
    lost_share: str
    """Of the goods' value, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsCompared:
    """Accepted and delivered, in grams; and the tolerance of the scales."""

    accepted_grams: int
    delivered_grams: int
    tolerance_grams: int
    is_short: bool
    seal_intact: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLossFound:
    """Which lines of the packing list are missing, and how many of each."""

    lines: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairQuoted:
    """What a repair would cost."""

    amount: Money
    evidence_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageValued:
    """What is left is worth this much."""

    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """Stopped and set apart; a person named the category, keywords only suggested it."""

    category: str
    node: str
    steps: tuple[str, ...]
    must_notify: tuple[str, ...]
    notify_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityNotified:
    """The authority that the category demands knows; its reference, where it gave one."""

    authority: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderTold:
    """The sender knows what was found and what becomes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """Handed over, destroyed or sent back; the receipt of whoever took it."""

    way: Disposal
    receipt: str


GoodsEvent = (
    KeepGoodsOrdered
    | InspectionBooked
    | Inspected
    | WeightsCompared
    | PartLossFound
    | RepairQuoted
    | SalvageValued
    | Quarantined
    | AuthorityNotified
    | SenderTold
    | Disposed
)


__all__ = [
    "AuthorityNotified",
    "Disposed",
    "GoodsEvent",
    "Inspected",
    "InspectionBooked",
    "KeepGoodsOrdered",
    "PartLossFound",
    "Quarantined",
    "RepairQuoted",
    "SalvageValued",
    "SenderTold",
    "WeightsCompared",
]
