"""Contract of the settlement's endpoints; `tools.openapi` reads it, no handler does."""

from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.compensation.facts import Facts
from amends.web.contract import (
    CURSOR,
    LIMIT,
    Caller,
    FactsOf,
    Key,
    Operation,
    Operations,
    Parameter,
    Rows,
)
from amends.web.shapes import CaseDocument, CaseWithTimeline, StaffCase
from amends.web.shapes_offers import AssessmentDocument, OfferDocument
from claim_settle.contract_agreement import AGREEMENT
from claim_settle.contract_money import PAYMENTS
from claim_settle.contract_procedures import PROCEDURES
from claim_settle.contract_staff import STAFF, VIEW
from claim_settle.models import AcceptBody, RefuseBody

STAGE = Parameter(
    schema={"type": "string", "enum": [str(stage) for stage in Stage]}, says="In which stage."
)

KIND = Parameter(
    schema={"type": "string", "enum": [str(kind) for kind in Kind]}, says="Of which kind."
)
LOOKED_FOR = {"type": "string", "minLength": 1, "maxLength": 100}
TEAM = Parameter(schema={"type": "string"}, says="Of which team.")

OPERATIONS: Operations = {
    ("POST", "/v1/compensation/quotes"): Operation(
        says="Facts in, a worked assessment out; nothing is stored.",
        caller=Caller.ANYONE,
        more="A contract of one's own may be sent along as data: `tariff`.",
        body=FactsOf(
            source=Facts,
            beside=(
                ("tariff", "A contract: cap, multiple of the postage, windows; see the docs."),
            ),
        ),
        answers={200: AssessmentDocument},
        speaks=True,
    ),
    ("GET", "/v1/cases/{case_id}/offers"): Operation(
        says="Read the offers, each with its worked explanation.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: Rows(of=OfferDocument)},
        speaks=True,
    ),
    ("POST", "/v1/cases/{case_id}/offers/{offer_id}/accept"): Operation(
        says="Accept an offer, and say how to be paid.",
        more="`payout_method.rail` names the rail; what else it needs, it says when it is missing.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=AcceptBody,
        answers={200: CaseDocument},
        key=Key.REQUIRED,
        if_match=True,
        etag=True,
    ),
    ("POST", "/v1/cases/{case_id}/offers/{offer_id}/refuse"): Operation(
        says="Refuse an offer, and say what would be agreed to.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=RefuseBody,
        answers={200: CaseDocument},
        key=Key.REQUIRED,
        if_match=True,
        etag=True,
    ),
    ("GET", "/v1/staff/cases"): Operation(
        says="List the open cases stage after stage, the earliest due first; or find some in any.",
        caller=Caller.STAFF,
        answers={200: Rows(of=StaffCase)},
        query={
            "q": Parameter(
                schema=LOOKED_FOR,
                says="Find cases by any of the below, or by the id of a case.",
            ),
            "number": Parameter(
                schema=LOOKED_FOR, says="Find the cases that have or had this number."
            ),
            "reference": Parameter(
                schema=LOOKED_FOR, says="Find the cases of the order that its seller calls so."
            ),
            "person": Parameter(
                schema=LOOKED_FOR,
                says="Find what a name, phone or email has to do with: who sends, receives, "
                "reports, joined a report or is paid.",
            ),
            "claimant": Parameter(
                schema=LOOKED_FOR,
                says="Find what whoever has this name, phone or email has reported.",
            ),
            "stage": STAGE,
            "kind": KIND,
            "view": VIEW,
            "team": TEAM,
            "limit": LIMIT,
            "cursor": CURSOR,
        },
    ),
    ("GET", "/v1/staff/cases/{case_id}"): Operation(
        says="Read a case with its whole history.",
        caller=Caller.STAFF,
        answers={200: CaseWithTimeline},
        etag=True,
        speaks=True,
    ),
    **STAFF,
    **AGREEMENT,
    **PAYMENTS,
    **PROCEDURES,
}
