"""Money records and the ledger, on DynamoDB."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from amends.adapters.booking import entry_of
from amends.adapters.summary import moment
from amends.domain.payment.ledger import Entry
from amends.ports.money import Document

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoMoneyRecords:
    """MoneyRecords on one table: `book`, `entry`, and the document as a JSON string."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def add(self, book: str, entry: str, document: Document) -> bool:
        """Write it unless the entry is there; a repeat of the same document counts as written."""
        return self.swap(book, entry, None, document)

    def swap(self, book: str, entry: str, known: Document | None, document: Document) -> bool:
        """Write it over exactly what is known; a repeat of the same counts as written."""
        expected: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(book)"}
        if known is not None:
            expected = {
                "ConditionExpression": "body = :known",
                "ExpressionAttributeValues": {":known": _item(book, entry, known)["body"]},
            }
        try:
            self._client.put_item(
                TableName=self._table, Item=_item(book, entry, document), **expected
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            # A retried put whose first answer was lost fails on its own write.
            return self.get(book, entry) == dict(document)
        return True

    def put(self, book: str, entry: str, document: Document) -> None:
        """Write it, over what was there."""
        self._client.put_item(TableName=self._table, Item=_item(book, entry, document))

    def get(self, book: str, entry: str) -> Document | None:
        """One entry, read consistently."""
        answer = self._client.get_item(
            TableName=self._table,
            Key={"book": {"S": book}, "entry": {"S": entry}},
            ConsistentRead=True,
        )
        return _document(answer["Item"]) if "Item" in answer else None

    def read(self, book: str, *, since: str = "", until: str = "~") -> Sequence[Document]:
        """Every document of a book from one entry to another, over as many pages as it takes."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="book = :book AND entry BETWEEN :since AND :until",
            ExpressionAttributeValues={
                ":book": {"S": book},
                ":since": {"S": since or " "},
                ":until": {"S": until},
            },
            ConsistentRead=True,
        )
        return [_document(item) for page in pages for item in page["Items"]]


class DynamoLedger:
    """LedgerReader on the ledger table."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def of_account(self, account: str, *, since: datetime, until: datetime) -> Sequence[Entry]:
        """Entries of one account, oldest first; their names begin with their moment."""
        return self._found(
            KeyConditionExpression="account = :account AND entry_id BETWEEN :since AND :until",
            ExpressionAttributeValues={
                ":account": {"S": account},
                ":since": {"S": moment(since)},
                ":until": {"S": f"{moment(until)}~"},
            },
            ConsistentRead=True,
        )

    def of_case(self, case_id: str) -> Sequence[Entry]:
        """Every entry of one case, oldest first; from an index, which may lag by a moment."""
        return self._found(
            IndexName="by_case",
            KeyConditionExpression="case_id = :id",
            ExpressionAttributeValues={":id": {"S": case_id}},
        )

    def _found(self, **query: Any) -> list[Entry]:
        pages: Iterable[Any] = self._client.get_paginator("query").paginate(
            TableName=self._table, **query
        )
        return [entry_of(_plain(item)) for page in pages for item in page["Items"]]


def _item(book: str, entry: str, document: Document) -> Any:
    body = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return {"book": {"S": book}, "entry": {"S": entry}, "body": {"S": body}}


def _document(item: Mapping[str, Any]) -> Document:
    return cast("Document", json.loads(item["body"]["S"]))


def _plain(item: Mapping[str, Any]) -> dict[str, str | int]:
    return {
        name: int(value["N"]) if "N" in value else str(value["S"]) for name, value in item.items()
    }
