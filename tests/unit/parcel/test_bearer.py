"""OAuth2 client credentials: one token for an exchange, one new one when it is refused."""

import pytest

from amends.domain.exchange import Request, Response, Trouble, converse
from amends.domain.parcel.bearer import ask_each
from amends.domain.parcel.channel import Account, Token

GRANT = Request(method="POST", url="http://x/token")
GOOD = Response(status=200, body=b'{"access_token":"NEW","expires_in":"14399"}')


def talk(
    token: str | None, count: int, *answers: Response
) -> tuple[list[int], Token | None, list[str]]:
    sent: list[str] = []
    left = iter(answers)

    def send(request: Request) -> Response:
        sent.append(request.url.rpartition("/")[2])
        return next(left)

    account = Account(base_url="http://x", secrets={}, token=token)
    made = [lambda held: Request(method="GET", url=f"http://x/{held}")] * count
    responses, fresh = converse(ask_each(account, grant=GRANT, asks=made), send)
    return [one.status for one in responses], fresh, sent


OK = Response(status=200)
REFUSED = Response(status=401)


def test_a_token_at_hand_is_used_as_it_is() -> None:
    assert talk("OLD", 2, OK, OK) == ([200, 200], None, ["OLD", "OLD"])


def test_without_a_token_one_is_fetched_and_returned() -> None:
    fresh = Token(value="NEW", lives_seconds=14399)

    assert talk(None, 2, GOOD, OK, OK) == ([200, 200], fresh, ["token", "NEW", "NEW"])


def test_a_refused_token_is_replaced_once() -> None:
    statuses, fresh, sent = talk("OLD", 2, REFUSED, GOOD, REFUSED, REFUSED)

    assert (statuses, sent) == ([401, 401], ["OLD", "token", "NEW", "NEW"])
    assert fresh is not None


@pytest.mark.parametrize(
    ("grant", "status"),
    [
        (Response(status=400), 401),
        (Response(status=401), 401),
        (Response(status=429), 429),
        (Response(status=503), 503),
        (Response(status=200, body=b"<html>"), 502),
        (Response(status=200, body=b"{}"), 502),
        (Response(status=0, trouble=Trouble.TIMEOUT), 0),
    ],
)
def test_without_any_token_every_request_fails_as_the_grant_did(
    grant: Response, status: int
) -> None:
    assert talk(None, 2, grant) == ([status, status], None, ["token"])
