"""Proofs: bearers that say who calls and are believed, where proving is not what is tested."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from amends.ports import UnprovedToken
from amends.web.identity import Identity, identity
from tests.support.token_house import STAFF_CLIENT


def staff_bearer(person: str, *groups: str) -> str:
    """A member of staff, in those groups."""
    return _bearer(
        token_use="access", client_id=STAFF_CLIENT, sub=person, **{"cognito:groups": groups}
    )


def bearer_of(who: str) -> str:
    """A member of staff as tests name them: `supervisor`, or `supervisor:anna`."""
    group, _, person = who.partition(":")
    return staff_bearer(person or group, *group.split())


def merchant_bearer(client: str, *scopes: str) -> str:
    """A merchant, with those scopes."""
    scope = " ".join(f"amends/{one}" for one in scopes)
    return _bearer(token_use="access", client_id=client, sub=client, scope=scope)


def prove(token: str) -> Identity:
    """For whom such a bearer speaks; refuses what was not made here."""
    if not token.startswith("trusted."):
        raise UnprovedToken("the token is not valid, or no longer")
    return identity(json.loads(urlsafe_b64decode(token.split(".")[1])), staff_client=STAFF_CLIENT)


def _bearer(**claims: object) -> str:
    return f"trusted.{urlsafe_b64encode(json.dumps(claims).encode()).decode()}.here"
