"""Verifying: what is on file of a parcel, and what of it the claimant is asked about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.investigation.verification import OnFile
from amends.domain.parcel.shipment import Shipment
from amends.domain.parcel.vocabulary import Milestone

SAME_USE = timedelta(days=60)
"""Numbers are used again: what was posted further apart is another parcel. Our own figure."""


def on_file(
    case: Case, shipments: Sequence[Shipment], said_by: Callable[[Shipment], Mapping[str, bool]]
) -> list[OnFile]:
    """What a seller registered of this parcel before the report, and what the channels saw.

    A parcel that only cases watch repeats what was reported: it proves nothing. `said_by` says of
    which people a seller told the same as the report.
    """
    said = case.report.shipment.shipped_on
    files = []
    for shipment in shipments:
        shipped = shipment.shipped_on
        if said is not None and shipped is not None and abs(said - shipped) > SAME_USE:
            continue
        if any("@" not in watcher for watcher in shipment.watchers):
            files.append(
                OnFile(
                    source="shipment",
                    carrier=shipment.carrier,
                    shipped_on=shipped,
                    origin_country=shipment.origin_country,
                    destination_country=shipment.destination_country,
                    destination_postal_code=shipment.destination_postal_code,
                    people=said_by(shipment),
                )
            )
        files += _seen(shipment)
    return files


def same_people(
    reported: Mapping[str, str], registered: Iterable[Mapping[str, str]]
) -> Mapping[str, bool]:
    """Of each field that both told, whether any seller told the same: digests against digests."""
    found: dict[str, bool] = {}
    for people in registered:
        for name in people.keys() & reported.keys():
            found[name] = found.get(name, False) or people[name] == reported[name]
    return found


def _seen(shipment: Shipment) -> list[OnFile]:
    """Where it was accepted, when, and where it was delivered, as far as a scan says."""
    events = shipment.state.events
    first = next((e.scan for e in events if e.scan.milestone is Milestone.ACCEPTED), None)
    last = next((e.scan for e in events if e.scan.milestone is Milestone.DELIVERED), None)
    if first is None and last is None:
        return []
    return [
        OnFile(
            source="channels",
            shipped_on=first.at.date() if first else None,
            origin_country=first.place.country if first else None,
            destination_country=last.place.country if last else None,
        )
    ]
