"""Question: what is asked in a typed form, and the reading of what is answered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from amends.domain.refusal import FieldError, Invalid

LONGEST_TEXT = 2000
_HASH = re.compile(r"[0-9a-f]{64}")


class AnswerType(StrEnum):
    """What an answer may be; each is kept as text."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    COUNT = "count"
    DECIMAL = "decimal"
    MOMENT = "moment"
    SHA256 = "sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One answer: the question's code, and the answer as text (`yes`, `12`, RFC 3339 in UTC)."""

    code: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One typed question; `text` by language (`en`, `zh-CN`).

    `needs` names a code and a value of another question without which this one is not asked.
    """

    code: str
    type: AnswerType
    text: Mapping[str, str]
    is_required: bool = False
    choices: tuple[str, ...] = ()
    needs: tuple[str, str] | None = None


def value_of(facts: Sequence[Fact], code: str) -> str | None:
    """The answer to one question, or None."""
    return next((fact.value for fact in facts if fact.code == code), None)


def read_answers(
    questions: Sequence[Question], raw: Mapping[str, object], *, path: str, partial: bool = False
) -> tuple[Fact, ...]:
    """The answers in the questions' order.

    Refuses every wrong, unknown or (unless `partial`) missing one, all of them at once.
    """
    errors = [
        FieldError(field=f"{path}.{code}", code="unknown", message="this is not asked")
        for code in sorted(raw.keys() - {question.code for question in questions})
    ]
    facts: list[Fact] = []
    for question in questions:
        value = raw.get(question.code)
        if value is None or value == "":
            asked = (
                question.needs is None or value_of(facts, question.needs[0]) == (question.needs[1])
            )
            if question.is_required and asked and not partial:
                errors.append(_error(path, question, "required", "this must be answered"))
            continue
        try:
            facts.append(Fact(code=question.code, value=_read(question, value)))
        except ValueError as error:
            errors.append(_error(path, question, "wrong_type", str(error)))
    if errors:
        raise Invalid("some answers cannot be read", errors=errors)
    return tuple(facts)


def _error(path: str, question: Question, code: str, message: str) -> FieldError:
    return FieldError(field=f"{path}.{question.code}", code=code, message=message)


def _read(question: Question, value: object) -> str:
    match question.type:
        case AnswerType.YES_NO:
            if not isinstance(value, bool):
                raise ValueError("the answer is true or false")  # noqa: TRY004 - one refusal
            return "yes" if value else "no"
        case AnswerType.COUNT:
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10**9:
                raise ValueError("the answer is a whole number from 0")
            return str(value)
        case AnswerType.DECIMAL:
            return _decimal(value)
    if not isinstance(value, str):
        raise ValueError("the answer is text")  # noqa: TRY004 - one refusal
    match question.type:
        case AnswerType.CHOICE if value not in question.choices:
            raise ValueError(f"the answer is one of {', '.join(question.choices)}")
        case AnswerType.MOMENT:
            return _moment(value)
        case AnswerType.SHA256 if not _HASH.fullmatch(value):
            raise ValueError("the answer is 64 hexadecimal digits")
        case AnswerType.TEXT if len(value) > LONGEST_TEXT or not value.strip():
            raise ValueError(f"the answer has 1 to {LONGEST_TEXT} characters")
    return value


def _decimal(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("the answer is a decimal number in quotes")  # noqa: TRY004 - one refusal
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError("the answer is a decimal number in quotes") from error
    if not number.is_finite() or number < 0 or number >= Decimal(10**12):
        raise ValueError("the answer is a decimal number from 0")
    return f"{number:f}"


def _moment(value: str) -> str:
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError("the answer is a moment such as 2026-11-20T08:00:00Z") from error
    if at.tzinfo is None:
        raise ValueError("the answer names its offset from UTC")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def said(en: str, zh: str) -> Mapping[str, str]:
    """A text in both languages."""
    return {"en": en, "zh-CN": zh}
