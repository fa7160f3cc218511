"""Contract of merchants' webhooks and events; `tools.openapi` reads it, no handler does."""

from amends.web.contract import CURSOR, LIMIT, Caller, Key, Operation, Operations, Rows, schema_of
from followup import models as m
from followup.forms import (
    EndpointDocument,
    EndpointWithSecret,
)

TEXT = {"type": "string"}
EVENT = {
    "id": TEXT,
    "type": TEXT,
    "timestamp": TEXT,
    "data": {"type": "object"},
}

WEBHOOKS: Operations = {
    ("POST", "/v1/webhooks"): Operation(
        says="Register an endpoint; its secret is told once.",
        caller=Caller.MERCHANT_WEBHOOKS,
        body=m.EndpointBody,
        answers={201: EndpointWithSecret},
        key=Key.HONOURED,
        location=True,
    ),
    ("GET", "/v1/webhooks"): Operation(
        says="List the merchant's endpoints.",
        caller=Caller.MERCHANT_WEBHOOKS,
        answers={200: Rows(of=EndpointDocument)},
    ),
    ("GET", "/v1/webhooks/{endpoint_id}"): Operation(
        says="Read an endpoint and how it answers.",
        caller=Caller.MERCHANT_WEBHOOKS,
        answers={200: EndpointDocument},
    ),
    ("PATCH", "/v1/webhooks/{endpoint_id}"): Operation(
        says="Change, pause or wake an endpoint.",
        caller=Caller.MERCHANT_WEBHOOKS,
        body=m.EndpointChangeBody,
        answers={200: EndpointDocument},
    ),
    ("DELETE", "/v1/webhooks/{endpoint_id}"): Operation(
        says="Forget an endpoint.",
        caller=Caller.MERCHANT_WEBHOOKS,
        answers={204: None},
    ),
    ("POST", "/v1/webhooks/{endpoint_id}/rotate"): Operation(
        says="Make a new secret; the former signs along for a day.",
        caller=Caller.MERCHANT_WEBHOOKS,
        answers={200: EndpointWithSecret},
        key=Key.HONOURED,
    ),
    ("GET", "/v1/events"): Operation(
        says="List the merchant's events, the newest first.",
        caller=Caller.MERCHANT_WEBHOOKS,
        answers={200: Rows(of=schema_of(**EVENT))},
        query={"limit": LIMIT, "cursor": CURSOR},
    ),
    ("GET", "/v1/events/{event_id}"): Operation(
        says="Read an event and its delivery to each endpoint.",
        caller=Caller.MERCHANT_WEBHOOKS,
        answers={200: schema_of(**EVENT, deliveries={"type": "array"})},
    ),
    ("POST", "/v1/events/{event_id}/resend"): Operation(
        says="Send an event again.",
        caller=Caller.MERCHANT_WEBHOOKS,
        answers={202: schema_of(event_id=TEXT, endpoints={"type": "integer"})},
        key=Key.HONOURED,
    ),
}
