"""`amends quote FACTS.json`: facts in the documented form in, assessment out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from amends.domain.compensation.facts_form import BadFacts, parse
from amends.domain.compensation.rules import LANGUAGES
from amends.domain.compensation.tariff import BadTariff, read_tariff
from amends.domain.refusal import FieldError
from amends.service.assessment.quoting import assess
from amends.web.strict import strict_json

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
    if not isinstance(document, dict) or document.get("tariff") is None:
        return assess(parse(document)).document(language)
    facts = {name: value for name, value in document.items() if name != "tariff"}
    return _by_contract(facts, document["tariff"], language)


def _by_contract(facts: dict[str, object], tariff: object, language: str) -> dict[str, object]:
    """By a contract of one's own, sent along: it holds for what was posted while it stood."""
    try:
        contract = read_tariff(tariff)
    except BadTariff as error:
        errors = [replace(one, field=f"tariff.{one.field}") for one in error.errors]
        raise BadTariff(str(error), errors=errors) from error
    read = parse(facts)
    if read.regime is None and contract.edition_on(read.posted_on) is not None:
        read = replace(read, regime=contract.code)
    return assess(read, tariffs=[contract]).document(language)


def quote_text(body: bytes, language: str = "en", tariff: bytes | None = None) -> dict[str, object]:
    """The same from the bytes of a file or a request; at most 64 KB of strict JSON.

    `tariff` is a contract in a file of its own.
    """
    document = _strict(body, "facts")
    if tariff is not None and isinstance(document, dict):
        document = {**document, "tariff": _strict(tariff, "a tariff")}
    return quote(document, language)


def _strict(body: bytes, what: str) -> object:
    if len(body) > LARGEST_BYTES:
        raise BadFacts(f"{what}: at most {LARGEST_BYTES} bytes of JSON")
    try:
        return strict_json(body, parse_float=str)
    except ValueError as error:
        raise BadFacts(f"{what}: one JSON object in UTF-8, each name once") from error


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
