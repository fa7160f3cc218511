"""An issuer of tokens with a key of its own, and a page on loopback where the key can be read."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_house"
STAFF_CLIENT = "staff-client"
SCOPES = "amends/cases amends/shipments amends/webhooks"


def private_key(name: str, bits: int = 2048) -> RSAPrivateKey:
    """A key of that name, the same for the whole session."""
    return _made(name, bits)


@cache
def _made(_: str, bits: int) -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=bits)


def encoded(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def jwk(name: str, *, bits: int = 2048) -> dict[str, str]:
    """A key as a JWKS shows it."""
    numbers = private_key(name, bits).public_key().public_numbers()
    return {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": name,
        "n": encoded(numbers.n.to_bytes(bits // 8)),
        "e": encoded(numbers.e.to_bytes(3)),
    }


def claims(*, at: datetime, **more: Any) -> dict[str, Any]:
    """What a client-credentials token of the pool says."""
    return {
        "sub": "merchant-1",
        "client_id": "merchant-1",
        "token_use": "access",
        "scope": SCOPES,
        "iss": ISSUER,
        "iat": int(at.timestamp()),
        "exp": int((at + timedelta(hours=1)).timestamp()),
        **more,
    }


def signed(told: Mapping[str, Any], *, key: str = "one", head: Mapping[str, Any] = {}) -> str:
    """A token, signed with a key; `head` overrides its header."""
    header = {"alg": "RS256", "kid": key, **head}
    parts = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(told).encode())}"
    return f"{parts}.{encoded(private_key(key).sign(parts.encode(), PKCS1v15(), SHA256()))}"


def merchant_token(client: str, *, at: datetime | None = None, **more: Any) -> str:
    """A merchant's token, good for an hour from then."""
    return signed(claims(at=at or datetime.now(UTC), client_id=client, sub=client, **more))


def staff_token(person: str, *groups: str, at: datetime | None = None, **more: Any) -> str:
    """An access token of a member of staff, good for an hour from then."""
    told = {
        "sub": person,
        "client_id": STAFF_CLIENT,
        "cognito:groups": groups,
        "scope": "aws.cognito.signin.user.admin",
    }
    return signed(claims(at=at or datetime.now(UTC), **(told | more)))


@contextmanager
def open_house(*names: str) -> Iterator[str]:
    """The address at which the keys of those names can be read."""
    page = json.dumps({"keys": [jwk(name) for name in names]}).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/.well-known/jwks.json"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
