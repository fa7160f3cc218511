"""Bearer: OAuth2 client credentials, with the token kept between exchanges."""

from collections.abc import Callable, Sequence

from amends.domain.exchange import Exchange, Request, Response
from amends.domain.parcel.channel import Account, Token
from amends.domain.parcel.wire import part, text, whole

_LIVES_SECONDS = 3600
"""Where the grant does not say how long its token lives."""


def ask_each(
    account: Account, *, grant: Request, asks: Sequence[Callable[[str], Request]]
) -> Exchange[tuple[list[Response], Token | None]]:
    """Send each request with the account's token, and a new one where it has none or it is refused.

    A 401 buys one new token for the whole exchange. Without a token every request has the answer
    that the grant had. Returned beside the responses: the new token, to be kept.
    """
    held, fresh = account.token, None
    responses: list[Response] = []
    for ask in asks:
        response: Response | None = None
        if held is not None:
            response = yield ask(held)
        if (response is None or response.status == 401) and fresh is None:
            granted = yield grant
            fresh = _token(granted)
            if fresh is None:
                refused = response or _refused(granted)
                return responses + [refused] * (len(asks) - len(responses)), None
            held = fresh.value
            response = yield ask(held)
        if response is not None:
            responses.append(response)
    return responses, fresh


def _token(response: Response) -> Token | None:
    if not response.is_ok:
        return None
    try:
        content = part(response.json())
    except (ValueError, RecursionError):
        return None
    value = text(content.get("access_token"))
    lives = whole(content.get("expires_in"))
    return Token(value=value, lives_seconds=lives or _LIVES_SECONDS) if value else None


def _refused(response: Response) -> Response:
    """The grant's failure as that of what was to be asked: no token is 401, nonsense is 502."""
    if response.trouble is not None or response.status == 429 or response.status >= 500:
        return response
    return Response(status=502 if response.is_ok else 401, headers=response.headers)
