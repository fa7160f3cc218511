"""Announcing: what a case's events tell its merchant, and their delivery, in order, for three days.

An attempt is taken by moving its due moment; whoever dies with it leaves it due two minutes later.
A receiver may thus hear an event twice, and tells it by its id, as Standard Webhooks has it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from amends.domain.case.case import Recorded
from amends.domain.exchange import Response
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.people.webhook import Endpoint
from amends.domain.people.webhook_delivery import (
    Delivery,
    Health,
    State,
    attempted,
    deliverable,
    judged,
    send_again,
)
from amends.domain.people.webhook_event import EventType, OutgoingEvent, outgoing
from amends.domain.refusal import NotFound
from amends.ports import Passes, Queue, WorkQueue
from amends.ports.people import Hooks
from amends.service.people.merchant_events import merchant_events
from amends.service.sweeping import PAGE, Sweep, put_due

TAKEN_FOR = timedelta(minutes=2)
PAUSED_FOR = timedelta(minutes=10)
"""How often it is looked whether a paused endpoint is awake again."""
LONGEST_DELAY = 900
"""Seconds that the queue can put a document off."""
MOST_AT_ONCE = 3
"""Events of one subject in one go; the rest follows with the next turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Herald:
    """What announcing needs."""

    hooks: Hooks
    queue: Queue
    attempt: Callable[[Endpoint, OutgoingEvent, datetime], Response]
    warn: Callable[[Endpoint, str, datetime], None]
    """Tells the owner of an endpoint by another way that it is paused, why and since when."""


def announce(herald: Herald, history: Sequence[Recorded], occasion: Occasion, *, since: int) -> int:
    """Keep and queue what the events since a version tell the case's merchant; repeatable."""
    told = merchant_events(history, since)
    for merchant, event in told:
        publish(herald, merchant, event, occasion)
    return len(told)


def publish(herald: Herald, merchant: str, event: OutgoingEvent, occasion: Occasion) -> None:
    """Keep one event, plan its delivery to every endpoint that wants it, and queue that."""
    herald.hooks.put_event(merchant, event)
    for endpoint in herald.hooks.endpoints(merchant):
        if endpoint.wants(event) and endpoint.since <= event.occurred_at:
            herald.hooks.plan(merchant, _planned(endpoint, event, occasion))
            if not endpoint.is_paused:
                herald.queue.send(_turn(merchant, endpoint.id, event.subject))


def _planned(endpoint: Endpoint, event: OutgoingEvent, occasion: Occasion) -> Delivery:
    return Delivery(
        event_id=event.id,
        endpoint_id=endpoint.id,
        subject=event.subject,
        sequence=event.sequence,
        due_at=occasion.at,
    )


def deliver(
    herald: Herald, *, merchant: str, endpoint_id: str, subject: str, occasion: Occasion
) -> int:
    """Deliver what is due of one subject, oldest first, until one fails or none is left."""
    sent = 0
    for _ in range(MOST_AT_ONCE):
        endpoint = herald.hooks.endpoint(merchant, endpoint_id)
        waiting = herald.hooks.pending(endpoint_id, subject)
        if endpoint is None:
            for one in waiting:  # the endpoint was removed: what was on its way ends
                herald.hooks.record(replace(one, state=State.PARKED))
            return sent
        if endpoint.is_paused:
            _hold(herald, waiting, occasion.at, until=occasion.at + PAUSED_FOR)
            return sent
        ready = deliverable(waiting, occasion.at)
        if not ready:
            if waiting:
                _hold(herald, waiting, occasion.at, until=waiting[0].due_at)
            return sent
        if not _attempt(herald, endpoint, ready[0], occasion):
            return sent
        sent += 1
    herald.queue.send(_turn(merchant, endpoint_id, subject))
    return sent


def sweep_hooks(herald: Herald, queue: WorkQueue, passes: Passes, occasion: Occasion) -> int:
    """Queue whatever is due."""
    sweep = Sweep(
        name="webhooks",
        read=lambda shard, after: herald.hooks.due(
            shard=shard, until=occasion.at, limit=PAGE, after=after
        ),
        worded=lambda turns: [dict(turn) for turn in turns],
        queue=queue,
        passes=passes,
    )
    return put_due(sweep, occasion)


def resend(herald: Herald, merchant: str, event_id: str, occasion: Occasion) -> int:
    """By hand: the same event again to every endpoint that wants it; how many that are."""
    event = herald.hooks.event(merchant, event_id)
    if event is None:
        raise NotFound("there is no such event")
    wanted = [one for one in herald.hooks.endpoints(merchant) if one.wants(event)]
    for endpoint in wanted:
        known = herald.hooks.deliveries(endpoint.id, event_id)
        fresh = _planned(endpoint, event, occasion)
        if known:
            herald.hooks.record(send_again(known[0], occasion.at))
        else:
            herald.hooks.plan(merchant, fresh)
        herald.queue.send(_turn(merchant, endpoint.id, event.subject))
    return len(wanted)


def resume(herald: Herald, endpoint: Endpoint) -> Endpoint:
    """Call a paused endpoint again; what waited for it follows with the sweep."""
    awake = replace(endpoint, is_paused=False)
    herald.hooks.put_endpoint(awake, is_new=False)
    herald.hooks.put_health(endpoint.id, Health())
    return awake


def _attempt(herald: Herald, endpoint: Endpoint, delivery: Delivery, occasion: Occasion) -> bool:
    """One attempt; whether the next event may follow."""
    if not herald.hooks.claim(delivery, until=occasion.at + TAKEN_FOR):
        return False
    event = herald.hooks.event(endpoint.merchant, delivery.event_id)
    if event is None:  # older than what is kept
        herald.hooks.record(replace(delivery, state=State.PARKED))
        return True
    response = herald.attempt(endpoint, event, occasion.at)
    after = attempted(delivery, response, occasion.at)
    herald.hooks.record(after)
    health = judged(herald.hooks.health(endpoint.id), response, occasion.at)
    herald.hooks.put_health(endpoint.id, health)
    if health.should_pause(occasion.at):
        _pause(herald, endpoint, health, occasion)
        return False
    if after.state is State.PENDING:
        _come_back(herald, endpoint, after, occasion)
    return after.state is not State.PENDING


def _come_back(herald: Herald, endpoint: Endpoint, delivery: Delivery, occasion: Occasion) -> None:
    """The first retries are sooner than the next sweep may be: the queue itself brings them."""
    wait = ceil((delivery.due_at - occasion.at).total_seconds())
    if wait <= LONGEST_DELAY:
        turn = _turn(endpoint.merchant, endpoint.id, delivery.subject)
        herald.queue.send(turn, delay_seconds=wait)


def _pause(herald: Herald, endpoint: Endpoint, health: Health, occasion: Occasion) -> None:
    """Its owner reads of it in the list of events, at every other endpoint, and by mail, once."""
    since = health.failing_since or occasion.at
    because = "gone" if health.is_gone else "failing"
    herald.hooks.put_endpoint(replace(endpoint, is_paused=True), is_new=False)
    told = outgoing(
        EventType.ENDPOINT_PAUSED,
        {"endpoint_id": endpoint.id, "failing_since": since, "reason": because},
        event_id=derived("evt", endpoint.id, "paused", since.isoformat()),
        subject=endpoint.id,
        sequence=int(since.timestamp()),
        occurred_at=occasion.at,
    )
    is_new = herald.hooks.event(endpoint.merchant, told.id) is None
    publish(herald, endpoint.merchant, told, occasion)
    if is_new:
        herald.warn(endpoint, because, since)


def _hold(herald: Herald, waiting: Sequence[Delivery], now: datetime, *, until: datetime) -> None:
    """What cannot go yet is looked at again with its head, not every minute."""
    for one in waiting:
        if one.due_at <= now:
            herald.hooks.record(replace(one, due_at=until))


def _turn(merchant: str, endpoint_id: str, subject: str) -> dict[str, object]:
    return {"merchant": merchant, "endpoint_id": endpoint_id, "subject": subject}
