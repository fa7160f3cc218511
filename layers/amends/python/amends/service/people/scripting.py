"""Scripting: the form that an agent fills in while somebody tells, by kind and channel."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.catalog import plugin
from amends.domain.case.question import Question
from amends.domain.case.report import Report, Shipment
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.people.script import ADVICE, CLOSING, FIRST, LAST, OPENING, Line
from amends.service.people.choice_wordings import CHOICES

_DETAILS = "incident.details."


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of the form in one language; `needs` names a field and its value, if any."""

    field: str
    ask: str
    type: str
    is_required: bool
    choices: tuple[Mapping[str, str], ...]
    needs: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said and asked, in order."""

    opening: str
    questions: tuple[Field, ...]
    advice: tuple[str, ...]
    closing: str


def script_for(kind: str, language: str, channel: str) -> Script:
    """The script of one kind on one channel: `phone`, `counter` or `letter`.

    What is required would otherwise be asked in writing, or is never asked again. A letter has
    nobody to talk to: its questions are a form to type in from the scan.
    """
    needed = _needed(kind, language, channel)
    details = plugin("incidents", kind).DETAILS
    return Script(
        opening=OPENING[channel][language],
        questions=(
            *(_of_line(one, language, channel, needed) for one in FIRST),
            *(_of_kind(one, language, needed) for one in details),
            *(_of_line(one, language, channel, needed) for one in LAST),
        ),
        advice=tuple(line[language] for line in ADVICE[kind]),
        closing=CLOSING[channel][language],
    )


def _needed(kind: str, language: str, channel: str) -> frozenset[str]:
    """What a report that says nothing but its number would be asked."""
    bare = Report(
        kind=Kind(kind),
        shipment=Shipment(tracking_number="RR123456785CN"),
        role=Role.SENDER,
        language=language,
        channel=ReportChannel(channel),
    )
    return frozenset(plugin("incidents", kind).missing(bare))


def _of_line(line: Line, language: str, channel: str, needed: frozenset[str]) -> Field:
    return Field(
        field=line.field,
        ask=line.ask[language],
        type=line.type,
        is_required=channel in line.on or line.field in needed,
        choices=_worded(line.choices, language),
    )


def _of_kind(question: Question, language: str, needed: frozenset[str]) -> Field:
    field, needs = f"{_DETAILS}{question.code}", question.needs
    return Field(
        field=field,
        ask=question.text[language],
        type=question.type,
        is_required=field in needed,
        choices=_worded(question.choices, language),
        needs=None if needs is None else {"field": f"{_DETAILS}{needs[0]}", "value": needs[1]},
    )


def _worded(choices: tuple[str, ...], language: str) -> tuple[Mapping[str, str], ...]:
    return tuple({"value": one, "text": CHOICES[one][language]} for one in choices)
