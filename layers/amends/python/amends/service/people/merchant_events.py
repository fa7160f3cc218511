"""Merchants' events: what the history of a case tells the merchant who reported it."""

from collections.abc import Sequence

from amends.domain.case import events as e
from amends.domain.case.case import Case, Recorded
from amends.domain.case.evolution import evolve, opened
from amends.domain.ids import derived
from amends.domain.people.webhook_event import EventType, OutgoingEvent, outgoing


def merchant_events(history: Sequence[Recorded], since: int) -> Sequence[tuple[str, OutgoingEvent]]:
    """The merchant and the event, for all that has happened since a version, oldest first."""
    found: list[tuple[str, OutgoingEvent]] = []
    case: Case | None = None
    for recorded in history:
        before, case = case, opened(recorded) if case is None else evolve(case, recorded)
        if recorded.version >= since and case.merchant is not None:
            found += [(case.merchant, event) for event in _events(before, case, recorded)]
    return found


def _events(before: Case | None, case: Case, recorded: Recorded) -> list[OutgoingEvent]:
    rows: list[tuple[EventType, dict[str, object]]] = []
    match recorded.event:
        case e.CaseOpened(report=report):
            data = {
                "kind": report.kind,
                "tracking_number": report.shipment.tracking_number,
                "status": case.status,
                "stage": case.stage,
            }
            reference = report.shipment.order_reference
            extra = {"order_reference": reference} if reference else {}
            rows.append((EventType.CASE_REPORTED, {**data, **extra}))
        case e.InformationRequested(items=items, due_at=due_at):
            asked = {"requests": list(items), "due_at": due_at}
            rows.append((EventType.CASE_INFORMATION_REQUESTED, asked))
        case e.OfferMade() as offer:
            made = {
                "offer_id": offer.offer_id,
                "remedy": offer.remedy,
                "amount": offer.amount,
                "expires_at": offer.expires_at,
            }
            rows.append((EventType.CASE_OFFER_MADE, made))
        case e.PayoutConfirmed() as paid:
            done = {"payout_id": paid.payout_id, "amount": paid.amount, "rail": paid.rail}
            rows.append((EventType.CASE_PAYOUT_CONFIRMED, done))
        case e.CaseClosed(outcome=outcome):
            rows.append((EventType.CASE_CLOSED, {"outcome": outcome}))
    if before is not None and before.stage is not case.stage:
        moved: dict[str, object] = {
            "previous_stage": before.stage,
            "status": case.status,
            "stage": case.stage,
        }
        rows.insert(0, (EventType.CASE_STAGE_CHANGED, moved))
    return [
        outgoing(
            kind,
            {"case_id": case.id, **data},
            event_id=derived("evt", case.id, str(recorded.version), kind),
            subject=case.id,
            sequence=recorded.version * 10 + place,
            occurred_at=recorded.at,
        )
        for place, (kind, data) in enumerate(rows)
    ]
