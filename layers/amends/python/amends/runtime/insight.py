"""Insight: figures of all cases and parcels, and corrective actions."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from amends.domain.occasion import Occasion
from amends.runtime.clock import environment
from amends.runtime.cloud import client

if TYPE_CHECKING:
    from amends.domain.case.case import Recorded
    from amends.domain.parcel.shipment import Shipment
    from amends.ports.insight import Actions, Tallies
    from amends.service.insight.learning import Insight


@cache
def tallies() -> "Tallies":
    """What everything adds up to."""
    from amends.adapters.insight import DynamoTallies

    return DynamoTallies(client("dynamodb"), table=environment("INSIGHT_TABLE"))


@cache
def actions() -> "Actions":
    """Corrective actions."""
    from amends.adapters.insight import DynamoActions

    return DynamoActions(client("dynamodb"), table=environment("INSIGHT_TABLE"))


def insight() -> "Insight":
    """What learning needs."""
    from amends.service.insight.learning import Insight

    return Insight(tallies=tallies(), actions=actions())


def learn(history: "Sequence[Recorded]", occasion: Occasion) -> None:
    """Bring figures and actions up to date with a case."""
    from amends.service.insight.learning import learn as learned

    learned(history, insight(), occasion)


def count_parcel(shipment: "Shipment", owners: Callable[[], Sequence[str]]) -> None:
    """Count a parcel that has come to an end."""
    from amends.domain.insight import parcel_tally
    from amends.service.insight.counting import count

    if parcel_tally.has_ended(shipment):
        count(tallies(), parcel_tally.count_parcel(shipment, owners()))
