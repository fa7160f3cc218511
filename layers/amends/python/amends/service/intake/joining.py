"""Joining: a report about an incident that is known already belongs to its case."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from amends.domain.case.case import Case
from amends.domain.case.goods.quarantine import as_told
from amends.domain.case.investigation.verification import join
from amends.domain.case.report import Report
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.ports import CaseStore, Contacts, IncidentHeld
from amends.service.amend import amend

Opened = TypeVar("Opened")
SAME_USE = timedelta(days=365)
"""A number is given out anew after twelve months at the earliest (UPU standard S10)."""
SOUGHT = frozenset({Kind.LOST, Kind.MISDELIVERED, Kind.UNTRACEABLE, Kind.DELAYED})
"""Kinds that ask where the parcel is."""


def join_or_open(
    report: Report,
    contact: Mapping[str, object],
    opens: Callable[[str | None, str | None], Opened],
    *,
    cases: CaseStore,
    contacts: Contacts,
    origin: str,
    occasion: Occasion,
    needs_day: bool = True,
) -> Case | Opened:
    """The open case of the same waybill and kind, joined; or what `opens` makes, a new one.

    A waybill is a number and a day: without both days nobody can tell, and a new case opens; where
    we hear it ourselves (`needs_day` false) the number stands for its newest use. `origin` names
    the request: what it opened itself is nothing to join. `opens` is given what its case must hold
    and who may hold it still, so that of those who report at one moment one opens and others join.
    """
    if _exists(cases, derived("case", origin)):
        return opens(None, None)

    part = f"joined#{derived('prt', origin)}"

    def joined(case_ids: Iterable[str]) -> Case | None:
        for case_id in case_ids:
            case = cases.load(case_id)
            if case.is_open and is_same(as_told(case), report, at=occasion.at, needs_day=needs_day):
                contacts.put(case_id, part, contact)
                return amend(
                    cases,
                    case_id,
                    occasion,
                    lambda now: join(now, report.role, report.channel, part=part),
                )
        return None

    known = joined(known_by(cases, report.shipment.tracking_number))
    incident, holder = incident_of(report, needs_day=needs_day), None
    while known is None:
        try:
            return opens(incident, holder)
        except IncidentHeld as held:  # by who reports it at this very moment, or did before
            holder = held.case_id
            known = joined([holder])
    return known


def incident_of(report: Report, *, needs_day: bool) -> str | None:
    """What one case holds at a time; None where nobody can tell whether another one is the same."""
    day = report.shipment.shipped_on
    if day is None and needs_day:
        return None
    return derived("inc", report.shipment.tracking_number, report.kind, str(day))


def known_by(cases: CaseStore, number: str) -> list[str]:
    """Ids of the open cases of a number, also of those whose parcel left it for another."""
    return [*cases.on_waybill(number), *cases.formerly_on_waybill(number)]


def is_same(case: Case, told: Report, *, at: datetime, needs_day: bool) -> bool:
    """Whether a report tells of the case's incident.

    Once a new leg runs, whoever asks where the parcel is means it, whatever they call it.
    """
    known = case.report
    is_leg = case.stage is Stage.RECOVERING and case.recovering.leg_since is not None
    is_sought = is_leg and {known.kind, told.kind} <= SOUGHT
    carriers = {known.shipment.carrier, told.shipment.carrier} - {None}
    if len(carriers) > 1 or not (known.kind is told.kind or is_sought):
        return False
    days = {known.shipment.shipped_on, told.shipment.shipped_on}
    if None in days:
        return not needs_day and at - case.opened_at < SAME_USE
    return len(days) == 1


def _exists(cases: CaseStore, case_id: str) -> bool:
    try:
        cases.load(case_id)
    except NotFound:
        return False
    return True
