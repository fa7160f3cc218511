"""Joining: a report about an incident that is known already belongs to its case."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from amends.domain.case.case import Case
from amends.domain.case.goods.quarantine import as_told
from amends.domain.case.investigation.verification import join
from amends.domain.case.report import Report, Shipment
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.ports import CaseStore, Contacts, IncidentHeld
from amends.service.amend import amend

Opened = TypeVar("Opened")
Joined = TypeVar("Joined")
SAME_USE = timedelta(days=365)
"""A number is given out anew after twelve months at the earliest (UPU standard S10)."""
SOUGHT = frozenset({Kind.LOST, Kind.MISDELIVERED, Kind.UNTRACEABLE, Kind.DELAYED})
"""Kinds that ask where the parcel is."""
WITHHELD = SOUGHT - {Kind.MISDELIVERED}
"""What one absence is called by those who wait for it: each of them turns into lost by its date."""


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
    """The open case of the same incident, joined; or what `opens` makes, a new one.

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
    if known is not None:
        return known
    incident = incident_of(report)
    if report.shipment.shipped_on is None and needs_day:
        return _undated(incident, opens, joined)
    return hold_or_join(incident, opens, joined)


def hold_or_join(
    incident: str,
    opens: Callable[[str | None, str | None], Opened],
    joined: Callable[[Iterable[str]], Joined | None],
) -> Joined | Opened:
    """What `opens` makes, once it holds the incident; or the holder, where that can be joined."""
    holder = None
    while True:
        try:
            return opens(incident, holder)
        except IncidentHeld as held:  # by who reports it at this very moment, or did before
            holder = held.case_id
        if (known := joined([holder])) is not None:
            return known


def _undated(
    incident: str,
    opens: Callable[[str | None, str | None], Opened],
    joined: Callable[[Iterable[str]], Joined | None],
) -> Joined | Opened:
    """A report without its day holds what nobody holds, and takes it from nobody."""
    try:
        return opens(incident, None)
    except IncidentHeld as held:
        known = joined([held.case_id])
        return opens(None, None) if known is None else known


def incident_of(report: Report) -> str:
    """What one case holds at a time; a holder from an earlier use of the number is replaced."""
    kind = "withheld" if report.kind in WITHHELD else report.kind
    return derived("inc", report.shipment.tracking_number, kind)


def known_by(cases: CaseStore, number: str) -> list[str]:
    """Ids of the open cases of a number, also of those whose parcel left it for another."""
    return [*cases.on_waybill(number), *cases.formerly_on_waybill(number)]


def is_same(case: Case, told: Report, *, at: datetime, needs_day: bool) -> bool:
    """Whether a report tells of the case's incident, whatever it calls a parcel that is withheld.

    Once a new leg runs, everybody who asks where the parcel is means it.
    """
    known, kinds = case.report.kind, {case.report.kind, told.kind}
    is_leg = case.stage is Stage.RECOVERING and case.recovering.leg_since is not None
    if not (known is told.kind or kinds <= (SOUGHT if is_leg else WITHHELD)):
        return False
    return is_same_parcel(case, told.shipment, at=at, needs_day=needs_day)


def is_same_parcel(case: Case, told: Shipment, *, at: datetime, needs_day: bool) -> bool:
    """Whether it is the case's own use of the number.

    A case that we opened ourselves is about the use that we watch, whatever day is known of it.
    """
    known = case.report.shipment
    days = {known.shipped_on, told.shipped_on}
    if len({known.carrier, told.carrier} - {None}) > 1:
        return False
    if None in days:
        is_watched = case.discovered_as is not None
        return (is_watched or not needs_day) and at - case.opened_at < SAME_USE
    return len(days) == 1


def _exists(cases: CaseStore, case_id: str) -> bool:
    try:
        cases.load(case_id)
    except NotFound:
        return False
    return True
