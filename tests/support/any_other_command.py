"""Any other command: of money, of claims back, of talking; paths, who may, and bodies they take."""

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from amends.domain.case.permissions import Action
from amends.service.intake.entering import link_of
from amends.service.people.addressing import answer_token, unsubscribe_token
from tests.support.everybody import Everybody
from tests.support.people_world import KEY

CASE = "/v1/staff/cases/{case_id}"
MONEY = {"amount": "20.00", "currency": "CNY"}
STAFFS: Mapping[str, Action] = {
    f"{CASE}/payouts/{{payout_id}}/approval": Action.APPROVE_PAYOUT,
    f"{CASE}/payouts/{{payout_id}}/cancellation": Action.CALL_BACK_PAYOUT,
    f"{CASE}/payouts/{{payout_id}}/retry": Action.RETRY_PAYOUT,
    f"{CASE}/payouts/{{payout_id}}/failure": Action.DECLARE_FAILED,
    f"{CASE}/payouts/{{payout_id}}/failure/approval": Action.DECLARE_FAILED,
    f"{CASE}/extras/{{remedy}}/money": Action.TURN_TO_MONEY,
    f"{CASE}/recoveries/{{recovery_id}}/filing": Action.PURSUE_RECOVERY,
    f"{CASE}/recoveries/{{recovery_id}}/acknowledgement": Action.PURSUE_RECOVERY,
    f"{CASE}/recoveries/{{recovery_id}}/receipts": Action.PURSUE_RECOVERY,
    f"{CASE}/recoveries/{{recovery_id}}/denial": Action.PURSUE_RECOVERY,
    f"{CASE}/recoveries/{{recovery_id}}/write-off": Action.WRITE_OFF,
    f"{CASE}/policies/{{policy_id}}/claim": Action.PURSUE_RECOVERY,
    f"{CASE}/messages": Action.REPLY,
    f"{CASE}/messages/set-aside": Action.REPLY,
    f"{CASE}/messages/summary": Action.REPLY,
    f"{CASE}/messages/apology": Action.REPLY,
    f"{CASE}/messages/calls": Action.REPLY,
    "/v1/staff/work/calls/{call_id}": Action.REPLY,
    "/v1/staff/coupons/redemption": Action.REDEEM_COUPON,
    "/v1/staff/actions": Action.PROPOSE_ACTION,
    "/v1/staff/actions/{action_id}/owner": Action.PROPOSE_ACTION,
    "/v1/staff/actions/{action_id}/done": Action.PROPOSE_ACTION,
    "/v1/staff/actions/{action_id}/verify": Action.CONFIRM_ACTION,
    "/v1/staff/actions/{action_id}/drop": Action.CONFIRM_ACTION,
}
CLAIMANTS = (
    "/v1/cases/{case_id}/payouts/{payout_id}/cancellation",
    "/v1/cases/{case_id}/feedback",
    "/v1/cases/{case_id}/messages",
    "/v1/cases/{case_id}/messages/summary",
    "/v1/cases/{case_id}/token",
)
PAGES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "/v1/answers/survey/{token}": {"score": ("1", "5"), "resolved": ("yes", "no")},
    "/v1/answers/summary/{token}": {"agreed": ("yes", "no"), "correction": ("", "it was blue")},
    "/v1/answers/parcel/{token}": {"parcel": ("agreed", "denies", "opened")},
    "/v1/answers/payment/{token}": {},
}
Body = Mapping[str, object]


def ids_of(world: Everybody) -> Mapping[str, list[str]]:
    """What stands in the paths: ids that the case has."""
    case = world.case()
    return {
        "payout_id": [payout.id for payout in case.payouts],
        "recovery_id": [claim.id for claim in case.reclaims],
        "policy_id": [policy.id for policy in case.agreement.policies],
        "remedy": ["coupon", "reshipment"],
        "call_id": [one.id for one in case.talking.calls],
        "action_id": [one.id for one in world.people.actions.all()],
    }


def body_of(world: Everybody, path: str, data: st.DataObject) -> Body:
    """A body that the command takes: what decides is drawn, the rest is given."""

    def one(*values: object) -> Any:
        return data.draw(st.sampled_from(values))

    case = world.case()
    day = world.now.date().isoformat()
    again = {"owner": "hub", "due_on": day}
    made = {**again, "because": "seen", "case_id": case.id}
    training = {"kind": "training", "course": "handling_skill", "topic": "stock-in"}
    coupons = [world.contacts.get(case.id, f"payout:{payout.id}") for payout in case.payouts]
    codes = [str(told["coupon_code"]) for told in coupons if told and "coupon_code" in told]
    bodies: Mapping[str, Callable[[], Body]] = {
        "payouts/{payout_id}/cancellation": lambda: {"reason": "the account was wrong"},
        "{payout_id}/failure": lambda: {"reason": "silent for long", "evidence": "a letter"},
        "{remedy}/money": lambda: {"reason": "sold out", "consent": "by telephone"},
        "filing": lambda: {
            "debtor": one("carrier", "claimant", "insurer"),
            "amount": MONEY,
            "form": "CN 08",
            "file_by": day,
            "reply_days": 30,
        },
        "acknowledgement": lambda: {"amount": MONEY},
        "receipts": lambda: {
            "amount": {**MONEY, "amount": one("5.00", "20.00")},
            "part": one(1, 2),
        },
        "denial": lambda: {"reason": "not in our hands"},
        "write-off": lambda: {"reason": "insolvent"},
        "claim": lambda: {"form": "of the insurer"},
        "messages": lambda: {"text": "we look for it", "is_internal": data.draw(st.booleans())},
        "summary": lambda: {"understood": ["a red cup"], "wishes": "a refund"},
        "apology": lambda: {"what_happened": "it fell", "measures": ["a net"]},
        "set-aside": lambda: {"because": one("thanks", "answered", "repeated", "unrelated")},
        "messages/calls": lambda: {"because": one("asked", "explain", "follow_up")},
        "{call_id}": lambda: {
            "case_id": case.id,
            "reached": data.draw(st.booleans()),
            "note": "kind",
        },
        "redemption": lambda: {"code": one(*codes, "none"), "order_reference": "A-1"},
        "staff/actions": lambda: {**made, **one(training, {"kind": "route"})},
        "owner": lambda: again,
        **dict.fromkeys(("done", "verify", "drop"), lambda: {"said": "seen"}),
    }
    fits = [body for ending, body in bodies.items() if path.endswith(f"/{ending}")]
    return fits[-1]() if fits else {}


def claimants_body(world: Everybody, path: str, data: st.DataObject) -> Body:
    """The same for whoever holds the case's token, or a link that was sent to them."""
    link = link_of(world.id, KEY, number=world.case().access.links)
    bodies: Mapping[str, Callable[[], Body]] = {
        "cancellation": dict,
        "feedback": lambda: {"score": data.draw(st.sampled_from([1, 5])), "resolved": True},
        "messages": lambda: {"text": "where is it?"},
        "summary": lambda: {"agreed": data.draw(st.booleans()), "correction": "it was blue"},
        "token": lambda: {"link": link},
    }
    return bodies[path.rsplit("/", maxsplit=1)[-1]]()


def page_of(world: Everybody, path: str, data: st.DataObject) -> tuple[str, Mapping[str, str]]:
    """The address of a page of the case, and what its form is sent with."""
    token = answer_token(path.split("/")[3], world.id, KEY)
    fields = {name: data.draw(st.sampled_from(values)) for name, values in PAGES[path].items()}
    if len(fields) > 1 and data.draw(st.booleans()):
        fields.popitem()
    return path.replace("{token}", token), fields


def unsubscribe_path(world: Everybody) -> str:
    """One click out of reports of progress."""
    return f"/v1/unsubscribe/{unsubscribe_token(world.id, 'progress_report', KEY)}"
