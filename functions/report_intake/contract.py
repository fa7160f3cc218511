"""Contract of the intake's endpoints; `tools.openapi` reads it, no handler does."""

from amends.web.contract import CURSOR, LIMIT, Caller, Key, Operation, Operations, Parameter, Rows
from amends.web.shapes import CaseDocument, JoinedReport, Moment, ReportedCase, StaffJoinedReport
from amends.web.shapes_evidence import (
    AnnouncedFile,
    Checklist,
    KeptFile,
    ShipmentFound,
    StaffChecklist,
    StaffKeptFile,
)
from report_intake.information import InformationBody
from report_intake.models import EvidenceBody, ReportBody, WithdrawBody

NUMBER = Parameter(
    schema={"type": "string", "minLength": 1, "maxLength": 100},
    says="The tracking number.",
)

OPERATIONS: Operations = {
    ("GET", "/v1/openapi.json"): Operation(
        says="This document.",
        caller=Caller.ANYONE,
        answers={200: {"type": "object", "description": "An OpenAPI 3.1 document."}},
    ),
    ("POST", "/v1/cases"): Operation(
        says="Report an incident.",
        more="The token opens the case for whoever holds it; it is told once and stored as a hash. "
        "A merchant's report is the merchant's own case as well.",
        caller=Caller.ANYONE_OR_MERCHANT,
        body=ReportBody,
        answers={201: ReportedCase, 202: JoinedReport},
        speaks=True,
        key=Key.HONOURED,
        etag=True,
        location=True,
    ),
    ("GET", "/v1/cases"): Operation(
        says="List the cases that the merchant has reported, by id.",
        caller=Caller.MERCHANT_CASES,
        answers={200: Rows(of=CaseDocument)},
        query={"limit": LIMIT, "cursor": CURSOR},
    ),
    ("GET", "/v1/cases/{case_id}"): Operation(
        says="Read a case.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: CaseDocument},
        etag=True,
    ),
    ("GET", "/v1/cases/{case_id}/timeline"): Operation(
        says="Read the history of a case, oldest first, in the reader's language.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: Rows(of=Moment)},
        speaks=True,
    ),
    ("POST", "/v1/cases/{case_id}/withdraw"): Operation(
        says="Take the report back.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=WithdrawBody,
        answers={200: CaseDocument},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
    ),
    ("POST", "/v1/cases/{case_id}/evidence"): Operation(
        says="Announce a file, and get the form to send it with.",
        more="The file counts when it has arrived and its hash, size and real type match.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=EvidenceBody,
        answers={201: AnnouncedFile},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
    ),
    ("GET", "/v1/cases/{case_id}/evidence"): Operation(
        says="Read what is asked for, why, and what has come.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        answers={200: Checklist},
        etag=True,
        speaks=True,
    ),
    ("POST", "/v1/cases/{case_id}/information"): Operation(
        says="Answer what was asked, in the fields of the report; `unknown` names what one cannot.",
        caller=Caller.CLAIMANT_OR_MERCHANT,
        body=InformationBody,
        answers={200: CaseDocument},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
    ),
    ("POST", "/v1/staff/reports"): Operation(
        says="Write down a report that came by phone, letter, e-mail or at the counter.",
        more="A tracking number that nobody knows yet is `unknown`: the case asks its reporter. A "
        "report of an incident that is known joins its case, unless it `is_another`.",
        caller=Caller.STAFF,
        body=ReportBody,
        answers={201: CaseDocument, 202: StaffJoinedReport},
        speaks=True,
        key=Key.HONOURED,
        etag=True,
        location=True,
    ),
    ("POST", "/v1/staff/cases/{case_id}/evidence"): Operation(
        says="Announce a file that staff have, and get the form to send it with.",
        caller=Caller.STAFF,
        body=EvidenceBody,
        answers={201: AnnouncedFile},
        key=Key.HONOURED,
        if_match=True,
        etag=True,
    ),
    ("GET", "/v1/staff/cases/{case_id}/evidence"): Operation(
        says="Read what is asked for and what has come, with originals and likenesses.",
        caller=Caller.STAFF,
        answers={200: StaffChecklist},
        etag=True,
        speaks=True,
    ),
    ("POST", "/v1/shipments/{shipment_id}/evidence"): Operation(
        says="Announce a file to keep of a shipment before anything goes wrong.",
        more="Invoice, waybill, receipt of posting, photos of the packing. The file counts when it "
        "has arrived and its hash, size and real type match; a case on that shipment, open now or "
        "later, has it as evidence.",
        caller=Caller.MERCHANT_SHIPMENTS,
        body=EvidenceBody,
        answers={201: AnnouncedFile},
        key=Key.HONOURED,
    ),
    ("GET", "/v1/shipments/{shipment_id}/evidence"): Operation(
        says="List what is kept of a shipment, and until when.",
        caller=Caller.MERCHANT_SHIPMENTS,
        answers={200: Rows(of=KeptFile)},
        speaks=True,
    ),
    ("GET", "/v1/staff/shipments"): Operation(
        says="Find the watched shipments of a number.",
        caller=Caller.STAFF,
        answers={200: Rows(of=ShipmentFound)},
        query={"number": NUMBER},
    ),
    ("POST", "/v1/staff/shipments/{shipment_id}/evidence"): Operation(
        says="Announce a file that staff have of a shipment, before there is a case.",
        caller=Caller.STAFF,
        body=EvidenceBody,
        answers={201: AnnouncedFile},
        key=Key.HONOURED,
    ),
    ("GET", "/v1/staff/shipments/{shipment_id}/evidence"): Operation(
        says="List what is kept of a shipment, with originals and who sent it.",
        caller=Caller.STAFF,
        answers={200: Rows(of=StaffKeptFile)},
        speaks=True,
    ),
}
