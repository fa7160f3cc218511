"""Agreement view: claim, decision, offers' options, ways on, settlement, as people see them."""

from typing import Any

from amends.adapters.codec import to_jsonable
from amends.domain.case.agreement.appealing import APPEAL_WITHIN, may_appeal
from amends.domain.case.agreement.bargaining import range_of
from amends.domain.case.agreement.instances import instances
from amends.domain.case.agreement.settlement import terms_of
from amends.domain.case.case import Case
from amends.domain.case.investigation.concluding import may_claim
from amends.domain.case.money.insuring import check, claim_id
from amends.domain.case.money.paying import CANCELLED_STATES
from amends.domain.case.state.agreement import Extra, Option
from amends.domain.case.state.policy import Policy
from amends.domain.case.state.settlement import Offer
from amends.domain.case.vocabulary import Outcome
from amends.domain.refusal import Refusal

_DECIDED = frozenset({Outcome.DECLINED, Outcome.FOUND, Outcome.DISPOSED})


def options_document(offer: Offer) -> list[dict[str, Any]]:
    """The ways to settle, counted from one; `payable` is what the payout carries."""
    if not offer.options:
        part = {"remedy": offer.remedy, "amount": to_jsonable(offer.amount)}
        return [{"option": 1, "remedy": offer.remedy, "payable": part["amount"], "parts": [part]}]
    return [_option(number, option) for number, option in enumerate(offer.options, start=1)]


def claim_document(
    case: Case, explanation: dict[str, object] | None, language: str
) -> dict[str, Any]:
    """What is asked for, what was decided and why, and where to go from here."""
    found = case.agreement
    offered = [offer.amount for offer in case.offers]
    return {
        "demanded": to_jsonable(found.demanded),
        "remedy": found.wish,
        "claimed_at": to_jsonable(found.claimed_at),
        "offered": to_jsonable(offered[-1]) if offered else None,
        "entitlement": [to_jsonable(one) for one in found.entitled],
        "assessment": explanation,
        "decision": _decision(case, explanation),
        "next_instances": [
            {
                "instance": one.code,
                "text": one.zh if language == "zh-CN" else one.en,
                "from": to_jsonable(one.first_day),
                "until": to_jsonable(one.until),
                "rule": one.rule,
                "source": one.source,
            }
            for one in instances(case)
        ],
        "deadlines": [to_jsonable(one) for one in found.deadlines],
        "presumed_loss": to_jsonable(found.presumed),
        "counters": [
            {
                "offer_id": one.offer_id,
                "amount": to_jsonable(one.amount),
                "remedy": one.remedy,
                "accepted": one.accepted,
                "rule": one.rule,
                "made_at": to_jsonable(one.at),
            }
            for one in found.counters
        ],
        "appeals": [
            {
                "number": one.number,
                "against": one.against,
                "upheld": one.upheld,
                "made_at": to_jsonable(one.made_at),
            }
            for one in found.appeals
        ],
    }


def agreement_actions(case: Case) -> list[tuple[str, Any]]:
    """What the claimant may do about claim, appeal and settlement now, and until when."""
    found, settled = case.agreement, case.accepted_offer is not None or bool(case.payouts)
    actions: list[tuple[str, Any]] = []
    if may_claim(case) and case.is_open and not settled:
        actions.append(("make_claim", None))
    if may_appeal(case):
        until = case.updated_at + APPEAL_WITHIN if not case.is_open else None
        actions.append(("appeal", to_jsonable(until)))
    if case.is_fulfilled and found.settlement is not None and not found.settlement.is_received:
        actions.append(("acknowledge_receipt", None))
    return actions


def settlement_document(case: Case) -> dict[str, Any] | None:
    """The written terms, their hash, and whether what was agreed has come."""
    settlement = case.agreement.settlement
    if settlement is None:
        return None
    try:
        text: str | None = terms_of(case)
    except Refusal:
        text = None  # the hash stands; the words were another release's
    return {
        "offer_id": settlement.offer_id,
        "terms": text,
        "sha256": settlement.sha256,
        "language": settlement.language,
        "written_at": to_jsonable(settlement.written_at),
        "reserved": to_jsonable(settlement.reserved),
        "is_received": settlement.is_received,
        "extras": [
            {
                "remedy": one.part.remedy,
                "amount": to_jsonable(one.part.amount),
                "due_at": to_jsonable(one.due_at),
                "reference": one.reference,
                **_progress(case, one),
            }
            for one in case.agreement.extras
        ],
    }


def _progress(case: Case, extra: Extra) -> dict[str, Any]:
    """How far something beside the payment has come, and which payout carries it out."""
    attempts = case.payouts_of(extra.part.remedy)
    last = attempts[-1] if attempts else None
    if extra.reference is not None:
        status = "done"
    elif last is None:
        status = "by_hand"
    else:
        status = "failed" if last.state in CANCELLED_STATES else "underway"
    return {"status": status, "payout_id": last.id if last else None}


def staff_agreement_document(case: Case, explanation: dict[str, object] | None) -> dict[str, Any]:
    """For the adjuster: the range, the proposal that waits, what was wanted and what was given."""
    within, found = range_of(case), case.agreement
    return {
        **claim_document(case, explanation, "en"),
        "case_id": case.id,
        "version": case.version,
        "stage": case.stage,
        "status": case.status,
        "range": to_jsonable(within) if within is not None else None,
        "proposal": to_jsonable(found.proposal) if found.proposal is not None else None,
        "offers": [
            {
                "id": offer.id,
                "status": offer.state,
                "amount": to_jsonable(offer.amount),
                "options": options_document(offer),
                "made_at": to_jsonable(offer.made_at),
                "expires_at": to_jsonable(offer.expires_at),
            }
            for offer in case.offers
        ],
        "settlement": settlement_document(case),
        "policies": [_policy(case, one) for one in case.agreement.policies],
    }


def _policy(case: Case, policy: Policy) -> dict[str, Any]:
    """A policy, what stands against its paying today, and how far the claim under it is."""
    checked = check(case, policy, case.updated_at.date())
    claim = claim_id(case, policy)
    filed = next((one for one in case.reclaims if one.id == claim), None)
    return {
        **to_jsonable(policy),
        "is_covered": checked.is_covered,
        "against": list(checked.against),
        "payable": to_jsonable(checked.payable),
        "notice_by": to_jsonable(checked.notice_by),
        "claim_by": to_jsonable(checked.claim_by),
        "recovery_id": claim if filed else None,
        "claim_status": filed.state if filed else None,
    }


def _option(number: int, option: Option) -> dict[str, Any]:
    return {
        "option": number,
        "remedy": option.remedy,
        "payable": to_jsonable(option.amount),
        "parts": [
            {"remedy": part.remedy, "amount": to_jsonable(part.amount)} for part in option.parts
        ],
    }


def _decision(case: Case, explanation: dict[str, object] | None) -> dict[str, Any] | None:
    if case.outcome not in _DECIDED:
        return None
    denied = (explanation or {}).get("denied")
    told: dict[str, Any] = denied if isinstance(denied, dict) else {}
    conclusion = case.conclusion
    return {
        "outcome": case.outcome,
        "reason": told.get("reason") or (conclusion.finding if conclusion else None),
        "rule": told.get("rule") or (conclusion.rule if conclusion else None),
        "text": told.get("text") or (conclusion.ground if conclusion else None),
    }
