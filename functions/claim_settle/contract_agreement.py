"""Contract of claims, settlements and the adjuster's offers; no handler imports it."""

from datetime import date, datetime
from typing import Literal, TypedDict

from amends.domain.case.agreement.bargaining import Range
from amends.domain.case.state.agreement import CaseDeadline, Entitled, Presumed, Proposal
from amends.domain.case.state.policy import Exclusion, PolicyKind
from amends.domain.case.state.settlement import OfferState
from amends.domain.case.vocabulary import Kind, Outcome, Remedy, Stage, Status
from amends.domain.money import Money
from amends.web.contract import Caller, Key, Operation, Operations
from amends.web.shapes import CaseDocument
from amends.web.shapes_offers import AssessmentDocument, OptionDocument
from claim_settle.agreement_desk import live
from claim_settle.contract_staff import operation_of
from claim_settle.models import AppealBody, ClaimBody, ReceiptBody
from claim_settle.staff.offering import commands
from claim_settle.staff_desk import CASE

CLAIMANTS = "/v1/cases/{case_id}"


class DecisionDocument(TypedDict):
    """What was decided where nothing is paid, and why."""

    outcome: Outcome
    reason: str | None
    rule: str | None
    text: str | None


InstanceDocument = TypedDict(
    "InstanceDocument",
    {
        "instance": str,
        "text": str,
        "from": date | None,
        "until": date | None,
        "rule": str | None,
        "source": str | None,
    },
)
"""One way on: who decides, from when and until when."""


class CounterDocument(TypedDict):
    """What the claimant would agree to instead."""

    offer_id: str
    amount: Money | None
    remedy: Remedy | None
    accepted: bool | None
    rule: str | None
    made_at: datetime


class AppealDocument(TypedDict):
    """A second look that was asked for."""

    number: int
    against: str
    upheld: bool | None
    made_at: datetime


class ClaimDocument(TypedDict):
    """What is asked for, what was decided and why, and where to go from here."""

    demanded: Money | None
    remedy: Remedy | None
    claimed_at: datetime | None
    offered: Money | None
    entitlement: list[Entitled]
    assessment: AssessmentDocument | None
    decision: DecisionDocument | None
    next_instances: list[InstanceDocument]
    deadlines: list[CaseDeadline]
    presumed_loss: Presumed | None
    counters: list[CounterDocument]
    appeals: list[AppealDocument]


class ExtraDocument(TypedDict):
    """Something promised beside the money, how far it is, and the payout that carries it out."""

    remedy: Remedy
    amount: Money
    due_at: datetime
    reference: str | None
    status: Literal["done", "by_hand", "failed", "underway"]
    payout_id: str | None


class SettlementDocument(TypedDict):
    """The written terms, their hash, and whether what was agreed has come."""

    offer_id: str
    terms: str | None
    sha256: str
    language: str
    written_at: datetime
    reserved: Money | None
    is_received: bool
    extras: list[ExtraDocument]


class PolicyDocument(TypedDict):
    """An insurance on file, what stands against its paying, and how far the claim under it is."""

    id: str
    kind: PolicyKind
    insurer: str
    number: str
    cover: Money
    deductible: Money | None
    premium: Money | None
    valid_from: date | None
    valid_to: date | None
    notice_days: int | None
    claim_days: int | None
    reply_days: int | None
    covers: list[Kind]
    excludes: list[Exclusion]
    papers: list[str]
    is_covered: bool
    against: list[str]
    payable: Money | None
    notice_by: date | None
    claim_by: date | None
    recovery_id: str | None
    claim_status: str | None


class AdjustersOffer(TypedDict):
    """An offer as the adjuster sees it."""

    id: str
    status: OfferState
    amount: Money
    options: list[OptionDocument]
    made_at: datetime
    expires_at: datetime


class AgreementDocument(ClaimDocument):
    """For the adjuster: the range, the proposal that waits, what was wanted and what was given."""

    case_id: str
    version: int
    stage: Stage
    status: Status
    range: Range | None
    proposal: Proposal | None
    offers: list[AdjustersOffer]
    settlement: SettlementDocument | None
    policies: list[PolicyDocument]


def _change(says: str, body: object, answers: dict[int, object]) -> Operation:
    return Operation(
        says=says,
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=body,
        answers=answers,
        key=Key.HONOURED,
        if_match=True,
        etag=True,
        speaks=True,
    )


def _read(says: str, answer: object) -> Operation:
    return Operation(
        says=says,
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: answer},
        etag=True,
        speaks=True,
    )


AGREEMENT: Operations = {
    ("GET", f"{CLAIMANTS}/claim"): _read(
        "Read what is asked for, what was decided and why, and where to go next.", ClaimDocument
    ),
    ("POST", f"{CLAIMANTS}/claim"): _change(
        "Say what is asked for, and by what right.", ClaimBody, {200: ClaimDocument}
    ),
    ("POST", f"{CLAIMANTS}/appeal"): _change(
        "Ask for a second look.", AppealBody, {201: CaseDocument}
    ),
    ("GET", f"{CLAIMANTS}/settlement"): _read(
        "Read the terms that were agreed, and what of them has come.", SettlementDocument
    ),
    ("POST", f"{CLAIMANTS}/settlement/receipt"): _change(
        "Say that what was agreed has come.", ReceiptBody, {200: SettlementDocument}
    ),
    ("GET", f"{CASE}/offers"): Operation(
        says="Read the range, the proposal that waits, what was wanted and what was given.",
        caller=Caller.STAFF,
        answers={200: AgreementDocument},
        etag=True,
        speaks=True,
    ),
    **{
        ("POST", command.path): operation_of(command, AgreementDocument)
        for command in commands(live())
    },
}
