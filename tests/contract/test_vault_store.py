"""What is kept of shipments, in memory and on the table alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from amends.adapters.vaults import DynamoVaults
from amends.adapters.watches import DynamoWatches
from amends.domain.case.evidence import Announced
from amends.domain.case.vault import KEPT_FOR, Vault, arrived, expect
from amends.ports.evidence import StaleVault, Vaults
from tests.support.tables import make_table
from tests.support.vault_fakes import MemoryVaults

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
VAULT = Vault(
    shipment_id="shp_1",
    owner="shop-a",
    number="RR123456785CN",
    house="china_post",
    shipped_on=date(2026, 11, 1),
    opened_at=AT,
)
FILE = Announced(kind="value_proof", content_type="application/pdf", size=7, sha256="a" * 64)


class Clock:
    """Says what it was told."""

    at = AT

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        yield boto3.client("dynamodb", region_name="us-east-1")


@pytest.fixture(params=["memory", "table"])
def vaults(request: pytest.FixtureRequest, clock: Clock) -> Vaults:
    if request.param == "memory":
        return MemoryVaults(clock)
    client = request.getfixturevalue("client")
    table = make_table(client, "ShipmentsTable", "vaults")
    return DynamoVaults(client, table=table, now=clock)


def test_what_is_kept_is_found_by_its_shipment_and_by_its_number(vaults: Vaults) -> None:
    assert (vaults.get("shp_1"), list(vaults.under(VAULT.number))) == (None, [])
    kept = vaults.save(expect(VAULT, FILE, by="staff:anna", at=AT))
    other = replace(VAULT, shipment_id="shp_2", owner="shop-b")
    vaults.save(expect(other, FILE, by="merchant:shop-b", at=AT))

    assert vaults.get("shp_1") == kept
    assert kept.files[0].by == "staff:anna"
    assert [vault.shipment_id for vault in vaults.under(VAULT.number)] == ["shp_1", "shp_2"]
    assert list(vaults.under("RR987654326CN")) == []


def test_of_two_who_change_it_at_once_one_decides_again(vaults: Vaults) -> None:
    first = expect(VAULT, FILE, by="staff:anna", at=AT)
    kept = vaults.save(first)
    other = expect(VAULT, replace(FILE, kind="other"), by="staff:ben", at=AT)
    with pytest.raises(StaleVault):
        vaults.save(other)
    came = arrived(kept, kept.files[0].upload.id, None, likeness="0f", at=AT)

    after = vaults.save(came)

    assert vaults.get("shp_1") == after
    with pytest.raises(StaleVault):
        vaults.save(replace(came, files=()))


def test_what_has_ended_is_there_no_more_although_its_row_still_is(
    vaults: Vaults, clock: Clock
) -> None:
    kept = vaults.save(expect(VAULT, FILE, by="staff:anna", at=AT))
    clock.at = AT + KEPT_FOR

    assert vaults.get("shp_1") == replace(kept, files=())


def test_the_row_ends_by_itself_and_is_no_merchants_watch(client: Any, clock: Clock) -> None:
    table = make_table(client, "ShipmentsTable", "vaults")
    DynamoVaults(client, table=table, now=clock).save(expect(VAULT, FILE, by="staff:anna", at=AT))

    row = client.get_item(TableName=table, Key={"waybill": {"S": "vault#shp_1"}})["Item"]

    assert int(row["expires_at"]["N"]) == int((AT + KEPT_FOR).timestamp())
    assert list(DynamoWatches(client, table=table).of("shop-a", limit=5, cursor=None)) == []
