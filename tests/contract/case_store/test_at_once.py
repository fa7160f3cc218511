"""Of several who write to one version, one wins, with all or nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from amends.domain.case.events import TokenIssued
from amends.ports import CaseStore, StaleCase
from tests.contract.case_store.shelf import HOUR, opened, opening
from tests.support.histories import occasion


def test_a_case_opens_once(store: CaseStore) -> None:
    case = opened(store)
    other = opening(case.id, number="LZ730192847CN")

    with pytest.raises(StaleCase):
        store.open([other], occasion(HOUR))

    assert store.load(case.id) == case
    assert store.on_waybill("LZ730192847CN") == []


def test_the_second_append_to_one_version_is_told_that_it_is_stale(store: CaseStore) -> None:
    case = opened(store)
    store.append(case, [TokenIssued(token_hash="first")], occasion())

    with pytest.raises(StaleCase):
        store.append(case, [TokenIssued(token_hash="second")], occasion())

    assert store.load(case.id).token_hash == "first"
    assert store.load(case.id).version == 2


def test_of_many_appends_at_once_exactly_one_wins(
    store: CaseStore, request: pytest.FixtureRequest
) -> None:
    if "moto" in request.node.name:
        pytest.skip("moto looks and writes without a lock; the emulator carries this promise")
    case = opened(store)

    def append(token: str) -> str | None:
        try:
            return store.append(case, [TokenIssued(token_hash=token)], occasion()).token_hash
        except StaleCase:
            return None

    with ThreadPoolExecutor(6) as pool:
        winners = [token for token in pool.map(append, "abcdef") if token is not None]

    assert len(winners) == 1
    assert store.load(case.id).token_hash == winners[0]
    assert len(store.history(case.id)) == 2


def test_several_events_are_recorded_together_or_not_at_all(store: CaseStore) -> None:
    case = opened(store)
    store.append(case, [TokenIssued(token_hash="won")], occasion())

    with pytest.raises(StaleCase):
        store.append(case, [TokenIssued(token_hash="a"), TokenIssued(token_hash="b")], occasion())

    assert len(store.history(case.id)) == 2
