"""The contract of an incident kind: one file in `catalog/incidents/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded, KindChanged
from amends.domain.case.question import Question, said, value_of
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import Route, Severity, TaskRole
from amends.domain.case.vocabulary import Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One line of the evidence checklist; `text` and `why` by language (`en`, `zh-CN`)."""

    code: str
    is_required: bool
    text: Mapping[str, str]
    why: Mapping[str, str]
    is_photo: bool = False
    """Whether `code` is a photo's role: only pictures count."""
    source: str | None = None
    """Where a carrier's or a law's own wish stands; None for what our procedure asks."""


def value_proof(*, is_required: bool) -> Document:
    """What the contents were worth: most kinds ask for it."""
    return Document(
        code="value_proof",
        is_required=is_required,
        text=said("Invoice, order or payment record", "发票、订单或付款记录"),
        why=said("It shows what the contents were worth.", "证明内件的价值。"),
    )


def label(*, is_required: bool, why: Mapping[str, str]) -> Document:
    """A photo of the label, for what this kind reads from it."""
    return Document(
        code="label",
        is_required=is_required,
        text=said("The label, readable", "面单（清晰可读）"),
        why=why,
        is_photo=True,
    )


class When(StrEnum):
    """Which parcels a task is for."""

    EVERY_END = "every_end"
    """Once at the first and once at the last node of the chain."""
    EVERY_HUB = "every_hub"
    """Once at each node between."""
    TRANSIT_GAP = "transit_gap"
    """Where it left one node and did not reach the next, or nobody saw it move."""
    NODE_GAP = "node_gap"
    """Where it came in and never left."""
    ACROSS_BORDERS = "across_borders"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPlan:
    """Whom this kind asks at which level; the questions are the role's own."""

    role: TaskRole
    level: int
    when: When = When.ALWAYS
    is_restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A figure that decides something: where it is from, and how sure that is."""

    code: str
    value: timedelta
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """How grave, which way first, and why."""

    severity: Severity
    route: Route
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitUntil:
    """Nothing can be concluded yet; decide again then."""

    at: datetime


Verdict = Concluded | KindChanged | WaitUntil


def unsaid(report: Report, *, needs: Sequence[str], details: Sequence[Question]) -> tuple[str, ...]:
    """What a report leaves open: carrier and day always, `needs` of it, and required details."""
    shipment = report.shipment
    told: Mapping[str, object] = {
        "shipment.carrier": shipment.carrier,
        "shipment.shipped_on": shipment.shipped_on,
        "shipment.postage": shipment.postage,
        "items": report.value,
    }
    always = ("shipment.carrier", "shipment.shipped_on")
    paths = (path for path in (*always, *needs) if told[path] is None)
    asked = (question.code for question in details if question.is_required)
    codes = (code for code in asked if value_of(report.details, code) is None)
    return (*paths, *(f"incident.details.{code}" for code in codes))


class Incident(Protocol):
    """What every module in `catalog/incidents/` defines at its top level."""

    REMEDIES: tuple[Remedy, ...]
    """What may be offered, in the order of preference; empty: nothing is owed."""
    DOCUMENTS: tuple[Document, ...]
    DETAILS: tuple[Question, ...]
    """What a report of this kind says beside the shipment: `incident.details`."""
    TASKS: tuple[TaskPlan, ...]
    THRESHOLDS: tuple[Threshold, ...]

    def missing(self, report: Report) -> tuple[str, ...]:
        """Fields that must still be asked for, as paths of the report body."""
        ...

    def triage(self, report: Report) -> Triage:
        """How grave it is and which way it goes first."""
        ...

    def verdict(self, case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
        """What the case can be concluded as, by readings and dates alone, or when to look again.

        Always concludes, or becomes another kind, at its give-up date at the latest; kinds change
        in one direction only (untraceable, delayed, misdelivered, damaged → lost).
        """
        ...
