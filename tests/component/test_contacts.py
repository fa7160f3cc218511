"""Personal data stands apart, and a person is found by what only we can derive from it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.adapters.contacts import DynamoContacts
from tests.support.engines import in_moto
from tests.support.fakes import MemoryContacts
from tests.support.tables import make_table

PERSON = {"name": "Erika Mustermann", "phone": "+49 221 123456", "email": "Erika@Example.org"}
SEARCHES = ("erika mustermann", "ERIKA  MUSTERMANN", "0221 123456", "erika@example.org")


@pytest.fixture
def client() -> Iterator[Any]:
    with in_moto() as client:
        yield client


def contacts_of(client: Any, key: bytes) -> DynamoContacts:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    return DynamoContacts(client, table="contacts", now=now, key=lambda: key)


def test_a_reporter_is_found_however_they_write_and_their_row_does_not_tell_of_them(
    client: Any,
) -> None:
    make_table(client, "ContactsTable", "contacts")
    table, memory = contacts_of(client, b"a key"), MemoryContacts()
    for store in (table, memory):
        store.put("case_2", "report", {"reporter": PERSON, "sender": {"name": "Max Other"}})
        store.put("case_1", "report", {"reporter": {"name": PERSON["name"]}})
        store.put("case_1", "feedback", {"reporter": {"name": "Somebody Else"}})

    for text in SEARCHES:
        assert table.find(text) == memory.find(text) != []
    assert table.find("Erika Mustermann") == ["case_1", "case_2"]
    assert table.find("Max Other") == table.find("Somebody Else") == table.find("12") == []
    assert contacts_of(client, b"another").find("Erika Mustermann") == []
    rows = client.scan(TableName="contacts")["Items"]
    digests = [row for row in rows if row["case_id"]["S"].startswith("find#")]
    assert len(digests) == 3
    assert all("expires_at" in row for row in digests)
    assert not any("ustermann" in str(row) or "example" in str(row) for row in digests)
