"""Information: what was asked is answered, all of it, and the report is the better for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from amends.domain.case.case import Case
from amends.domain.case.events import Event, KindChanged, ReportCorrected
from amends.domain.case.evidence import MAY_ANSWER
from amends.domain.case.investigation.verification import give_information
from amends.domain.case.question import Fact
from amends.domain.case.report import ItemLine, Report
from amends.domain.case.vocabulary import Kind
from amends.domain.refusal import FieldError, Invalid

FIELDS: Mapping[str, str] = {
    "posted_on": "shipment.shipped_on",
    "promised_on": "shipment.expected_on",
    "gross_weight_grams": "shipment.weight_grams",
    "insured_value": "shipment.insured_value",
    "postage": "shipment.postage",
    "registration_fee": "shipment.registration_fee",
    "insurance_fee": "shipment.insurance_fee",
    "carrier": "shipment.carrier",
    "actual_value": "items",
    "actual_loss": "items",
    "inquired_on": "incident.inquired_on",
}
"""Where the report says what an assessment asks for by the name of its fact."""
DOCUMENTS = "evidence."
NUMBER, KIND = "shipment.tracking_number", "incident.kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was told: `paths` of the report body that hold something, and what they hold.

    `shipment` holds fields of the report's shipment; `unknown` what the claimant cannot say.
    """

    paths: frozenset[str]
    unknown: frozenset[str] = frozenset()
    shipment: Mapping[str, Any] = field(default_factory=dict)
    items: tuple[ItemLine, ...] | None = None
    details: tuple[Fact, ...] = ()
    noticed_at: datetime | None = None
    inquired_on: date | None = None
    kind: Kind | None = None


def path_of(item: str) -> str:
    """The field of the report body that answers what was asked."""
    return FIELDS.get(item, item)


def answer(case: Case, told: Answers) -> list[Event]:
    """Answer everything that was asked, or say that it cannot be said; what is left out is refused.

    A case that was closed in silence is opened by the answer.
    """
    given = give_information(case, case.asked_for)
    errors = [] if _is_known(case, told) else [_not_answered(NUMBER)]
    errors += [_not_asked(name) for name in sorted(told.unknown - _names(case))]
    if told.kind is not None and KIND not in _names(case):
        errors.append(_not_asked(KIND))
    asked = (item for item in case.asked_for if item != NUMBER or _is_known(case, told))
    errors += [_not_answered(item) for item in asked if not _is_answered(case, item, told)]
    if errors:
        raise Invalid("not everything that was asked is answered", errors=errors)
    better = corrected(case.report, told)
    events: list[Event] = [] if better == case.report else [ReportCorrected(report=better)]
    if told.kind is not None and told.kind is not case.report.kind:
        events.append(
            KindChanged(before=case.report.kind, after=told.kind, because="the claimant says so")
        )
    return [*events, *given]


def corrected(report: Report, told: Answers) -> Report:
    """The report with what was told now; what was not told stays."""
    facts = {fact.code: fact for fact in (*report.details, *told.details)}
    return replace(
        report,
        shipment=replace(report.shipment, **told.shipment),
        items=report.items if told.items is None else told.items,
        details=tuple(facts.values()),
        noticed_at=told.noticed_at or report.noticed_at,
        inquired_on=told.inquired_on or report.inquired_on,
    )


def _is_answered(case: Case, item: str, told: Answers) -> bool:
    path = path_of(item)
    if {item, path} & told.unknown or path in told.paths:
        return True
    there = {upload.kind for upload in case.uploads if upload.counts}
    if item.startswith(DOCUMENTS):
        return bool(there)
    return bool(there & set(MAY_ANSWER.get(item, ())))


def _is_known(case: Case, told: Answers) -> bool:
    """Whether there is a number once this is told: without one a draft stays a draft."""
    return replace(case.report.shipment, **told.shipment).is_numbered


def _names(case: Case) -> frozenset[str]:
    return frozenset(name for item in case.asked_for for name in (item, path_of(item)))


def _not_answered(item: str) -> FieldError:
    message = "this was asked: answer it, or name it in `unknown`"
    if item in MAY_ANSWER or item.startswith(DOCUMENTS):
        message = "this was asked: send the document as evidence, or name it in `unknown`"
    return FieldError(field=path_of(item), code="not_answered", message=message)


def _not_asked(name: str) -> FieldError:
    return FieldError(field=name, code="not_asked", message="this was not asked")
