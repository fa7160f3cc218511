"""Watches stay their owner's; a gate counts everyone who passes."""

from dataclasses import replace
from uuid import uuid4

from amends.domain.parcel.shipment import Watch
from amends.domain.parcel.throttle import Breaker
from tests.contract.tracking_stores.parcels import AT, Stores


def test_an_owners_watches_are_listed_in_pages_and_nobody_elses(stores: Stores) -> None:
    owner = uuid4().hex
    several = [
        Watch(
            id=f"shp_{owner[:8]}{place:02d}",
            owner=owner,
            waybill=f"w{place}",
            number=f"N{place}",
            order_reference="A" if place else None,
            created_at=AT,
        )
        for place in range(5)
    ]
    for watch in several:
        stores.watches.put(watch)
    stores.watches.put(replace(several[0], order_reference="later"))
    stores.watches.drop(several[4].id)

    assert stores.watches.get(several[0].id) == several[0]
    assert list(stores.watches.of(owner, limit=3, cursor=None)) == several[:3]
    assert list(stores.watches.of(owner, limit=3, cursor=several[2].id)) == several[3:4]
    assert list(stores.watches.of("nobody", limit=3, cursor=None)) == []


def test_a_gate_is_open_at_first_and_of_two_who_pass_one_counts(stores: Stores) -> None:
    name = f"upu#{uuid4().hex}"
    known = stores.gates.load(name)
    passed = replace(known, bucket=replace(known.bucket, full_at=AT, day="2026-11-20", used=1))
    shut = replace(known, breaker=Breaker(failures=5, open_until=AT))

    assert known.breaker == Breaker()
    assert [stores.gates.swap(name, known, new) for new in (passed, shut)] == [True, False]
    again = stores.gates.load(name)
    assert (again.bucket, again.breaker) == (passed.bucket, Breaker())
    assert stores.gates.swap(name, again, replace(again, breaker=shut.breaker))
    assert stores.gates.load(name).breaker == shut.breaker
