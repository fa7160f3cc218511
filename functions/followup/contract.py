"""Contract of the follow-up's endpoints; `tools.openapi` reads it, no handler does."""

from amends.web.contract import Caller, Key, Operation, Operations
from amends.web.shapes import CaseDocument
from followup import models as m
from followup.forms import (
    PreferencesDocument,
    SummaryDocument,
    Thread,
    WrittenMessage,
)

CASE = "/v1/cases/{case_id}"

OPERATIONS: Operations = {
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
}
