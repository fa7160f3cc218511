"""Proving: who shows a JWT of the user pool. The gateway asks nobody for one."""

from functools import cache
from typing import TYPE_CHECKING

from amends import runtime
from amends.web.identity import Identity, identity

if TYPE_CHECKING:
    from amends.ports import Tokens


def prove(token: str) -> Identity:
    """For whom a token of the user pool speaks that is signed for now; refuses any other."""
    claims = pool().claims(token, at=runtime.now())
    return identity(claims, staff_client=runtime.environment("STAFF_CLIENT"))


@cache
def pool() -> "Tokens":
    """The user pool's tokens; its keys are kept as long as the function is warm."""
    from amends.adapters.tokens import PoolTokens

    return PoolTokens(
        runtime.http(),
        issuer=runtime.environment("TOKEN_ISSUER"),
        keys_url=runtime.environment("TOKEN_KEYS_URL"),
    )
