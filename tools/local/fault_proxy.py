"""A proxy between the functions and their cloud that fails on demand: microburst, opt-in.

Rules go to `{faults_url}/_microburst/rules` (POST a JSON list, `[]` clears them); what was failed
is read at `{faults_url}/_microburst/fired`.
"""

import time
import urllib.error
import urllib.request
from typing import Any

from tools.local import processes
from tools.local.places import LOOPBACK, ROOT, Places, environment, free_port, read, write

NAME = "faults"
READY_WITHIN = 180.0


def start_faults(places: Places, known: dict[str, Any]) -> str:
    """Start the proxy in front of the stack's emulator; answers its address."""
    note = places.home / "faults.json"
    if processes.running(places, NAME) is None:
        port = free_port(read(note).get("port"))
        write(note, {"port": port})
        python = ROOT / ".venv-cloud" / "bin" / "python"
        command = [str(python), "-m", "tools.local.emulator.faults", "--host", LOOPBACK]
        command += ["--port", str(port), "--upstream", f"http://{LOOPBACK}:{known['port']}"]
        processes.start(places, NAME, command, environment())
    url = f"http://{LOOPBACK}:{read(note)['port']}"
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_microburst/health", timeout=2):
                return url
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("the fault proxy did not start; see logs/faults.log of the stack")


def stop_faults(places: Places) -> None:
    """Stop the proxy, where there is one."""
    processes.stop(places, NAME)
