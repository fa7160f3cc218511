"""Messages: what each template's placeholders stand for, from the case and the event."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.goods.quarantine import as_told
from amends.domain.case.money.paying import find_payout
from amends.domain.people.survey import Answer
from amends.domain.people.timing import CADENCE
from amends.domain.people.values import Value
from amends.service.people import wordings as w
from amends.service.people.agreement_messages import agreement_values, appeal_by, offered, ways_on
from amends.service.people.asking_wordings import asked
from amends.service.people.desk_messages import staff_values
from amends.service.people.document_messages import replacement_values
from amends.service.people.inquiry_messages import inquiry_values
from amends.service.people.outbox import Intent
from amends.service.people.payout_wordings import came_back_because
from amends.service.people.summing import Told, apology, every, summary, written_apology

FIRST_ANSWER_WITHIN = timedelta(hours=24)
CLAIM_WITHIN = timedelta(days=180)
"""How long we take a wish after a loss was found. Our own figure, within the law's year."""
ARRIVES_WITHIN = timedelta(days=3)
RECIPIENT_ANSWERS_WITHIN = timedelta(days=2)


def values(intent: Intent, told: Told) -> Mapping[str, Value]:
    """What the placeholders of one message stand for."""
    case, message = intent.case, intent.message
    if message.recipient == "staff":
        return staff_values(intent, told.language, told.links.desk)
    if message.recipient == "recipient":
        return _recipient(intent, told)
    if message.recipient == "carrier":
        return inquiry_values(intent)
    intent = replace(intent, case=as_told(case))
    parcel = case.report.shipment
    common: dict[str, Value] = {
        "case_number": case.id,
        "tracking_number": parcel.tracking_number
        if parcel.is_numbered
        else w.NO_NUMBER[told.language],
        "case_link": told.links.case,
    }
    if message.code in ("survey", "summary", "thanks", "access_link"):
        del common["case_link"]
    return common | _own(intent, told)


def _own(intent: Intent, told: Told) -> dict[str, Value]:
    case, event, at = intent.case, intent.recorded.event, intent.recorded.at
    language = told.language
    match event:
        case e.CaseOpened() if intent.message.code in ("acknowledgement", "discovery"):
            return {
                "kind": case.report.kind,
                "reported_at": at,
                "answer_by": at + FIRST_ANSWER_WITHIN,
                "next_steps": every(w.NEXT_STEPS, language),
            }
        case e.CaseOpened():
            return summary(intent, told, confirm_by=case.waits["summary"])
        case e.SummarySent():
            return summary(intent, told, confirm_by=event.confirm_by)
        case e.AccessLinkIssued():
            return {"access_link": told.links.access, "good_until": event.good_until}
        case e.InformationRequested():
            wanted = [asked(one, case.report.kind, language) for one in event.items]
            return {"requests": wanted, "due_at": event.due_at}
        case e.InformationReminded():
            due = case.waits.get("information", at)
            return {"what": w.ANSWER_TO_US[language], "due_at": due}
        case e.OfferReminded():
            offer = case.open_offer
            return {
                "what": w.ANSWER_OFFER[language],
                "due_at": offer.expires_at if offer else at,
                "consequence": w.OFFER_LAPSES[language],
            }
        case e.PayeeAwaited():
            return {
                "what": w.NAME_PAYEE[language],
                "due_at": event.until,
                "consequence": w.STILL_YOURS[language],
            }
        case e.SurveyReminded():
            return {"what": w.ANSWER_SURVEY[language], "due_at": case.waits.get("close", at)}
        case e.Concluded() if intent.message.code == "loss_notice":
            return {
                "concluded_on": told.day(at),
                "grounds": [w.GROUNDS.get(event.rule, w.GROUND)[language]],
                "claim_by": told.day(at + CLAIM_WITHIN),
            }
        case e.Concluded():
            return apology(case, w.HAPPENED[event.finding][language], language)
        case e.Apologised():
            return written_apology(intent, told)
        case e.OfferMade():
            return {
                "remedy": offered(event, told),
                "amount": event.amount,
                "calculation": _steps(case, told),
                "expires_at": event.expires_at,
            }
        case e.MessagePosted():
            return {"said": _paragraphs(told.words(event.message_id))}
        case e.Redelivering():
            return {"expected_on": event.expected_on, "new_tracking_number": event.number}
        case e.SurveySent():
            return {"survey_link": told.links.survey, "settled_on": told.day(intent.settled_at)}
        case e.FeedbackGiven():
            if _is_low(event):
                return {"what_we_do": w.WE_CALL[language], "closing_words": w.SORRY[language]}
            return {"closing_words": w.GLAD[language]}
        case _:
            return _ending(intent, told)


def _ending(intent: Intent, told: Told) -> dict[str, Value]:
    case, event, at = intent.case, intent.recorded.event, intent.recorded.at
    language = told.language
    match event:
        case e.CaseClosed() if intent.message.code == "decline":
            return _decline(intent, told)
        case e.CaseClosed():
            return {"how": w.OUTCOMES[event.outcome][language], "closed_on": told.day(at)}
        case e.PayoutConfirmed() if intent.message.code == "remedy_done":
            return {
                "remedy_done": _rail(event.rail, language),
                "amount": event.amount,
                "sent_at": at,
                "how_to_use": w.HOW_TO_USE[event.rail][language],
            }
        case e.PayoutConfirmed():
            return {
                "amount": event.amount,
                "method": _rail(event.rail, language),
                "payment_number": event.reference or event.payout_id,
                "sent_at": at,
                "arrives_by": told.day(at + ARRIVES_WITHIN),
            }
        case e.PayoutAwaitingPayee():
            awaiting = find_payout(case, event.payout_id)
            return {
                "amount": awaiting.amount,
                "method": _rail(awaiting.rail, language),
                "confirm_by": at + timedelta(hours=24),
                "other_way_link": told.links.payment,
            }
        case e.PayoutCancelled():
            return {"amount": find_payout(case, event.payout_id).amount}
        case e.PayoutRejected() | e.PayoutReturned():
            ended = find_payout(case, event.payout_id)
            return {
                "amount": ended.amount,
                "reason": came_back_because(ended.reason, language),
                "returned_at": at,
            }
        case e.DocumentVerified():
            return replacement_values(case, event, language)
        case e.CallMade():
            return {}
        case e.DeadlineWarned() | e.CounterAnswered() | e.AppealDecided() | e.LegalRouteOpened():
            return agreement_values(intent, event, told)
        case e.ClockMissed():
            return agreement_values(intent, event, told)
        case _:
            return _progress(intent, told)


def _progress(intent: Intent, told: Told) -> dict[str, Value]:
    case, at, language = intent.case, intent.recorded.at, told.language
    cadence = CADENCE[case.stage] or timedelta(days=7)
    done = [w.DONE[name][language] for name in intent.lately if name in w.DONE]
    return {
        "stage": case.stage,
        "done": list(dict.fromkeys(done)) or [w.NOTHING_NEW[language]],
        "next_report_on": told.day(at + cadence),
    }


def _recipient(intent: Intent, told: Told) -> dict[str, Value]:
    case, event, at = intent.case, intent.recorded.event, intent.recorded.at
    moved = case.reading.last_movement_at if case.reading else None
    common: dict[str, Value] = {
        "reference": case.id.removeprefix("case_")[:10].upper(),
        "delivered_on": told.day(moved or case.opened_at),
        "reply_link": told.links.reply,
    }
    if isinstance(event, e.PickupArranged):
        moment = told.formats.moment
        ends = (event.from_at, event.to_at)
        window = " - ".join(moment(at, told.language, told.zone) for at in ends)
        common |= {"windows": [window], "collect_by": told.day(event.to_at)}
        return common | ({"thanks": case.recovering.gift} if case.recovering.gift else {})
    return common | {"answer_by": at + RECIPIENT_ANSWERS_WITHIN}


def _decline(intent: Intent, told: Told) -> dict[str, Value]:
    language = told.language
    explained = _explained(intent.case, language) or {}
    denied = explained.get("denied")
    said = denied if isinstance(denied, dict) else {"text": w.OFFER_LAPSED[language]}
    until = appeal_by(intent)
    return {
        "ground": told.plain(str(said["text"])),
        **({"rule": told.plain(str(said["rule"]))} if "rule" in said else {}),
        "next_instances": ways_on(intent, told),
        **({"appeal_by": until} if until else {}),
    }


def _steps(case: Case, told: Told) -> Sequence[str]:
    explained = _explained(case, told.language)
    steps = explained["steps"] if explained else []
    lines = [told.plain(str(step["text"])) for step in steps] if isinstance(steps, list) else []
    return lines or [w.WORKED_OUT[told.language]]


def _is_low(event: e.FeedbackGiven) -> bool:
    return Answer(score=event.score, resolved=event.resolved).is_low


def _paragraphs(written: Mapping[str, object] | None) -> list[str]:
    text = str((written or {}).get("text") or "-")
    return [line.strip() for line in text.splitlines() if line.strip()] or ["-"]


def _rail(rail: str, language: str) -> str:
    return w.RAILS[rail][language] if rail in w.RAILS else rail


def _explained(case: Case, language: str) -> dict[str, object] | None:
    """The assessment in the reader's language; the engine is loaded only for who reads it."""
    from amends.service.assessment.assessing import explain

    return explain(case, language)
