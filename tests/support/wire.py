"""Wire: carries an exchange's requests over loopback, and turns silence into `Trouble`."""

from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request as Asked
from urllib.request import urlopen

from amends.domain.exchange import Request, Response, Trouble


def send(request: Request, *, timeout: float = 5) -> Response:
    """Send one request; a cut connection is broken, a silent one a time-out."""
    asked = Asked(
        request.url,
        data=request.body if request.method == "POST" else None,
        method=request.method,
        headers=dict(request.headers),
    )
    try:
        with urlopen(asked, timeout=timeout) as reply:
            return _read(reply.status, list(reply.headers.items()), reply.read())
    except HTTPError as refused:
        with refused:
            return _read(refused.code, list(refused.headers.items()), refused.read())
    except URLError as error:
        is_refused = isinstance(error.reason, ConnectionRefusedError)
        return Response(status=0, trouble=Trouble.REFUSED if is_refused else Trouble.BROKEN)
    except TimeoutError:
        return Response(status=0, trouble=Trouble.TIMEOUT)
    except (HTTPException, ConnectionError):
        return Response(status=0, trouble=Trouble.BROKEN)


def _read(status: int, headers: list[tuple[str, str]], body: bytes) -> Response:
    return Response(
        status=status, headers={name.lower(): value for name, value in headers}, body=body
    )
