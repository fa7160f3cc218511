"""Contract of the papers' endpoints; `tools.openapi` reads it, no handler does."""

from amends.web.contract import Caller, Operation, Operations

PDF = {"type": "string", "contentMediaType": "application/pdf"}


def _paper(says: str, caller: Caller) -> Operation:
    return Operation(
        says=says,
        caller=caller,
        answers={200: PDF},
        media="application/pdf",
        etag=True,
        speaks=True,
    )


DOSSIER = "Print the case: timeline, findings, calculation, evidence list."
DOCUMENT = "Print `dossier`, `claim_form` or `cover_letter`."
PAPERS: Operations = {
    ("GET", "/v1/cases/{case_id}/dossier"): _paper(DOSSIER, Caller.CLAIMANT_OR_MERCHANT),
    ("GET", "/v1/cases/{case_id}/documents/{name}"): _paper(DOCUMENT, Caller.CLAIMANT_OR_MERCHANT),
    ("GET", "/v1/staff/cases/{case_id}/dossier"): _paper(DOSSIER, Caller.STAFF),
    ("GET", "/v1/staff/cases/{case_id}/documents/{name}"): _paper(DOCUMENT, Caller.STAFF),
}
