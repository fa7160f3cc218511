"""Addressing: each case's own reply address, and the links that need no password to unsubscribe."""

import hmac
from hashlib import sha256

from amends.domain.refusal import NotFound

_DIGITS = 24


def reply_token(case_id: str, key: bytes) -> str:
    """What stands behind `case+` in a case's own address; `mail_address.case_of_reply` reads it."""
    return f"{case_id}-{_mac('reply', case_id, key)}"


def reply_address(sender: str, case_id: str, key: bytes) -> str:
    """`case+<token>@` the sender's domain."""
    return f"case+{reply_token(case_id, key)}@{sender.rpartition('@')[2]}"


def unsubscribe_token(case_id: str, code: str, key: bytes) -> str:
    """Opens nothing but the choice not to get messages of this code in this case."""
    named = f"{case_id}.{code}"
    return f"{named}-{_mac('unsubscribe', named, key)}"


def unsubscribed_by(token: str, key: bytes) -> tuple[str, str]:
    """Case and code that an unsubscribe link names; refuses one that we never wrote."""
    case_id, _, code = _opened("unsubscribe", token, key).partition(".")
    return case_id, code


def answer_token(what: str, case_id: str, key: bytes) -> str:
    """Opens one page of one case: `survey`, `summary`, `parcel` or `payment`, no more."""
    return f"{case_id}-{_mac(f'answer {what}', case_id, key)}"


def answered_by(what: str, token: str, key: bytes) -> str:
    """The case whose page a link opens; refuses one that we never wrote."""
    return _opened(f"answer {what}", token, key)


def _opened(purpose: str, token: str, key: bytes) -> str:
    named, _, mac = token.rpartition("-")
    if not named or not hmac.compare_digest(mac.encode(), _mac(purpose, named, key).encode()):
        raise NotFound("this link opens nothing")
    return named


def _mac(purpose: str, text: str, key: bytes) -> str:
    return hmac.new(key, f"{purpose}\x1f{text}".encode(), sha256).hexdigest()[:_DIGITS]
