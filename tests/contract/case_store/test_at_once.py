"""Of several who write to one version, one wins, with all or nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from amends.domain.case.events import TokenIssued
from amends.ports import CaseStore, IncidentHeld, StaleCase
from tests.contract.case_store.shelf import HOUR, new_id, opened, opening
from tests.support.engines import LOCKING
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


@pytest.mark.parametrize("shelf", LOCKING, indirect=True)
def test_of_many_appends_at_once_exactly_one_wins(store: CaseStore) -> None:
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


def test_many_cases_are_appended_to_together_or_decided_again(store: CaseStore) -> None:
    cases = [opened(store) for _ in range(3)]
    token = TokenIssued(token_hash="together")
    after = store.append_many([(case, [token]) for case in cases], occasion())
    assert [one and one.version for one in after] == [2, 2, 2]

    fresh = [store.load(case.id) for case in cases]
    store.append(fresh[1], [TokenIssued(token_hash="quicker")], occasion())
    ends = store.append_many([(case, [token]) for case in fresh], occasion())

    assert ends == [None] * 3
    assert [store.load(case.id).version for case in cases] == [2, 3, 2]
    assert store.load(cases[1].id).token_hash == "quicker"


def test_an_incident_is_held_by_one_case_until_another_takes_it_over(store: CaseStore) -> None:
    incident, first, second = new_id(), new_id(), new_id()
    store.open([opening(first)], occasion(), incident=incident)

    with pytest.raises(IncidentHeld) as held:
        store.open([opening(second)], occasion(), incident=incident)
    assert held.value.case_id == first
    assert store.on_waybill("RR123456785CN").count(second) == 0
    with pytest.raises(StaleCase):
        store.open([opening(first)], occasion(), incident=incident)  # the same request again

    taken = store.open([opening(second)], occasion(), incident=incident, instead_of=first)
    assert taken.id == second
    with pytest.raises(IncidentHeld, match="has a case"):
        store.open([opening(new_id())], occasion(), incident=incident, instead_of=first)


@pytest.mark.parametrize("shelf", LOCKING, indirect=True)
def test_of_many_who_open_one_incident_at_once_exactly_one_does(store: CaseStore) -> None:
    incident = new_id()

    def opens(case_id: str) -> str:
        try:
            return store.open([opening(case_id)], occasion(), incident=incident).id
        except IncidentHeld as held:
            return held.case_id

    with ThreadPoolExecutor(6) as pool:
        holders = set(pool.map(opens, [new_id() for _ in range(6)]))

    assert len(holders) == 1
    assert store.load(holders.pop()).version == 1


def test_several_events_are_recorded_together_or_not_at_all(store: CaseStore) -> None:
    case = opened(store)
    store.append(case, [TokenIssued(token_hash="won")], occasion())

    with pytest.raises(StaleCase):
        store.append(case, [TokenIssued(token_hash="a"), TokenIssued(token_hash="b")], occasion())

    assert len(store.history(case.id)) == 2
