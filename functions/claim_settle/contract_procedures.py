"""Contract of the published procedure; no handler imports it."""

from typing import TypedDict

from amends.domain.case.vocabulary import Kind, Remedy
from amends.web.contract import Caller, Operation, Operations, Parameter


class AskedDocument(TypedDict):
    """A document or photo that is asked for, why, and whose wish it is (null: our procedure's)."""

    kind: str
    is_required: bool
    is_photo: bool
    text: str
    why: str
    source: str | None


class ProcedureStep(TypedDict):
    """One step, and how many days it has where that is fixed."""

    step: str
    days: int | None
    text: str


class Reason(TypedDict):
    """A code, and what it says."""

    code: str
    text: str


class AppealRules(TypedDict):
    """How often somebody else looks at it again, and within how many days."""

    number: int
    answered_in_days: int


class ProcedureDocument(TypedDict):
    """How a claim of one kind is made, from the report to the appeal."""

    kind: Kind
    regime: str | None
    documents: list[AskedDocument]
    remedies: list[Remedy]
    steps: list[ProcedureStep]
    appeals: AppealRules
    file_reasons: list[Reason]
    document_reasons: list[Reason]
    decline_reasons: list[Reason]


PROCEDURES: Operations = {
    ("GET", "/v1/compensation/procedures/{kind}"): Operation(
        says="Read how a claim of that kind is made: documents, steps, reasons for a refusal.",
        caller=Caller.ANYONE,
        answers={200: ProcedureDocument},
        query={
            "regime": Parameter(
                schema={"type": "string"}, says="Add what the rules of this code ask for."
            )
        },
        speaks=True,
        refuses=(404,),
    ),
}
