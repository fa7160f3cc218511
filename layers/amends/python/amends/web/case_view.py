"""Case view: a case as its claimant sees it, and its history in their language."""

import json
from collections.abc import Sequence
from typing import Any

from amends.adapters.codec import to_jsonable
from amends.domain.case.agreement.document_check import CLOCK, to_replace
from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import Assessed, CaseOpened, Event
from amends.domain.case.goods.quarantine import as_told, told_of
from amends.domain.case.state.settlement import OfferState
from amends.domain.case.vocabulary import Stage
from amends.web.agreement_view import agreement_actions, options_document
from amends.web.paging import whole
from amends.web.wording import EVENT_TEXTS

_NEVER_SHOWN = ("key", "payee", "token_hash")
_FACTS_FOR_CLAIMANTS = frozenset(
    "amount because carrier choose_by delivered_at due_at evidence_id expected_on expires_at "
    "finding found from_at ground items kind last_movement_at milestone number offer_id outcome "
    "party pay_by payout_id place rail reason remedy rule score share source to_at until".split()
)
"""What an event may tell the claimant; names of staff, nodes and answers stay inside."""


def case_document(case: Case, *, is_staff: bool = False) -> dict[str, Any]:
    """The resource of `GET /v1/cases/{id}`, as the claimant may know it, or as staff do."""
    case = case if is_staff else as_told(case)
    report = case.report
    return {
        "id": case.id,
        "version": case.version,
        "stage": case.stage,
        "status": case.status,
        "outcome": case.outcome,
        "incident": {
            "kind": report.kind,
            "noticed_at": to_jsonable(report.noticed_at),
            "details": {fact.code: fact.value for fact in report.details},
        },
        "shipment": to_jsonable(report.shipment),
        "items": to_jsonable(report.items),
        "number_valid": case.number_valid,
        "tracking": _tracking(case),
        "conclusion": to_jsonable(case.conclusion),
        "available_actions": _actions(case),
        "deadlines": _deadlines(case),
        "presumed_loss": to_jsonable(case.agreement.presumed),
        "information_requested": list(case.asked_for),
        "payout": _payout(case),
        "created_at": to_jsonable(case.opened_at),
        "updated_at": to_jsonable(case.updated_at),
    }


def offers_document(case: Case, explanation: dict[str, object] | None) -> dict[str, Any]:
    """The resource of `GET /v1/cases/{id}/offers`: each offer with its worked explanation."""
    data = [
        {
            "id": offer.id,
            "remedy": offer.remedy,
            "amount": to_jsonable(offer.amount),
            "options": options_document(offer),
            "status": offer.state,
            "made_at": to_jsonable(offer.made_at),
            "expires_at": to_jsonable(offer.expires_at),
            "explanation": explanation,
        }
        for offer in case.offers
    ]
    return whole(data)


def timeline_document(
    history: Sequence[Recorded], language: str, *, is_staff: bool = False
) -> dict[str, Any]:
    """The history, oldest first, in the reader's language; claimants see what concerns them."""
    texts = EVENT_TEXTS
    if is_staff:
        from amends.web.staff_wording import STAFF_TEXTS

        texts = {**EVENT_TEXTS, **STAFF_TEXTS}
    data = [
        {
            "at": to_jsonable(record.at),
            "type": type(record.event).__name__,
            "text": texts[type(record.event).__name__][language],
            "facts": _facts(record.event, is_staff=is_staff),
            **({"by": record.by, "because": record.because} if is_staff else {}),
        }
        for record in (history if is_staff else told_of(history))
        if type(record.event).__name__ in texts
        and (is_staff or not getattr(record.event, "is_internal", False))
    ]
    return whole(data)


def _facts(event: Event, *, is_staff: bool) -> dict[str, Any]:
    match event:
        case CaseOpened(report=report, discovered_as=seen):
            told = {"kind": report.kind, "tracking_number": report.shipment.tracking_number}
            return told if seen is None else {**told, "discovered_as": seen}
        case Assessed() as assessed:
            return {
                "regime": assessed.regime,
                "total": to_jsonable(assessed.total),
                "steps": json.loads(assessed.assessment)["steps"],
            }
    document: dict[str, Any] = to_jsonable(event)
    return {
        name: value
        for name, value in document.items()
        if (name not in _NEVER_SHOWN if is_staff else name in _FACTS_FOR_CLAIMANTS)
    }


def _tracking(case: Case) -> dict[str, Any] | None:
    reading = case.reading
    if reading is None:
        return None
    return {
        "milestone": reading.milestone,
        "reason": reading.reason,
        "found": reading.found,
        "channels": list(reading.channels),
        "last_movement_at": to_jsonable(reading.last_movement_at),
    }


def _actions(case: Case) -> list[dict[str, Any]]:
    actions = []
    if case.asked_for:
        due = to_jsonable(case.waits.get("information"))
        actions.append(_action("give_information", due, mandatory=True))
    for upload in to_replace(case):
        due = to_jsonable(case.waits.get(f"{CLOCK}{upload.kind}"))
        actions.append(_action("replace_document", due, mandatory=True))
    for offer in case.offers:
        if offer.state is OfferState.OPEN:
            due = to_jsonable(offer.expires_at)
            actions.append(_action("accept_offer", due))
            actions.append(_action("refuse_offer", due))
    actions += [_action(name, due) for name, due in agreement_actions(case)]
    if case.stage is Stage.FOLLOWING_UP and case.feedback is None:
        actions.append(_action("give_feedback", to_jsonable(case.waits.get("close"))))
    if case.is_open and not case.payouts:
        actions.append(_action("withdraw", None))
    return actions


def _action(name: str, due_at: object, *, mandatory: bool = False) -> dict[str, Any]:
    return {"action": name, "party": "claimant", "due_at": due_at, "mandatory": mandatory}


def _deadlines(case: Case) -> list[dict[str, Any]]:
    """The days of law and contract, told from the report on, by the regimes that may apply."""
    return [
        {
            "name": one.name,
            "first_day": to_jsonable(one.first_day),
            "due_at": to_jsonable(one.last_day),
            "rule": one.rule,
            "source": one.source,
            "regime": one.regime,
            "met": one.met,
        }
        for one in case.agreement.deadlines
    ]


def _payout(case: Case) -> dict[str, Any] | None:
    payout = case.payout
    if payout is None:
        return None
    return {
        "id": payout.id,
        "rail": payout.rail,
        "amount": to_jsonable(payout.amount),
        "status": payout.state,
        "pay_by": to_jsonable(payout.pay_by),
        "reference": payout.reference,
    }
