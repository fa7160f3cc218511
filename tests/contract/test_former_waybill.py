"""What every case store keeps of a number that a parcel has left: the fake, and the tables."""

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


@pytest.fixture(params=["memory", "tables"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[CaseStore]:
    if request.param == "memory":
        yield MemoryCases()
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "moto")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        tables = make_case_tables(client, "former")
        yield DynamoCases(
            client,
            events_table=tables.events,
            cases_table=tables.cases,
            ledger_table=tables.ledger,
            book=lambda _case, _recorded: (),
        )


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
