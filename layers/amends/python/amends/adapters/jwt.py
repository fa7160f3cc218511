"""JWT: an RS256 signature checked with public numbers alone.

To verify takes no secret and no padding oracle: the one encoding that the signature must open to
(RFC 8017, 9.2) is built and compared whole. A library would bring its cryptography into the layer
of every API function (docs/decisions/0023).
"""

import json
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any

LONGEST = 8192
SMALLEST_BITS, EXPONENT = 2048, 65537
LEEWAY_SECONDS = 30
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 digest in a PKCS #1 v1.5 signature."""

Key = tuple[int, int]
"""Modulus and exponent."""


class Forged(Exception):  # noqa: N818 - what it is
    """Not a token that the issuer signed for now."""


def keys_of(document: Any) -> Mapping[str, Key]:
    """The RS256 keys of a JWKS by their ids; weak ones and those for other uses are left out."""
    found = {}
    for row in document["keys"]:
        if row.get("kty") != "RSA" or row.get("use", "sig") != "sig":
            continue
        modulus, exponent = (int.from_bytes(_bytes(row[name])) for name in ("n", "e"))
        if modulus.bit_length() >= SMALLEST_BITS and exponent == EXPONENT:
            found[str(row["kid"])] = (modulus, exponent)
    return found


def key_id(token: str) -> str:
    """Which key a token says it was signed with; raises Forged for what is no RS256 token."""
    head = _document(_parts(token)[0])
    if head.get("alg") != "RS256" or "crit" in head or not isinstance(head.get("kid"), str):
        raise Forged("not signed with RS256")
    return str(head["kid"])


def verified(token: str, key: Key, *, issuer: str, at: datetime) -> Mapping[str, Any]:
    """The claims, once the signature, the issuer and the times are proved; else raises Forged."""
    head, body, signature = _parts(token)
    modulus, exponent = key
    size = (modulus.bit_length() + 7) // 8
    shown = _bytes(signature)
    number = int.from_bytes(shown)
    if len(shown) != size or number >= modulus:
        raise Forged("the signature has another size")
    digest = sha256(f"{head}.{body}".encode()).digest()
    padding = b"\xff" * (size - 3 - len(DIGEST_INFO) - len(digest))
    expected = b"\x00\x01" + padding + b"\x00" + DIGEST_INFO + digest
    if not compare_digest(pow(number, exponent, modulus).to_bytes(size), expected):
        raise Forged("the signature is another's")
    claims = _document(body)
    now = at.timestamp()
    if claims.get("iss") != issuer:
        raise Forged("another issuer")
    if not _number(claims.get("exp")) > now - LEEWAY_SECONDS:
        raise Forged("expired")
    if any(_number(claims.get(name, 0)) > now + LEEWAY_SECONDS for name in ("nbf", "iat")):
        raise Forged("not yet valid")
    return claims


def _parts(token: str) -> tuple[str, str, str]:
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != 3 or not token.isascii():
        raise Forged("not a token")
    return parts[0], parts[1], parts[2]


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError) as error:
        raise Forged("not base64url") from error


def _document(part: str) -> Mapping[str, Any]:
    try:
        document = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise Forged("not JSON") from error
    if not isinstance(document, dict):
        raise Forged("not an object")
    return document


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Forged("a time is a number")
    return float(value)
