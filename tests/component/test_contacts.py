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
NOW = datetime(2026, 11, 20, tzinfo=UTC)
SEARCHES = ("erika mustermann", "ERIKA  MUSTERMANN", "0221 123456", "erika@example.org")


@pytest.fixture
def client() -> Iterator[Any]:
    with in_moto() as client:
        yield client


def contacts_of(client: Any, key: bytes) -> DynamoContacts:
    return DynamoContacts(client, table="contacts", now=NOW, key=lambda: key)


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
    for text in (*SEARCHES, "Mustermann, Erika", "other max"):
        assert table.find_anyone(text) == memory.find_anyone(text) != []
    assert table.find_anyone("Somebody Else") == []
    assert contacts_of(client, b"another").find("Erika Mustermann") == []
    rows = client.scan(TableName="contacts")["Items"]
    digests = [row for row in rows if row["case_id"]["S"].startswith("find#")]
    assert len(digests) == 4
    assert all("expires_at" in row for row in digests)
    assert not any("ustermann" in str(row) or "example" in str(row) for row in digests)


@pytest.mark.requirement("004-20")
def test_where_somebody_is_paid_ends_sooner_than_the_rest_of_them(client: Any) -> None:
    make_table(client, "ContactsTable", "contacts")
    table = contacts_of(client, b"a key")
    table.put("case_1", "report", {"reporter": PERSON})
    table.put("case_1", "payee:acc_1", {"iban": "NL30MOCK0000000005"})
    table.put("case_1", "payee:acc_2", {"openid": "o-1"})

    assert table.get("case_1", "payee:acc_1") == {"iban": "NL30MOCK0000000005"}
    assert table.get("case_1", "payee:acc_2") == {"openid": "o-1"}
    assert table.get("case_1", "payee:acc_3") is None
    assert table.parts("case_1") == {}
    rows = {row["case_id"]["S"]: row for row in client.scan(TableName="contacts")["Items"]}
    assert "NL30" not in str(rows["case_1"])
    days = {
        name: (int(rows[name]["expires_at"]["N"]) - NOW.timestamp()) / 86_400
        for name in ("case_1", "case_1#payee")
    }
    assert days == {"case_1": 3 * 365, "case_1#payee": 180}

    client.delete_item(TableName="contacts", Key={"case_id": {"S": "case_1#payee"}})
    assert table.get("case_1", "payee:acc_1") is None
    assert table.get("case_1", "report") == {"reporter": PERSON}


@pytest.mark.requirement("000-13")
def test_whoever_is_paid_or_has_joined_is_found_as_well(client: Any) -> None:
    make_table(client, "ContactsTable", "contacts")
    table, memory = contacts_of(client, b"a key"), MemoryContacts()
    for store in (table, memory):
        store.put("case_1", "payee:acc_1", {"name": "Payee One", "account": "138 0013 8000"})
        store.put("case_2", "joined#prt_1", {"reporter": PERSON})
        store.put("case_3", "wrong_recipient", {"name": "Payee One"})  # for the return alone
        assert store.find_anyone("payee one") == store.find_anyone("+8613800138000") == ["case_1"]
        assert store.find_anyone("0221-123456") == ["case_2"]
        assert store.find("payee one") == store.find("0221 123456") == []


def test_a_sender_of_too_many_cases_to_list_still_has_their_reports_kept(client: Any) -> None:
    make_table(client, "ContactsTable", "contacts")
    table = contacts_of(client, b"a key")
    table.put("case_0", "report", {"reporter": {"name": "A Shop"}})
    rows = client.scan(TableName="contacts")["Items"]
    (key,) = (row["case_id"] for row in rows if row["case_id"]["S"].startswith("find#"))
    ids = {":ids": {"SS": [f"case_{place:026d}" for place in range(13_200)]}}
    client.update_item(
        TableName="contacts",
        Key={"case_id": key},
        UpdateExpression="ADD case_ids :ids",
        ExpressionAttributeValues=ids,
    )

    for place in range(20):
        case_id = f"case_{place}{'z' * 1_000}"
        table.put(case_id, "report", {"reporter": {"name": "A Shop"}})
        assert table.get(case_id, "report") == {"reporter": {"name": "A Shop"}}


def test_an_account_that_an_earlier_release_kept_is_still_found(client: Any) -> None:
    make_table(client, "ContactsTable", "contacts")
    row = {"case_id": {"S": "case_1"}, "part:payee:1": {"S": '{"iban": "X"}'}}
    client.put_item(TableName="contacts", Item=row)

    assert contacts_of(client, b"a key").get("case_1", "payee:1") == {"iban": "X"}


def test_parts_of_many_cases_are_those_of_each(client: Any) -> None:
    make_table(client, "ContactsTable", "contacts")
    table, memory = contacts_of(client, b"a key"), MemoryContacts()
    for store in (table, memory):
        for place in (1, 103):  # more are asked for than one call reads
            store.put(f"case_{place:03d}", "report", {"reporter": {"name": f"Name {place}"}})
        store.put("case_001", "preferences", {"ways": ["sms"]})
        store.put("case_001", "feedback", {"comment": "nobody asked for it"})
    asked = [f"case_{place:03d}" for place in (*range(104), 1)]

    found = table.parts_of(asked, "report", "preferences")
    expected = memory.parts_of(asked, "report", "preferences")
    assert found == {case_id: told for case_id, told in expected.items() if told}
    assert set(found["case_001"]) == {"report", "preferences"}
    assert table.parts_of(["case_001"], "report") == {"case_001": table.parts("case_001", "report")}
