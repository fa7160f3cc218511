"""Front: one gateway behind a loopback HTTP server on a free port."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came in; header names lower case, `path` with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


Answer = Callable[[Asked], Reply | None]
"""A gateway: None is no answer at all, and the connection is cut."""


@contextmanager
def served(answer: Answer, port: int = 0) -> Iterator[str]:
    """Serve a gateway on 127.0.0.1, one request at a time, and give its base URL."""
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(
                method=self.command,
                path=self.path,
                headers=headers,
                body=self.rfile.read(length),
            )
            with lock:
                reply = answer(asked)
            if reply is None:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = _answer  # noqa: N815 - the name that http.server calls
        do_POST = _answer  # noqa: N815 - the same

        def log_message(self, *_: object) -> None:
            """Say nothing: a request may carry a payee."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
