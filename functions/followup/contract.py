"""Contract of the follow-up's endpoints; `tools.openapi` reads it, no handler does."""

from amends.web.contract import Caller, Key, Operation, Operations
from amends.web.shapes import CaseDocument
from followup.models import FeedbackBody

OPERATIONS: Operations = {
    ("POST", "/v1/cases/{case_id}/feedback"): Operation(
        says="Say how it was.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=FeedbackBody,
        answers={200: CaseDocument},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
    ),
}
