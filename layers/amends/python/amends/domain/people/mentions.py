"""Words in what people write: whole words in English, wherever they stand in Chinese."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_ENDINGS = "(?:s|d|ed|ing|ly)?"


def mentions(text: str, words: Sequence[str]) -> int:
    """How often a text names any of the words, with the usual endings; `chocolate` is not late."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return len(_pattern(tuple(words)).findall(plain))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longer first, so that what holds another counts once."""
    found = (_of(word) for word in sorted(words, key=len, reverse=True))
    return re.compile("|".join(found))


def _of(word: str) -> str:
    said = re.escape(word)
    return f"(?<![a-z]){said}{_ENDINGS}(?![a-z])" if word.isascii() else said
