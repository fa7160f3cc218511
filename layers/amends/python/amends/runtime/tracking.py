"""Tracking: what asking the channels needs, and what they have said of a case."""

from functools import cache
from time import sleep
from typing import TYPE_CHECKING

from amends.domain.occasion import Occasion
from amends.runtime.clock import environment, now, occasion
from amends.runtime.cloud import client, http, secrets, settings, tracking_queue
from amends.runtime.insight import count_parcel
from amends.runtime.people import herald
from amends.runtime.stores import cases

if TYPE_CHECKING:
    from amends.domain.case.case import Case
    from amends.domain.parcel.shipment import Shipment, Watch
    from amends.service.tracking.tracker import Tracker


@cache
def tracker() -> "Tracker":
    """What the use cases of tracking work with."""
    from amends.adapters.channel_budget import DynamoGates
    from amends.adapters.shipments import DynamoShipments
    from amends.adapters.strange_codes import DynamoStrangeCodes
    from amends.adapters.watches import DynamoWatches
    from amends.service.tracking.asking import Channels
    from amends.service.tracking.tracker import Tracker

    table = environment("SHIPMENTS_TABLE")
    dynamodb = client("dynamodb")
    return Tracker(
        shipments=DynamoShipments(dynamodb, table=table, due_table=environment("DUE_TABLE")),
        watches=DynamoWatches(dynamodb, table=table),
        channels=Channels(
            settings=settings(),
            secrets=secrets(),
            http=http(),
            gates=DynamoGates(dynamodb, table=table),
            tokens={},
            now=now,
            wait=lambda span: sleep(span.total_seconds()),
        ),
        queue=tracking_queue(),
        cases=cases(),
        strange=DynamoStrangeCodes(dynamodb, table=table),
        news=shipment_news,
    )


def shipment_news(shipment: "Shipment", about: Occasion) -> None:
    """Merchants who watch the parcel hear of it; one that has ended is counted."""
    from amends.service.tracking.shipment_news import owners_of, tell_watchers

    watches = tracker().watches
    tell_watchers(herald(), watches, shipment, about)
    count_parcel(shipment, lambda: owners_of(watches, shipment))


def watch_case(case: "Case") -> None:
    """Have the case's parcel asked about at once."""
    from amends.service.tracking.watching import wanted_of, watch

    wanted = wanted_of(case)
    if wanted is None:
        return  # a draft: there is no number to ask about yet
    watch(tracker(), wanted, occasion(by="report_intake", because=case.id))


def shipments_under(number: str) -> "list[Shipment]":
    """Every parcel on file under a number, as one of its identities."""
    from amends.adapters.shipments import DynamoShipments

    shipments = DynamoShipments(
        client("dynamodb"),
        table=environment("SHIPMENTS_TABLE"),
        due_table=environment("DUE_TABLE"),
    )
    found = [shipments.get(name) for name in shipments.under(number)]
    return [shipment for shipment in found if shipment is not None]


def watches_on(shipment: "Shipment") -> "list[Watch]":
    """What each merchant told of a parcel that it watches."""
    from amends.adapters.watches import DynamoWatches
    from amends.domain.parcel.shipment import is_watch

    watches = DynamoWatches(client("dynamodb"), table=environment("SHIPMENTS_TABLE"))
    found = (watches.get(one) for one in sorted(shipment.watchers) if is_watch(one))
    return [watch for watch in found if watch is not None]
