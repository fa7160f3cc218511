"""Contract of the tracking endpoints; `tools.openapi` reads it, no handler does."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from amends.web.contract import (
    CURSOR,
    LIMIT,
    Caller,
    Choice,
    Key,
    Operation,
    Operations,
    Parameter,
    Rows,
)
from tracking_poller.models import MOST, ShipmentBody
from tracking_poller.preflight import PreflightBody
from tracking_poller.shapes import (
    ChannelHealth,
    LookDocument,
    PreflightDocument,
    StatusDocument,
    UnmappedDocument,
    WatchedShipment,
)


class WatchBody(ShipmentBody):
    """One shipment to watch."""  # under a name of its own: a report has a ShipmentBody too


class ShipmentsBody(BaseModel):
    """Many shipments to watch."""

    model_config = ConfigDict(extra="forbid")

    shipments: Annotated[list[WatchBody], Field(min_length=1, max_length=MOST)]


CARRIER = Parameter(
    schema={"type": "string", "pattern": "^[a-z0-9][a-z0-9_]{0,39}$"},
    says="The carrier's code, where the number alone does not tell.",
)

CHANNEL = Parameter(
    schema={"type": "string", "pattern": "^[a-z0-9][a-z0-9_]{0,39}$"},
    says="Only this channel's codes.",
)

OPERATIONS: Operations = {
    ("GET", "/v1/tracking/{number}"): Operation(
        says="Check a number and ask about it, live.",
        caller=Caller.ANYONE,
        answers={200: LookDocument},
        query={"carrier": CARRIER},
        speaks=True,
    ),
    ("POST", "/v1/tracking/webhooks/{channel}"): Operation(
        says="A channel pushes what it knows.",
        more="Verified by the channel's own signature on the raw bytes; a replay is harmless. The "
        "body has the channel's own form.",
        caller=Caller.SIGNATURE,
        body={},
        body_media="*/*",
        answers={200: {"description": "What the channel expects to be answered."}},
    ),
    ("POST", "/v1/tracking/webhooks/{channel}/{key}"): Operation(
        says="A channel that signs nothing pushes to an address that only it was given.",
        more="Whatever it says only wakes us up: the numbers are asked about again.",
        caller=Caller.SIGNATURE,
        body={},
        body_media="*/*",
        answers={200: {"description": "What the channel expects to be answered."}},
    ),
    ("POST", "/v1/shipments"): Operation(
        says="Watch one shipment, or up to a hundred; the same again is the same shipment.",
        caller=Caller.MERCHANT_SHIPMENTS,
        body=Choice(among=(WatchBody, ShipmentsBody)),
        answers={201: Choice(among=(WatchedShipment, Rows(of=WatchedShipment)))},
        key=Key.HONOURED,
        location=True,
    ),
    ("GET", "/v1/shipments"): Operation(
        says="List the watched shipments, by id.",
        caller=Caller.MERCHANT_SHIPMENTS,
        answers={200: Rows(of=WatchedShipment)},
        query={"limit": LIMIT, "cursor": CURSOR},
    ),
    ("GET", "/v1/shipments/{id}"): Operation(
        says="Read a watched shipment.",
        caller=Caller.MERCHANT_SHIPMENTS,
        answers={200: WatchedShipment},
        etag=True,
    ),
    ("DELETE", "/v1/shipments/{id}"): Operation(
        says="Watch it no more.", caller=Caller.MERCHANT_SHIPMENTS, answers={204: None}
    ),
    ("POST", "/v1/preflight"): Operation(
        says="Check a parcel before it is shipped; nothing is kept.",
        caller=Caller.ANYONE,
        body=PreflightBody,
        answers={200: PreflightDocument},
        speaks=True,
    ),
    ("GET", "/v1/status"): Operation(
        says="See which tracking channels answer; a minute old at most.",
        more="A parcel of a carrier whose channel is disturbed shows no news until it is asked "
        "again; cases wait meanwhile and lose nothing.",
        caller=Caller.ANYONE,
        answers={200: StatusDocument},
    ),
    ("GET", "/v1/staff/channels"): Operation(
        says="See how each tracking channel fares, and what of its limits is used.",
        caller=Caller.STAFF,
        answers={200: Rows(of=ChannelHealth)},
    ),
    ("GET", "/v1/staff/tracking/unmapped"): Operation(
        says="List the codes of channels that no table knows, the most frequent first.",
        more="Entries with such a code read as `unknown` and keep it. `count` counts the parcels' "
        "readings that brought it as news.",
        caller=Caller.STAFF,
        answers={200: Rows(of=UnmappedDocument)},
        query={"channel": CHANNEL},
    ),
}
