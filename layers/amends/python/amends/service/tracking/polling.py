"""Polling: a sweep sends what is due to the queue, a worker asks the channel."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from amends.catalog.routes import channels_for
from amends.domain.occasion import Occasion
from amends.domain.parcel.channel import Limits
from amends.domain.parcel.derive import not_said
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.shipment import SOONEST, Due, Shipment, stamp
from amends.domain.parcel.throttle import chance
from amends.ports.tracking import Seen
from amends.service.tracking.asking import Deferred, ask, channel_of, register
from amends.service.tracking.hearing import Item, hear
from amends.service.tracking.telling import tell
from amends.service.tracking.tracker import Tracker

SWEPT_AT_ONCE = 5000
OVERDUE_AFTER = timedelta(hours=1)
FIRST_ANSWER_AFTER = timedelta(minutes=6)
"""After a registration; 17TRACK says five minutes (`reference/tracking.md` 2.2)."""
_NO_CHANNEL_WAIT = timedelta(hours=6)
_LONGEST_DELAY = timedelta(seconds=900)
"""What SQS can hold a message back."""
_SPREAD = timedelta(seconds=20)
_SMALLEST_MESSAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one message came to; `unmapped` counts raw codes that no table knows."""

    channel: str
    asked: int = 0
    changed: int = 0
    failed: int = 0
    unmapped: Mapping[str, int] = field(default_factory=dict)


def sweep(tracker: Tracker, shard: int, *, at: datetime, limit: int = SWEPT_AT_ONCE) -> int:
    """Send what of one shard has fallen due since the last sweep; how many.

    The mark is moved first: of two sweeps at once only one sends. One that dies in between leaves
    its parcels to `sweep_overdue`.
    """
    known = tracker.shipments.mark(shard)
    until = f"{stamp(at)}~"
    rows = tracker.shipments.due(shard=shard, after=known, until=until, limit=limit)
    if not rows:
        return 0
    to = rows[-1].key if len(rows) >= limit else until
    if not tracker.shipments.move_mark(shard, known=known, to=to):
        return 0
    try:
        tracker.queue.send_many(_messages(tracker, rows))
    except Exception:
        tracker.shipments.move_mark(shard, known=to, to=known)
        raise
    return len(rows)


def sweep_overdue(tracker: Tracker, shard: int, *, at: datetime, limit: int = 1000) -> int:
    """Send again what has been due for an hour, whatever became of it; how many."""
    until = f"{stamp(at - OVERDUE_AFTER)}~"
    rows = tracker.shipments.due(shard=shard, after="", until=until, limit=limit)
    tracker.queue.send_many(_messages(tracker, rows))
    return len(rows)


def poll(tracker: Tracker, message: Mapping[str, Any], occasion: Occasion) -> Polled:
    """Ask one channel about the parcels of one message.

    What cannot be sent now is put off. A batch that fails is sent again one by one; one that fails
    alone raises: the queue tries it again and parks it, and its due row stays, so that the sweep
    of what is overdue comes back to it.
    """
    code = str(message["channel"])
    pairs = [(str(waybill), str(key)) for waybill, key in message["items"]]
    seen = tracker.shipments.several(pairs)
    found = [_open(tracker, waybill, key, occasion, seen) for waybill, key in pairs]
    items = [item for item in found if item is not None]
    if code not in tracker.channels.codes:
        for item in items:
            _reroute(tracker, item, at=occasion.at)
        return Polled(channel=code)
    # A push says that there is news: the period does not bind what it wakes.
    ready = [
        item
        for item in items
        if message.get("pushed") or _is_ripe(tracker, item, code, at=occasion.at)
    ]
    try:
        return _ask(tracker, code, ready, occasion)
    except Deferred as later:
        _put_off(tracker, code, ready, until=later.until, at=occasion.at)
        return Polled(channel=code)
    except Exception:
        if len(ready) < 2:
            raise
        tracker.queue.send_many([_message(code, [item]) for item in ready])
        return Polled(channel=code, failed=len(ready))


def _ask(tracker: Tracker, code: str, items: Sequence[Item], occasion: Occasion) -> Polled:
    limits = channel_of(code).LIMITS
    known = [one for one in items if not limits.registers or code in one.shipment.registered]
    new = [one for one in items if one not in known]
    if new:
        _register(tracker, code, new, occasion)
    if not known:
        return Polled(channel=code, asked=len(new))
    heard = ask(tracker.channels, code, [one.shipment.asked for one in known])
    readings = heard.readings
    if heard.until is not None:
        late = [one for one in known if one.shipment.number not in readings]
        _put_off(tracker, code, late, until=heard.until, at=occasion.at)
        known = [one for one in known if one not in late]
    if _is_spoilt(readings, limits) and len(known) > 1:
        tracker.queue.send_many([_message(code, [item]) for item in known])
        return Polled(channel=code, failed=len(known))
    changed = failed = 0
    unmapped: Counter[str] = Counter()
    for item in known:
        reading = readings[item.shipment.number]
        if reading.error == "not_registered":
            tracker.shipments.note_registered(item.shipment.waybill, code, known=False)
        changed += hear(tracker, item, reading, occasion)
        failed += reading.error is not None
        unmapped.update(reading.unmapped)
    return Polled(channel=code, asked=len(known), changed=changed, failed=failed, unmapped=unmapped)


def _register(tracker: Tracker, code: str, items: Sequence[Item], occasion: Occasion) -> None:
    told = register(tracker.channels, code, [item.shipment.asked for item in items])
    for item in items:
        shipment = item.shipment
        said = told.get(shipment.number, "unavailable")
        if said == "ok":
            tracker.shipments.note_registered(shipment.waybill, code, known=True)
            _move(tracker, item, at=occasion.at + FIRST_ANSWER_AFTER, channel=code)
            continue
        refused = not_said(
            number=shipment.number, channel=code, error=said, carrier=shipment.carrier
        )
        hear(tracker, item, refused, occasion)


def _open(tracker: Tracker, waybill: str, key: str, occasion: Occasion, seen: Seen) -> Item | None:
    """The parcel, when the work is still to be done; leftovers are cleared away.

    Whoever left one over may have died before the cases were told: they are told first.
    """
    due = (seen.due_rows.get(key) or tracker.shipments.due_row(key, waybill)) if key else None
    if key and due is None:
        return None
    shipment = seen.shipments.get(waybill)
    if not _is_current(shipment, due):
        shipment = tracker.shipments.get(waybill, surely=True)
    if shipment is None or not _is_current(shipment, due):
        if due is not None:
            if shipment is not None and shipment.has_case:
                tell(tracker, shipment, occasion)
            tracker.shipments.drop_due(due.key, waybill)
        return None
    return Item(shipment=shipment, due=due)


def _is_current(shipment: Shipment | None, due: Due | None) -> bool:
    if shipment is None or not shipment.watchers:
        return False
    return due is None or due.token == shipment.token


def _is_ripe(tracker: Tracker, item: Item, code: str, *, at: datetime) -> bool:
    """Whether the channel's own period is over; what comes too soon is put off."""
    said = [word.at for word in item.shipment.state.words if word.channel == code]
    if item.due is not None and code in item.due.asked:
        said.append(item.due.asked[code])
    if not said:
        return True
    ripe_at = max(said) + tracker.channels.refresh_after(code)
    if ripe_at <= at:
        return True
    _move(tracker, item, at=ripe_at, channel=code)
    return False


def _put_off(
    tracker: Tracker, code: str, items: Sequence[Item], *, until: datetime, at: datetime
) -> None:
    """Come again when the limits allow: by the queue when that is soon, else by the due rows."""
    if not items:
        return
    wait = until - at + _SPREAD * chance(f"{items[0].shipment.waybill}:{at.isoformat()}")
    if wait < _LONGEST_DELAY:
        seconds = int(wait.total_seconds()) + 1
        tracker.queue.send(_message(code, items), delay_seconds=seconds)
        return
    for item in items:
        spread = timedelta(minutes=30) * chance(item.shipment.waybill)
        _move(tracker, item, at=until + spread, channel=code)


def _reroute(tracker: Tracker, item: Item, *, at: datetime) -> None:
    """The channel is gone, or there was none: look for another by and by."""
    known = tracker.channels.codes
    overrides = tracker.channels.settings.get("carriers", {})
    route = channels_for(item.shipment.carrier, overrides=overrides, known=known)
    wait = SOONEST if route else _NO_CHANNEL_WAIT
    _move(tracker, item, at=at + wait, channel=route[0] if route else "")


def _move(tracker: Tracker, item: Item, *, at: datetime, channel: str) -> None:
    """Another due row instead of this one; the new one first."""
    due = item.due
    if due is None:
        return
    moved = replace(due, due_at=at, channel=channel)
    if moved.key != due.key:
        tracker.shipments.put_due(moved)
        tracker.shipments.drop_due(due.key, due.waybill)


def _is_spoilt(readings: Mapping[str, Reading], limits: Limits) -> bool:
    """Whether one request for many came back unreadable: a single number may have spoilt it."""
    return limits.batch_size > 1 and all(one.error == "malformed" for one in readings.values())


def _messages(tracker: Tracker, rows: Sequence[Due]) -> list[Mapping[str, object]]:
    by_channel: dict[str, list[Due]] = {}
    for row in rows:
        by_channel.setdefault(row.channel, []).append(row)
    messages: list[Mapping[str, object]] = []
    for code, due in by_channel.items():
        is_known = code in tracker.channels.codes
        most = channel_of(code).LIMITS.batch_size if is_known else 1
        size = max(most, _SMALLEST_MESSAGE)
        for start in range(0, len(due), size):
            part = due[start : start + size]
            messages.append({"channel": code, "items": [[row.waybill, row.key] for row in part]})
    return messages


def _message(code: str, items: Sequence[Item]) -> Mapping[str, object]:
    rows = [[item.shipment.waybill, item.due.key if item.due else ""] for item in items]
    return {"channel": code, "items": rows}
