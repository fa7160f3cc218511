"""What was heard of a parcel is kept, whoever hears it at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from amends.domain.parcel.merging import absorb
from amends.domain.parcel.shipment import Shipment
from amends.ports.tracking import Shipments, StaleShipment
from tests.contract.tracking_stores.parcels import AT, added, due_of, made
from tests.support.engines import LOCKING
from tests.support.readings import reading, scan


def heard(shipment: Shipment) -> Shipment:
    told = reading(scan(0, channel="upu"), number=shipment.number)
    return replace(shipment, state=absorb(shipment.state, told, at=AT))


def test_a_promise_is_kept_with_the_parcel_and_the_first_one_stays(shipments: Shipments) -> None:
    told = made(expected_on=date(2026, 11, 9))
    assert shipments.add(told, due_of(told))
    untold = added(shipments)

    for shipment in (told, untold):
        shipments.promise(shipment.waybill, date(2026, 12, 24))

    assert [shipments.get(one.waybill, surely=True) for one in (told, untold)] == [
        told,
        replace(untold, expected_on=date(2026, 12, 24)),
    ]


def test_a_parcel_comes_back_as_it_was_added_and_is_added_once(shipments: Shipments) -> None:
    shipment = added(shipments)

    assert shipments.get(shipment.waybill, surely=True) == shipment
    assert shipments.under(shipment.number) == [shipment.waybill]
    assert shipments.add(replace(shipment, token="other"), due_of(shipment)) is False
    assert shipments.get("nobody") is None
    assert shipments.under("nobody") == []


def test_the_same_add_again_is_the_first_one(shipments: Shipments) -> None:
    shipment = added(shipments)

    assert shipments.add(shipment, due_of(shipment)) is True


def test_what_was_heard_comes_back_and_moves_the_version(shipments: Shipments) -> None:
    shipment = heard(added(shipments))

    saved = shipments.save(shipment)

    kept = shipments.get(shipment.waybill, surely=True)
    assert kept is not None
    assert (kept.state, kept.version) == (shipment.state, saved.version)
    assert saved.version == shipment.version + 1


@pytest.mark.parametrize("stores", LOCKING, indirect=True)
def test_of_many_savings_at_once_exactly_one_wins(shipments: Shipments) -> None:
    shipment = added(shipments)

    def save(hour: int) -> bool:
        told = reading(scan(hour, channel="upu"), number=shipment.number)
        after = replace(shipment, state=absorb(shipment.state, told, at=AT))
        try:
            shipments.save(after)
        except StaleShipment:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(save, range(4)))

    assert sorted(outcomes) == [False, False, False, True]


def test_a_saving_whose_answer_was_lost_may_be_made_again(
    shipments: Shipments, request: pytest.FixtureRequest
) -> None:
    if "memory" in request.node.name:
        pytest.skip("the fake loses no answers")
    shipment = heard(added(shipments))

    first = shipments.save(shipment)

    assert shipments.save(shipment).version == first.version


def test_watchers_and_registrations_come_and_go_without_moving_the_version(
    shipments: Shipments,
) -> None:
    shipment = added(shipments)

    shipments.join(shipment.waybill, "shp_2")
    shipments.leave(shipment.waybill, "shp_1")
    shipments.note_registered(shipment.waybill, "upu", known=True)
    shipments.note_registered(shipment.waybill, "kuaidi100", known=True)
    shipments.note_registered(shipment.waybill, "upu", known=False)

    kept = shipments.get(shipment.waybill, surely=True)
    assert kept is not None
    assert (sorted(kept.watchers), sorted(kept.registered)) == (["shp_2"], ["kuaidi100"])
    assert kept.version == shipment.version
    assert shipments.save(shipment).version == shipment.version + 1
