"""The half of `bench_parse` that runs in karrio's own environment; payloads on standard input."""

import json
import sys
import time
import types
from typing import Any

SETTINGS = {
    "dhl_universal": {"consumer_key": "k", "consumer_secret": "s"},
    "fedex": {"track_api_key": "k", "track_secret_key": "s", "api_key": "k", "secret_key": "s"},
    "ups": {"client_id": "k", "client_secret": "s", "account_number": "1"},
    "usps": {"client_id": "k", "client_secret": "s"},
}


def main() -> None:
    """One line: microseconds and events for each connector that could be asked."""
    import importlib

    payloads = json.loads(sys.stdin.read())
    karrio = importlib.import_module("karrio.sdk")
    lib = importlib.import_module("karrio.lib")
    told = {}
    for name, body in payloads.items():
        try:
            gateway = karrio.gateway[name].create(SETTINGS[name])
            provider: Any = importlib.import_module(f"karrio.providers.{name}")
            told[name] = _measured(provider, gateway, lib, body, name)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the comparison that lacks
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    print(json.dumps(told))


def _measured(provider: Any, gateway: Any, lib: types.ModuleType, body: str, name: str) -> Any:
    def parse() -> Any:
        document = json.loads(body)
        shapes: dict[str, Any] = {"dhl_universal": [document], "fedex": document}
        answers = shapes.get(name) or [("1", document)]
        told = provider.parse_tracking_response(lib.Deserializable(answers), gateway.settings)
        return told[0]

    events = sum(len(one.events) for one in parse())
    best = float("inf")
    for _ in range(5):
        count, began = 0, time.process_time()
        while time.process_time() - began < 0.2:
            parse()
            count += 1
        best = min(best, (time.process_time() - began) / count)
    return best * 1e6, events


if __name__ == "__main__":
    main()
