"""Hearing: a reading is merged, kept, told, and decides when the parcel is asked about next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amends.domain.occasion import Occasion
from amends.domain.parcel.anomaly import anomalies_of, next_alarm_at
from amends.domain.parcel.merging import absorb, brings_news
from amends.domain.parcel.packing import patience
from amends.domain.parcel.polling import Outcome, next_due
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.shipment import SOONEST, Due, Shipment, token_of
from amends.domain.parcel.state import ParcelState
from amends.domain.parcel.times import zone_of
from amends.domain.parcel.unmapped import unmapped_in
from amends.ports.tracking import StaleShipment
from amends.service.tracking.discovering import discover
from amends.service.tracking.due_rows import DueRows
from amends.service.tracking.telling import tell
from amends.service.tracking.tracker import Tracker

_ATTEMPTS = 5
_NOT_LOOKED = frozenset({"rate_limited", "unauthorised", "unavailable", "quota", "not_registered"})
"""Errors after which the channel has not looked at the number: its period does not begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A parcel to ask about; without a due row it is asked beside its schedule."""

    shipment: Shipment
    due: Due | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one reading makes of a parcel, before anything is written."""

    item: Item
    reading: Reading
    after: Shipment
    following: Due | None
    is_news: bool


def hear(tracker: Tracker, item: Item, reading: Reading, occasion: Occasion) -> bool:
    """Take one reading in; whether it brought news."""
    rows = DueRows(tracker.shipments)
    return hear_all(tracker, [(item, reading)], occasion, rows) == 1


def hear_all(
    tracker: Tracker,
    told: Sequence[tuple[Item, Reading]],
    occasion: Occasion,
    rows: DueRows,
) -> int:
    """Take readings in; how many brought news.

    The next due rows are written first, then each parcel, then its cases are told, and last the due
    row that was dealt with goes: cut off anywhere, it comes again and nothing is lost. One that
    fails keeps its row and stops none of the others; the first failure is raised in the end.
    """
    seed = told[0][0].shipment.waybill if told else ""
    heard = [_heard(tracker, item, reading, occasion, seed=seed) for item, reading in told]
    rows.put(one.following for one in heard if one.following is not None)
    failures: list[Exception] = []
    for one in heard:
        try:
            _keep(tracker, one, occasion)
        except Exception as error:  # noqa: BLE001 - one must not stop the rest; raised below
            failures.append(error)
            continue
        due = one.item.due
        if due is not None and (one.following is None or one.following.key != due.key):
            rows.done(due)
    rows.clear()
    if failures:
        raise failures[0]
    return sum(one.is_news for one in heard)


def _heard(
    tracker: Tracker, item: Item, reading: Reading, occasion: Occasion, *, seed: str
) -> Heard:
    shipment, due = item.shipment, item.due
    state = absorb(shipment.state, reading, at=occasion.at)
    is_news = _is_news(shipment.state, state)
    is_leftover = due is not None and due.token != shipment.token
    after = replace(shipment, state=state)
    if is_news and due is not None:
        after = replace(after, token=token_of(shipment.waybill, occasion.at))
    following = None
    if due is not None and (is_news or not is_leftover):
        following = next_asking(
            tracker, after, due, reading, is_news=is_news, at=occasion.at, seed=seed
        )
    return Heard(item=item, reading=reading, after=after, following=following, is_news=is_news)


def _keep(tracker: Tracker, heard: Heard, occasion: Occasion) -> None:
    """Write the parcel and tell; whoever wrote it meanwhile is merged with."""
    due, reading = heard.item.due, heard.reading
    for attempt in range(_ATTEMPTS):
        after = heard.after
        if heard.is_news or _fell_due(after, due, occasion.at):
            tracker.news(after, occasion)
        if heard.is_news and attempt == 0:
            for strange in unmapped_in(reading, at=occasion.at):
                tracker.strange.note(strange)
        try:
            shipment = tracker.shipments.save(after) if heard.is_news else after
        except StaleShipment:
            found = tracker.shipments.get(after.waybill, surely=True) or heard.item.shipment
            again = replace(heard.item, shipment=found)
            heard = _heard(tracker, again, reading, occasion, seed=after.waybill)
            if heard.following is not None:
                tracker.shipments.put_due(heard.following)
            continue
        if shipment.has_case:
            tell(tracker, shipment, occasion)
        elif due is not None and not reading.error:
            discover(tracker, shipment, occasion)
        return
    raise StaleShipment(f"{heard.after.waybill} kept changing while we were merging")


def next_asking(
    tracker: Tracker,
    shipment: Shipment,
    due: Due,
    reading: Reading,
    *,
    is_news: bool,
    at: datetime,
    seed: str,
) -> Due | None:
    """The next due row; None when nothing more is to be expected.

    Those asked about together have one `seed`, so that like ones are due together again.
    """
    outcome = Outcome.NEWS if is_news else Outcome.NOTHING
    if reading.error:
        outcome = Outcome.FAILED
    failures = due.failures + 1 if reading.error else 0
    empty = due.empty_polls + 1 if outcome is Outcome.NOTHING else 0
    code = _next_channel(shipment, reading)
    refresh_after = tracker.channels.refresh_after(code)
    wait = reading.retry_after_seconds if code == reading.channel else None
    alarm_at = next_alarm_at(
        shipment.state,
        lane=shipment.lane,
        now=at,
        service=shipment.service,
        shipped_on=shipment.shipped_on,
        expected_on=shipment.expected_on,
    )
    when = next_due(
        shipment.state,
        asked_at=at,
        outcome=outcome,
        refresh_after=min(refresh_after, timedelta(days=1)),
        seed=seed,
        has_push=tracker.channels.has_push(code),
        open_case=shipment.has_case,
        destination_zone=_zone(shipment.destination_country),
        retry_after=None if wait is None else timedelta(seconds=wait),
        empty_polls=failures if outcome is Outcome.FAILED else empty,
        alarm_at=alarm_at,
    )
    if when is None:
        return None
    asked = dict(due.asked)
    if reading.error not in _NOT_LOOKED:
        asked[reading.channel] = at
    before = asked.get(code)
    soonest = max(at + SOONEST, before + refresh_after if before else at)
    due_at = max(when, soonest)
    return Due(
        waybill=shipment.waybill,
        due_at=due_at,
        channel=code,
        token=shipment.token,
        asked=asked,
        empty_polls=empty,
        failures=failures,
        patience=patience(due_at, at=at, is_exact=due_at == alarm_at),
    )


def _next_channel(shipment: Shipment, reading: Reading) -> str:
    """Stay with the channel that knows the parcel; go round while none does, or people wait."""
    around = shipment.channels
    if reading.channel not in around:
        return around[0] if around else reading.channel
    if reading.found and not shipment.has_case:
        return reading.channel
    return around[(around.index(reading.channel) + 1) % len(around)]


def _is_news(before: ParcelState, after: ParcelState) -> bool:
    """Whether anything is worth a write: never the hour of asking alone."""
    return brings_news(before, after) or _standing(before) != _standing(after)


def _fell_due(shipment: Shipment, due: Due | None, now: datetime) -> bool:
    """Whether time alone made something wrong since the parcel was last asked about."""
    if due is None:
        return False
    before = max(due.asked.values(), default=shipment.watched_since)
    return any(before < one.due_at <= now for one in anomalies_of(shipment, now=now))


def _standing(state: ParcelState) -> object:
    said = [
        (
            word.channel,
            word.found,
            word.state,
            word.successor,
            word.estimated_delivery_at and word.estimated_delivery_at.date(),
        )
        for word in state.words
    ]
    mute = [failure.channel for failure in state.failures] if not state.words else []
    return said, mute


def _zone(country: str | None) -> tzinfo | None:
    name = zone_of(country)
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None  # a runtime without the tz database: no night, no harm
