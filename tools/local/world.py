"""The simulated world beside the stack, and what the stack is told of it."""

import importlib.util
import json
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from tools.local import processes
from tools.local.deploy import client
from tools.local.places import LOOPBACK, Places, environment, free_port, read, write

NAME = "simulators"
READY_WITHIN = 180.0
INQUIRY_DESKS = {"china_post": {"email": "inquiries@china-post.example", "language": "zh-CN"}}
"""Where a carrier takes inquiries: what is sent there is seen in the emulator's mailbox."""


def start_world(places: Places) -> str | None:
    """Start the simulators on a free port; answers their address, None where there are none."""
    if importlib.util.find_spec("simulators.__main__") is None:
        return None
    note = places.home / "world.json"
    if processes.running(places, NAME) is None:
        port = free_port(read(note).get("port"))
        write(note, {"port": port})
        command = [sys.executable, "-m", "simulators", "--port", str(port)]
        processes.start(places, NAME, command, environment())
    url = f"http://{LOOPBACK}:{read(note)['port']}"
    _wait(url)
    return url


def stop_world(places: Places) -> None:
    """Stop the simulators, where there are any."""
    processes.stop(places, NAME)


def tell_world(
    known: dict[str, Any], endpoint: str, outputs: dict[str, str], world: str | None
) -> None:
    """Write the stack's settings: where its channels and rails are reached.

    The simulators say so themselves at `/_world/settings`; secrets lie beside, encrypted.
    """
    said = _ask(f"{world}/_world/settings") if world else {}
    secrets = said.pop("secrets", {})
    parameters = client(known, endpoint, "ssm")
    parameters.put_parameter(
        Name=outputs["SettingsParameter"],
        Value=json.dumps({"inquiry_desks": INQUIRY_DESKS, **said}),
        Type="String",
        Overwrite=True,
    )
    for name, value in secrets.items():
        parameters.put_parameter(
            Name=f"{outputs['SecretsPrefix']}/{name}",
            Value=value if isinstance(value, str) else json.dumps(value),
            Type="SecureString",
            Overwrite=True,
        )


def _ask(url: str) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:
            document: dict[str, Any] = json.load(answer)
    except urllib.error.HTTPError:
        return {}
    return document


def _wait(url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_world", timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("the simulators did not start; see .amends/logs/simulators.log")
