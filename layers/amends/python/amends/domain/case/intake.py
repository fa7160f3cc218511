"""Intake: a report becomes a case."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import CaseOpened, CaseWithdrawn, Event
from amends.domain.case.report import Report
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, OutOfOrder

CLOCK_SKEW = timedelta(hours=26)
"""A date may be tomorrow's somewhere on earth; later than that it is a mistake."""


def open_case(
    report: Report,
    *,
    case_id: str,
    number_valid: bool | None,
    token_hash: str,
    merchant: str | None,
    occasion: Occasion,
    discovered_as: str | None = None,
) -> list[Event]:
    """Open the case; refuses dates that cannot be, keeps a number that merely looks wrong."""
    errors = []
    latest = occasion.at + CLOCK_SKEW
    if report.noticed_at is not None and report.noticed_at > latest:
        errors.append(_later("incident.noticed_at"))
    shipped_on = report.shipment.shipped_on
    if shipped_on is not None and shipped_on > latest.date():
        errors.append(_later("shipment.shipped_on"))
    if errors:
        raise Invalid("a date lies in the future", errors=errors)
    return [
        CaseOpened(
            case_id=case_id,
            report=report,
            number_valid=number_valid,
            token_hash=token_hash,
            merchant=merchant,
            discovered_as=discovered_as,
        )
    ]


def withdraw(case: Case, reason: str) -> list[Event]:
    """Take the report back; not once money is on its way, which would have to come back first."""
    from amends.domain.case.events import CaseClosed
    from amends.domain.case.vocabulary import Outcome

    if not case.is_open:
        if case.outcome is Outcome.WITHDRAWN:
            return []
        raise OutOfOrder("the case is closed")
    if case.payouts:
        raise OutOfOrder("a payout has been requested: the case cannot be withdrawn any more")
    return [CaseWithdrawn(reason=reason), CaseClosed(outcome=Outcome.WITHDRAWN)]


def _later(path: str) -> FieldError:
    return FieldError(field=path, code="in_the_future", message="this date is in the future")
