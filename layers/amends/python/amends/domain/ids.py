"""Ids: a prefix and 26 base-32 characters, derived from what makes the thing unique."""

from hashlib import sha256

ASKED = "req"
"""The prefix of a cause that comes again when a client asks again."""
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u


def derived(prefix: str, *parts: str) -> str:
    """The id of what `parts` name: the same parts give the same id, so a repeat makes no twin."""
    digest = sha256("\x1f".join((prefix, *parts)).encode()).digest()
    number = int.from_bytes(digest[:17], "big") >> 6
    letters = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    return f"{prefix}_{''.join(letters)}"
