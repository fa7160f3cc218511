"""What is due is found, by shard, in pages, the longest due first."""

from datetime import timedelta, timezone

from amends.adapters.summary import shard_of
from amends.domain.case.events import InformationRequested
from amends.ports import DUE_SHARDS, CaseStore
from tests.contract.case_store.shelf import HOUR, closed, new_id, opened
from tests.support.histories import START, occasion


def test_what_is_due_comes_by_shard_the_longest_due_first(store: CaseStore) -> None:
    shard = 5
    ids = [case_id for case_id in (new_id() for _ in range(200)) if shard_of(case_id) == shard][:3]
    assert len(ids) == 3
    for case_id, hours in zip(ids, (3, 1, 2), strict=True):
        opened(store, -hours * 1000 * HOUR, case_id=case_id)
    until = START - 1000 * HOUR

    longest_first = (ids[0], ids[2], ids[1])
    assert store.due(shard=shard, until=until, limit=10).rows == longest_first
    just_before = until - timedelta(microseconds=1)
    assert store.due(shard=shard, until=just_before, limit=10).rows == longest_first[:2]


def test_what_is_due_comes_in_pages_that_go_on_behind_a_row_that_is_gone(
    store: CaseStore,
) -> None:
    shard = 6
    ids = [case_id for case_id in (new_id() for _ in range(300)) if shard_of(case_id) == shard][:5]
    cases = [opened(store, -place * HOUR, case_id=id_) for place, id_ in enumerate(ids)]

    page = store.due(shard=shard, until=START, limit=2)
    seen = list(page.rows)
    while page.has_more:
        if seen[-1] == ids[4]:
            closed(store, cases[4])
        page = store.due(shard=shard, until=START, limit=2, after=page.mark)
        seen += page.rows
        assert len(page.rows) <= 2

    assert [case_id for case_id in seen if case_id in ids] == ids[::-1]
    assert len(seen) == len(set(seen))
    end = store.due(shard=shard, until=START, limit=2, after=page.mark)
    assert (end.rows, end.mark, end.has_more) == ((), page.mark, False)


def test_every_open_case_is_due_in_exactly_one_shard_and_a_closed_one_in_none(
    store: CaseStore,
) -> None:
    case, gone = opened(store), closed(store, opened(store))

    found = [
        case_id
        for shard in range(DUE_SHARDS)
        for case_id in store.due(shard=shard, until=START + HOUR, limit=100).rows
    ]

    assert found.count(case.id) == 1
    assert gone.id not in found


def test_a_date_in_another_zone_is_due_when_it_is_due(store: CaseStore) -> None:
    case = closed(store, opened(store))
    in_china = (START - 5000 * HOUR).astimezone(timezone(timedelta(hours=8)))

    store.append(case, [InformationRequested(items=("items",), due_at=in_china)], occasion())

    shard = shard_of(case.id)
    before = store.due(shard=shard, until=START - 5001 * HOUR, limit=100).rows
    assert case.id not in before
    assert case.id in store.due(shard=shard, until=START - 5000 * HOUR, limit=100).rows
