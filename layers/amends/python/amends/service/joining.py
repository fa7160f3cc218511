"""Joining: a report about an incident that is known already belongs to its case."""

from collections.abc import Mapping

from amends.domain.case.case import Case
from amends.domain.case.report import Report
from amends.domain.case.verification import join
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.ports import CaseStore, Contacts
from amends.service.amend import amend


def join_report(
    report: Report,
    contact: Mapping[str, object],
    *,
    cases: CaseStore,
    contacts: Contacts,
    origin: str,
    occasion: Occasion,
) -> Case | None:
    """The open case of the same waybill and kind, joined; None where a new one is to be opened.

    A waybill is a number and a day: without both days nobody can tell, and a new case opens.
    `origin` names the request: what it opened itself is nothing to join.
    """
    if _exists(cases, derived("case", origin)):
        return None
    part = f"joined#{derived('prt', origin)}"
    for case_id in cases.on_waybill(report.shipment.tracking_number):
        case = cases.load(case_id)
        if case.is_open and is_same(case.report, report):
            contacts.put(case_id, part, contact)
            return amend(
                cases,
                case_id,
                occasion,
                lambda now: join(now, report.role, report.channel, part=part),
            )
    return None


def is_same(known: Report, told: Report) -> bool:
    """Whether both tell of one incident."""
    days = (known.shipment.shipped_on, told.shipment.shipped_on)
    carriers = {known.shipment.carrier, told.shipment.carrier} - {None}
    return (
        known.kind is told.kind and None not in days and days[0] == days[1] and len(carriers) <= 1
    )


def _exists(cases: CaseStore, case_id: str) -> bool:
    try:
        cases.load(case_id)
    except NotFound:
        return False
    return True
