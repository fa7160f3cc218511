"""Announcing: what a case's events tell its merchant, and their delivery, in order, for three days.

An attempt is taken by moving its due moment; whoever dies with it leaves it due two minutes later.
A receiver may thus hear an event twice, and tells it by its id, as Standard Webhooks has it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amends.domain.case import events as e
from amends.domain.case.case import Case, Recorded
from amends.domain.case.evolution import evolve, opened
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
from amends.ports import DUE_SHARDS, Queue
from amends.ports.people import Hooks

TAKEN_FOR = timedelta(minutes=2)
PAUSED_FOR = timedelta(minutes=10)
"""How often it is looked whether a paused endpoint is awake again."""
PER_SHARD = 100
MOST_AT_ONCE = 3
"""Events of one subject in one go; the rest follows with the next turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Herald:
    """What announcing needs."""

    hooks: Hooks
    queue: Queue
    attempt: Callable[[Endpoint, OutgoingEvent, datetime], Response]


def announce(herald: Herald, history: Sequence[Recorded], occasion: Occasion, *, since: int) -> int:
    """Keep and queue what the events since a version tell the case's merchant; repeatable."""
    told = list(_told(history, since))
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
            _hold(herald, waiting, occasion, PAUSED_FOR)
            return sent
        ready = deliverable(waiting, occasion.at)
        if not ready:
            _hold(herald, waiting, occasion, TAKEN_FOR)
            return sent
        if not _attempt(herald, endpoint, ready[0], occasion):
            return sent
        sent += 1
    herald.queue.send(_turn(merchant, endpoint_id, subject))
    return sent


def sweep_hooks(herald: Herald, occasion: Occasion) -> int:
    """Queue whatever is due."""
    turns = [
        dict(turn)
        for shard in range(DUE_SHARDS)
        for turn in herald.hooks.due(shard=shard, until=occasion.at, limit=PER_SHARD)
    ]
    herald.queue.send_many(turns)
    return len(turns)


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
    return after.state is not State.PENDING


def _pause(herald: Herald, endpoint: Endpoint, health: Health, occasion: Occasion) -> None:
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
    herald.hooks.put_event(endpoint.merchant, told)


def _hold(
    herald: Herald, waiting: Sequence[Delivery], occasion: Occasion, least: timedelta
) -> None:
    """What cannot go yet is looked at again with its head, not every minute."""
    head = waiting[0].due_at if waiting else occasion.at
    again = max(head, occasion.at + least)
    for one in waiting:
        if one.due_at <= occasion.at:
            herald.hooks.record(replace(one, due_at=again))


def _turn(merchant: str, endpoint_id: str, subject: str) -> dict[str, object]:
    return {"merchant": merchant, "endpoint_id": endpoint_id, "subject": subject}


def _told(history: Sequence[Recorded], since: int) -> Sequence[tuple[str, OutgoingEvent]]:
    found: list[tuple[str, OutgoingEvent]] = []
    case: Case | None = None
    for recorded in history:
        before, case = case, opened(recorded) if case is None else evolve(case, recorded)
        if recorded.version >= since and case.merchant is not None:
            found += [(case.merchant, event) for event in _events(before, case, recorded)]
    return found


def _events(before: Case | None, case: Case, recorded: Recorded) -> list[OutgoingEvent]:
    rows: list[tuple[EventType, dict[str, object]]] = []
    match recorded.event:
        case e.CaseOpened(report=report):
            data = {
                "kind": report.kind,
                "tracking_number": report.shipment.tracking_number,
                "status": case.status,
                "stage": case.stage,
            }
            reference = report.shipment.order_reference
            extra = {"order_reference": reference} if reference else {}
            rows.append((EventType.CASE_REPORTED, {**data, **extra}))
        case e.InformationRequested(items=items, due_at=due_at):
            asked = {"requests": list(items), "due_at": due_at}
            rows.append((EventType.CASE_INFORMATION_REQUESTED, asked))
        case e.OfferMade() as offer:
            made = {
                "offer_id": offer.offer_id,
                "remedy": offer.remedy,
                "amount": offer.amount,
                "expires_at": offer.expires_at,
            }
            rows.append((EventType.CASE_OFFER_MADE, made))
        case e.PayoutConfirmed() as paid:
            done = {"payout_id": paid.payout_id, "amount": paid.amount, "rail": paid.rail}
            rows.append((EventType.CASE_PAYOUT_CONFIRMED, done))
        case e.CaseClosed(outcome=outcome):
            rows.append((EventType.CASE_CLOSED, {"outcome": outcome}))
    if before is not None and before.stage is not case.stage:
        moved: dict[str, object] = {
            "previous_stage": before.stage,
            "status": case.status,
            "stage": case.stage,
        }
        rows.insert(0, (EventType.CASE_STAGE_CHANGED, moved))
    return [
        outgoing(
            kind,
            {"case_id": case.id, **data},
            event_id=derived("evt", case.id, str(recorded.version), kind),
            subject=case.id,
            sequence=recorded.version * 10 + place,
            occurred_at=recorded.at,
        )
        for place, (kind, data) in enumerate(rows)
    ]
