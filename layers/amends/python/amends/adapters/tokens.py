"""Tokens: JWTs of the user pool, verified in code where a route takes other proofs too."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from amends.adapters.jwt import Forged, Key, key_id, keys_of, verified
from amends.domain.exchange import Request
from amends.ports import Http, UnprovedToken, UnreadableKeys

ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""A key that nobody knows is looked for once in so long, however many ask with it."""


class PoolTokens:
    """Tokens of one issuer; its keys are asked for when they are first needed, and kept."""

    def __init__(self, http: Http, *, issuer: str, keys_url: str) -> None:
        self._http = http
        self._issuer = issuer
        self._keys_url = keys_url
        self._keys: Mapping[str, Key] = {}
        self._asked_at: datetime | None = None

    def claims(self, token: str, *, at: datetime) -> Mapping[str, Any]:
        """The claims of a token that is proved; refuses any other with UnprovedToken."""
        try:
            return verified(token, self._key(key_id(token), at), issuer=self._issuer, at=at)
        except Forged as error:
            raise UnprovedToken("the token is not valid, or no longer") from error

    def _key(self, name: str, at: datetime) -> Key:
        is_due = self._asked_at is None or at >= self._asked_at + ASKED_AGAIN_AFTER
        if name not in self._keys and is_due:
            self._keys = self._fetched()
            self._asked_at = at
        if name not in self._keys:
            raise Forged("signed with an unknown key")
        return self._keys[name]

    def _fetched(self) -> Mapping[str, Key]:
        answer = self._http(Request.get(self._keys_url))
        if answer.status != 200:
            raise UnreadableKeys("the keys of tokens cannot be read now; please try again")
        try:
            return keys_of(json.loads(answer.body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableKeys("the keys of tokens cannot be read now") from error
