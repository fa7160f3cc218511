"""UPS Track v1: one number a request, 200 for an unknown one, and Track Alert as a wake-up."""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from amends.catalog.payloads.ups import CARRIER, CHANNEL, read
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, nothing_to_register, together
from amends.domain.parcel.bearer import ask_each
from amends.domain.parcel.channel import (
    Account,
    Answer,
    Asked,
    BadSignature,
    Limits,
    Malformed,
    Push,
    PushKind,
)
from amends.domain.parcel.naming import under

__all__ = ["BASE_URL", "CARRIERS", "LIMITS", "SECRETS", "read", "receive", "register", "track"]

CARRIERS: frozenset[str] = frozenset({CARRIER})
LIMITS = Limits(
    batch_size=1,
    requests=5,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=1),
    source="UPS publishes no limit (429 with code 10429); five a second is our own restraint",
)
SECRETS: tuple[str, ...] = ("client_id", "client_secret", "credential")
BASE_URL = "https://onlinetools.ups.com"


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about one number a request, with a token by client credentials."""
    responses, token = yield from ask_each(
        account, grant=_grant(account), asks=[_ask(one, account) for one in asked]
    )
    answers = [
        answer([one], response, channel=CHANNEL, read=under(one.number, read))
        for one, response in zip(asked, responses, strict=True)
    ]
    return together(answers, token)


register = nothing_to_register
"""UPS answers for any number of the last 120 days."""


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """Track Alert: our own credential comes back in a header, and nothing signs the body.

    So it only wakes us up; it carries one activity and no history in any case.
    """
    expected, shown = secrets["credential"].encode(), headers.get("credential", "").encode()
    if not expected or not hmac.compare_digest(expected, shown):
        raise BadSignature("the header `credential` is not the one of the subscription")
    numbers = tuple(dict.fromkeys(one.number for one in read(body) if one.number and not one.error))
    if not numbers:
        raise Malformed("the alert names no package")
    return Push(kind=PushKind.WAKE_UP, event_id=sha256(body).hexdigest(), numbers=numbers)


def _grant(account: Account) -> Request:
    pair = f"{account.secrets['client_id']}:{account.secrets['client_secret']}"
    return Request.post_form(
        f"{account.base_url}/security/v1/oauth/token",
        {"grant_type": "client_credentials"},
        headers={"authorization": f"Basic {b64encode(pair.encode()).decode()}"},
    )


def _ask(one: Asked, account: Account) -> Callable[[str], Request]:
    def request(token: str) -> Request:
        return Request.get(
            f"{account.base_url}/api/track/v1/details/{quote(one.number, safe='')}",
            headers={
                "authorization": f"Bearer {token}",
                "transid": uuid5(NAMESPACE_URL, f"ups/{one.number}/{account.at}").hex,
                "transactionsrc": "amends",
            },
            query={"locale": "en_US", "returnMilestones": "false"},
        )

    return request
