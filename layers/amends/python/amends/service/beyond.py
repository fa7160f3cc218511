"""Beyond the case: what its state calls for elsewhere; harmless to repeat."""

from collections.abc import Callable
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
        _open_damage_case(case, beyond, occasion)
        _link_back(case, beyond, occasion)
    unheard = case.stage in (Stage.TRACING, Stage.INVESTIGATING) and case.reading is None
    if unheard or (case.stage is Stage.RECOVERING and case.recovering.leg_since is not None):
        beyond.watch(case)
    part = case.recovering.recipient_part
    if part is not None and case.stage not in _SEEKING:
        beyond.contacts.put(case.id, part, {"erased": True})


def _open_damage_case(case: Case, beyond: Beyond, occasion: Occasion) -> None:
    """Damage seen on the way back is a case of its own; the same token opens it."""
    twin = damage_case_of(case.id)
    if twin not in case.recovering.twins or _exists(beyond, twin):
        return
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
    with suppress(StaleCase):
        beyond.cases.open([opened], occasion)


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
