"""Pushing: what a channel tells by itself, verified on the bytes that came."""

from collections.abc import Mapping
from datetime import datetime

from amends.domain.occasion import Occasion
from amends.domain.parcel.channel import BadSignature, Push, PushKind
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.shipment import Shipment
from amends.domain.refusal import NotFound
from amends.ports.idempotency import Claimed, Idempotency
from amends.service.tracking.asking import channel_of
from amends.service.tracking.hearing import Item, hear
from amends.service.tracking.tracker import Tracker

_WOKEN_SECONDS = 600


def receive(
    tracker: Tracker,
    seen: Idempotency,
    code: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    occasion: Occasion,
) -> Push:
    """Take a push in; refuses a bad signature, and channels without an account here.

    Readings merge, so that a repeat or one out of order changes nothing. A wake-up is believed no
    more than to ask again, and about one number only once in ten minutes: whoever has seen one
    signed header can send it again.
    """
    if code not in tracker.channels.codes:
        raise NotFound("there is no such channel")
    channel = channel_of(code)
    secrets = tracker.channels.secrets.of(f"channels/{code}")
    if not all(secrets.get(name) for name in channel.SECRETS):  # an empty key would prove nothing
        raise BadSignature("this stack has no secret to check the push by")
    push = channel.receive(body, headers, secrets)
    for reading in push.readings:
        for shipment in _watched(tracker, reading.number):
            if _is_about(reading, shipment):
                hear(tracker, Item(shipment=shipment), reading, occasion)
    if push.kind is PushKind.WAKE_UP:
        for number in push.numbers:
            _wake(tracker, seen, code, number, at=occasion.at)
    return push


def _wake(tracker: Tracker, seen: Idempotency, code: str, number: str, *, at: datetime) -> None:
    window = int(at.timestamp()) // _WOKEN_SECONDS
    rows = [[shipment.waybill, ""] for shipment in _watched(tracker, number)]
    key = f"wake#{code}#{number}#{window}"
    if rows and isinstance(seen.claim(key, "", at=at), Claimed):
        tracker.queue.send({"channel": code, "items": rows, "pushed": True})
        # Only what was sent is answered: a claim that is not is open again half a minute later.
        seen.answered(key, status=200, body="", headers={})


def _watched(tracker: Tracker, number: str) -> list[Shipment]:
    found = [tracker.shipments.get(waybill) for waybill in tracker.shipments.under(number)]
    return [one for one in found if one is not None and one.watchers]


def _is_about(reading: Reading, shipment: Shipment) -> bool:
    """Whether the reading can be of this use of the number: not all of it from before posting."""
    if shipment.shipped_on is None or not reading.scans:
        return True
    return any(scan.at.date() >= shipment.shipped_on for scan in reading.scans)
