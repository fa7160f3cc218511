"""Identity: for whom a proved token speaks, a merchant or a member of staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.ports import UnprovedToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant:
    """A client of the user pool that signs in by its credentials."""

    id: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A user of the pool, signed in through the client of staff."""

    id: str
    groups: tuple[str, ...]


Identity = Merchant | Staff


def identity(claims: Mapping[str, object], *, staff_client: str) -> Identity:
    """Read verified claims; refuses a token that was not made to be shown here.

    An access token names its client, an id token is for one; only staff have id tokens.
    """
    client = {"access": claims.get("client_id"), "id": claims.get("aud")}.get(
        str(claims.get("token_use"))
    )
    subject = claims.get("sub")
    if client == staff_client and isinstance(subject, str) and subject:
        groups = claims.get("cognito:groups")
        return Staff(id=subject, groups=tuple(map(str, groups)) if isinstance(groups, list) else ())
    if claims.get("token_use") == "access" and isinstance(client, str) and client != staff_client:
        return Merchant(id=client, scopes=frozenset(str(claims.get("scope", "")).split()))
    raise UnprovedToken("the token is not one for this API")
