"""Who may share a due row: those of one channel and partition whose patience allows it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.domain.parcel.packing import packs, patience
from amends.domain.parcel.shipment import Due

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def due(place: int, minutes: float, *, waits: float = 0, channel: str = "upu") -> Due:
    return Due(
        waybill=f"N{place}##",
        due_at=AT + MINUTE * minutes,
        channel=channel,
        token=f"t{place}",
        patience=MINUTE * waits,
    )


ROWS = st.lists(
    st.builds(
        due,
        st.integers(0, 200),
        st.integers(0, 90),
        waits=st.integers(0, 30),
        channel=st.sampled_from(("upu", "sf")),
    ),
    unique_by=lambda row: row.waybill,
    max_size=30,
)


@given(ROWS)
def test_none_is_lost_none_is_early_and_none_waits_longer_than_it_may(rows: list[Due]) -> None:
    wanted = {row.waybill: row for row in rows}

    made = packs(rows)

    assert sorted(one.waybill for pack in made for one in pack) == sorted(wanted)
    for pack in made:
        assert len({(one.key, one.due_at, one.channel, one.shard) for one in pack}) == 1
        assert bool(pack[0].packed) == (len(pack) > 1)
        for one in pack:
            first = wanted[one.waybill]
            assert first.due_at <= one.due_at <= first.due_at + first.patience
            assert (one.token, one.channel) == (first.token, first.channel)
    assert len({pack[0].key for pack in made}) == len(made)


def test_an_anomaly_is_looked_for_the_moment_it_falls_due_and_others_may_come_along() -> None:
    later = AT + timedelta(hours=10)

    assert patience(later, at=AT, is_exact=True) == timedelta()
    assert patience(later, at=AT, is_exact=False) == timedelta(minutes=30)
    assert patience(AT - MINUTE, at=AT, is_exact=False) == timedelta()
    same = next(place for place in range(1, 200) if due(place, 0).shard == due(0, 0).shard)
    ((first, second),) = packs([due(0, 10), due(same, 2, waits=9)])
    assert first.due_at == second.due_at == AT + 10 * MINUTE
    assert len(packs([due(0, 1), due(same, 2, waits=9)])) == 2
