"""Stage of the poller's benchmark: a channel that answers, silent stores, a meter of units."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from amends.domain.exchange import Request, Response

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class Silent:
    """A queue that keeps what it is sent, and secrets that are none."""

    def __init__(self) -> None:
        self.sent: list[Mapping[str, Any]] = []

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        """Keep one."""
        del delay_seconds
        self.sent.append(document)

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        """Keep many."""
        self.sent.extend(documents)

    def of(self, account: str) -> Mapping[str, str]:
        """The secrets that FedEx wants."""
        del account
        return {"client_id": "c", "client_secret": "s", "webhook_secret": "w"}


class NoCases:
    """No case is open."""

    def on_waybill(self, number: str) -> list[str]:
        """None."""
        del number
        return []


class Units:
    """Request units of one client, by kind, counted from the engine's own answers."""

    def __init__(self, client: Any) -> None:
        self.spent: Counter[str] = Counter()
        client.meta.events.register("provide-client-params.dynamodb.*", self._ask)
        client.meta.events.register("after-call.dynamodb.*", self._count)

    def _ask(self, params: dict[str, Any], model: Any, **_: object) -> dict[str, Any]:
        if model.name in ("CreateTable", "DescribeTable"):
            return params
        return {**params, "ReturnConsumedCapacity": "TOTAL"}

    def _count(self, parsed: Mapping[str, Any], model: Any, **_: object) -> None:
        told = parsed.get("ConsumedCapacity", [])
        kind = "read" if model.name in ("GetItem", "BatchGetItem", "Query") else "write"
        for row in told if isinstance(told, list) else [told]:
            self.spent[kind] += row["CapacityUnits"]


def channel(scans: int) -> Any:
    """FedEx, for as many numbers as are asked, each with so many scans.

    No two parcels are alike: the last scan but one is up to three days old, and between scans lie
    three to eleven hours.
    """

    def events(number: str) -> list[dict[str, object]]:
        last = AT - timedelta(minutes=int(number) * 37 % 4_320)
        gap = timedelta(hours=3 + int(number) % 9)
        return [
            {
                "date": (last + gap * (place - 2)).isoformat(),
                "eventType": "DP" if place else "PU",
                "scanLocation": {"city": "MEMPHIS", "countryCode": "US"},
            }
            for place in range(scans)
        ]

    def http(request: Request) -> Response:
        if request.url.endswith("/oauth/token"):
            return Response(status=200, body=b'{"access_token":"t","expires_in":3600}')
        asked = json.loads(request.body)["trackingInfo"]
        numbers = [one["trackingNumberInfo"]["trackingNumber"] for one in asked]
        rows = [{"trackingNumber": n, "trackResults": [{"scanEvents": events(n)}]} for n in numbers]
        body = json.dumps({"output": {"completeTrackResults": rows}}).encode()
        return Response(status=200, body=body)

    return http
