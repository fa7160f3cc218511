"""The chain of custody."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from amends.domain.case.investigation.custody import build_chain
from amends.domain.case.state.custody import GapKind, NodeRecord, RecordKind

DAY = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def entry(kind: RecordKind, node: str, hour: float, to: str | None = None) -> NodeRecord:
    return NodeRecord(kind=kind, node=node, at=DAY + timedelta(hours=hour), to=to)


IN, OUT, OFF = RecordKind.STOCK_IN, RecordKind.STOCK_OUT, RecordKind.SIGN_OFF


def test_a_parcel_that_came_in_and_never_left_is_missed_at_that_node() -> None:
    records = [entry(IN, "A", 0), entry(OUT, "A", 2, "B"), entry(IN, "B", 9)]
    chain = build_chain(records, at=DAY + timedelta(days=5))
    assert chain.nodes == ("A", "B")
    assert [(gap.kind, gap.node) for gap in chain.gaps] == [(GapKind.NO_STOCK_OUT, "B")]
    assert [(stay.node, stay.hours) for stay in chain.stays] == [("B", 111)]


def test_a_parcel_that_left_and_never_arrived_is_missed_on_the_way() -> None:
    records = [entry(IN, "A", 0), entry(OUT, "A", 2, "B")]
    chain = build_chain(records, at=DAY + timedelta(days=5))
    assert [(g.kind, g.node, g.next_node) for g in chain.gaps] == [(GapKind.NO_ARRIVAL, "A", "B")]


def test_a_parcel_that_turns_up_elsewhere_was_missorted() -> None:
    records = [entry(OUT, "A", 2, "B"), entry(IN, "C", 9), entry(OFF, "C", 12)]
    chain = build_chain(records, at=DAY + timedelta(days=5))
    assert [(g.kind, g.node, g.next_node) for g in chain.gaps] == [(GapKind.ELSEWHERE, "A", "C")]


def test_a_whole_chain_has_neither_gap_nor_stay() -> None:
    records = [entry(IN, "A", 0), entry(OUT, "A", 2, "B"), entry(IN, "B", 9), entry(OFF, "B", 12)]
    chain = build_chain(records, at=DAY + timedelta(days=5))
    assert (chain.gaps, chain.stays) == ((), ())


def test_the_order_in_which_records_come_does_not_matter() -> None:
    records = [entry(IN, "A", 0), entry(OUT, "A", 2, "B"), entry(IN, "B", 9), entry(IN, "A", 0)]
    at = DAY + timedelta(days=5)
    assert len({build_chain(order, at=at) for order in permutations(records)}) == 1
