"""Polling: a worker asks the channel about the parcels of one message."""

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
from amends.domain.parcel.shipment import SOONEST, Due, Shipment
from amends.domain.parcel.throttle import chance
from amends.ports.tracking import Seen
from amends.service.tracking.asking import Deferred, ask, channel_of, register
from amends.service.tracking.due_rows import DueRows
from amends.service.tracking.hearing import Item, hear_all
from amends.service.tracking.telling import tell
from amends.service.tracking.tracker import Tracker

FIRST_ANSWER_AFTER = timedelta(minutes=6)
"""After a registration; 17TRACK says five minutes (`reference/tracking.md` 2.2)."""
_NO_CHANNEL_WAIT = timedelta(hours=6)
_LONGEST_DELAY = timedelta(seconds=900)
"""What SQS can hold a message back."""
_SPREAD = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one message came to; `unmapped` counts raw codes that no table knows."""

    channel: str
    asked: int = 0
    changed: int = 0
    failed: int = 0
    unmapped: Mapping[str, int] = field(default_factory=dict)


def poll(tracker: Tracker, message: Mapping[str, Any], occasion: Occasion) -> Polled:
    """Ask one channel about the parcels of one message.

    What cannot be sent now is put off. A batch that fails is sent again one by one; one that fails
    alone raises: the queue tries it again and parks it, and its due row stays, so that the sweep
    of what is overdue comes back to it.
    """
    code = str(message["channel"])
    pairs = [(str(waybill), str(key)) for waybill, key in message["items"]]
    rows, seen = DueRows(tracker.shipments), tracker.shipments.several(pairs)
    rows.note(seen.due_rows.values())
    found = [_open(tracker, waybill, key, occasion, seen, rows) for waybill, key in pairs]
    items = [item for item in found if item is not None]
    if code not in tracker.channels.codes:
        for item in items:
            _reroute(tracker, item, rows, at=occasion.at)
        rows.clear()
        return Polled(channel=code)
    # A push says that there is news: the period does not bind what it wakes.
    ready = [
        item
        for item in items
        if message.get("pushed") or _is_ripe(tracker, item, code, rows, at=occasion.at)
    ]
    try:
        return _ask(tracker, code, ready, occasion, rows)
    except Deferred as later:
        _put_off(tracker, code, ready, rows, until=later.until, at=occasion.at)
        return Polled(channel=code)
    except Exception:
        if len(ready) < 2:
            rows.clear()
            raise
        _send_apart(tracker, code, ready, rows)
        return Polled(channel=code, failed=len(ready))


def _ask(
    tracker: Tracker, code: str, items: Sequence[Item], occasion: Occasion, rows: DueRows
) -> Polled:
    limits = channel_of(code).LIMITS
    known = [one for one in items if not limits.registers or code in one.shipment.registered]
    new = [one for one in items if one not in known]
    if new:
        _register(tracker, code, new, occasion, rows)
    if not known:
        rows.clear()
        return Polled(channel=code, asked=len(new))
    heard = ask(tracker.channels, code, [one.shipment.asked for one in known])
    readings = heard.readings
    late = [one for one in known if heard.until and one.shipment.number not in readings]
    known = [one for one in known if one not in late]
    if _is_spoilt(readings, limits) and len(known) > 1:
        _send_apart(tracker, code, known + late, rows)
        return Polled(channel=code, failed=len(known))
    told = [(item, readings[item.shipment.number]) for item in known]
    unmapped: Counter[str] = Counter()
    for item, reading in told:
        if reading.error == "not_registered":
            tracker.shipments.note_registered(item.shipment.waybill, code, known=False)
        unmapped.update(reading.unmapped)
    changed = hear_all(tracker, told, occasion, rows)
    if heard.until is not None:
        _put_off(tracker, code, late, rows, until=heard.until, at=occasion.at)
    failed = sum(reading.error is not None for _, reading in told)
    return Polled(channel=code, asked=len(known), changed=changed, failed=failed, unmapped=unmapped)


def _register(
    tracker: Tracker, code: str, items: Sequence[Item], occasion: Occasion, rows: DueRows
) -> None:
    told = register(tracker.channels, code, [item.shipment.asked for item in items])
    refused: list[tuple[Item, Reading]] = []
    for item in items:
        shipment = item.shipment
        said = told.get(shipment.number, "unavailable")
        if said == "ok":
            tracker.shipments.note_registered(shipment.waybill, code, known=True)
            _move(tracker, item, rows, at=occasion.at + FIRST_ANSWER_AFTER, channel=code)
            continue
        why = not_said(number=shipment.number, channel=code, error=said, carrier=shipment.carrier)
        refused.append((item, why))
    hear_all(tracker, refused, occasion, rows)


def _open(
    tracker: Tracker, waybill: str, key: str, occasion: Occasion, seen: Seen, rows: DueRows
) -> Item | None:
    """The parcel, when the work is still to be done; leftovers are cleared away.

    Whoever left one over may have died before the cases were told: they are told first.
    """
    due = _due_of(tracker, waybill, key, seen, rows) if key else None
    if key and due is None:
        return None
    shipment = seen.shipments.get(waybill)
    if not _is_current(shipment, due):
        shipment = tracker.shipments.get(waybill, surely=True)
    if shipment is None or not _is_current(shipment, due):
        if due is not None:
            if shipment is not None and shipment.has_case:
                tell(tracker, shipment, occasion)
            rows.done(due)
        return None
    return Item(shipment=shipment, due=due)


def _due_of(tracker: Tracker, waybill: str, key: str, seen: Seen, rows: DueRows) -> Due | None:
    if (waybill, key) in seen.due_rows:
        return seen.due_rows[waybill, key]
    found = tracker.shipments.due_row(key, waybill)
    rows.note(found)
    return next((due for due in found if due.waybill == waybill), None)


def _is_current(shipment: Shipment | None, due: Due | None) -> bool:
    if shipment is None or not shipment.watchers:
        return False
    return due is None or due.token == shipment.token


def _is_ripe(tracker: Tracker, item: Item, code: str, rows: DueRows, *, at: datetime) -> bool:
    """Whether the channel's own period is over; what comes too soon is put off."""
    said = [word.at for word in item.shipment.state.words if word.channel == code]
    if item.due is not None and code in item.due.asked:
        said.append(item.due.asked[code])
    if not said:
        return True
    ripe_at = max(said) + tracker.channels.refresh_after(code)
    if ripe_at <= at:
        return True
    _move(tracker, item, rows, at=ripe_at, channel=code)
    return False


def _put_off(
    tracker: Tracker,
    code: str,
    items: Sequence[Item],
    rows: DueRows,
    *,
    until: datetime,
    at: datetime,
) -> None:
    """Come again when the limits allow: by the queue when that is soon, else by the due rows."""
    rows.clear()
    if not items:
        return
    wait = until - at + _SPREAD * chance(f"{items[0].shipment.waybill}:{at.isoformat()}")
    if wait < _LONGEST_DELAY:
        seconds = int(wait.total_seconds()) + 1
        tracker.queue.send(_message(code, items), delay_seconds=seconds)
        return
    for item in items:
        spread = timedelta(minutes=30) * chance(item.shipment.waybill)
        _move(tracker, item, rows, at=until + spread, channel=code)
    rows.clear()


def _reroute(tracker: Tracker, item: Item, rows: DueRows, *, at: datetime) -> None:
    """The channel is gone, or there was none: look for another by and by."""
    known = tracker.channels.codes
    overrides = tracker.channels.settings.get("carriers", {})
    route = channels_for(item.shipment.carrier, overrides=overrides, known=known)
    wait = SOONEST if route else _NO_CHANNEL_WAIT
    _move(tracker, item, rows, at=at + wait, channel=route[0] if route else "")


def _move(tracker: Tracker, item: Item, rows: DueRows, *, at: datetime, channel: str) -> None:
    """A due row of its own instead of this one; the new one first."""
    due = item.due
    if due is None:
        return
    moved = replace(due, due_at=at, channel=channel, packed="")
    if moved.key != due.key:
        tracker.shipments.put_due(moved)
        rows.done(due)


def _send_apart(tracker: Tracker, code: str, items: Sequence[Item], rows: DueRows) -> None:
    """Each by itself: what was dealt with is gone already, and is passed over."""
    left = {due.waybill: due for due in rows.part([one.due for one in items if one.due])}
    again = [replace(one, due=left.get(one.shipment.waybill)) for one in items]
    tracker.queue.send_many(
        [
            _message(code, [new])
            for one, new in zip(items, again, strict=True)
            if new.due or not one.due
        ]
    )


def _is_spoilt(readings: Mapping[str, Reading], limits: Limits) -> bool:
    """Whether one request for many came back unreadable: a single number may have spoilt it."""
    return limits.batch_size > 1 and all(one.error == "malformed" for one in readings.values())


def _message(code: str, items: Sequence[Item]) -> Mapping[str, object]:
    rows = [[item.shipment.waybill, item.due.key if item.due else ""] for item in items]
    return {"channel": code, "items": rows}
