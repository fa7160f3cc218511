"""Postings and suppression on the deliveries table: one row each, two sparse indexes.

Rows: `pk` is the case, `sk` the message's key or `work#…`. The index `due` holds what waits for a
moment, `work` what waits for somebody: letters to print, calls, answers, reports to one reader.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from amends.adapters.codec import dumps, loads
from amends.adapters.due_index import due_keys
from amends.adapters.summary import moment, shard_key, shard_of
from amends.adapters.together import (
    WRITTEN_AT_ONCE,
    query_all,
    query_work,
    read,
    write,
)
from amends.domain.people.posting import Posting
from amends.ports.people import StalePosting
from amends.ports.sweeping import DuePage

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_FOR = timedelta(days=3 * 365)
"""As long as the contacts: a dispute asks what was said when."""
LETTERS = "letters"
SUPPRESSED = "suppressed#"


class DynamoPostings:
    """Messages on their way."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def plan(self, posting: Posting) -> bool:
        """Keep a new one, unless its key is known."""
        return self._put(_planned(posting))

    def plan_many(self, postings: Sequence[Posting]) -> Sequence[Posting]:
        """Keep those that are new, all in one transaction where nobody was quicker."""
        kept = self._put_many([_planned(one) for one in postings])
        return [one for one, is_new in zip(postings, kept, strict=True) if is_new]

    def known(self, keys: Collection[tuple[str, str]]) -> Collection[tuple[str, str]]:
        """Read as they were a moment ago: planning one again is refused anyway."""
        rows = read(
            self._client,
            self._table,
            [_key(case_id, key) for case_id, key in dict.fromkeys(keys)],
            ProjectionExpression="pk, sk",
        )
        return {(row["pk"]["S"], row["sk"]["S"]) for row in rows}

    def get(self, case_id: str, key: str) -> Posting | None:
        """One posting, read consistently."""
        found = self._client.get_item(
            TableName=self._table, Key=_key(case_id, key), ConsistentRead=True
        ).get("Item")
        return _posting(found) if found else None

    def save(self, posting: Posting) -> Posting:
        """Write the next version."""
        after = _next(posting)
        if not self._put(_following(after)):
            raise StalePosting("the message is being sent by somebody else")
        return after

    def save_many(self, postings: Sequence[Posting]) -> Sequence[Posting | None]:
        """Write the next versions, all in one transaction where nobody was quicker."""
        after = [_next(one) for one in postings]
        kept = self._put_many([_following(one) for one in after])
        return [one if is_kept else None for one, is_kept in zip(after, kept, strict=True)]

    def of_case(self, case_id: str) -> Sequence[Posting]:
        """Every posting of a case."""
        return [_posting(row) for row in query_all(self._client, self._table, case_id, "msg_")]

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[tuple[str, str]]:
        """What is due in one shard; the index holds merchants' deliveries too."""
        keys, mark, has_more = due_keys(
            self._client, self._table, shard=shard, until=until, limit=limit, after=after
        )
        found = tuple(
            (key["pk"]["S"], key["sk"]["S"]) for key in keys if key["sk"]["S"].startswith("msg_")
        )
        return DuePage(rows=found, mark=mark, has_more=has_more)

    def of_reader(self, reader: str, *, until: datetime) -> Sequence[tuple[str, str]]:
        """Reports to one reader that wait until then."""
        return self._messages(f"reader#{reader}", until, 100)

    def to_print(self, *, limit: int) -> Sequence[tuple[str, str]]:
        """Letters to print."""
        return self._messages(LETTERS, None, limit)

    def suppress(self, address: str, *, because: str, at: datetime) -> None:
        """Never write there again."""
        row = {**_key(hash_of_address(address), "-"), "because": {"S": because}}
        self._client.put_item(TableName=self._table, Item={**row, "at": {"S": moment(at)}})

    def suppressed(self, addresses: Collection[str]) -> Collection[str]:
        """Those of the addresses that are closed."""
        rows = {address: hash_of_address(address) for address in addresses}
        keys = [_key(row, "-") for row in dict.fromkeys(rows.values())]
        found = read(self._client, self._table, keys, ProjectionExpression="pk")
        closed = {row["pk"]["S"] for row in found}
        return {address for address, row in rows.items() if row in closed}

    def _put(self, put: Mapping[str, Any]) -> bool:
        try:
            self._client.put_item(TableName=self._table, **put)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _put_many(self, puts: Sequence[Mapping[str, Any]]) -> Sequence[bool]:
        """Which were written; one by one where one of them keeps the others from it."""
        kept: list[bool] = []
        for start in range(0, len(puts), WRITTEN_AT_ONCE):
            some = puts[start : start + WRITTEN_AT_ONCE]
            names = {(one["Item"]["pk"]["S"], one["Item"]["sk"]["S"]) for one in some}
            is_set = 1 < len(some) == len(names)  # no transaction writes one row twice
            writes = [{"Put": {"TableName": self._table, **one}} for one in some]
            if is_set and write(self._client, writes):
                kept += [True] * len(some)
            else:
                kept += [self._put(one) for one in some]
        return kept

    def _messages(self, key: str, until: datetime | None, limit: int) -> Sequence[tuple[str, str]]:
        return [
            (row["pk"]["S"], row["sk"]["S"])
            for row in query_work(self._client, self._table, key, until, limit)
            if row["sk"]["S"].startswith("msg_")
        ]


def hash_of_address(address: str) -> str:
    """The row of a suppressed address, which does not tell the address."""
    return SUPPRESSED + sha256(address.strip().lower().encode()).hexdigest()


def _row(posting: Posting) -> dict[str, Any]:
    row: dict[str, Any] = {
        **_key(posting.message.case_id, posting.message.key),
        "body": {"S": dumps(posting)},
        "version": {"N": str(posting.version)},
        "expires_at": {"N": str(int((posting.course.planned_for + KEPT_FOR).timestamp()))},
    }
    if posting.due_at is not None:
        row["due_shard"] = {"S": shard_key(shard_of(posting.message.case_id))}
        row["due_at"] = {"S": moment(posting.due_at)}
        if posting.is_to_print:
            row["work_key"] = {"S": LETTERS}
            row["work_sort"] = {"S": moment(posting.due_at)}
        elif posting.reader and not posting.course.attempts:
            row["work_key"] = {"S": f"reader#{posting.reader}"}
            row["work_sort"] = {"S": moment(posting.due_at)}
    return row


def _planned(posting: Posting) -> dict[str, Any]:
    return {"Item": _row(posting), "ConditionExpression": "attribute_not_exists(pk)"}


def _following(after: Posting) -> dict[str, Any]:
    return {
        "Item": _row(after),
        "ConditionExpression": "#version = :known",
        "ExpressionAttributeNames": {"#version": "version"},
        "ExpressionAttributeValues": {":known": {"N": str(after.version - 1)}},
    }


def _posting(row: Mapping[str, Any]) -> Posting:
    return loads(Posting, row["body"]["S"])


def _next(posting: Posting) -> Posting:
    return replace(posting, version=posting.version + 1)


def _key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
