"""Cases of a number are found in whatever state they are, and no others."""

from dataclasses import replace

import pytest

from amends.domain.case.events import CaseClosed, Redelivering
from amends.domain.case.vocabulary import Outcome
from amends.ports import CaseStore
from tests.contract.case_store.shelf import closed, numbers, opened
from tests.support.event_samples import sample
from tests.support.histories import occasion


def fresh() -> str:
    return f"RR{next(numbers):09d}CN"


@pytest.mark.requirement("000-11")
def test_the_open_cases_of_a_number_are_found_and_no_others(store: CaseStore) -> None:
    number = fresh()
    cases = [opened(store, number=number) for _ in range(3)]
    closed(store, cases[1])
    opened(store, number="RR000000000XX")

    assert store.on_waybill(number) == sorted([cases[0].id, cases[2].id])
    assert store.on_waybill("RR999999999CN") == []


def test_open_and_closed_cases_of_a_number_are_found_and_no_others(store: CaseStore) -> None:
    number, other = fresh(), fresh()
    gone, going_on, _ = (opened(store, number=one) for one in (number, number, other))
    closed(store, gone)

    assert store.numbered(number) == sorted([gone.id, going_on.id])
    assert store.on_waybill(number) == [going_on.id]
    assert store.numbered("RR999999999CN") == []


@pytest.mark.requirement("004-46")
def test_an_open_case_is_found_by_the_number_that_its_parcel_has_left(store: CaseStore) -> None:
    number, leg = fresh(), replace(sample(Redelivering), number=fresh())
    case = opened(store, number=number)
    assert store.formerly_on_waybill(number) == []

    case = store.append(case, [leg], occasion())

    assert store.formerly_on_waybill(number) == [case.id]
    assert store.on_waybill(leg.number) == [case.id]
    assert store.on_waybill(number) == []
    store.append(case, [CaseClosed(outcome=Outcome.FOUND)], occasion())
    assert store.formerly_on_waybill(number) == []
    assert store.numbered(number) == store.numbered(leg.number) == [case.id]


@pytest.mark.requirement("000-13")
def test_the_cases_of_an_order_are_found_however_its_name_is_written(store: CaseStore) -> None:
    reference = f"PO {fresh()} a"
    case = closed(store, opened(store, reference=reference))
    opened(store)

    assert store.referred(reference.replace(" ", "").upper()) == [case.id]
    assert store.referred(" ") == store.referred("never heard of") == store.numbered("") == []
