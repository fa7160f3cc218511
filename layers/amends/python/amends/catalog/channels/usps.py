"""USPS Tracking v3: arrays of numbers, local times with their offsets, sixty calls an hour."""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256

from amends.catalog.payloads.usps import CARRIER, CHANNEL, read
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, nothing_to_register
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
from amends.domain.parcel.reading import Reading

__all__ = ["BASE_URL", "CARRIERS", "LIMITS", "SECRETS", "read", "receive", "register", "track"]

CARRIERS: frozenset[str] = frozenset({CARRIER})
LIMITS = Limits(
    batch_size=35,
    requests=60,
    per=timedelta(hours=1),
    refresh_after=timedelta(hours=1),
    source="USPS: 60 an hour for an app by default; 35 a call is widely cited, not in the spec",
)
SECRETS: tuple[str, ...] = ("client_id", "client_secret", "webhook_secret")
BASE_URL = "https://apis.usps.com"


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about up to 35 numbers at once (v3r2), with a token by client credentials."""
    request = [_details(one) for one in asked]
    (response,), token = yield from ask_each(
        account,
        grant=_grant(account),
        asks=[
            lambda held: Request.post_json(
                f"{account.base_url}/tracking/v3r2/tracking",
                request,
                headers={"authorization": f"Bearer {held}", "accept": "application/json"},
            )
        ],
    )
    told = answer(asked, response, channel=CHANNEL, read=partial(_read_for, asked=asked))
    return replace(told, token=token)


register = nothing_to_register
"""USPS answers for any number of its own."""


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """A wake-up only: what `X-HMAC` is computed over is not published.

    Taken to be base64 of the HMAC-SHA256 of the raw body under the subscription's secret.
    """
    secret = secrets["webhook_secret"].encode()
    expected = b64encode(hmac.digest(secret, body, sha256))
    shown = headers.get("x-hmac", "").strip().encode()
    if not secret or not hmac.compare_digest(expected, shown):
        raise BadSignature("the header `X-HMAC` does not match the body")
    numbers = tuple(dict.fromkeys(one.number for one in read(body) if one.number and not one.error))
    if not numbers:
        raise Malformed("the push names no mail piece")
    return Push(kind=PushKind.WAKE_UP, event_id=sha256(body).hexdigest(), numbers=numbers)


def _read_for(body: bytes, *, asked: Sequence[Asked]) -> tuple[Reading, ...]:
    """Entries that do not repeat their number are those asked, in that order.

    A refusal of a whole batch says of no number that it is the bad one.
    """
    if len(asked) == 1:
        return under(asked[0].number, read)(body)
    told = read(body)
    if len(told) == len(asked):
        pairs = zip(told, asked, strict=True)
        return tuple(replace(one, number=one.number or of.number) for one, of in pairs)
    if [one.error for one in told] == ["bad_number"]:
        return (replace(told[0], number="", error="malformed"),)
    return told


def _grant(account: Account) -> Request:
    return Request.post_json(
        f"{account.base_url}/oauth2/v3/token",
        {
            "client_id": account.secrets["client_id"],
            "client_secret": account.secrets["client_secret"],
            "grant_type": "client_credentials",
        },
    )


def _details(one: Asked) -> dict[str, str]:
    is_domestic = one.destination_country in (None, "US")
    more = (
        ("destinationZIPCode", one.destination_postal_code if is_domestic else None),
        ("mailingDate", one.shipped_on and one.shipped_on.isoformat()),
    )
    return {"trackingNumber": one.number, **{key: value for key, value in more if value}}
