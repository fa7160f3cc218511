"""Contract of payouts, claims against whoever is liable, and the books; no handler imports it."""

from collections.abc import Mapping

from amends.domain.case.permissions import Action
from amends.web.contract import (
    CURSOR,
    LIMIT,
    Caller,
    Choice,
    Form,
    Key,
    Operation,
    Operations,
    Parameter,
    Rows,
)
from claim_settle.contract_staff import may
from claim_settle.money_desk import Act, MoneyDesk
from claim_settle.shapes_money import (
    ClaimantsPayment,
    FiledReclaim,
    PlannedReclaim,
    RailDocument,
    RateDocument,
    Redemption,
    StaffPayment,
    SwitchedRail,
    TrialBalance,
)
from claim_settle.staff import money, policies, reclaims, turning
from claim_settle.staff.forms import form_of, nowhere
from claim_settle.staff_desk import CASE

PAYOUT, CLAIM = f"{CASE}/payouts/{{payout_id}}", reclaims.CLAIM
MONEY = money.MONEY


RECLAIMS = Rows(of=Choice(among=(PlannedReclaim, FiledReclaim)))
OBJECT = {"type": "object", "description": "A difference between the books and a statement."}
DAY = {"type": "string", "format": "date"}
PAGED = {"limit": LIMIT, "cursor": CURSOR}
ANYTHING: Mapping[str, Parameter] = {}
PERIOD = {
    "from": Parameter(schema=DAY, says="The first day."),
    "to": Parameter(schema=DAY, says="The last day."),
}


def _seen(
    says: str, answer: Form, *, etag: bool = False, query: Mapping[str, Parameter] = ANYTHING
) -> Operation:
    return Operation(
        says=says,
        more=may(Action.SEE_MONEY),
        caller=Caller.STAFF,
        answers={200: answer},
        query=query,
        etag=etag,
    )


def _done(
    says: str, action: Action, act: Act, answer: Form, *, etag: bool = False, status: int = 200
) -> Operation:
    desk = nowhere(MoneyDesk)
    return Operation(
        says=says,
        more=may(action),
        caller=Caller.STAFF,
        body=form_of(lambda a: act(desk, a.call, a.body, a.occasion), rail="bank", remedy="coupon"),
        answers={status: answer},
        key=Key.REQUIRED,
        etag=etag,
        refuses=(404, 409),
    )


def _reclaim(says: str, act: Act, action: Action = Action.PURSUE_RECOVERY) -> Operation:
    return _done(says, action, act, RECLAIMS, etag=True)


PAYMENTS: Operations = {
    ("POST", "/v1/payouts/webhooks/{rail}"): Operation(
        says="A rail calls back with what became of a payout.",
        more="Verified by the rail's own signature on the raw bytes; a repeat is harmless.",
        caller=Caller.SIGNATURE,
        body={},
        body_media="*/*",
        answers={200: {"type": "string"}},
        media="text/plain",
    ),
    ("GET", "/v1/cases/{case_id}/payouts"): Operation(
        says="Read how far the payments have come, and what is needed to receive them.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: Rows(of=ClaimantsPayment)},
    ),
    ("POST", "/v1/cases/{case_id}/payouts/{payout_id}/cancellation"): Operation(
        says="Ask to have a payment called back that waits for you; then choose another way.",
        more="The rail decides: until it has said so the payment still waits, `called_back_at` "
        "tells since when. What has been confirmed meanwhile is paid.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={202: ClaimantsPayment},
        key=Key.HONOURED,
        etag=True,
        refuses=(404, 409),
    ),
    ("GET", "/v1/staff/payouts"): _seen(
        "List what is being paid, the earliest deadline first.",
        Rows(of=StaffPayment),
        query={
            "status": Parameter(schema={"type": "string"}, says="A status, or why it is held."),
            **PAGED,
        },
    ),
    ("POST", f"{PAYOUT}/approval"): _done(
        "Approve a payment that waits for a second person.",
        Action.APPROVE_PAYOUT,
        money._approve,
        StaffPayment,
        etag=True,
    ),
    ("POST", f"{PAYOUT}/cancellation"): _done(
        "Call a payment back before it has gone out.",
        Action.CALL_BACK_PAYOUT,
        money._call_back,
        StaffPayment,
        etag=True,
    ),
    ("POST", f"{PAYOUT}/retry"): _done(
        "Try once more what failed beside the payment, and that alone.",
        Action.RETRY_PAYOUT,
        money._retry,
        StaffPayment,
        etag=True,
        status=201,
    ),
    ("POST", turning.PATH): _done(
        "Pay in money what was promised beside it and cannot be done.",
        Action.TURN_TO_MONEY,
        turning._turn,
        StaffPayment,
        etag=True,
        status=201,
    ),
    ("POST", f"{PAYOUT}/failure"): _done(
        "Say that a payout has failed which its rail has forgotten, and what was confirmed.",
        Action.DECLARE_FAILED,
        money._propose_failure,
        StaffPayment,
        etag=True,
    ),
    ("POST", f"{PAYOUT}/failure/approval"): _done(
        "Agree, as a second person, that a payout has failed.",
        Action.DECLARE_FAILED,
        money._agree_failure,
        StaffPayment,
        etag=True,
    ),
    ("GET", f"{MONEY}/rails"): _seen("List the ways to pay.", Rows(of=RailDocument)),
    ("POST", f"{MONEY}/rails/{{rail}}/switch"): _done(
        "Switch a way to pay off, or on again.",
        Action.SWITCH_RAIL,
        money._switch,
        SwitchedRail,
    ),
    ("GET", f"{MONEY}/differences"): _seen(
        "List the differences that nobody has explained yet.", Rows(of=OBJECT), query=PAGED
    ),
    ("POST", f"{MONEY}/differences/{{id}}/settlement"): _done(
        "Say what a difference was.", Action.SETTLE_DIFFERENCE, money._settle, OBJECT
    ),
    ("GET", f"{MONEY}/trial-balance"): _seen("Read the trial balance.", TrialBalance, query=PERIOD),
    ("GET", f"{MONEY}/entries"): Operation(
        says="Export the ledger's entries as CSV, oldest first.",
        more=may(Action.SEE_MONEY),
        caller=Caller.STAFF,
        answers={200: {"type": "string", "contentMediaType": "text/csv"}},
        media="text/csv",
        query={**PERIOD, "account": Parameter(schema={"type": "string"}, says="Of one account.")},
    ),
    ("GET", f"{MONEY}/rates"): _seen("Read the newest rates.", Rows(of=RateDocument)),
    ("POST", f"{MONEY}/periods"): _done(
        "Close the books through a day.",
        Action.CLOSE_PERIOD,
        money._close_period,
        {"type": "object", "description": "The day, by whom, and the balance that was kept."},
        status=201,
    ),
    ("GET", "/v1/staff/recoveries"): _seen("List what is asked back.", RECLAIMS, query=PAGED),
    ("GET", f"{CASE}/recoveries"): _seen(
        "Read what is asked back for one case.", RECLAIMS, etag=True
    ),
    ("POST", f"{CLAIM}/filing"): _reclaim("File a claim with whoever is liable.", reclaims._file),
    ("POST", f"{CASE}/policies/{{policy_id}}/claim"): _reclaim(
        "File the claim with the insurer, by the policy's own terms.", policies._claim
    ),
    ("POST", f"{CLAIM}/acknowledgement"): _reclaim(
        "Note what the debtor acknowledges.", reclaims._acknowledge
    ),
    ("POST", f"{CLAIM}/receipts"): _reclaim("Book what has come in.", reclaims._receive),
    ("POST", f"{CLAIM}/denial"): _reclaim("Note that the debtor denies it.", reclaims._deny),
    ("POST", f"{CLAIM}/write-off"): _reclaim(
        "Ask to write a claim off; a second person decides.",
        reclaims._write_off,
        Action.WRITE_OFF,
    ),
    ("POST", "/v1/staff/coupons/redemption"): _done(
        "Use a coupon at the till.", Action.REDEEM_COUPON, reclaims._redeem, Redemption
    ),
}
