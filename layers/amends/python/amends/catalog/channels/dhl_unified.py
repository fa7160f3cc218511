"""DHL Shipment Tracking – Unified 1.5.8: one number a request, perhaps of several divisions."""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from amends.catalog.payloads.dhl_unified import CHANNEL, SERVICES, read
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, nothing_to_register, together
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

CARRIERS: frozenset[str] = frozenset({"dhl", *SERVICES.values()})
LIMITS = Limits(
    batch_size=1,
    requests=1,
    per=timedelta(seconds=1),
    refresh_after=timedelta(minutes=30),
    daily=250,
    source="DHL Unified 1.5.8: 250 a day and 1/s until upgraded; news after 10-30 minutes",
)
SECRETS: tuple[str, ...] = ("api_key", "push_secret")
BASE_URL = "https://api-eu.dhl.com"

_CLAIMS = ("dhl-push-secret", "x-dhl-secret", "x-dhl-signature", "dhl-signature", "authorization")


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about one number a request; the division narrows it where the carrier is known."""
    answers: list[Answer] = []
    for one in asked:
        response = yield Request.get(
            f"{account.base_url}/track/shipments",
            headers={"dhl-api-key": account.secrets["api_key"], "accept": "application/json"},
            query=_query(one),
        )
        answers.append(answer([one], response, channel=CHANNEL, read=under(one.number, read)))
    return together(answers)


register = nothing_to_register
"""DHL answers for any number of its own."""


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """A wake-up, from whoever knows the secret of the subscription.

    DHL does not publish how its secret is presented, so it is taken plain, as a bearer's, or as
    HMAC-SHA256 of the body (hex or base64); nothing proves that the body is DHL's.
    """
    secret = secrets["push_secret"].encode()
    digest = hmac.digest(secret, body, sha256)
    proofs = (secret, digest.hex().encode(), b64encode(digest))
    claims = [headers[name].encode() for name in _CLAIMS if headers.get(name)]
    plain = [claim.removeprefix(b"Bearer ").removeprefix(b"sha256=").strip() for claim in claims]
    if not secret or not any(hmac.compare_digest(p, c) for c in plain for p in proofs):
        raise BadSignature("the push does not show the secret of its subscription")
    numbers = tuple(dict.fromkeys(one.number for one in read(body) if one.number and not one.error))
    if not numbers:
        raise Malformed("the push tells of no shipment")
    return Push(kind=PushKind.WAKE_UP, event_id=sha256(body).hexdigest(), numbers=numbers)


def _query(one: Asked) -> dict[str, str]:
    services = [service for service, carrier in SERVICES.items() if carrier == one.carrier]
    more = (
        ("service", services[0] if services else None),
        ("recipientPostalCode", one.destination_postal_code),
        ("language", "en"),
    )
    return {"trackingNumber": one.number, **{key: value for key, value in more if value}}
