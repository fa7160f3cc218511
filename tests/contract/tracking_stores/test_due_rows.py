"""Who is to be asked next is found, once, by shard, the longest due first."""

from dataclasses import replace
from datetime import datetime, timedelta

from amends.domain.parcel.packing import packs
from amends.domain.parcel.shipment import Due, stamp
from amends.ports.tracking import Shipments
from tests.contract.tracking_stores.parcels import AT, added, due_of, made, numbers

MINUTE = timedelta(minutes=1)


def test_due_rows_come_by_shard_the_longest_due_first_and_none_twice(
    shipments: Shipments,
) -> None:
    start = AT + timedelta(days=next(numbers) % 1000)
    several = [added(shipments, start + MINUTE * place) for place in range(30)]
    shards = {due_of(one).shard for one in several}
    first, last = f"{stamp(start - MINUTE)}~", f"{stamp(start + MINUTE * 30)}~"

    found = {
        shard: shipments.due(shard=shard, after=first, until=last, limit=100) for shard in shards
    }

    assert sorted(row.waybill for rows in found.values() for row in rows) == sorted(
        one.waybill for one in several
    )
    assert all(list(rows) == sorted(rows, key=lambda row: row.key) for rows in found.values())
    shard, rows = max(found.items(), key=lambda pair: len(pair[1]))
    rest = shipments.due(shard=shard, after=rows[0].key, until=last, limit=100)
    assert list(rest) == list(rows[1:])
    assert list(shipments.due(shard=shard, after=first, until=last, limit=1)) == [rows[0]]
    assert list(shipments.due(shard=shard, after=last, until=last, limit=1)) == []
    assert list(shipments.due(shard=shard, after=last, until=first, limit=1)) == []


def test_a_due_row_keeps_what_the_next_asking_needs_and_goes_without_fuss(
    shipments: Shipments,
) -> None:
    shipment = added(shipments)
    due = replace(
        due_of(shipment, AT + MINUTE), asked={"upu": AT}, empty_polls=3, failures=2, channel="sf"
    )

    shipments.put_due(due)
    shipments.put_due(due)

    assert list(shipments.due_row(due.key, due.waybill)) == [due]
    shipments.drop_due(due.key, due.waybill)
    shipments.drop_due(due.key, due.waybill)
    assert list(shipments.due_row(due.key, due.waybill)) == []


def test_several_are_seen_in_one_look_with_their_due_rows(shipments: Shipments) -> None:
    made = [added(shipments) for _ in range(60)]
    rows = [due_of(one, AT + MINUTE) for one in made]
    for row in rows[:55]:
        shipments.put_due(row)
    pairs = [(row.waybill, row.key) for row in rows]

    seen = shipments.several([*pairs, ("NOSUCH##", ""), pairs[0], (made[1].waybill, "")])

    assert seen.shipments == {one.waybill: one for one in made}
    assert seen.due_rows == {(row.waybill, row.key): row for row in rows[:55]}
    assert shipments.several([]).shipments == {}


def test_of_two_sweeps_one_moves_the_mark(shipments: Shipments) -> None:
    shard = 3
    known = shipments.mark(shard)

    moved = [shipments.move_mark(shard, known=known, to=to) for to in ("b1", "b2")]

    assert moved == [True, False]
    assert shipments.mark(shard) == "b1"
    assert shipments.move_mark(shard, known="b1", to="b3")
    assert shipments.move_mark(shard, known="", to="c1", of="overdue")
    assert (shipments.mark(shard), shipments.mark(shard, of="overdue")) == ("b3", "c1")
    assert shipments.move_mark(shard, known="c1", to="", of="overdue")
    assert shipments.move_mark(shard, known="", to="c2", of="overdue")


def test_a_shared_row_comes_whole_shrinks_and_goes_with_all_that_share_it(
    shipments: Shipments,
) -> None:
    start = AT + timedelta(days=2000 + next(numbers) % 1000)
    one = due_of(added(shipments), start)
    shard, mine = one.shard, [one]
    asked = {"upu": AT, "sf": AT + MINUTE}
    rows = [replace(row, asked=asked, empty_polls=place) for place, row in enumerate(mine)]
    (pack,) = packs([replace(row, patience=MINUTE) for row in [*rows, *_more(shard, start)]])
    last = f"{stamp(start + MINUTE)}~"

    shipments.put_pack(pack)

    key, first = pack[0].key, pack[0].waybill
    found = shipments.due(shard=shard, after=f"{stamp(start)}#~", until=last, limit=1)
    assert sorted(found, key=str) == sorted(pack, key=str)
    seen = shipments.several([(first, key), (pack[1].waybill, key)])
    assert seen.due_rows == {(row.waybill, key): row for row in pack}
    assert sorted(shipments.due_row(key, first), key=str) == sorted(pack, key=str)
    shipments.put_pack(pack[1:])
    assert first not in [row.waybill for row in shipments.due_row(key, first)]
    shipments.drop_due(key, pack[1].waybill)
    assert list(shipments.due_row(key, first)) == []


def _more(shard: int, start: datetime) -> list[Due]:
    """One more of the shard, due a little later."""
    found = (due_of(made(), start + MINUTE / 2) for _ in range(1000))
    return [next(row for row in found if row.shard == shard)]
