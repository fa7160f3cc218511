"""Webhooks: one attempt to deliver one event, through whatever sends HTTP."""

import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from amends.domain.exchange import Request, Response, Trouble
from amends.domain.people.webhook import Endpoint, signed_request
from amends.domain.people.webhook_address import BadAddress, check_addresses, check_url
from amends.domain.people.webhook_event import OutgoingEvent


class WebhookPost:
    """Posts events; `send` must follow no redirect, `resolve` gives a name's addresses.

    The name is looked up and judged at each attempt. `send` looks it up once more, which a name
    could use to turn inwards in between; what then waits there is TLS with the merchant's own name,
    which no inner service can answer.
    """

    def __init__(
        self,
        *,
        send: Callable[[Request], Response],
        resolve: Callable[[str], Sequence[str]],
        is_local: bool,
    ) -> None:
        self._send = send
        self._resolve = resolve
        self._is_local = is_local

    def __call__(self, endpoint: Endpoint, event: OutgoingEvent, now: datetime) -> Response:
        """One attempt; an address that may not be called counts as a refused connection."""
        try:
            check_url(endpoint.url, is_local=self._is_local)
            host = urlsplit(endpoint.url).hostname or ""
            check_addresses(self._resolve(host), is_local=self._is_local)
        except (BadAddress, OSError):
            return Response(status=0, trouble=Trouble.REFUSED)
        return self._send(signed_request(endpoint, event, now))


def addresses_of(host: str) -> list[str]:
    """The addresses of a name, by the system's resolver; raises OSError when there is none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
