"""Beyond the case: what its state calls for elsewhere; harmless to repeat."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from amends.domain.case.case import Case
from amends.domain.case.events import CaseOpened
from amends.domain.case.goods.recovery import damage_case_of, link_twin
from amends.domain.case.question import Fact, value_of
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.occasion import Occasion
from amends.domain.parcel.number import check
from amends.domain.refusal import NotFound
from amends.ports import CaseStore, Contacts, StaleCase
from amends.service.amend import amend
from amends.service.intake.joining import hold_or_join, incident_of, is_same

SWAPPED = "two parcels were swapped"
_SEEKING = frozenset({Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Other cases, their people, and the channels."""

    cases: CaseStore
    contacts: Contacts
    watch: Callable[[Case], None]
    carry: Callable[[Case, Occasion], None]
    """Bring to the case what was kept of its shipment before."""


def reach(case: Case, beyond: Beyond, occasion: Occasion) -> None:
    """Bring what was kept, open and link twins, watch a new leg, forget whoever held it."""
    beyond.carry(case, occasion)
    if case.is_open and value_of(case.report.details, "how") == "swapped":
        case = _link_swapped(case, beyond, occasion)
    if case.recovering.twins:
        case = _open_damage_case(case, beyond, occasion)
        _link_back(case, beyond, occasion)
    unheard = case.stage in (Stage.TRACING, Stage.INVESTIGATING) and case.reading is None
    if unheard or (case.stage is Stage.RECOVERING and case.recovering.leg_since is not None):
        beyond.watch(case)
    part = case.recovering.recipient_part
    if part is not None and case.stage not in _SEEKING:
        beyond.contacts.put(case.id, part, {"erased": True})


def _open_damage_case(case: Case, beyond: Beyond, occasion: Occasion) -> Case:
    """Damage seen on the way back is a case of its own; the same token opens it.

    Damage of the same parcel that was reported before, or is at this moment, is that case.
    """
    twin = damage_case_of(case.id)
    if twin not in case.recovering.twins or _exists(beyond, twin) or _knows_damage(case, beyond):
        return case
    details = (
        Fact(code="noticed_when", value="after_opening"),
        Fact(code="damage", value="seen when the parcel was fetched back"),
    )
    report = replace(case.report, kind=Kind.DAMAGED, details=details, noticed_at=occasion.at)
    told = beyond.contacts.get(case.id, "report")
    if told is not None:
        beyond.contacts.put(twin, "report", told)
    opened = CaseOpened(
        case_id=twin,
        report=report,
        number_valid=case.number_valid,
        token_hash=case.token_hash,
        merchant=case.merchant,
    )

    def opens(incident: str | None, instead_of: str | None) -> Case | None:
        with suppress(StaleCase):
            beyond.cases.open([opened], occasion, incident=incident, instead_of=instead_of)
        return None

    def known(case_ids: Iterable[str]) -> Case | None:
        cases = map(beyond.cases.load, case_ids)
        same = partial(is_same, told=report, at=occasion.at, needs_day=True)
        return next((one for one in cases if one.is_open and same(one)), None)

    number = report.shipment.tracking_number
    other = known(beyond.cases.on_waybill(number))
    other = other or hold_or_join(incident_of(report), opens, known)
    if other is None:
        return case
    because = "the damage is known"
    return amend(
        beyond.cases, case.id, occasion, partial(link_twin, other=other.id, because=because)
    )


def _knows_damage(case: Case, beyond: Beyond) -> bool:
    """Whether the damage has been found to be that of a case which somebody reported."""
    own = damage_case_of(case.id)
    others = (one for one in case.recovering.twins if one != own and _exists(beyond, one))
    return any(beyond.cases.load(one).report.kind is Kind.DAMAGED for one in others)


def _link_back(case: Case, beyond: Beyond, occasion: Occasion) -> None:
    for twin in case.recovering.twins:
        with suppress(NotFound):
            amend(
                beyond.cases, twin, occasion, lambda other: link_twin(other, case.id, "linked back")
            )


def _link_swapped(case: Case, beyond: Beyond, occasion: Occasion) -> Case:
    """The other parcel of a swap, when its case is open too."""
    number = value_of(case.report.details, "other_number")
    if case.recovering.twins or not number:
        return case
    for other_id in beyond.cases.on_waybill(check(number).normalised):
        other = beyond.cases.load(other_id)
        if other_id != case.id and other.report.kind is Kind.MISDELIVERED:
            return amend(
                beyond.cases, case.id, occasion, partial(link_twin, other=other_id, because=SWAPPED)
            )
    return case


def _exists(beyond: Beyond, case_id: str) -> bool:
    try:
        beyond.cases.load(case_id)
    except NotFound:
        return False
    return True
