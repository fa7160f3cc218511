"""Summaries and apologies: what is put before a claimant, in our words or in those of staff."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from amends.catalog import plugin
from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.report import Report
from amends.domain.people.values import Formats, Value
from amends.service.people import wordings as w
from amends.service.people.choice_wordings import answered
from amends.service.people.outbox import Intent
from amends.service.people.plain import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where readers go: the case, pages that take an answer, staff's desk, a way in."""

    case: str
    survey: str
    summary: str
    payment: str
    """Where a payment that waits for its payee can be called back."""
    desk: str
    reply: str
    """Where whoever holds a parcel by mistake answers."""
    cases: str
    access: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message is written from beside its intent."""

    language: str
    zone: str
    """The reader's time zone: a moment's day is the one on their calendar."""
    links: Links
    formats: Formats
    words: Callable[[str], Mapping[str, object] | None]
    """What a person wrote, by the id of the message, summary or apology."""

    def day(self, at: datetime) -> date:
        """The day of a moment, where its reader lives."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def plain(self, text: str) -> str:
        """What a rule or a figure says, in the reader's language."""
        return plain(text, self.language, self.formats)


def summary(intent: Intent, told: Told, *, confirm_by: datetime) -> dict[str, Value]:
    """What we understood: staff's own words, else what the report says."""
    case = intent.case
    written = told.words(case.talking.summary_id or "") or {}
    understood = written.get("understood")
    rows = [str(row) for row in understood] if isinstance(understood, list) else []
    found: dict[str, Value] = {
        "kind": case.report.kind,
        "understood": rows or _understood(intent, told),
        "confirm_link": told.links.summary,
        "confirm_by": confirm_by,
    }
    if isinstance(wishes := written.get("wishes"), str):
        found["wishes"] = wishes
    return found


def _understood(intent: Intent, told: Told) -> list[str]:
    report, language = intent.case.report, told.language
    day = told.formats.day
    rows = [
        w.REPORTED_BY[language].format(day=day(told.day(intent.recorded.at), language)),
    ]
    if report.shipment.is_numbered:
        rows.append(w.COUNTED_AS[language].format(number=report.shipment.tracking_number))
    if report.shipment.shipped_on is not None:
        rows.append(w.SHIPPED_ON[language].format(day=day(report.shipment.shipped_on, language)))
    if report.shipment.expected_on is not None:
        rows.append(w.EXPECTED_ON[language].format(day=day(report.shipment.expected_on, language)))
    if report.noticed_at is not None:
        rows.append(w.NOTICED_ON[language].format(day=day(told.day(report.noticed_at), language)))
    if report.items:
        held = ", ".join(f"{item.name} x {item.quantity}" for item in report.items)
        rows.append(w.HOLDS[language].format(items=held))
    return [*rows, *_answers(report, language)]


def _answers(report: Report, language: str) -> list[str]:
    """What was asked of this kind, and answered by a choice or a number."""
    asked = {question.code: question for question in plugin("incidents", report.kind).DETAILS}
    told = ((asked[fact.code], fact) for fact in report.details if fact.code in asked)
    answers = ((one, answered(one, fact, language)) for one, fact in told)
    return [f"{one.text[language]} {said}" for one, said in answers if said is not None]


def apology(case: Case, happened: str, language: str) -> dict[str, Value]:
    """What happened, and the measures taken."""
    actions = [w.MEASURES[action.kind][language] for action in case.answering.actions]
    measures = [*every(w.MEASURES_ALWAYS, language), *dict.fromkeys(actions)]
    return {"what_happened": happened, "measures": measures}


def written_apology(intent: Intent, told: Told) -> dict[str, Value]:
    """The same in the words of staff."""
    event = intent.recorded.event
    written = told.words(event.apology_id if isinstance(event, e.Apologised) else "") or {}
    measures = written.get("measures")
    found = apology(intent.case, str(written.get("what_happened") or "-"), told.language)
    if isinstance(measures, list) and measures:
        found["measures"] = [str(one) for one in measures]
    return found


def every(said: Sequence[w.Said], language: str) -> list[str]:
    """Each of them in one language."""
    return [one[language] for one in said]
