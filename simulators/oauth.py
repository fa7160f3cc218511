"""OAuth2 client credentials, as USPS, UPS and FedEx do them."""

from simulators.channel import Desk
from simulators.parcel import key_of
from simulators.wire import Ask


def grant(desk: Desk, client: str, proof: str, *, lives_seconds: int) -> str | None:
    """A new access token for the right client; None for a wrong one (recorded)."""
    expected = (desk.credentials["client_id"], desk.credentials["client_secret"])
    if (client, proof) != expected:
        desk.broke("bad_signature", f"token asked as {client!r}")
        return None
    issued = key_of(desk.channel.code, str(desk.seconds), str(len(desk.shelf.tokens)))
    desk.shelf.tokens[issued] = desk.seconds + lives_seconds
    return issued


def is_bearer(ask: Ask, desk: Desk) -> bool:
    """Whether the request carries a token that is alive."""
    scheme, _, held = ask.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and desk.shelf.tokens.get(held, 0) > desk.seconds
