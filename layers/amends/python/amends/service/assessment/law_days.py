"""Law's days: what the regimes that may apply say of a case before anything is assessed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

from amends.catalog import plugin
from amends.domain.case.agreement.deadlines import days_of, presumed_by, set_days, soonest
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.state.agreement import Presumed
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.number import check
from amends.domain.refusal import Refusal
from amends.service.assessment.assessing import Contract, RateTable, found_on, legible, read
from amends.service.assessment.facts import facts_of

if TYPE_CHECKING:
    from amends.domain.case.incident import Incident
    from amends.domain.case.state.agreement import CaseDeadline

MAY_BE_LOST = frozenset({Kind.LOST, Kind.UNTRACEABLE, Kind.MISDELIVERED})
CANDIDATES = 3
"""Carriers whose rules are looked at where nobody has named one: what the number may belong to."""


def learn_days(case: Case, rates: RateTable, tariff: Contract | None, as_of: date) -> list[Event]:
    """The days of every regime that may apply, for each act the soonest; no news is no event.

    What people or an assessment have set later stands: this is for a case that is still looked
    into.
    """
    if case.assessed is not None:
        return []
    try:
        read(tariff)
    except Refusal:
        tariff = None  # said to staff; the days of law and carrier stand all the same
    days: list[CaseDeadline] = []
    presumed: Presumed | None = None
    for document in _candidates(facts_of(case, as_of=as_of, rates=rates), case):
        readable, _ = legible(document)
        try:
            told = found_on(readable, rates, tariff).document("en")
        except Refusal:
            continue
        days += days_of(told)
        presumed = presumed or presumed_by(told)
    return set_days(case, soonest(days), presumed or _given_up(case))


def _given_up(case: Case) -> Presumed | None:
    """Where no regime says from when: the incident's own date, by the lane it travels."""
    if case.report.kind not in MAY_BE_LOST:
        return None
    incident = cast("Incident", plugin("incidents", case.report.kind))
    ends = {case.report.shipment.origin_country, case.report.shipment.destination_country}
    wanted = "give_up" if len(ends - {None}) < 2 else "give_up_abroad"
    rows = {row.code: row for row in incident.THRESHOLDS}
    row = rows.get(wanted) or rows.get("give_up")
    if row is None:
        return None
    first = (case.opened_at + row.value).date()
    return Presumed(first_day=first, rule=f"house.{row.code}", source=row.source)


def _candidates(document: Mapping[str, object], case: Case) -> Iterator[Mapping[str, object]]:
    if document.get("carrier") is not None:
        yield document
        return
    found = check(case.report.shipment.tracking_number).candidates
    for candidate in found[:CANDIDATES]:
        yield {**document, "carrier": candidate.carrier}
