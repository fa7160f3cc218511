"""Contract of what staff owe: calls, letters, scripts, and the opinions that they read."""

from typing import Any

from amends.web.contract import Caller, Key, Operation, Operations, Parameter, Rows, schema_of
from followup import models as m
from followup.forms import CallDocument, CallToMake, DeliveryDocument

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
CASE_ID = Parameter(schema={**TEXT, "pattern": "^case_[0-9a-z]{26}$"}, says="Its case.")


def _list(form: Any) -> dict[str, Any]:
    return {"type": "array", "items": form}


ITEM = schema_of(id=TEXT, kind=TEXT, case_id=TEXT)
OPINIONS = schema_of(
    months={"type": "integer"},
    answers={"type": "integer"},
    mean_score={"type": ["number", "null"]},
    low={"type": "integer"},
    by=TEXT,
    rates=_list({"type": "object"}),
    themes=_list(schema_of(theme=TEXT, count={"type": "integer"}, before={"type": "integer"})),
    trend=_list({"type": "object"}),
    cases=_list(
        schema_of(
            case_id=TEXT,
            at=TEXT,
            score={"type": "integer"},
            resolved={"type": ["boolean", "null"]},
            themes=_list(TEXT),
        )
    ),
)
SCRIPT = schema_of(
    kind=TEXT,
    channel=TEXT,
    language=TEXT,
    opening=TEXT,
    advice=_list(TEXT),
    closing=TEXT,
    questions=_list(
        schema_of(
            field=TEXT,
            ask=TEXT,
            type=TEXT,
            is_required={"type": "boolean"},
            choices=_list(schema_of(value=TEXT, text=TEXT)),
            needs={"type": ["object", "null"]},
        )
    ),
)


def _one_of(*names: str, says: str) -> Parameter:
    return Parameter(schema={"type": "string", "enum": list(names)}, says=says)


WORK: Operations = {
    ("GET", "/v1/staff/work"): Operation(
        says="List what is owed to claimants: answers, calls, letters.",
        caller=Caller.STAFF,
        answers={200: Rows(of=ITEM)},
        query={"kind": _one_of("reply", "call", "letter", says="What is owed.")},
    ),
    ("GET", "/v1/staff/work/calls/{call_id}"): Operation(
        says="Read whom to call, why, and what to talk about.",
        more="Name and number are told while the call is owed, and no longer. `message` is what "
        "reached nobody and is told instead.",
        caller=Caller.STAFF,
        answers={200: CallToMake},
        query={"case_id": CASE_ID},
        speaks=True,
        refuses=(404,),
    ),
    ("POST", "/v1/staff/work/calls/{call_id}"): Operation(
        says="Record what came of a call.",
        more="Where the claimant said how it was, `feedback` counts like an answer of their own.",
        caller=Caller.STAFF,
        body=m.CallResultBody,
        answers={200: CallDocument},
        key=Key.HONOURED,
        etag=True,
        refuses=(404, 409),
    ),
    ("GET", "/v1/staff/work/letters/{key}"): Operation(
        says="Read a letter to print, and whom it goes to.",
        caller=Caller.STAFF,
        answers={200: schema_of(address=MAYBE, subject=TEXT, html=TEXT)},
        query={"case_id": CASE_ID},
        refuses=(404,),
    ),
    ("POST", "/v1/staff/work/letters/{key}"): Operation(
        says="Record that a letter was posted.",
        caller=Caller.STAFF,
        body=m.LetterBody,
        answers={200: DeliveryDocument},
        refuses=(404, 409),
    ),
    ("GET", "/v1/staff/scripts/{kind}"): Operation(
        says="Read what to say and ask on the phone, at the counter or of a letter, by kind.",
        more="Each `field` is where its answer goes in `POST /v1/staff/reports`; `type` says what "
        "is typed in. What is required would be asked in writing otherwise. A number that nobody "
        "knows is `unknown`; codes of carriers are those of `GET /v1/tracking/{number}`.",
        caller=Caller.STAFF,
        answers={200: SCRIPT},
        query={
            "channel": _one_of("phone", "counter", "letter", says="Where the report is taken."),
            "language": Parameter(schema=TEXT, says="The claimant's language."),
        },
        speaks=True,
        refuses=(404,),
    ),
    ("GET", "/v1/staff/feedback"): Operation(
        says="Sum up opinions: rates by group, themes, months, and the cases to look into.",
        more="What a claimant wrote stands in the thread of the case (`feedback`).",
        caller=Caller.STAFF,
        answers={200: OPINIONS},
        query={
            "by": _one_of("node", "carrier", "agent", "kind", says="What rates are grouped by."),
            "theme": Parameter(schema=TEXT, says="Only cases whose claimants named this theme."),
            "months": Parameter(
                schema={"type": "integer", "minimum": 1, "maximum": 24}, says="How far back."
            ),
        },
    ),
}
