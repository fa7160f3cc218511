"""Start the emulator and wait until it answers."""

import shutil
import time
import urllib.error
import urllib.request
from typing import Any

from tools.local import processes
from tools.local.emulator.schedules import MINUTE
from tools.local.places import LOOPBACK, REGION, ROOT, Places, environment

NAME = "emulator"
PYTHON = ROOT / ".venv-cloud" / "bin" / "python"
READY_WITHIN = 180.0
STARTS = 2
"""One that was killed may still be dying when it is looked for."""


def start_emulator(
    places: Places,
    identity: dict[str, Any],
    through: str | None = None,
    *,
    minute: float = MINUTE,
) -> str:
    """Start it on the identity's port, loopback only, with IAM enforced; answers its endpoint.

    State is kept between clean stops. After a crash it comes back as of the last clean stop, and
    the deploy that follows every start mends what is missing. Functions reach their cloud
    `through` another address where one is given. A `minute` of its schedules lasts that long.
    """
    endpoint = f"http://{LOOPBACK}:{identity['port']}"
    for _ in range(STARTS):
        if processes.running(places, NAME) is None:
            _start(places, identity, through, minute)
        if _answers(places, f"{endpoint}/_ministack/health"):
            return endpoint
    log = places.folder("logs") / f"{NAME}.log"
    raise SystemExit(f"the emulator did not start; see {log}")


def forget_orphans(places: Places) -> None:
    """Remove files whose buckets nobody knows: the stack died before its first clean stop.

    The emulator writes files at once and all else when it stops; a deploy refuses to create a
    bucket that is there already.
    """
    if not (places.folder("state") / "cloudformation.json").exists():
        shutil.rmtree(places.home / "objects", ignore_errors=True)


def _start(places: Places, identity: dict[str, Any], through: str | None, minute: float) -> None:
    shutil.rmtree(places.home / "tmp", ignore_errors=True)  # workers of an earlier life
    forget_orphans(places)
    settings = {
        "AUTH": "true",
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(identity["port"]),
        "MINISTACK_HOST": LOOPBACK,
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": identity["account"],
        "AWS_ACCESS_KEY_ID": identity["account"],
        "AWS_SECRET_ACCESS_KEY": identity["secret"],
        "PERSIST_STATE": "1",
        "STATE_DIR": str(places.folder("state")),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(places.folder("objects")),
        "TMPDIR": str(places.folder("tmp")),
        "AMENDS_MINUTE_SECONDS": str(minute),
        "AMENDS_INVOCATIONS": str(places.invocations),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
    }
    if through is not None:
        settings["AWS_ENDPOINT_URL"] = through
    command = [str(PYTHON), "-m", "tools.local.emulator"]
    processes.start(places, NAME, command, environment(**settings))


def _answers(places: Places, health: str) -> bool:
    """Wait for an answer; false where the process ends instead, as one that was dying does."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and processes.running(places, NAME) is not None:
        try:
            with urllib.request.urlopen(health, timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False
