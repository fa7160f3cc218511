"""Tokens: JWTs of the user pool, of merchants and of staff.

joserfc is imported when the first token comes; who reports without one never waits for it.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from amends.domain.exchange import Request
from amends.ports import Http, UnprovedToken, UnreadableKeys

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

LONGEST = 8192
LEEWAY_SECONDS = 30
SHORTEST_MODULUS = 342
"""2048 bits in base64url."""
ALGORITHMS = ("RS256",)
ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""A key that nobody knows is looked for once in so long, however many ask with it."""


class PoolTokens:
    """Tokens of one issuer; its keys are asked for when they are first needed, and kept."""

    def __init__(self, http: Http, *, issuer: str, keys_url: str) -> None:
        self._http = http
        self._issuer = issuer
        self._keys_url = keys_url
        self._keys: Mapping[str, RSAKey] = {}
        self._asked_at: datetime | None = None

    def claims(self, token: str, *, at: datetime) -> Mapping[str, Any]:
        """The claims of a token that is proved; refuses any other with UnprovedToken."""
        from joserfc import errors, jwt

        try:
            if len(token) > LONGEST or not token.isascii():
                raise errors.DecodeError("not a token")
            found = jwt.decode(
                token,
                lambda head: self._key(str(head.headers().get("kid")), at),
                algorithms=ALGORITHMS,
            )
            jwt.JWTClaimsRegistry(
                now=int(at.timestamp()),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": self._issuer},
                exp={"essential": True},
            ).validate(found.claims)
        except (errors.JoseError, ValueError) as error:
            raise UnprovedToken("the token is not valid, or no longer") from error
        return found.claims

    def _key(self, name: str, at: datetime) -> "RSAKey":
        from joserfc.errors import InvalidKeyIdError

        is_due = self._asked_at is None or at >= self._asked_at + ASKED_AGAIN_AFTER
        if name not in self._keys and is_due:
            self._keys = self._fetched()
            self._asked_at = at
        if name not in self._keys:
            raise InvalidKeyIdError("signed with an unknown key")
        return self._keys[name]

    def _fetched(self) -> "Mapping[str, RSAKey]":
        answer = self._http(Request.get(self._keys_url))
        if answer.status != 200:
            raise UnreadableKeys("the keys of tokens cannot be read now; please try again")
        try:
            return keys_of(json.loads(answer.body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableKeys("the keys of tokens cannot be read now") from error


def keys_of(document: Any) -> "Mapping[str, RSAKey]":
    """The RSA keys of a JWKS by their ids; weak ones and those for other uses are left out."""
    from joserfc.jwk import RSAKey

    return {
        str(row["kid"]): RSAKey.import_key({name: row[name] for name in ("kty", "n", "e")})
        for row in document["keys"]
        if row.get("kty") == "RSA"
        and row.get("use", "sig") == "sig"
        and len(row["n"]) >= SHORTEST_MODULUS
    }
