"""Discovering: a watched parcel's silence becomes a case before anybody complains."""

from collections.abc import Iterable, Mapping

from amends.domain.case.case import Case
from amends.domain.case.goods.quarantine import as_told
from amends.domain.case.intake import open_case
from amends.domain.case.report import Report
from amends.domain.case.report import Shipment as Parcel
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.parcel.anomaly import anomalies_of
from amends.domain.parcel.number import check
from amends.domain.parcel.shipment import Shipment, Wanted, Watch, is_watch
from amends.domain.parcel.thresholds import Anomaly, AnomalyKind
from amends.domain.parcel.vocabulary import Direction, Milestone
from amends.ports import StaleCase
from amends.service.intake.joining import SOUGHT, hold_or_join, incident_of, is_same_parcel
from amends.service.intake.reporting import hash_of, token_of
from amends.service.tracking.tracker import Tracker
from amends.service.tracking.watching import watch

OPENS: Mapping[AnomalyKind, Kind] = {
    AnomalyKind.NEVER_FOUND: Kind.UNTRACEABLE,
    AnomalyKind.MISSED_TRANSFER: Kind.LOST,
    AnomalyKind.STALE: Kind.LOST,
    AnomalyKind.LOST: Kind.LOST,
    AnomalyKind.DWELL: Kind.DELAYED,
}
"""What is beyond what a lane explains, and what it is then reported as; the gravest first.

A customs hold explains itself, and a return or a parcel that waits for its addressee is no
silence: of those the shipment tells, and no case opens.
"""
_UNDERWAY = frozenset({Milestone.ACCEPTED, Milestone.IN_TRANSIT, Milestone.OUT_FOR_DELIVERY})


def discover(tracker: Tracker, shipment: Shipment, occasion: Occasion) -> list[str]:
    """Open a case for a merchant who watches a parcel that has fallen silent; its id.

    The same silence opens one case, however often it is seen: its id follows from the watch, the
    kind and the moment the silence counts from. Nor does it open one beside a case in which the
    parcel is sought already, were that reported or discovered for another watcher at this moment.
    A stack whose settings say `early_discovery` false, or that has no key for case tokens, opens
    none.
    """
    if shipment.has_case or tracker.channels.settings.get("early_discovery") is False:
        return []
    worst = _worst(shipment, occasion)
    key = tracker.channels.secrets.of("tokens").get("key", "") if worst else ""
    if worst is None or not key:
        return []
    if tracker.cases.formerly_on_waybill(shipment.number):
        return []  # it is no longer sought under this number: it travels on under another
    opened: list[str] = []
    is_awaited = False
    for watcher in sorted(filter(is_watch, shipment.watchers)):
        wish = tracker.watches.get(watcher)
        if wish is not None:
            case, is_new = _open(tracker, shipment, wish, worst, key.encode(), occasion)
            opened += [case.id] if is_new else []
            is_awaited |= case.is_open
    if is_awaited:  # also where whoever opened it died before it was watched
        watch(tracker, _wanted(shipment), occasion)
    return opened


def _worst(shipment: Shipment, occasion: Occasion) -> Anomaly | None:
    state = shipment.state
    if state.direction is Direction.RETURN:
        return None
    found = {
        one.kind: one
        for one in anomalies_of(shipment, now=occasion.at)
        if one.kind is not AnomalyKind.DWELL or state.milestone in _UNDERWAY
    }
    return next((found[kind] for kind in OPENS if kind in found), None)


def _open(
    tracker: Tracker,
    shipment: Shipment,
    wish: Watch,
    anomaly: Anomaly,
    key: bytes,
    occasion: Occasion,
) -> tuple[Case, bool]:
    """The case, and whether it was opened just now."""
    case_id = derived("case", "discovered", wish.id, anomaly.kind, anomaly.since.isoformat())
    cases = tracker.cases
    report = Report(
        kind=OPENS[anomaly.kind],
        shipment=_parcel(shipment, wish),
        noticed_at=occasion.at,
        role=Role.MERCHANT,
        language="en",
        channel=ReportChannel.WEB,
    )
    events = open_case(
        report,
        case_id=case_id,
        number_valid=check(shipment.number).valid,
        token_hash=hash_of(token_of(case_id, key)),
        merchant=wish.owner,
        occasion=occasion,
        discovered_as=anomaly.kind,
    )

    def opens(incident: str | None, instead_of: str | None) -> tuple[Case, bool]:
        try:
            case = cases.open(events, occasion, incident=incident, instead_of=instead_of)
        except StaleCase:
            return cases.load(case_id), False
        return case, True

    def sought(case_ids: Iterable[str]) -> tuple[Case, bool] | None:
        for known in map(cases.load, case_ids):
            is_sought = known.is_open and as_told(known).report.kind in SOUGHT
            if known.id == case_id or (
                is_sought
                and is_same_parcel(known, report.shipment, at=occasion.at, needs_day=False)
            ):
                return known, False
        return None

    known = sought(cases.on_waybill(shipment.number))
    return known or hold_or_join(incident_of(report), opens, sought)


def _parcel(shipment: Shipment, wish: Watch) -> Parcel:
    return Parcel(
        tracking_number=shipment.number,
        carrier=shipment.carrier,
        service=shipment.service,
        shipped_on=shipment.shipped_on,
        origin_country=shipment.origin_country,
        destination_country=shipment.destination_country,
        destination_postal_code=shipment.destination_postal_code,
        order_reference=wish.order_reference,
        expected_on=shipment.expected_on,
    )


def _wanted(shipment: Shipment) -> Wanted:
    return Wanted(
        number=shipment.number,
        carrier=shipment.carrier,
        shipped_on=shipment.shipped_on,
        origin_country=shipment.origin_country,
        destination_country=shipment.destination_country,
        destination_postal_code=shipment.destination_postal_code,
        service=shipment.service,
        expected_on=shipment.expected_on,
    )
