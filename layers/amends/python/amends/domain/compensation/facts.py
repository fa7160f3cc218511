"""Facts: what is known of an incident, as an assessment reads it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from amends.domain.money import Money


class LossEvent(StrEnum):
    """What happened to the item."""

    LOST = "lost"
    DAMAGED = "damaged"
    CONTENTS_MISSING = "contents_missing"
    DELAYED = "delayed"
    MISDELIVERED = "misdelivered"


class Extent(StrEnum):
    """How much of the item was hit."""

    TOTAL = "total"
    PARTIAL = "partial"


class ItemKind(StrEnum):
    """What was sent, in the words of posts and carriers."""

    ORDINARY_MAIL = "ordinary_mail"
    REGISTERED_LETTER = "registered_letter"
    REGISTERED_SMALL_PACKET = "registered_small_packet"
    PRINTED_MATTER = "printed_matter"
    PARCEL = "parcel"
    INSURED_LETTER = "insured_letter"
    INSURED_PARCEL = "insured_parcel"
    REGISTERED_M_BAG = "registered_m_bag"
    EMS = "ems"
    EXPRESS = "express"
    CARGO = "cargo"


class Mode(StrEnum):
    """How it travelled."""

    POST = "post"
    AIR = "air"
    ROAD = "road"
    SEA = "sea"


class Account(StrEnum):
    """Whether the sender paid at the counter or by the month."""

    WALK_IN = "walk_in"
    MONTHLY = "monthly"


class Cause(StrEnum):
    """Why it happened, as far as an investigation found."""

    UNKNOWN = "unknown"
    FORCE_MAJEURE = "force_majeure"
    SENDER_FAULT = "sender_fault"
    POOR_PACKING = "poor_packing"
    NATURE_OF_GOODS = "nature_of_goods"
    PROHIBITED_CONTENTS = "prohibited_contents"
    CUSTOMS_SEIZURE = "customs_seizure"
    THEFT = "theft"
    NEGLIGENCE = "negligence"
    GROSS_NEGLIGENCE = "gross_negligence"
    INTENT = "intent"


class InsuranceKind(StrEnum):
    """JD-type terms sell two kinds: `ordinary` pays a share, `full` pays the loss."""

    ORDINARY = "ordinary"
    FULL = "full"


class Contents(StrEnum):
    """What lay inside, where a ceiling depends on it."""

    DOCUMENTS = "documents"
    GOODS = "goods"
    CASH = "cash"
    VALUABLES = "valuables"


class Claimant(StrEnum):
    """Who asks."""

    SENDER = "sender"
    ADDRESSEE = "addressee"


class MilitaryMail(StrEnum):
    """USPS mail to APO, FPO and DPO addresses has windows of its own."""

    AIR = "air"
    SURFACE = "surface"
    EXPRESS = "express"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known; everything may be absent (None), and is then asked for where it decides.

    `posted_on` is also the day of taking over, and decides which version of a rule applies.
    `actual_loss` is the loss as claimed; `value_proven` says whether it is proven. `postage` is
    the carriage charge without registration and insurance fees. `insured_value` also carries a
    declared value and a declaration of interest. `sdr_rate` is XDR for one unit of the payout
    currency and goes before the table. Weights are in grams.
    """

    event: LossEvent | None = None
    extent: Extent | None = None
    item_kind: ItemKind | None = None
    carrier: str | None = None
    service: str | None = None
    mode: Mode | None = None
    origin_country: str | None = None
    destination_country: str | None = None
    regime: str | None = None
    posted_on: date | None = None
    promised_on: date | None = None
    delivered_on: date | None = None
    inquired_on: date | None = None
    complained_on: date | None = None
    as_of: date | None = None
    gross_weight_grams: int | None = None
    weight_short_grams: int | None = None
    actual_value: Money | None = None
    actual_loss: Money | None = None
    value_proven: bool | None = None
    market_price_at_destination: Money | None = None
    value_destroyed_by_delay: bool | None = None
    insured_value: Money | None = None
    postage: Money | None = None
    registration_fee: Money | None = None
    insurance_fee: Money | None = None
    account: Account | None = None
    terms_prompted: bool | None = None
    convention_applies: bool | None = None
    cause: Cause | None = None
    payout_currency: str | None = None
    rate_date: date | None = None
    sdr_rate: Decimal | None = None

    # Beyond the documented form; each is used by the regimes named.
    same_city: bool | None = None
    """Chinese couriers: whether both ends lie in one city (or `service` says it)."""
    insurance_kind: InsuranceKind | None = None
    """`cn.jd`: which of the two insurances was bought; ordinary when not said."""
    salvage: Money | None = None
    """What the damaged goods still fetch and the sender keeps: deducted after the cap."""
    repair_cost: Money | None = None
    """A repair that makes the item good again: the loss is no higher than that."""
    compensation_received: Money | None = None
    """Paid by someone else for the same loss: deducted after the cap."""
    remote_area: bool | None = None
    """Postal Law 49: an area the regulator names as remote, answered in 60 days, not 30."""
    proof_of_posting: bool | None = None
    """`royal_mail`: a certificate of posting; only an explicit no bars the claim."""
    claimant: Claimant | None = None
    """`upu.*`: the sender is entitled, the addressee only on a waiver."""
    waiver: bool | None = None
    """`upu.*`: whether the sender gave up the claim in favour of the addressee."""
    contents: Contents | None = None
    """`ems.intl`, `usps.intl`: documents or goods; `dp_dhl.de`: cash or valuables."""
    fragile: bool | None = None
    """`canada_post`: fragile, glass, ceramic or perishable goods are covered for loss only."""
    damage_apparent: bool | None = None
    """`cmr`: visible at delivery, so to be reserved at once; hidden when not said."""
    chosen_multiple: int | None = None
    """`cn.model_contract`: the multiple of the fee chosen on the waybill; five when not said."""
    duties: Money | None = None
    """`cmr`: customs duties and other charges of the carriage, given back like the freight."""
    force_majeure_cover: bool | None = None
    """`upu.*`: whether the fee for force majeure cover was paid."""
    guaranteed: bool | None = None
    """`ups.us`, `canada_post`: a service with a money-back guarantee for its date."""
    military: MilitaryMail | None = None
    """`usps.dom`: mail to a military address."""
    sender_share: Decimal | None = None
    """All: how much of the fault is the sender's own, above 0 and below 1; it lowers the loss."""
    receipt_given: bool | None = None
    """`cn.postal_law`: whether a receipt was given; only an explicit no makes mail ordinary."""

    @property
    def is_domestic(self) -> bool:
        """Whether both ends are known to lie in one country."""
        return self.origin_country is not None and self.origin_country == self.destination_country

    @property
    def is_total(self) -> bool:
        """Whether the whole item is gone or worthless."""
        return self.extent is Extent.TOTAL
