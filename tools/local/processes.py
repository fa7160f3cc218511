"""Background processes of the local stack: started apart, remembered and stopped by their ids."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.local.places import ROOT, Places, read, write

PATIENCE = 120.0
"""Seconds: whoever is killed before all is written comes back without it."""


def start(places: Places, name: str, command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Start a process in a session of its own, its output in `logs/`; answers its id."""
    _end_orphans(places, name)
    log = places.folder("logs") / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    process.returncode = 0  # or the handle would complain of a child that outlives it
    write(_note(places, name), {"pid": process.pid, "born": born(process.pid)})
    return process.pid


def running(places: Places, name: str) -> int | None:
    """The id of a process that we started and that still lives.

    An id that was given to somebody else meanwhile is told apart by its time of birth.
    """
    note = read(_note(places, name))
    pid = note.get("pid")
    if not isinstance(pid, int) or note.get("born") is None or born(pid) != note["born"]:
        return None
    return pid


def stop(places: Places, name: str) -> bool:
    """Ask a process to end, wait, then insist; true where there was one."""
    pid = running(places, name)
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        if not _gone(pid, PATIENCE):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            _gone(pid, PATIENCE)
    _end_orphans(places, name)
    _note(places, name).unlink(missing_ok=True)
    return pid is not None


def born(pid: int) -> str | None:
    """When a process began, in the system's own words; None for one that is gone."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return None if fields[0] == "Z" else fields[19]
    if Path("/proc/self/stat").exists():
        return None
    answer = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, since = answer.stdout.strip().partition(" ")
    return None if state.startswith("Z") else since.strip() or None


def _end_orphans(places: Places, name: str) -> None:
    """End what a process that was killed had started: who is in its group and runs what is ours.

    A note may outlive the machine's start, after which the group may be anybody's.
    """
    leader = read(_note(places, name)).get("pid")
    if not isinstance(leader, int) or born(leader) is not None:
        return
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            group = (folder / "stat").read_text().rpartition(")")[2].split()[2]
            if int(group) == leader and str(ROOT).encode() in (folder / "cmdline").read_bytes():
                os.kill(int(folder.name), signal.SIGKILL)


def _gone(pid: int, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if born(pid) is None:
            return True
        time.sleep(0.05)
    return False


def _note(places: Places, name: str) -> Path:
    return places.folder("processes") / f"{name}.json"
