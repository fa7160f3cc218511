"""Waiting: until when a case waits for its parcel to be seen, and whom it asks after that."""

from collections.abc import Sequence

from amends.domain.case.case import Case
from amends.domain.occasion import Occasion
from amends.domain.parcel.diagnosis import diagnose
from amends.domain.parcel.number import check
from amends.domain.parcel.shipment import Shipment
from amends.service.settling import Wait


def wait_of(case: Case, shipments: Sequence[Shipment], occasion: Occasion) -> Wait:
    """What the diagnosis of the case's parcel says of waiting; nothing while no channel answered.

    A parcel that is passed on is asked about where it was passed to.
    """
    told = [one for one in shipments if one.state.words]
    shipment = max(told, key=lambda one: one.watched_since, default=None)
    if shipment is None:
        return Wait()
    report = case.report.shipment
    found = diagnose(
        check(report.tracking_number),
        shipment.state,
        (),
        now=occasion.at,
        lane=shipment.lane,
        shipped_on=report.shipped_on or shipment.shipped_on,
        carrier=report.carrier,
    )
    if found is None:
        return Wait()
    if not found.is_for_carrier:
        return Wait(until=found.wait_until)
    successor = shipment.state.successor
    return Wait(is_over=True, asks=successor[0] if successor else report.carrier)
