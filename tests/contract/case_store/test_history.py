"""A history comes back whole, and is only ever added to."""

from datetime import timedelta

import pytest

from amends.domain.case.events import CaseOpened, Event, TokenIssued
from amends.domain.case.evolution import replay
from amends.domain.refusal import NotFound
from amends.ports import CaseStore
from tests.contract.case_store.shelf import HOUR, new_id, opened, opening
from tests.support.event_samples import SAMPLES
from tests.support.histories import START, occasion


def test_a_history_comes_back_as_it_was_recorded(store: CaseStore) -> None:
    case_id = new_id()
    first = store.open([opening(case_id)], occasion(by="claimant"))
    rest = [event for event in SAMPLES.values() if not isinstance(event, CaseOpened)]
    half = len(rest) // 2  # a transaction takes a hundred rows
    second = store.append(first, rest[:half], occasion(HOUR, by="staff:7"))
    second = store.append(second, rest[half:], occasion(HOUR, by="staff:7"))

    history = store.history(case_id)

    assert [recorded.event for recorded in history] == [opening(case_id), *rest]
    assert [recorded.version for recorded in history] == list(range(1, len(rest) + 2))
    assert {(r.at, r.by, r.because) for r in history} == {
        (START, "claimant", "a test"),
        (START + HOUR, "staff:7", "a test"),
    }
    assert store.load(case_id) == replay(history) == second


def test_a_moment_is_kept_to_the_microsecond(store: CaseStore) -> None:
    case = opened(store, timedelta(microseconds=1))

    assert store.load(case.id).opened_at == START + timedelta(microseconds=1)


def test_an_unknown_case_is_not_found(store: CaseStore) -> None:
    for ask in (store.load, store.history):
        with pytest.raises(NotFound):
            ask("case_nobody")


def test_looking_for_an_unknown_case_does_not_make_one(store: CaseStore) -> None:
    with pytest.raises(NotFound):
        store.load("case_nobody")
    with pytest.raises(NotFound):
        store.load("case_nobody")


def test_appending_nothing_changes_nothing(store: CaseStore) -> None:
    case = opened(store)

    assert store.append(case, [], occasion(HOUR)) == case
    assert store.load(case.id) == case
    with pytest.raises(ValueError, match="at least one"):
        store.open([], occasion())


def test_a_history_longer_than_a_page_comes_back_whole(store: CaseStore) -> None:
    case = opened(store)
    long = "x" * 60_000
    for part in range(6):
        events: list[Event] = [TokenIssued(token_hash=f"{part}.{i}{long}") for i in range(5)]
        case = store.append(case, events, occasion())

    assert len(store.history(case.id)) == 31
    assert store.load(case.id) == case
