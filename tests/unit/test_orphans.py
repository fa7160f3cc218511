"""What a killed process of the local stack leaves running is ended by the next start or stop."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.local import processes
from tools.local.places import Places, environment, write

WAITS = "import time; time.sleep(600)"
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def test_the_child_of_a_killed_process_is_ended_with_it(tmp_path: Path) -> None:
    places, log = Places(home=tmp_path), tmp_path / "logs" / "parent.log"
    parent = processes.start(places, "parent", [sys.executable, "-c", PARENT], environment())
    until = time.monotonic() + 60
    while not log.read_text().endswith("\n") and time.monotonic() < until:
        time.sleep(0.02)
    child = int(log.read_text())
    os.kill(parent, signal.SIGKILL)
    while processes.born(parent) is not None and time.monotonic() < until:
        time.sleep(0.02)
    assert processes.born(child) is not None

    assert processes.stop(places, "parent") is False

    while processes.born(child) is not None and time.monotonic() < until:
        time.sleep(0.02)
    assert processes.born(child) is None


def test_a_group_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    places = Places(home=tmp_path)
    stranger = Path(sys.base_prefix, "bin", "python3")
    began = f"import subprocess; print(subprocess.Popen([{str(stranger)!r}, '-c', {WAITS!r}]).pid)"
    with subprocess.Popen(
        [stranger, "-c", began], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as gone:
        assert gone.stdout is not None
        left = int(gone.stdout.readline())
    note = places.folder("processes") / "parent.json"
    write(note, {"pid": gone.pid, "born": "of an earlier start"})

    try:
        assert processes.stop(places, "parent") is False
        assert processes.born(left) is not None
    finally:
        os.kill(left, signal.SIGKILL)
