"""One attempt of a webhook: over a real loopback connection, and never into a private network."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from standardwebhooks import Webhook

from amends.adapters.webhooks import WebhookPost, addresses_of
from amends.domain.exchange import Request, Response, Trouble
from amends.domain.people.webhook import Endpoint, Secret, register
from amends.domain.people.webhook_event import EventType, OutgoingEvent, outgoing

Received = list[tuple[dict[str, str], bytes]]


@pytest.fixture
def shop() -> Iterator[tuple[str, Received]]:
    received: Received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hooks", received
    server.shutdown()
    server.server_close()


def over_http(request: Request) -> Response:
    parts = urlsplit(request.url)
    connection = HTTPConnection(parts.netloc, timeout=120)
    connection.request(request.method, parts.path, request.body, dict(request.headers))
    answer = connection.getresponse()
    connection.close()
    return Response(status=answer.status)


def closed(at: datetime) -> OutgoingEvent:
    return outgoing(EventType.CASE_CLOSED, {"case_id": "case_1", "outcome": "compensated"},
                    event_id="evt_1", subject="case_1", sequence=1, occurred_at=at)  # fmt: skip


def test_a_merchant_receives_what_the_official_library_verifies(
    shop: tuple[str, Received],
) -> None:
    url, received = shop
    at = datetime.now(UTC)  # the verifier asks the real clock
    endpoint = register(at=at, endpoint_id="whk_1", merchant="m", url=url, types=[],
                        random_bytes=lambda n: b"k" * n, is_local=True)  # fmt: skip
    post = WebhookPost(send=over_http, resolve=addresses_of, is_local=True)

    assert post(endpoint, closed(at), at).is_ok
    headers, body = received[0]
    told = Webhook(endpoint.secrets[0].value).verify(body, headers)
    assert told["data"] == json.loads(closed(at).body())["data"]


@pytest.mark.parametrize(
    "addresses", [["10.0.0.5"], ["8.8.8.8", "127.0.0.1"], ["169.254.169.254"], ["fd00::1"], []]
)
def test_a_name_that_leads_inside_is_not_called(addresses: list[str]) -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(status=200)

    at = datetime(2026, 3, 17, tzinfo=UTC)
    endpoint = Endpoint(id="whk_1", merchant="m", url="https://shop.example/", types=frozenset(),
                        since=at, secrets=(Secret(value="whsec_a2s="),))  # fmt: skip
    post = WebhookPost(send=send, resolve=lambda _: addresses, is_local=False)

    assert post(endpoint, closed(at), at).trouble is Trouble.REFUSED
    assert sent == []
