"""FedEx Track v1: thirty numbers a request, errors per number, several uses of one number."""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256

from amends.catalog.payloads.fedex import CARRIER, CHANNEL, read
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, nothing_to_register, same_number
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
from amends.domain.parcel.reading import Reading

__all__ = ["BASE_URL", "CARRIERS", "LIMITS", "SECRETS", "read", "receive", "register", "track"]

CARRIERS: frozenset[str] = frozenset({CARRIER})
LIMITS = Limits(
    batch_size=30,
    requests=1400,
    per=timedelta(seconds=10),
    refresh_after=timedelta(hours=1),
    daily=100_000,
    source="FedEx: 1,400 transactions in ten seconds, 100,000 a day for a project",
)
SECRETS: tuple[str, ...] = ("client_id", "client_secret", "security_token")
BASE_URL = "https://apis.fedex.com"

_EARLIER, _LATER = timedelta(days=3), timedelta(days=60)


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about up to thirty numbers at once, with a token by client credentials."""
    request = {"includeDetailedScans": True, "trackingInfo": [_details(one) for one in asked]}
    (response,), token = yield from ask_each(
        account,
        grant=_grant(account),
        asks=[
            lambda held: Request.post_json(
                f"{account.base_url}/track/v1/trackingnumbers",
                request,
                headers={"authorization": f"Bearer {held}", "x-locale": "en_US"},
            )
        ],
    )
    told = answer(asked, response, channel=CHANNEL, read=partial(_read_for, asked=asked))
    return replace(told, token=token)


register = nothing_to_register
"""FedEx answers for any number of its own."""


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """Advanced Integrated Visibility: base64 of the HMAC-SHA256 of the body."""
    secret = secrets["security_token"].encode()
    expected = b64encode(hmac.digest(secret, body, sha256))
    shown = headers.get("fdx-signature", "").strip().encode()
    if not secret or not hmac.compare_digest(expected, shown):
        raise BadSignature("the header `fdx-signature` does not match the body")
    readings = tuple(one for one in read(body) if one.number and not one.error)
    if not readings:
        raise Malformed("the push tells of no parcel")
    return Push(kind=PushKind.READINGS, event_id=sha256(body).hexdigest(), readings=readings)


def _read_for(body: bytes, *, asked: Sequence[Asked]) -> tuple[Reading, ...]:
    """Of several uses of one number only the one that was asked about.

    A refusal of a whole batch says of no number that it is the bad one.
    """
    told = read(body, number=asked[0].number if len(asked) == 1 else None)
    if len(asked) > 1 and len(told) == 1 and not told[0].number and told[0].error == "bad_number":
        return (replace(told[0], error="malformed"),)
    ours = [_use_of(one, told) for one in asked]
    return tuple(one for one in told if not one.number) + tuple(one for one in ours if one)


def _use_of(asked: Asked, told: Sequence[Reading]) -> Reading | None:
    """The use with the pinned id, else the one nearest to the ship date, else the latest."""
    uses = [one for one in told if one.number and same_number(one.number, asked.number)]
    pinned = [one for one in uses if asked.unique_id and one.unique_id == asked.unique_id]
    return max(pinned or uses, key=partial(_nearness, shipped_on=asked.shipped_on), default=None)


def _nearness(reading: Reading, *, shipped_on: date | None) -> tuple[bool, float, float]:
    if not reading.scans:
        return (False, 0.0, 0.0)
    first, last = reading.scans[0].at, reading.scans[-1].at
    apart = abs((first.date() - shipped_on).days) if shipped_on else 0
    return (True, -float(apart), last.timestamp())


def _grant(account: Account) -> Request:
    return Request.post_form(
        f"{account.base_url}/oauth/token",
        {
            "grant_type": "client_credentials",
            "client_id": account.secrets["client_id"],
            "client_secret": account.secrets["client_secret"],
        },
    )


def _details(one: Asked) -> dict[str, object]:
    info = {"trackingNumber": one.number}
    if one.unique_id:
        info["trackingNumberUniqueId"] = one.unique_id
    span = (
        {
            "shipDateBegin": (one.shipped_on - _EARLIER).isoformat(),
            "shipDateEnd": (one.shipped_on + _LATER).isoformat(),
        }
        if one.shipped_on
        else {}
    )
    return {**span, "trackingNumberInfo": info}
