"""Permissions: which group of staff may do what."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from amends.domain.case.vocabulary import Kind
from amends.domain.refusal import Refusal


class Group(StrEnum):
    """Groups of staff; `hr` reads referrals and nothing else."""

    AGENT = "agent"
    INVESTIGATOR = "investigator"
    ADJUSTER = "adjuster"
    FINANCE = "finance"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    HR = "hr"


class Action(StrEnum):
    """What staff can do to a case."""

    SEE_QUEUE = "see_queue"
    SEE_TASKS = "see_tasks"
    SEE_PARTIES = "see_parties"
    ASSIGN = "assign"
    TAKE_REPORT = "take_report"
    REPLY = "reply"
    CHANGE_KIND = "change_kind"
    VERIFY = "verify"
    VERIFY_DOCUMENT = "verify_document"
    OPEN_TASK = "open_task"
    ANSWER_TASK = "answer_task"
    ISSUE_LINK = "issue_link"
    RECORD_CUSTODY = "record_custody"
    SEND_INQUIRY = "send_inquiry"
    HOLD_CAMERA = "hold_camera"
    TAKE_STATEMENT = "take_statement"
    READ_STATEMENT = "read_statement"
    CONCLUDE = "conclude"
    FIND_LIABILITY = "find_liability"
    APPROVE_LIABILITY = "approve_liability"
    APPEAL_LIABILITY = "appeal_liability"
    REVIEW_APPEAL = "review_appeal"
    REFER_PERSONNEL = "refer_personnel"
    READ_REFERRAL = "read_referral"
    RECOVER = "recover"
    INSPECT = "inspect"
    QUARANTINE = "quarantine"
    SEE_PROHIBITED = "see_prohibited"
    REPORT_FOUND = "report_found"
    CLAW_BACK = "claw_back"
    PROPOSE_ACTION = "propose_action"
    CONFIRM_ACTION = "confirm_action"
    SEE_FIGURES = "see_figures"
    SEE_MONEY = "see_money"
    APPROVE_PAYOUT = "approve_payout"
    CALL_BACK_PAYOUT = "call_back_payout"
    RETRY_PAYOUT = "retry_payout"
    TURN_TO_MONEY = "turn_to_money"
    DECLARE_FAILED = "declare_failed"
    SWITCH_RAIL = "switch_rail"
    SETTLE_DIFFERENCE = "settle_difference"
    CLOSE_PERIOD = "close_period"
    PURSUE_RECOVERY = "pursue_recovery"
    WRITE_OFF = "write_off"
    REDEEM_COUPON = "redeem_coupon"
    SEE_OFFERS = "see_offers"
    MAKE_OFFER = "make_offer"
    APPROVE_OFFER = "approve_offer"
    ANSWER_COUNTER = "answer_counter"
    ASSESS = "assess"
    NOTE_POLICY = "note_policy"
    REVIEW_CLAIM = "review_claim"


_ALL_CASES = frozenset({Action.SEE_QUEUE, Action.SEE_TASKS})
_FINDS_OUT = _ALL_CASES | {
    Action.TAKE_REPORT,
    Action.SEE_PARTIES,
    Action.REPLY,
    Action.CHANGE_KIND,
    Action.VERIFY,
    Action.VERIFY_DOCUMENT,
    Action.OPEN_TASK,
    Action.ANSWER_TASK,
    Action.ISSUE_LINK,
    Action.RECORD_CUSTODY,
    Action.SEND_INQUIRY,
    Action.HOLD_CAMERA,
    Action.TAKE_STATEMENT,
    Action.READ_STATEMENT,
    Action.CONCLUDE,
    Action.FIND_LIABILITY,
    Action.APPEAL_LIABILITY,
    Action.RECOVER,
    Action.INSPECT,
    Action.QUARANTINE,
    Action.SEE_PROHIBITED,
    Action.REPORT_FOUND,
    Action.PROPOSE_ACTION,
    Action.SEE_FIGURES,
}

_SETTLES = frozenset(
    {
        Action.SEE_OFFERS,
        Action.MAKE_OFFER,
        Action.ANSWER_COUNTER,
        Action.TURN_TO_MONEY,
        Action.ASSESS,
        Action.NOTE_POLICY,
        Action.VERIFY_DOCUMENT,
        Action.REVIEW_CLAIM,
    }
)

ROLES: Mapping[Group, frozenset[Action]] = {
    Group.AGENT: _ALL_CASES
    | {
        Action.TAKE_REPORT,
        Action.SEE_OFFERS,
        Action.SEE_PARTIES,
        Action.REPLY,
        Action.VERIFY,
        Action.ANSWER_TASK,
        Action.APPEAL_LIABILITY,
        Action.RECOVER,
        Action.REPORT_FOUND,
    },
    Group.INVESTIGATOR: _FINDS_OUT,
    Group.ADJUSTER: _ALL_CASES
    | _SETTLES
    | {Action.SEE_PARTIES, Action.REPLY, Action.INSPECT, Action.CLAW_BACK, Action.SEE_FIGURES},
    Group.FINANCE: _ALL_CASES
    | {
        Action.SEE_FIGURES,
        Action.SEE_OFFERS,
        Action.CLAW_BACK,
        Action.SEE_MONEY,
        Action.APPROVE_PAYOUT,
        Action.CALL_BACK_PAYOUT,
        Action.RETRY_PAYOUT,
        Action.DECLARE_FAILED,
        Action.SWITCH_RAIL,
        Action.SETTLE_DIFFERENCE,
        Action.CLOSE_PERIOD,
        Action.PURSUE_RECOVERY,
        Action.WRITE_OFF,
        Action.REDEEM_COUPON,
    },
    Group.SUPERVISOR: _FINDS_OUT
    | _SETTLES
    | {
        Action.APPROVE_OFFER,
        Action.ASSIGN,
        Action.APPROVE_LIABILITY,
        Action.REVIEW_APPEAL,
        Action.REFER_PERSONNEL,
        Action.CLAW_BACK,
        Action.CONFIRM_ACTION,
        Action.SEE_MONEY,
        Action.APPROVE_PAYOUT,
        Action.RETRY_PAYOUT,
        Action.DECLARE_FAILED,
        Action.SWITCH_RAIL,
        Action.WRITE_OFF,
    },
    Group.ADMIN: _ALL_CASES | {Action.ASSIGN, Action.SEE_FIGURES},
    Group.HR: frozenset({Action.READ_REFERRAL}),
}
"""Who administers does not decide; who decides does not read what is for HR."""


class NotAllowed(Refusal):
    """Who calls is known, and may not do this."""

    code = "forbidden"
    status = 403


def allows(groups: Iterable[str], action: Action) -> bool:
    """Whether any of the groups may; a group that nobody knows may nothing."""
    known = set(Group)
    return any(action in ROLES[Group(group)] for group in groups if group in known)


def require(groups: Iterable[str], action: Action) -> None:
    """Refuse what none of the groups may."""
    if not allows(groups, action):
        raise NotAllowed("your role may not do this")


def sees(groups: Iterable[str], kind: Kind) -> bool:
    """Whether a case of that kind exists for them: prohibited contents only for the right roles."""
    groups = tuple(groups)
    if kind is Kind.PROHIBITED_CONTENTS:
        return allows(groups, Action.SEE_PROHIBITED)
    return allows(groups, Action.SEE_QUEUE)
