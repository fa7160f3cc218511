"""Contacts: one row of personal data per case, one attribute per part, erased by its TTL.

Where somebody is paid stands in a row of its own, which ends sooner. For each name, phone and
email of whoever has to do with a case there is a row with their cases; its key is a digest that
only the holder of our key can derive, so that it tells nobody's name.
"""

import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from amends.adapters.together import read
from amends.domain.people.finding import is_account, of_others, terms_for, terms_of_part

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

KEPT_FOR = timedelta(days=3 * 365)
"""From the last change: the limitation period of the Civil Code, art. 188."""

FULL = "Item size"
"""What DynamoDB says of an item beyond 400 KB: some thirteen thousand cases."""
ACCOUNT_KEPT_FOR = timedelta(days=180)
"""From the choice of an account: longer than any rail asks or gives back. Our own figure."""


class DynamoContacts:
    """Contacts on their own table with its own key."""

    def __init__(
        self, client: "DynamoDBClient", *, table: str, now: datetime, key: Callable[[], bytes]
    ) -> None:
        self._client = client
        self._key = key
        self._table = table
        self._now = now

    def put(self, case_id: str, part: str, document: Mapping[str, object]) -> None:
        """Write one part; the row lives on from now. Its people can be found from now on."""
        for term in sorted(terms_of_part(part, document)):
            self._note(term, case_id)
        end = self._end(ACCOUNT_KEPT_FOR if is_account(part) else KEPT_FOR)
        self._client.update_item(
            TableName=self._table,
            Key={"case_id": {"S": _row_of(case_id, part)}},
            UpdateExpression="SET #part = :document, expires_at = :end",
            ExpressionAttributeNames={"#part": f"part:{part}"},
            ExpressionAttributeValues={
                ":document": {"S": json.dumps(document, ensure_ascii=False)},
                ":end": end,
            },
        )

    def get(self, case_id: str, part: str) -> Mapping[str, object] | None:
        """One part, read consistently; earlier releases kept accounts in the case's own row."""
        found = self.parts(_row_of(case_id, part), part).get(part)
        if found is None and is_account(part):
            return self.parts(case_id, part).get(part)
        return found

    def parts(self, case_id: str, *names: str) -> Mapping[str, Mapping[str, object]]:
        """Some parts in one consistent read."""
        if not names:
            return {}
        found = self._client.get_item(
            TableName=self._table, Key={"case_id": {"S": case_id}}, **_projected(names)
        ).get("Item", {})
        return _told(found, names)

    def parts_of(
        self, case_ids: Sequence[str], *names: str
    ) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
        """Some parts of some cases in one consistent read."""
        if len(set(case_ids)) == 1:
            return {case_ids[0]: self.parts(case_ids[0], *names)}
        keys = [{"case_id": {"S": case_id}} for case_id in dict.fromkeys(case_ids)]
        rows = read(self._client, self._table, keys, **_projected(("case_id", *names), own=1))
        return {row["case_id"]["S"]: _told(row, names) for row in rows}

    def find(self, text: str) -> Sequence[str]:
        """The cases that whoever has this name, phone or email reported."""
        return self._found(terms_for(text))

    def find_anyone(self, text: str) -> Sequence[str]:
        """The cases that whoever has this name, phone or email has to do with."""
        terms = terms_for(text)
        return self._found(terms | of_others(terms))

    def _end(self, kept_for: timedelta) -> "AttributeValueTypeDef":
        return {"N": str(int((self._now + kept_for).timestamp()))}

    def _note(self, term: str, case_id: str) -> None:
        """Note that a case is found by a term; what is in too many cases finds none of them."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key={"case_id": {"S": self._digest(term)}},
                UpdateExpression="SET expires_at = :end ADD case_ids :case",
                ExpressionAttributeValues={
                    ":end": self._end(KEPT_FOR),  # one row may be about several parts
                    ":case": {"SS": [case_id]},
                },
            )
        except self._client.exceptions.ClientError as error:
            if FULL not in error.response.get("Error", {}).get("Message", ""):
                raise  # a report is never refused because its sender has had thousands

    def _found(self, terms: frozenset[str]) -> Sequence[str]:
        found: set[str] = set()
        for term in sorted(terms):
            key = {"case_id": {"S": self._digest(term)}}
            row = self._client.get_item(TableName=self._table, Key=key).get("Item", {})
            found |= set(row.get("case_ids", {}).get("SS", ()))
        return sorted(found)

    def _digest(self, term: str) -> str:
        told = hmac.new(self._key(), f"find\x1f{term}".encode(), sha256).hexdigest()
        return f"find#{told}"


def _projected(names: Sequence[str], *, own: int = 0) -> dict[str, Any]:
    """Read only these parts, consistently; the first `own` names are columns of the table."""
    columns = [*names[:own], *(f"part:{name}" for name in names[own:])]
    wanted = {f"#{place}": column for place, column in enumerate(columns)}
    return {
        "ProjectionExpression": ", ".join(wanted),
        "ExpressionAttributeNames": wanted,
        "ConsistentRead": True,
    }


def _told(row: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    texts = {name: row[f"part:{name}"]["S"] for name in names if f"part:{name}" in row}
    return {name: cast("Mapping[str, object]", json.loads(text)) for name, text in texts.items()}


def _row_of(case_id: str, part: str) -> str:
    return f"{case_id}#payee" if is_account(part) else case_id
