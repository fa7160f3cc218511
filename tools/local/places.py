"""Where the local stack keeps its things: one folder, `.amends`, or one for each further stack."""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
REGION = "us-east-1"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folder of one stack; two stacks need two folders and nothing else."""

    home: Path

    @property
    def description(self) -> Path:
        """`local.json`: every URL, table, queue and test credential of the running stack."""
        return self.home / "local.json"

    @property
    def identity(self) -> Path:
        """What stays the same from start to start: account, secret, ports, passwords."""
        return self.home / "identity.json"

    @property
    def build(self) -> Path:
        """What `sam build` made; shared by every stack of this working copy."""
        return ROOT / ".amends" / "build"

    @property
    def invocations(self) -> Path:
        """One line for each invocation of a function since the stack was first started."""
        return self.folder("logs") / "invocations.jsonl"

    def folder(self, name: str) -> Path:
        """A folder of this stack, made when missing."""
        folder = self.home / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock that the system takes back when this process dies, however it dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def free_port(preferred: int | None = None) -> int:
    """A port of the loopback interface that nobody listens on; the preferred one where possible."""
    for port in (preferred or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("no free port on the loopback interface")


def read(path: Path) -> dict[str, Any]:
    """A JSON document; empty where there is none, or where a crash left half of one."""
    try:
        document: dict[str, Any] = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return document


def write(path: Path, document: dict[str, Any]) -> None:
    """Replace a JSON document at once, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    fresh.replace(path)


def identity(places: Places) -> dict[str, Any]:
    """The account, the secret and the ports of this stack, made once.

    A 12-digit access key id is its own account in the emulator.
    """
    known = read(places.identity)
    fresh: dict[str, Any] = {
        "account": str(secrets.randbelow(9 * 10**11) + 10**11),
        "secret": secrets.token_urlsafe(24),
        "password": f"Aa1{secrets.token_urlsafe(18)}",
    }
    fresh |= known
    fresh["port"] = free_port(known.get("port"))
    if fresh != known:
        write(places.identity, fresh)
    return fresh


def keep_to_ourselves() -> None:
    """Let this process speak with this machine's stack, whatever cloud or proxy its caller uses.

    A profile that botocore looks up, or a proxy that is asked for the loopback interface, would
    stop everything.
    """
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    for name in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(name)
        os.environ[name] = ",".join(filter(None, (known, LOOPBACK, "localhost")))


def proxies() -> dict[str, str]:
    """The caller's proxies, for whoever fetches packages."""
    return {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}


def environment(**more: str) -> dict[str, str]:
    """A bare environment for child processes: nothing of the caller's cloud reaches them."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "SYSTEMROOT")
    pip = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))}
    return {name: os.environ[name] for name in kept if name in os.environ} | pip | more
