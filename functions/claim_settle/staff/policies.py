"""Staff endpoints of insurance: a policy is put on file; the claim to its insurer is filed."""

from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from amends.domain.case.money import insuring
from amends.domain.case.permissions import Action
from amends.domain.case.state.policy import Exclusion, Policy, PolicyKind
from amends.domain.case.vocabulary import Kind
from amends.domain.occasion import Occasion
from amends.domain.payment.recovery import Debtor
from amends.domain.refusal import FieldError
from amends.service.amend import amend
from amends.service.money import claiming_back
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.money_view import claims_of
from amends.web.paging import whole
from amends.web.router import Endpoint
from claim_settle.body import Body
from claim_settle.money_desk import MoneyDesk, acting, live
from claim_settle.staff_desk import CASE, Asked, Command, Decide

_E = TypeVar("_E", bound=StrEnum)
ASKED_WITHIN = timedelta(days=365)
"""To hand the claim in, where the policy sets no window: the year that most policies give."""


def _note(a: Asked) -> Decide:
    """What the policy says; a condition that is left out is none."""
    body = a.body
    policy = Policy(
        id="",
        kind=body.choice("kind", PolicyKind),
        insurer=body.text("insurer"),
        number=body.text("number"),
        cover=body.money("cover"),
        deductible=body.money("deductible") if "deductible" in body.raw else None,
        premium=body.money("premium") if "premium" in body.raw else None,
        valid_from=body.day("valid_from") if "valid_from" in body.raw else None,
        valid_to=body.day("valid_to") if "valid_to" in body.raw else None,
        notice_days=body.whole("notice_days") if "notice_days" in body.raw else None,
        claim_days=body.whole("claim_days") if "claim_days" in body.raw else None,
        reply_days=body.whole("reply_days") if "reply_days" in body.raw else None,
        covers=_among(body, "covers", Kind),
        excludes=_among(body, "excludes", Exclusion),
        papers=body.texts("papers", default=()),
    )
    return lambda case: insuring.note_policy(case, policy)


def _among(body: Body, name: str, known: type[_E]) -> tuple[_E, ...]:
    """Several of an enumeration's values; unknown ones are refused by their place."""
    told = body.texts(name, default=())
    body.errors += [
        FieldError(field=f"{name}.{n}", code="unknown_value", message=f"one of {', '.join(known)}")
        for n, one in enumerate(told)
        if one not in set(known)
    ]
    return tuple(known(one) for one in told if one in set(known))


COMMANDS = (Command(path=f"{CASE}/policies", action=Action.NOTE_POLICY, prepare=_note),)


def endpoints(desk: MoneyDesk) -> tuple[Endpoint, ...]:
    """The claim to the insurer, on this desk; what follows is that of every claim back."""
    path = f"{CASE}/policies/{{policy_id}}/claim"
    return (acting(desk, path, Action.PURSUE_RECOVERY, _claim),)


def _claim(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    """Filed with the policy's own terms: what it pays, by when, and how long it may take."""
    form = body.text("form")
    body.done()
    case_id, wanted = call.params["case_id"], call.params["policy_id"]
    on = occasion.at.date()
    case = desk.cases().load(case_id)
    policy = insuring.find_policy(case, wanted)
    insuring.claimed(case, policy, on)
    planned = amend(
        desk.cases(),
        case_id,
        occasion,
        lambda now: insuring.plan_claim(now, insuring.find_policy(now, wanted), on),
    )
    last = insuring.check(planned, policy, on).claim_by
    reply = timedelta(days=policy.reply_days) if policy.reply_days else insuring.REPLY_WITHIN
    filed = claiming_back.file(
        desk.cases(),
        desk.records(),
        case_id,
        insuring.claim_id(planned, policy),
        debtor=Debtor.INSURER,
        amount=insuring.claimed(planned, policy, on),
        form=form,
        file_by=last or on + ASKED_WITHIN,
        reply_within=reply,
        occasion=occasion,
    )
    rows = claims_of(filed)
    return Answer.of(whole(rows), headers={"etag": etag(filed)})


ENDPOINTS = endpoints(live())
