"""Merchants over HTTP: where their events go, which there were, and to send one again."""

import json
from dataclasses import replace
from typing import Any

from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.people.webhook import Endpoint as Hook
from amends.domain.people.webhook import event_types, register, rotate
from amends.domain.people.webhook_address import check_url
from amends.domain.people.webhook_event import OutgoingEvent
from amends.domain.refusal import Invalid, NotFound
from amends.service.people.announcing import resend, resume
from amends.web.access import merchant
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.jsonable import to_jsonable
from amends.web.paging import cursor_of, limit_of, whole
from amends.web.router import Endpoint
from followup.counter import Counter

SCOPE = "webhooks"
MOST_ENDPOINTS = 20
HOOK = "/v1/webhooks/{endpoint_id}"


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """Registering, changing and forgetting endpoints; events and their resending."""

    def create(call: Call) -> Answer:
        who = merchant(call, SCOPE)
        return once(
            call,
            caller=who,
            store=counter.idempotency(),
            at=_occasion(counter, call, who).at,
            act=lambda origin: _create(counter, call, who, origin),
            hide=_without_secret,
            unhide=lambda answer: _with_secret(counter, who, answer),
        )

    def list_all(call: Call) -> Answer:
        found = counter.hooks().endpoints(merchant(call, SCOPE))
        rows = [_document(counter, one) for one in found]
        return Answer.of(whole(rows))

    def read_one(call: Call) -> Answer:
        return Answer.of(_document(counter, _hook(counter, call)))

    def change(call: Call) -> Answer:
        return Answer.of(_document(counter, _change(counter, call, _hook(counter, call))))

    def remove(call: Call) -> Answer:
        hook = _hook(counter, call)
        counter.hooks().remove_endpoint(hook.merchant, hook.id)
        return Answer(status=204, body="")

    def rotated(call: Call) -> Answer:
        who = merchant(call, SCOPE)
        return once(
            call,
            caller=who,
            store=counter.idempotency(),
            at=_occasion(counter, call, who).at,
            act=lambda origin: _rotate(counter, call, _hook(counter, call), origin),
            hide=_without_secret,
            unhide=lambda answer: _with_secret(counter, who, answer),
        )

    def list_events(call: Call) -> Answer:
        who, limit, after = merchant(call, SCOPE), limit_of(call), cursor_of(call)
        found, cursor = counter.hooks().events(who, limit=limit, cursor=after)
        rows = [_event(one) for one in found]
        more = cursor is not None
        return Answer.of({"data": rows, "has_more": more, "next_cursor": cursor})

    def read_event(call: Call) -> Answer:
        who = merchant(call, SCOPE)
        event = counter.hooks().event(who, call.params["event_id"])
        if event is None:
            raise NotFound("there is no such event")
        tries = [
            {"endpoint_id": hook.id, "state": one.state, "attempts": to_jsonable(one.log)}
            for hook in counter.hooks().endpoints(who)
            for one in counter.hooks().deliveries(hook.id, event.id)
        ]
        return Answer.of({**_event(event), "deliveries": tries})

    def again(call: Call) -> Answer:
        who = merchant(call, SCOPE)

        def act(_: str) -> Answer:
            occasion = _occasion(counter, call, who)
            count = resend(counter.herald(), who, call.params["event_id"], occasion)
            return Answer.of({"event_id": call.params["event_id"], "endpoints": count}, status=202)

        return counter.once(call, who, act)

    return (
        Endpoint(method="POST", path="/v1/webhooks", answer=create),
        Endpoint(method="GET", path="/v1/webhooks", answer=list_all),
        Endpoint(method="GET", path=HOOK, answer=read_one),
        Endpoint(method="PATCH", path=HOOK, answer=change),
        Endpoint(method="DELETE", path=HOOK, answer=remove),
        Endpoint(method="POST", path=f"{HOOK}/rotate", answer=rotated),
        Endpoint(method="GET", path="/v1/events", answer=list_events),
        Endpoint(method="GET", path="/v1/events/{event_id}", answer=read_event),
        Endpoint(method="POST", path="/v1/events/{event_id}/resend", answer=again),
    )


def _create(counter: Counter, call: Call, who: str, origin: str) -> Answer:
    from amends.web.bodies import read
    from followup.models import EndpointBody

    body = read(EndpointBody, call.json())
    hooks = counter.hooks()
    if len(hooks.endpoints(who)) >= MOST_ENDPOINTS:
        raise Invalid(f"a merchant has at most {MOST_ENDPOINTS} endpoints")
    hook = register(
        endpoint_id=derived("whk", origin),
        merchant=who,
        url=body.url,
        types=body.types,
        at=_occasion(counter, call, who).at,
        random_bytes=counter.random_bytes,
        is_local=counter.is_local(),
    )
    if not hooks.put_endpoint(hook, is_new=True):
        hook = hooks.endpoint(who, hook.id) or hook
    document = {**_document(counter, hook), "secret": hook.secrets[0].value}
    return Answer.of(document, status=201, headers={"location": f"/v1/webhooks/{hook.id}"})


def _without_secret(answer: Answer) -> Answer:
    document = json.loads(answer.body)
    document.pop("secret")
    return Answer.of(document, status=answer.status, headers=answer.headers)


def _with_secret(counter: Counter, who: str, answer: Answer) -> Answer:
    document = json.loads(answer.body)
    hook = counter.hooks().endpoint(who, document["id"])
    if hook is not None:
        document["secret"] = hook.secrets[0].value
    return Answer.of(document, status=answer.status, headers=answer.headers)


def _change(counter: Counter, call: Call, hook: Hook) -> Hook:
    from amends.web.bodies import read
    from followup.models import EndpointChangeBody

    body = read(EndpointChangeBody, call.json())
    if body.url is not None:
        check_url(body.url, is_local=counter.is_local())
        hook = replace(hook, url=body.url)
    if body.types is not None:
        hook = replace(hook, types=event_types(body.types))
    if body.is_paused is False and hook.is_paused:
        return resume(counter.herald(), hook)
    if body.is_paused is not None:
        hook = replace(hook, is_paused=body.is_paused)
    counter.hooks().put_endpoint(hook, is_new=False)
    return hook


def _rotate(counter: Counter, call: Call, hook: Hook, origin: str) -> Answer:
    """A secret that was made for this request already is not made again."""
    turn = derived("turn", origin)
    if hook.turn != turn:
        at = _occasion(counter, call, hook.merchant).at
        hook = replace(rotate(hook, at, counter.random_bytes), turn=turn)
        counter.hooks().put_endpoint(hook, is_new=False)
    return Answer.of({**_document(counter, hook), "secret": hook.secrets[0].value})


def _hook(counter: Counter, call: Call) -> Hook:
    found = counter.hooks().endpoint(merchant(call, SCOPE), call.params["endpoint_id"])
    if found is None:
        raise NotFound("there is no such endpoint")
    return found


def _document(counter: Counter, hook: Hook) -> dict[str, Any]:
    """An endpoint without its secrets, which are shown once."""
    health = counter.hooks().health(hook.id)
    return {
        "id": hook.id,
        "url": hook.url,
        "types": sorted(hook.types),
        "is_paused": hook.is_paused,
        "created_at": to_jsonable(hook.since),
        "failures": health.failures,
        "failing_since": to_jsonable(health.failing_since),
    }


def _event(event: OutgoingEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "timestamp": to_jsonable(event.occurred_at),
        "data": dict(event.data),
    }


def _occasion(counter: Counter, call: Call, who: str) -> Occasion:
    return counter.occasion(f"merchant:{who}", call.cause)
