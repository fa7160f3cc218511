"""HTTP: the one place where third parties are spoken to."""

from functools import cache
from typing import TYPE_CHECKING

from amends.domain.exchange import Request, Response, Trouble

if TYPE_CHECKING:
    from urllib3 import PoolManager

CONNECT_SECONDS = 2.0
READ_SECONDS = 8.0
LARGEST_ANSWER = 10_000_000
"""Bytes; an answer beyond is broken off, whatever it says about its length."""


def send(request: Request) -> Response:
    """Send once, without retry or redirect; trouble is part of the response."""
    from urllib3.exceptions import (
        ConnectTimeoutError,
        HTTPError,
        NewConnectionError,
        ReadTimeoutError,
    )

    try:
        answer = _pool().request(
            request.method,
            request.url,
            body=request.body or None,
            headers=dict(request.headers),
            preload_content=False,
        )
        body = answer.read(LARGEST_ANSWER)
        answer.release_conn()
    except (NewConnectionError, ConnectTimeoutError):
        return Response(status=0, trouble=Trouble.REFUSED)
    except ReadTimeoutError:
        return Response(status=0, trouble=Trouble.TIMEOUT)
    except (HTTPError, OSError):
        return Response(status=0, trouble=Trouble.BROKEN)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Response(status=answer.status, headers=headers, body=body)


@cache
def _pool() -> "PoolManager":
    from urllib3 import PoolManager, Timeout

    patience = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    return PoolManager(retries=False, timeout=patience, maxsize=10)
