"""Watching: who wants to know about which parcel, and the first asking at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from amends.catalog.routes import channels_for
from amends.domain.case.case import Case
from amends.domain.occasion import Occasion
from amends.domain.parcel.carriers import settled
from amends.domain.parcel.number import Confidence, check
from amends.domain.parcel.shipment import (
    Due,
    Shipment,
    Wanted,
    Watch,
    case_watcher,
    due_key,
    is_watch,
    new_shipment,
    token_of,
    watch_id,
)
from amends.domain.refusal import NotFound
from amends.ports.tracking import StaleShipment
from amends.service.tracking.tracker import Tracker

_ATTEMPTS = 5
UNSENT_AFTER = timedelta(minutes=10)
"""When the sweep asks about a new parcel whose message was lost."""


def watch(
    tracker: Tracker, wanted: Wanted, occasion: Occasion, *, owner: str | None = None
) -> Shipment:
    """Watch a parcel for a case (no owner) or for a merchant; the same again changes nothing.

    A parcel that is new, or that nobody watched any more, is asked about at once through the
    queue; for a case at every channel of its carrier.
    """
    return watch_all(tracker, [wanted], occasion, owner=owner)[0]


def watch_all(
    tracker: Tracker, wanted: Sequence[Wanted], occasion: Occasion, *, owner: str | None
) -> list[Shipment]:
    """The same for many, in as few messages as there are channels."""
    asked: dict[str, list[list[str]]] = {}
    shipments = []
    for one in wanted:
        shipment, key = _watch(tracker, one, occasion, owner=owner)
        shipments.append(shipment)
        if key is None:
            continue
        for place, code in enumerate(shipment.channels if owner is None else shipment.channels[:1]):
            asked.setdefault(code, []).append([shipment.waybill, "" if place else key])
    messages: list[dict[str, object]] = [
        {"channel": code, "items": rows[start : start + 40]}
        for code, rows in asked.items()
        for start in range(0, len(rows), 40)
    ]
    if messages:
        tracker.queue.send_many(messages)
    return shipments


def wanted_of(case: Case) -> Wanted | None:
    """The parcel that a case waits for news of; None while nobody knows its number."""
    parcel, leg = case.report.shipment, case.recovering
    if not parcel.is_numbered:
        return None
    return Wanted(
        number=case.number,
        carrier=parcel.carrier if leg.leg_since is None else leg.leg_carrier,
        shipped_on=leg.leg_since.date() if leg.leg_since else parcel.shipped_on,
        origin_country=parcel.origin_country,
        destination_country=parcel.destination_country,
        destination_postal_code=parcel.destination_postal_code,
        service=parcel.service,
        expected_on=parcel.expected_on if leg.leg_since is None else None,
    )


def watches_of(tracker: Tracker, number: str) -> list[Watch]:
    """Every merchant's watch of a number, whatever carrier and day."""
    shipments = (tracker.shipments.get(waybill) for waybill in tracker.shipments.under(number))
    ids = {one for shipment in shipments if shipment for one in shipment.watchers}
    found = (tracker.watches.get(one) for one in sorted(ids) if is_watch(one))
    return [watch for watch in found if watch is not None]


def unwatch(tracker: Tracker, watch_id: str, *, owner: str) -> None:
    """Stop one owner's watch; refuses what is not the owner's with NotFound.

    A parcel that nobody watches any more is dropped when it comes up next.
    """
    known = tracker.watches.get(watch_id)
    if known is None or known.owner != owner:
        raise NotFound("there is no such shipment")
    tracker.shipments.leave(known.waybill, known.id)
    tracker.watches.drop(known.id)


def completed(wanted: Wanted) -> Wanted:
    """The number as it is written, and its carrier where the check digit leaves one choice."""
    found = check(wanted.number)
    carrier = wanted.carrier
    sure = [one for one in found.candidates if one.confidence is not Confidence.NONE]
    if carrier is None and sure and (len(sure) == 1 or sure[0].confidence is Confidence.CHECKSUM):
        carrier = sure[0].carrier
    return replace(wanted, number=found.normalised, carrier=settled(carrier, found.normalised))


def route(tracker: Tracker, carrier: str | None) -> tuple[str, ...]:
    """Where a carrier's parcels are asked about in this stack."""
    return channels_for(
        carrier,
        overrides=tracker.channels.settings.get("carriers", {}),
        known=tracker.channels.codes,
    )


def _watch(
    tracker: Tracker, wanted: Wanted, occasion: Occasion, *, owner: str | None
) -> tuple[Shipment, str | None]:
    """The shipment, and the key of a due row that is to be asked about at once."""
    full = completed(wanted)
    made = new_shipment(full, channels=route(tracker, full.carrier), at=occasion.at)
    watcher = watch_id(owner, made.waybill) if owner else case_watcher(occasion.at)
    made = replace(made, watchers=frozenset({watcher}))
    if owner:
        tracker.watches.put(
            Watch(
                id=watcher,
                owner=owner,
                waybill=made.waybill,
                number=made.number,
                order_reference=full.order_reference,
                created_at=occasion.at,
                people=full.people,
            )
        )
    known = tracker.shipments.get(made.waybill, surely=True)
    if known is None:
        due = _first(made, occasion)
        if tracker.shipments.add(made, due):
            return made, due.key
        known = tracker.shipments.get(made.waybill, surely=True)
    if known is None:
        return made, None
    if full.expected_on is not None and known.expected_on is None:
        tracker.shipments.promise(known.waybill, full.expected_on)
        known = replace(known, expected_on=full.expected_on)
    if watcher in known.watchers:
        return known, _unasked(known)
    is_awake = bool(known.watchers) and (owner is not None or known.has_case)
    key = None
    if not is_awake:  # before the watcher is noted: cut off in between, it is done again
        known, key = _revived(tracker, known, occasion)
    tracker.shipments.join(made.waybill, watcher)
    return replace(known, watchers=known.watchers | {watcher}), key


def _revived(tracker: Tracker, shipment: Shipment, occasion: Occasion) -> tuple[Shipment, str]:
    """Ask again about a parcel whose schedule may have ended; the old one, if any, is void."""
    for _ in range(_ATTEMPTS):
        again = replace(shipment, token=token_of(shipment.waybill, occasion.at))
        due = _first(again, occasion)
        tracker.shipments.put_due(due)
        try:
            return tracker.shipments.save(again), due.key
        except StaleShipment:
            shipment = tracker.shipments.get(shipment.waybill, surely=True) or shipment
    raise StaleShipment(f"{shipment.waybill} kept changing while it was to be watched")


def _unasked(shipment: Shipment) -> str | None:
    """The first due row of a parcel that no channel has been asked about: its message was lost."""
    if shipment.state.first_asked_at is not None:
        return None
    return due_key(shipment.watched_since + UNSENT_AFTER, shipment.waybill)


def _first(shipment: Shipment, occasion: Occasion) -> Due:
    return Due(
        waybill=shipment.waybill,
        due_at=occasion.at + UNSENT_AFTER,
        channel=shipment.channels[0] if shipment.channels else "",
        token=shipment.token,
    )
