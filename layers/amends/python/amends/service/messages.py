"""Messages: which event tells the claimant what, and with which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amends.domain.case import events as e
from amends.domain.case.case import Case, Recorded
from amends.domain.case.vocabulary import Outcome
from amends.domain.people.message import Message
from amends.domain.people.values import Value
from amends.service.settling import explain

FIRST_ANSWER_WITHIN = timedelta(hours=1)
APPEAL_WITHIN = timedelta(days=365)
"""An appeal to the postal regulator: within one year (reference A.2, appeal route 12305)."""
ARRIVES_WITHIN = timedelta(days=3)

NEXT_STEPS = {
    "en": ["We ask the carriers where the parcel is.", "You will hear from us at every step."],
    "zh-CN": ["我们向承运方查询邮件去向。", "每有进展，我们都会通知您。"],
}
INSTANCES = {
    "en": ["The operator's complaint desk", "The postal regulator", "A court"],
    "zh-CN": ["企业投诉部门", "邮政管理部门申诉（12305）", "人民法院"],
}
ASKED = {
    "gross_weight_grams": {"en": "The parcel's weight in grams", "zh-CN": "邮件重量（克）"},
    "actual_value": {"en": "What the contents are worth", "zh-CN": "内件价值"},
    "actual_loss": {"en": "What the loss amounts to", "zh-CN": "损失金额"},
    "posted_on": {"en": "The day of posting", "zh-CN": "交寄日期"},
    "postage": {"en": "The postage paid", "zh-CN": "所付邮费"},
    "carrier": {"en": "Who carried the parcel", "zh-CN": "承运企业"},
    "value_proven": {"en": "Proof of the value", "zh-CN": "价值证明"},
}
OUTCOMES = {
    "en": {"offer": "Compensation", "coupon": "Coupon"},
    "zh-CN": {"offer": "赔偿", "coupon": "优惠券"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the claimant reads the case and answers the survey."""

    case: str
    survey: str


def intents(case_id: str, recorded: Recorded, *, language: str) -> list[Message]:
    """The messages that one event calls for; the same event always calls for the same ones."""
    code = _code(recorded.event)
    if code is None:
        return []
    return [
        Message(
            case_id=case_id,
            code=code,
            occasion=str(recorded.version),
            recipient="reporter",
            language=language,
        )
    ]


def values(case: Case, message: Message, recorded: Recorded, links: Links) -> Mapping[str, Value]:
    """What the template's placeholders stand for, from the case and the event."""
    language = message.language
    common: dict[str, Value] = {
        "case_number": case.id,
        "tracking_number": case.report.shipment.tracking_number,
        "case_link": links.case,
    }
    event = recorded.event
    match message.code:
        case "acknowledgement":
            return common | {
                "kind": case.report.kind,
                "reported_at": recorded.at,
                "answer_by": recorded.at + FIRST_ANSWER_WITHIN,
                "next_steps": NEXT_STEPS[language],
            }
        case "information_request" if isinstance(event, e.InformationRequested):
            wanted = [ASKED.get(item, {}).get(language, item) for item in event.items]
            return common | {"requests": wanted, "due_at": event.due_at}
        case "offer" if isinstance(event, e.OfferMade):
            return common | {
                "remedy": OUTCOMES[language]["offer"],
                "amount": event.amount,
                "calculation": _steps(case, language),
                "expires_at": event.expires_at,
            }
        case "decline":
            return common | _decline(case, recorded.at, language)
        case "payout_sent" if isinstance(event, e.PayoutConfirmed):
            return common | {
                "amount": event.amount,
                "method": event.rail,
                "payment_number": event.reference or event.payout_id,
                "sent_at": recorded.at,
                "arrives_by": (recorded.at + ARRIVES_WITHIN).date(),
            }
        case "payout_awaiting" if isinstance(event, e.PayoutAwaitingPayee) and case.payout:
            return common | {
                "amount": case.payout.amount,
                "method": case.payout.rail,
                "confirm_by": recorded.at + timedelta(hours=24),
            }
        case "payout_returned" if case.payout:
            return common | {
                "amount": case.payout.amount,
                "reason": case.payout.reason or "",
                "returned_at": recorded.at,
            }
        case "survey":
            del common["case_link"]
            return common | {"survey_link": links.survey, "settled_on": _settled_on(case)}
        case _:
            del common["case_link"]
            return common


def _code(event: e.Event) -> str | None:
    match event:
        case e.CaseOpened():
            return "acknowledgement"
        case e.InformationRequested():
            return "information_request"
        case e.OfferMade():
            return "offer"
        case e.CaseClosed(outcome=Outcome.DECLINED):
            return "decline"
        case e.PayoutConfirmed():
            return "payout_sent"
        case e.PayoutAwaitingPayee():
            return "payout_awaiting"
        case e.PayoutRejected() | e.PayoutReturned():
            return "payout_returned"
        case e.SurveySent():
            return "survey"
        case e.FeedbackGiven():
            return "thanks"
        case _:
            return None


def _steps(case: Case, language: str) -> Sequence[str]:
    explained = explain(case, language)
    steps = explained["steps"] if explained else []
    return [str(step["text"]) for step in steps] if isinstance(steps, list) else []


def _decline(case: Case, at: datetime, language: str) -> dict[str, Value]:
    explained = explain(case, language) or {}
    denied = explained.get("denied")
    ground = str(denied["text"]) if isinstance(denied, dict) else _lapsed(language)
    rule = str(denied["rule"]) if isinstance(denied, dict) else "-"
    return {
        "ground": ground,
        "rule": rule,
        "next_instances": INSTANCES[language],
        "appeal_by": (at + APPEAL_WITHIN).date(),
    }


def _lapsed(language: str) -> str:
    return "The offer was not answered in time." if language == "en" else "方案逾期未答复。"


def _settled_on(case: Case) -> date:
    return case.updated_at.date()
