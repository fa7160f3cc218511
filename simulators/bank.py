"""A bank: mock-bank, started on a free loopback port and stopped again."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socket import create_server
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import Request, urlopen

DEBTOR = "ACME"
DEBTOR_IBAN = "NL41MOCK0000000001"
DEBTOR_BIC = "MOCKNL2A"
_STARTS_WITHIN = 20.0


@dataclass(frozen=True, slots=True)
class Bank:
    """One running bank; its control plane moves time and behaviour."""

    base_url: str

    def behave(self, behaviour: str, **parameters: object) -> None:
        """Give our account another behaviour (`silent`, `return-later`, `statement-gap` …)."""
        self.change(
            DEBTOR, behaviour=behaviour, **({"parameters": parameters} if parameters else {})
        )

    def change(self, account: str, **fields: object) -> None:
        """Change an account."""
        self._call("PATCH", f"/_mock/accounts/{account}", fields)

    def advance(self, days: int) -> None:
        """Let calendar days pass; what falls due is booked and sent."""
        self._call("POST", f"/_mock/advance?days={days}")

    def reset(self) -> None:
        """Forget everything."""
        self._call("POST", "/_mock/reset")

    def payments(self) -> list[dict[str, object]]:
        """Every payment the bank decided on."""
        found = self._call("GET", "/_mock/payments")
        return list(found) if isinstance(found, list) else []

    def _call(self, method: str, path: str, document: object = None) -> object:
        body = None if document is None else json.dumps(document).encode()
        request = Request(  # noqa: S310 - loopback only
            self.base_url + path,
            data=body,
            method=method,
            headers={"content-type": "application/json"},
        )
        with urlopen(request, timeout=10) as reply:  # noqa: S310 - the same
            return json.loads(reply.read() or b"null")


@contextmanager
def running(clock: str, port: int = 0) -> Iterator[Bank]:
    """Start the bank at that moment of bank time (`2026-03-02T09:00`) and wait until it answers."""
    port = port or _free_port()
    command = [sys.executable, "-m", "mockbank", "--port", str(port), "--clock", clock, "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    bank = Bank(f"http://127.0.0.1:{port}")
    try:
        _wait(bank, process)
        yield bank
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(bank: Bank, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + _STARTS_WITHIN
    while monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{bank.base_url}/_mock/health", timeout=1):  # noqa: S310 - loopback
                return
        except (URLError, OSError):
            sleep(0.05)
    raise TimeoutError("mock-bank did not start")


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
