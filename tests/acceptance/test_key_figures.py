"""Key figures of cases: how many were lost, how long it took, what it cost, how people liked it."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Concluded,
    Event,
    FeedbackGiven,
    FirstReplied,
    OfferAccepted,
    OfferMade,
    PayoutConfirmed,
    PayoutRequested,
)
from amends.domain.case.report import ItemLine
from amends.domain.case.vocabulary import Finding, Kind
from amends.domain.insight.parcel_tally import count_parcel
from amends.domain.insight.tally import Dimension
from amends.domain.money import Money
from amends.domain.parcel.shipment import Wanted, new_shipment
from amends.domain.parcel.vocabulary import Milestone
from amends.service.insight.counting import count
from tests.support.event_samples import REPORT, sample
from tests.support.people_world import World

SHOP = "shop-1"


def happened(world: World, number: int, *events: tuple[float, Event], **changes: Any) -> Case:
    """A case with its events so many hours after the report, told to everybody."""
    start = world.now
    case = world.open(case_id=f"case_{number}123456789abcdefghjkmnpqrs", **changes)
    for hours, event in events:
        world.now = start + timedelta(hours=hours)
        case = world.happen(case, event)
    world.told(case)
    world.told(case)
    world.now = start
    return case


def figures(world: World, query: str = "", groups: str = "finance") -> Any:
    status, told = world.call("GET", f"/v1/staff/analytics?{query}", groups=groups)
    assert status == 200, told
    return told


def settled(world: World, number: int, score: int, **changes: Any) -> Case:
    return happened(
        world,
        number,
        (1, FirstReplied()),
        (48, sample(Concluded)),
        (50, sample(OfferMade)),
        (51, sample(OfferAccepted)),
        (52, sample(PayoutRequested)),
        (60, sample(PayoutConfirmed)),
        (90, FeedbackGiven(score=score, resolved=score > 2, commented=False)),
        **changes,
    )


@pytest.mark.requirement("000-9", "000-15")
def test_what_is_overdue_is_counted_while_it_is() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "POST", "messages", {"text": "?"})
    world.now += timedelta(days=1)
    world.sweep()
    efficiency = figures(world, "by=product")["groups"][0]["kpis"]["efficiency"]
    assert efficiency["overdue"] == {"reply": 1}

    world.as_agent("POST", f"/v1/staff/cases/{case.id}/messages", {"text": "on its way"})
    world.told(case)
    efficiency = figures(world, "by=product")["groups"][0]["kpis"]["efficiency"]
    assert efficiency["overdue"] == {}


@pytest.mark.requirement("000-1", "000-15")
def test_key_figures_show_safety_accuracy_and_efficiency_by_product() -> None:
    world = World()
    settled(world, 1, 5)
    settled(world, 2, 2)
    happened(world, 3, kind=Kind.DAMAGED)

    told = figures(world, "by=product")

    assert told["months"] == ["2026-09", "2026-10", "2026-11"]
    (group,) = told["groups"]
    kpis = group["kpis"]
    assert (group["value"], kpis["cases"]) == ("international_small_parcel", 3)
    assert kpis["findings"] == {"lost": 2}
    assert kpis["efficiency"]["first_reply"] == {"count": 2, "mean_hours": "1.0"}
    assert kpis["efficiency"]["decision"] == {"count": 2, "mean_hours": "50.0"}
    assert kpis["efficiency"]["decision_in_time"]["share"] == "1.0000"
    assert kpis["efficiency"]["stages"]["tracing"]["mean_hours"] == "48.0"
    assert (kpis["satisfied"]["hits"], kpis["satisfied"]["of"]) == (1, 2)
    assert kpis["satisfied"]["is_thin"] is True
    assert kpis["paid"] == [
        {
            "amount": f"{2 * sample(OfferMade).amount.amount:f}",
            "currency": sample(OfferMade).amount.currency,
        }
    ]
    assert [(one["value"], one["kpis"]["cases"]) for one in told["trend"]][-1] == ("2026-11", 3)
    assert figures(world, "by=kind&value=damaged")["groups"][0]["kpis"]["cases"] == 1
    assert figures(world, "until=2026-10")["groups"] == []


def test_what_is_asked_wrongly_is_refused_and_figures_are_not_for_everybody() -> None:
    world = World()
    for query in ("by=name", "months=0", "months=25", "until=11/2026", "months=x"):
        assert world.call("GET", f"/v1/staff/analytics?{query}", groups="finance")[0] == 422, query
    assert world.call("GET", "/v1/staff/analytics", groups="agent")[0] == 403
    assert world.call("GET", "/v1/staff/analytics")[0] == 401


def test_prohibited_goods_show_only_to_who_may_know_of_them() -> None:
    world = World()
    happened(world, 1, kind=Kind.PROHIBITED_CONTENTS)

    assert [g["value"] for g in figures(world, "by=kind", groups="supervisor")["groups"]] == [
        "prohibited_contents"
    ]
    assert figures(world, "by=kind")["groups"] == []


@pytest.mark.requirement("001-24")
def test_a_seller_sees_what_was_lost_of_theirs_what_it_cost_and_how_buyers_liked_it() -> None:
    world = World()
    cup = ItemLine(name="cup", unit_value=Money.of("20.00", "EUR"))
    settled(world, 1, 5, merchant=SHOP, items=(cup,))
    settled(world, 2, 1, merchant="shop-2")
    for serial in range(3):
        delivered = new_shipment(
            Wanted(number=f"SF154078231609{serial}", carrier="sf"), channels=(), at=world.now
        )
        state = replace(delivered.state, milestone=Milestone.DELIVERED, last_movement_at=world.now)
        count(world.tallies, count_parcel(replace(delivered, state=state), [SHOP]))

    status, told = world.call("GET", "/v1/analytics", merchant=SHOP)
    assert status == 403
    status, told = world.call("GET", "/v1/analytics", merchant=SHOP, scope="cases")

    assert status == 200
    (group,) = told["groups"]
    kpis = group["kpis"]
    loss = kpis["safety"]["loss"]
    assert (kpis["cases"], loss["hits"], loss["of"]) == (1, 1, 4)
    assert loss["share"] == "0.2500"
    assert kpis["satisfied"]["hits"] == 1
    assert kpis["value"] == [{"amount": "20.00", "currency": "EUR"}]
    assert kpis["paid"]
    assert world.tallies.of(Dimension.MERCHANT, "2026-11")[SHOP]["parcels"] == 3


def test_a_table_carries_the_same_figures_and_no_formula() -> None:
    world = World()
    shipment = replace(REPORT.shipment, service="=1+1")
    settled(world, 1, 5, shipment=shipment)

    status, text = world.call("GET", "/v1/staff/analytics/export?by=service", groups="finance")

    assert status == 200
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["value"] == "'=1+1"
    assert (row["cases"], row["satisfied_hits"], row["satisfied_of"]) == ("1", "1", "1")


def test_what_a_finding_becomes_moves_what_was_counted() -> None:
    world = World()
    case = happened(world, 1, (10, sample(Concluded)))
    assert figures(world)["groups"][0]["kpis"]["findings"] == {"lost": 1}

    world.now += timedelta(hours=20)
    world.told(world.happen(case, replace(sample(Concluded), finding=Finding.DELIVERED)))

    assert figures(world)["groups"][0]["kpis"]["findings"] == {"delivered": 1}
