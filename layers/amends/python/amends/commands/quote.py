"""`amends quote FACTS.json`: facts in the documented form in, assessment out."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from amends.domain.compensation.facts_form import BadFacts, parse
from amends.domain.compensation.rules import LANGUAGES
from amends.domain.refusal import FieldError
from amends.service.quoting import assess

LARGEST_BYTES = 64 * 1024


def quote(document: object, language: str = "en") -> dict[str, object]:
    """Assess one JSON object of facts; sentences in `en` or `zh-CN`.

    Refuses facts that cannot be read (`BadFacts`, with each field), facts that no rules on file
    fit (`NoRegime`) and unknown regimes.
    """
    if language not in LANGUAGES:
        known = " or ".join(LANGUAGES)
        error = FieldError(field="language", code="unknown_value", message=f"{known} is expected")
        raise BadFacts(f"the language is {known}", errors=[error])
    return assess(parse(document)).document(language)


def quote_text(body: bytes, language: str = "en") -> dict[str, object]:
    """The same from the bytes of a file or a request; at most 64 KB of strict JSON."""
    if len(body) > LARGEST_BYTES:
        raise BadFacts(f"facts are at most {LARGEST_BYTES} bytes of JSON")
    try:
        document: object = json.loads(
            body, object_pairs_hook=_once, parse_constant=_refuse, parse_float=str
        )
    except (ValueError, RecursionError) as error:
        raise BadFacts("facts are one JSON object in UTF-8, each name once") from error
    return quote(document, language)


def documents(stream: BinaryIO) -> Iterator[bytes]:
    """One document a line; a first line that only opens one begins a document of many lines."""
    first = next((line for line in stream if line.strip()), b"")
    if _is_whole(first):
        yield first
        yield from (line for line in stream if line.strip())
    else:
        yield first + stream.read(LARGEST_BYTES + 1)


def _is_whole(line: bytes) -> bool:
    """Whether a line stands for itself: also a broken one, once it closes what it opened."""
    return line.rstrip().endswith(b"}") or not line.lstrip().startswith(b"{")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no number of JSON")
