"""Proving: JWTs where the gateway cannot, because the route takes other proofs as well."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from amends import runtime

if TYPE_CHECKING:
    from amends.ports import Tokens


def prove(token: str) -> Mapping[str, object]:
    """The claims of a token of the user pool that is signed for now; refuses any other."""
    return pool().claims(token, at=runtime.now())


@cache
def pool() -> "Tokens":
    """The user pool's tokens; its keys are kept as long as the function is warm."""
    from amends.adapters.tokens import PoolTokens

    return PoolTokens(
        runtime.http(),
        issuer=runtime.environment("TOKEN_ISSUER"),
        keys_url=runtime.environment("TOKEN_KEYS_URL"),
    )
