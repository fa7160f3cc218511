"""Contract of the follow-up's endpoints; `tools.openapi` reads it, no handler does."""

from typing import Any

from amends.web.contract import Caller, Key, Operation, Operations, Parameter, Rows, schema_of
from amends.web.shapes import CaseDocument
from followup import models as m
from followup.contract_learning import LEARNING
from followup.contract_pages import PAGES
from followup.contract_webhooks import WEBHOOKS
from followup.forms import (
    DeliveryDocument,
    PreferencesDocument,
    SummaryDocument,
    Thread,
    WrittenMessage,
)

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
CASE, STAFF_CASE = "/v1/cases/{case_id}", "/v1/staff/cases/{case_id}"


def _list(form: Any) -> dict[str, Any]:
    return {"type": "array", "items": form}


WORK = schema_of(id=TEXT, kind=TEXT, case_id=TEXT)
CALL = schema_of(id=TEXT, because=TEXT, is_reached={"type": "boolean"}, is_over={"type": "boolean"})
OPINIONS = schema_of(
    months={"type": "integer"},
    answers={"type": "integer"},
    mean_score={"type": ["number", "null"]},
    low={"type": "integer"},
    by=TEXT,
    rates=_list({"type": "object"}),
    themes=_list(schema_of(theme=TEXT, count={"type": "integer"}, before={"type": "integer"})),
    trend=_list({"type": "object"}),
)
SCRIPT = schema_of(
    kind=TEXT,
    channel=TEXT,
    language=TEXT,
    opening=TEXT,
    advice=_list(TEXT),
    closing=TEXT,
    questions=_list(schema_of(field=TEXT, ask=TEXT, is_required={"type": "boolean"})),
)


def _said(says: str, body: type) -> Operation:
    return Operation(
        says=says,
        caller=Caller.STAFF,
        body=body,
        answers={201: Thread},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
        refuses=(404, 409),
    )


def _one_of(*names: str, says: str) -> Parameter:
    return Parameter(schema={"type": "string", "enum": list(names)}, says=says)


OPERATIONS: Operations = {
    ("POST", "/v1/magic-links"): Operation(
        says="Ask for a new way into a case, which goes to the contact that the report named.",
        more="The answer is the same whether there is such a case or not. A link is good for half "
        "an hour and once, three go out in an hour, and earlier ways stay open until it is used.",
        caller=Caller.ANYONE,
        body=m.MagicLinkBody,
        answers={202: schema_of(accepted={"const": True})},
    ),
    ("POST", f"{CASE}/token"): Operation(
        says="Exchange a link for a new case token; the one before opens nothing any more.",
        more="A token that was just given also proves who asks to be paid elsewhere.",
        caller=Caller.ANYONE,
        body=m.LinkBody,
        answers={201: schema_of(case_id=TEXT, token=TEXT, proves_until=TEXT)},
        refuses=(401,),
    ),
    ("POST", f"{CASE}/feedback"): Operation(
        says="Say how it was.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=m.FeedbackBody,
        answers={200: CaseDocument},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
    ),
    ("GET", f"{CASE}/messages"): Operation(
        says="Read the thread of a case, oldest first: what people wrote and what we sent.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: Thread},
    ),
    ("POST", f"{CASE}/messages"): Operation(
        says="Write to staff.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=m.MessageBody,
        answers={201: WrittenMessage},
        key=Key.HONOURED,
        refuses=(409,),
    ),
    ("POST", f"{CASE}/messages/read"): Operation(
        says="Say which messages the claimant's app has shown.",
        more="A message in the app that stays unread for a day goes out by the next way.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=m.ReadBody,
        answers={200: Thread},
        key=Key.HONOURED,
    ),
    ("POST", f"{CASE}/messages/summary"): Operation(
        says="Confirm or correct what we understood.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=m.ConfirmBody,
        answers={200: SummaryDocument},
        key=Key.HONOURED,
        refuses=(409,),
    ),
    ("GET", f"{CASE}/preferences"): Operation(
        says="Read by which ways, when and of what the claimant is told.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: PreferencesDocument},
    ),
    ("PUT", f"{CASE}/preferences"): Operation(
        says="Choose ways, language, quiet hours, and what not to be told.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=m.PreferencesBody,
        answers={200: PreferencesDocument},
    ),
    ("GET", "/v1/unsubscribe/{token}"): Operation(
        says="Say what a POST to this link would stop.",
        caller=Caller.ANYONE,
        answers={200: schema_of(unsubscribe=TEXT, method={"const": "POST"})},
    ),
    ("POST", "/v1/unsubscribe/{token}"): Operation(
        says="Stop messages of one kind in one case (RFC 8058).",
        caller=Caller.ANYONE,
        answers={200: schema_of(unsubscribed=TEXT)},
    ),
    ("GET", f"{STAFF_CASE}/messages"): Operation(
        says="Read the thread of a case with its internal notes.",
        caller=Caller.STAFF,
        answers={200: Thread},
        etag=True,
        refuses=(404,),
    ),
    ("GET", f"{STAFF_CASE}/messages/deliveries"): Operation(
        says="Read what became of each message.",
        caller=Caller.STAFF,
        answers={200: Rows(of=DeliveryDocument)},
        refuses=(404,),
    ),
    ("POST", f"{STAFF_CASE}/messages"): _said(
        "Answer the claimant, or leave a note for staff alone.", m.StaffMessageBody
    ),
    ("POST", f"{STAFF_CASE}/messages/summary"): _said(
        "Put before the claimant what was understood.", m.SummaryBody
    ),
    ("POST", f"{STAFF_CASE}/messages/apology"): _said(
        "Apologise, with the measures taken.", m.ApologyBody
    ),
    ("POST", f"{STAFF_CASE}/messages/calls"): _said("Plan a call.", m.CallPlanBody),
    ("GET", "/v1/staff/work"): Operation(
        says="List what is owed to claimants: answers, calls, letters.",
        caller=Caller.STAFF,
        answers={200: Rows(of=WORK)},
        query={"kind": _one_of("reply", "call", "letter", says="What is owed.")},
    ),
    ("POST", "/v1/staff/work/calls/{call_id}"): Operation(
        says="Record what came of a call.",
        caller=Caller.STAFF,
        body=m.CallResultBody,
        answers={200: CALL},
        key=Key.HONOURED,
        etag=True,
        refuses=(404, 409),
    ),
    ("GET", "/v1/staff/work/letters/{key}"): Operation(
        says="Read a letter to print, and whom it goes to.",
        caller=Caller.STAFF,
        answers={200: schema_of(address=MAYBE, subject=TEXT, html=TEXT)},
        query={
            "case_id": Parameter(
                schema={**TEXT, "pattern": "^case_[0-9a-z]{26}$"}, says="The case of the letter."
            )
        },
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
        says="Read what to ask on the phone, at the counter or from a letter.",
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
        says="Sum up opinions: rates by group, themes, and months.",
        caller=Caller.STAFF,
        answers={200: OPINIONS},
        query={
            "by": _one_of("node", "carrier", "agent", "kind", says="What rates are grouped by."),
            "months": Parameter(
                schema={"type": "integer", "minimum": 1, "maximum": 24}, says="How far back."
            ),
        },
    ),
    **LEARNING,
    **PAGES,
    **WEBHOOKS,
}
