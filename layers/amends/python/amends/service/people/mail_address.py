"""Mail address: the one that each case has, and what comes back with a message of ours."""

import hmac
import re
from hashlib import sha256

from amends.domain.refusal import NotFound

_DIGITS = 24
_CASE = re.compile(rb"x-amends-case:[ \t]*<?(case_[0-9a-z]{26})", re.IGNORECASE)
_READ = 256 * 1024


def case_of_reply(token: str, key: bytes) -> str:
    """The case that a reply's address names; refuses one that we never wrote."""
    named, _, mac = token.rpartition("-")
    expected = hmac.new(key, f"reply\x1f{named}".encode(), sha256).hexdigest()[:_DIGITS]
    if not named or not hmac.compare_digest(mac.encode(), expected.encode()):
        raise NotFound("this address names no case")
    return named


def case_of_bounce(raw: bytes) -> str | None:
    """The case whose message came back, by the header of ours that the report quotes."""
    found = _CASE.search(raw[:_READ])
    return found[1].decode() if found else None


def bounce_notice(case_id: str, message_key: str) -> dict[str, object]:
    """A bounce that came by mail, in the form in which the mail provider tells of one.

    Transient: a report that anybody could have written closes nobody's address.
    """
    return {
        "notificationType": "Bounce",
        "bounce": {"bounceType": "Transient"},
        "mail": {"tags": {"message_key": [message_key], "case_id": [case_id]}},
    }
