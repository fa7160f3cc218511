"""Contract of the follow-up's endpoints; `tools.openapi` reads it, no handler does."""

from amends.web.contract import Caller, Key, Operation, Operations, Rows, schema_of
from amends.web.shapes import CaseDocument
from followup import models as m
from followup.contract_learning import LEARNING
from followup.contract_pages import PAGES
from followup.contract_webhooks import WEBHOOKS
from followup.contract_work import WORK
from followup.forms import (
    DeliveryDocument,
    PreferencesDocument,
    SummaryDocument,
    Thread,
    WrittenMessage,
)

TEXT = {"type": "string"}
DRAFTS = {"type": "array", "items": schema_of(about=TEXT, text=TEXT)}
CASE, STAFF_CASE = "/v1/cases/{case_id}", "/v1/staff/cases/{case_id}"


def _said(says: str, body: type, *, status: int = 201) -> Operation:
    return Operation(
        says=says,
        caller=Caller.STAFF,
        body=body,
        answers={status: Thread},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
        refuses=(404, 409),
    )


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
    ("GET", f"{STAFF_CASE}/messages/drafts"): Operation(
        says="Read answers that may be sent as they are or changed, in the claimant's language.",
        more="`about` is `tracking` (why nothing is seen, until when it is waited, where to look), "
        "`wanted`, `offer`, `stage` or `closed`; what a case has nothing to say of is left out.",
        caller=Caller.STAFF,
        answers={200: schema_of(data=DRAFTS, language=TEXT)},
        refuses=(404,),
    ),
    ("POST", f"{STAFF_CASE}/messages"): _said(
        "Answer the claimant, or leave a note for staff alone.", m.StaffMessageBody
    ),
    ("POST", f"{STAFF_CASE}/messages/set-aside"): _said(
        "Say that what was written needs no answer; nobody is reminded of it any more.",
        m.SetAsideBody,
        status=200,
    ),
    ("POST", f"{STAFF_CASE}/messages/summary"): _said(
        "Put before the claimant what was understood.", m.SummaryBody
    ),
    ("POST", f"{STAFF_CASE}/messages/apology"): _said(
        "Apologise, with the measures taken.", m.ApologyBody
    ),
    ("POST", f"{STAFF_CASE}/messages/calls"): _said("Plan a call.", m.CallPlanBody),
    **LEARNING,
    **PAGES,
    **WEBHOOKS,
    **WORK,
}
