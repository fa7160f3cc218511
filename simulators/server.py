"""A loopback HTTP server around a function from request to outcome."""

from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from simulators.wire import Ask
from simulators.world import Outcome

LARGEST_BODY = 10_000_000


class Loopback:
    """Serves on 127.0.0.1 until closed; `port` 0 picks a free one."""

    def __init__(self, respond: Callable[[Ask], Outcome], *, port: int = 0) -> None:
        self.stopping = Event()
        self._server = _Server(("127.0.0.1", port), _handler(respond, self.stopping))
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Its address without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Stop; connections on hold are dropped."""
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    block_on_close = False


def _handler(respond: Callable[[Ask], Outcome], stopping: Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 60
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), LARGEST_BODY)
            target = urlsplit(self.path)
            outcome = respond(
                Ask(
                    method=self.command,
                    path=target.path,
                    query=dict(parse_qsl(target.query, keep_blank_values=True)),
                    headers={name.lower(): value for name, value in self.headers.items()},
                    body=self.rfile.read(length),
                )
            )
            if outcome.wait_seconds:
                stopping.wait(outcome.wait_seconds)
            answer = outcome.answer
            if answer is None:
                self.close_connection = True
                return
            with suppress(ConnectionError):
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            """Stay silent; the ledger knows."""

    return Handler
