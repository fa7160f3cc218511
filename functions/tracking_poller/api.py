"""HTTP -> tracking: look-ups, watched shipments, carriers' pushes."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from amends import runtime
from amends.domain.case.permissions import Action
from amends.domain.occasion import Occasion
from amends.domain.parcel.channel import PATH_KEY
from amends.domain.parcel.number import check
from amends.domain.parcel.shipment import watch_id
from amends.domain.refusal import FieldError, Invalid, NotFound
from amends.ports.idempotency import Replay
from amends.service.tracking.health import health_of
from amends.service.tracking.looking import look_up
from amends.service.tracking.pushing import receive
from amends.service.tracking.watching import unwatch, watch_all
from amends.web.access import merchant
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.paging import cursor_of, limit_of, whole
from amends.web.proving import prove
from amends.web.router import Endpoint, Router
from amends.web.staff import staff
from tracking_poller.documents import (
    health_document,
    in_language,
    look_document,
    shipment_document,
    unmapped_document,
)
from tracking_poller.status import status

RECORD_MONTHS = 6
"""How far back carriers' records are looked at for a parcel that is to be shipped."""
LOOKED_SECONDS = 1800
"""A look-up of a number that nobody watches is asked at the channels once in so long.

For a watched one the channels' own periods see to that, and it shows every push at once.
"""
_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")


def lookup(call: Call) -> Answer:
    """`GET /v1/tracking/{number}`."""
    carrier = call.query.get("carrier")
    if carrier is not None and not _CODE.fullmatch(carrier):
        raise Invalid("carrier is a code such as china_post", errors=[_wrong("carrier")])
    occasion = runtime.occasion(by="anyone", because=call.cause)
    asked = unquote(call.params["number"])
    number = check(asked).normalised
    window = int(occasion.at.timestamp()) // LOOKED_SECONDS
    key = f"look#{number}#{carrier or ''}#{window}"
    is_watched = bool(runtime.tracker().shipments.under(number))
    if not is_watched:
        first = runtime.idempotency().claim(key, "", at=occasion.at)
        if isinstance(first, Replay):
            return Answer.of(in_language(json.loads(first.body), call.language))
    look = look_up(runtime.tracker(), asked, occasion, carrier=carrier)
    document = look_document(look)
    if look.is_complete and not is_watched:
        runtime.idempotency().answered(key, status=200, body=json.dumps(document), headers={})
    elif not is_watched:  # a channel could not answer: the next who asks may be luckier
        runtime.idempotency().release(key)
    return Answer.of(in_language(document, call.language))


def push(call: Call) -> Answer:
    """`POST /v1/tracking/webhooks/{channel}`: verified on the raw bytes, replays harmless.

    A provider that signs nothing is given an address that ends with a key of its own.
    """
    code = call.params["channel"]
    key = {PATH_KEY: unquote(call.params["key"])} if "key" in call.params else {}
    taken = receive(
        runtime.tracker(),
        runtime.idempotency(),
        code,
        body=call.raw_body,
        headers={**call.headers, **key},
        occasion=runtime.occasion(by=f"channel:{code}", because=call.cause),
    )
    said = taken.acknowledge.decode()
    kind = "text/xml" if said.startswith("<") else "application/json"
    return Answer(status=200, body=said, headers={"content-type": f"{kind}; charset=utf-8"})


def register(call: Call) -> Answer:
    """`POST /v1/shipments`: one, or up to a hundred; the same again is the same shipment."""
    owner = owner_of(call)
    occasion = runtime.occasion(by=f"merchant:{owner}", because=call.cause)
    return once(
        call,
        caller=f"merchant:{owner}",
        store=runtime.idempotency(),
        at=occasion.at,
        act=lambda _origin: _registered(call, owner, occasion),
    )


def _registered(call: Call, owner: str, occasion: Occasion) -> Answer:
    from tracking_poller.models import read_shipments

    wanted, is_many = read_shipments(call.json(), runtime.digest)
    tracker = runtime.tracker()
    documents = []
    for shipment in watch_all(tracker, wanted, occasion, owner=owner):
        watch = tracker.watches.get(watch_id(owner, shipment.waybill))
        if watch is None:
            raise NotFound("the shipment was stopped meanwhile")
        documents.append(shipment_document(watch, shipment, at=occasion.at))
    if is_many:
        return Answer.of(whole(documents), status=201)
    location = f"/v1/shipments/{documents[0]['id']}"
    return Answer.of(documents[0], status=201, headers={"location": location})


def one(call: Call) -> Answer:
    """`GET /v1/shipments/{id}`."""
    tracker = runtime.tracker()
    watch = tracker.watches.get(call.params["id"])
    if watch is None or watch.owner != owner_of(call):
        raise NotFound("there is no such shipment")
    shipment = tracker.shipments.get(watch.waybill)
    document = shipment_document(watch, shipment, at=runtime.now())
    return Answer.of(document, headers={"etag": f'"{document.get("version", 0)}"'})


def several(call: Call) -> Answer:
    """`GET /v1/shipments`, by id."""
    tracker, owner, limit = runtime.tracker(), owner_of(call), limit_of(call, 20)
    found = tracker.watches.of(owner, limit=limit + 1, cursor=cursor_of(call))
    at = runtime.now()
    page = found[:limit]
    rows = [shipment_document(w, tracker.shipments.get(w.waybill), at=at) for w in page]
    more = len(found) > limit
    return Answer.of({"data": rows, "has_more": more, "next_cursor": page[-1].id if more else None})


def stop(call: Call) -> Answer:
    """`DELETE /v1/shipments/{id}`."""
    unwatch(runtime.tracker(), call.params["id"], owner=owner_of(call))
    return Answer(status=204, body="")


def channels(call: Call) -> Answer:
    """`GET /v1/staff/channels`: how each channel fares, and what of its limits is used."""
    staff(call, Action.SEE_QUEUE)
    tracker, at = runtime.tracker(), runtime.now()
    found = health_of(tracker.channels, tracker.channels.codes, at=at)
    rows = [
        health_document(one, refresh=tracker.channels.refresh_after(one.channel)) for one in found
    ]
    return Answer.of(whole(rows))


def unmapped(call: Call) -> Answer:
    """`GET /v1/staff/tracking/unmapped`: codes that no table knows, the most frequent first."""
    staff(call, Action.SEE_QUEUE)
    wanted = call.query.get("channel")
    if wanted is not None and not _CODE.fullmatch(wanted):
        raise Invalid("channel is a code such as upu", errors=[_wrong("channel")])
    found = runtime.tracker().strange.all()
    rows = sorted(found, key=lambda one: (-one.count, one.channel, one.code))
    shown = [unmapped_document(one) for one in rows if wanted in (None, one.channel)]
    return Answer.of(whole(shown))


def check_plan(call: Call) -> Answer:
    """`POST /v1/preflight`: nothing is kept."""
    from amends.service.insight.figures import recommended
    from amends.service.tracking.preflight import preflight
    from tracking_poller.preflight import preflight_document, read_plan

    plan, today = read_plan(call.json()), runtime.now().date()
    carriers = recommended(
        runtime.tallies(),
        origin=plan.origin.country,
        destination=plan.destination.country,
        until=f"{today:%Y-%m}",
        months=RECORD_MONTHS,
    )
    told = preflight(plan, language=call.language, today=today, carriers=carriers)
    return Answer.of(preflight_document(told, call.language))


def owner_of(call: Call) -> str:
    """The merchant whose token it is."""
    return merchant(call, "shipments")


def _wrong(field: str) -> FieldError:
    return FieldError(field=field, code="invalid", message="this value is not accepted")


router = Router(
    Endpoint(method="GET", path="/v1/tracking/{number}", answer=lookup),
    Endpoint(method="POST", path="/v1/tracking/webhooks/{channel}", answer=push),
    Endpoint(method="POST", path="/v1/tracking/webhooks/{channel}/{key}", answer=push),
    Endpoint(method="POST", path="/v1/shipments", answer=register),
    Endpoint(method="GET", path="/v1/shipments", answer=several),
    Endpoint(method="GET", path="/v1/shipments/{id}", answer=one),
    Endpoint(method="DELETE", path="/v1/shipments/{id}", answer=stop),
    Endpoint(method="POST", path="/v1/preflight", answer=check_plan),
    Endpoint(method="GET", path="/v1/status", answer=status),
    Endpoint(method="GET", path="/v1/staff/channels", answer=channels),
    Endpoint(method="GET", path="/v1/staff/tracking/unmapped", answer=unmapped),
    prove=prove,
)


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer, whatever happens."""
    return router(event)
