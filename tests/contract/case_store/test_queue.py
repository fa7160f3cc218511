"""The queue of each stage, in pages, the earliest due first."""

import pytest

from amends.domain.refusal import Invalid
from amends.ports import CaseStore
from tests.contract.case_store.shelf import HOUR, closed, opened
from tests.support.event_samples import SAMPLES
from tests.support.histories import occasion


def test_a_queue_is_paged_without_gap_or_repeat_the_earliest_due_first(store: CaseStore) -> None:
    cases = [opened(store, -(9000 - i) * HOUR) for i in range(5)]
    first = store.queue(stage="tracing", limit=2, cursor=None)
    second = store.queue(stage="tracing", limit=2, cursor=first.next_cursor)

    assert first.case_ids == (cases[0].id, cases[1].id)
    assert second.case_ids == (cases[2].id, cases[3].id)


def test_the_last_page_of_a_queue_says_that_it_is_the_last(store: CaseStore) -> None:
    for _ in range(2):
        case = opened(store)
        store.append(case, [SAMPLES["Concluded"]], occasion())

    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = store.queue(stage="assessing", limit=1, cursor=cursor)
        assert len(page.case_ids) == 1
        seen += page.case_ids
        cursor = page.next_cursor
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) >= 2
    assert store.queue(stage="recovering", limit=10, cursor=None).case_ids == ()


def test_a_case_is_in_the_queue_of_its_stage_only(store: CaseStore) -> None:
    case = opened(store, -20_000 * HOUR)
    assert case.id in store.queue(stage="tracing", limit=1, cursor=None).case_ids

    closed(store, case)

    assert case.id not in store.queue(stage="tracing", limit=100, cursor=None).case_ids
    assert case.id in store.queue(stage="closed", limit=100, cursor=None).case_ids


def test_a_cursor_that_nobody_gave_is_refused(store: CaseStore) -> None:
    with pytest.raises(Invalid):
        store.queue(stage="tracing", limit=1, cursor="x" * 2000)
