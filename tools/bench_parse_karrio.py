"""The half of `bench_parse` that runs in karrio's own environment; a request a line, answered so.

`{"name", "body"}` makes a connector ready and says what it reads; `{"name"}` measures it once.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any

SETTINGS = {
    "dhl_universal": {"consumer_key": "k", "consumer_secret": "s"},
    "fedex": {"track_api_key": "k", "track_secret_key": "s", "api_key": "k", "secret_key": "s"},
    "ups": {"client_id": "k", "client_secret": "s", "account_number": "1"},
    "usps": {"client_id": "k", "client_secret": "s"},
}
LEAST_SECONDS = 0.2


def main() -> None:
    """Answer until standard input ends; what karrio logs is no part of its parsing."""
    logging.disable(logging.CRITICAL)
    ready: dict[str, Callable[[], Any]] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        name = asked["name"]
        try:
            if "body" in asked:
                ready[name] = _parser(name, asked["body"])
                answer: Any = _told(ready[name]())
            else:
                answer = _micros(ready[name])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the comparison that lacks
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            answer = None
        print(json.dumps(answer), flush=True)


def _parser(name: str, body: str) -> Callable[[], Any]:
    import importlib

    karrio = importlib.import_module("karrio.sdk")
    lib = importlib.import_module("karrio.lib")
    gateway = karrio.gateway[name].create(SETTINGS[name])
    provider: Any = importlib.import_module(f"karrio.providers.{name}")

    def parse() -> Any:
        document = json.loads(body)
        shapes: dict[str, Any] = {"dhl_universal": [document], "fedex": document}
        answers = shapes.get(name) or [("1", document)]
        return provider.parse_tracking_response(lib.Deserializable(answers), gateway.settings)[0]

    return parse


def _told(parsed: Any) -> list[dict[str, Any]]:
    """The events, as karrio reads them, and each parcel's status."""
    return [
        {
            "status": one.status,
            "events": [
                {"timestamp": event.timestamp, "status": event.status, "code": event.code}
                for event in one.events
            ],
        }
        for one in parsed
    ]


def _micros(parse: Callable[[], Any]) -> float:
    count, began = 0, time.process_time()
    while time.process_time() - began < LEAST_SECONDS:
        parse()
        count += 1
    return (time.process_time() - began) / count * 1e6


if __name__ == "__main__":
    main()
