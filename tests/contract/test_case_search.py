"""Cases of a number are found in whatever state they are, in memory and on the table alike."""

from collections.abc import Iterator
from dataclasses import replace

import boto3
import pytest
from moto import mock_aws

from amends.adapters.dynamodb import DynamoCases
from amends.domain.case.events import CaseClosed, CaseOpened, Redelivering
from amends.domain.case.vocabulary import Outcome
from amends.ports import CaseStore
from tests.support.event_samples import sample
from tests.support.fakes import MemoryCases
from tests.support.histories import occasion
from tests.support.tables import make_case_tables


@pytest.fixture(params=["memory", "table"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[CaseStore]:
    if request.param == "memory":
        yield MemoryCases()
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        tables = make_case_tables(client, "search")
        yield DynamoCases(
            client,
            events_table=tables.events,
            cases_table=tables.cases,
            ledger_table=tables.ledger,
            book=lambda _case, _recorded: (),
        )


def test_open_and_closed_cases_of_a_number_are_found_and_no_others(store: CaseStore) -> None:
    opened = sample(CaseOpened)
    parcel = opened.report.shipment
    numbers = {"case_a": "RR123456785CN", "case_b": "RR123456785CN", "case_c": "RR987654326CN"}
    for case_id, number in numbers.items():
        report = replace(opened.report, shipment=replace(parcel, tracking_number=number))
        case = store.open([replace(opened, case_id=case_id, report=report)], occasion())
        if case_id == "case_a":
            store.append(case, [sample(CaseClosed)], occasion())

    assert store.numbered("RR123456785CN") == ["case_a", "case_b"]
    assert store.on_waybill("RR123456785CN") == ["case_b"]
    assert store.numbered("RR000000005CN") == []


@pytest.mark.requirement("004-46")
def test_an_open_case_is_found_by_the_number_that_its_parcel_has_left(store: CaseStore) -> None:
    opened = replace(sample(CaseOpened), case_id="case_1")
    number, leg = opened.report.shipment.tracking_number, sample(Redelivering)
    case = store.open([opened], occasion())
    assert store.formerly_on_waybill(number) == []

    case = store.append(case, [leg], occasion())

    assert store.formerly_on_waybill(number) == ["case_1"]
    assert store.on_waybill(leg.number) == ["case_1"]
    assert store.on_waybill(number) == []
    store.append(case, [CaseClosed(outcome=Outcome.FOUND)], occasion())
    assert store.formerly_on_waybill(number) == []
