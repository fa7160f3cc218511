"""A simulator as a program: it serves until told to stop, and says first where it listens."""

import argparse
import json
import signal
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Event


def serve(
    arguments: Sequence[str] | None,
    about: str | None,
    opened: Callable[[int], AbstractContextManager[str]],
) -> int:
    """Serve what `opened` opens on a port and tells the address of.

    The first line printed is `{"port": …, "url": …}`.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args(arguments)
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with opened(options.port) as url:
        port = int(url.rpartition(":")[2])
        print(json.dumps({"port": port, "url": url}), flush=True)
        stop.wait()
    return 0
