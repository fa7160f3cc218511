"""Shapes of evidence: files, what is still missing, and how to send it."""

from datetime import datetime
from typing import Literal, TypedDict

from amends.domain.case.state.upload import Flaw, UploadState


class FileDocument(TypedDict):
    """A file of evidence, as it was announced, and what came of it."""

    id: str
    kind: str
    status: UploadState
    content_type: str
    size: int
    sha256: str


class UploadGrant(TypedDict):
    """A form to post the file with; it expires soon."""

    url: str
    fields: dict[str, str]


class AnnouncedFile(FileDocument):
    """A file just announced, and how to send it; null when it is here already."""

    upload: UploadGrant | None


class ListedFile(FileDocument):
    """A file on the checklist; a received one has a short-lived link.

    One that was kept of the shipment before names it, and when it came there; its link is for staff
    and for the merchant whose shipment it is.
    """

    reason: str | None
    message: str | None
    verification: Literal["pending", "accepted", "refused"] | None
    flaw: Flaw | None
    because: str | None
    shipment_id: str | None
    arrived_at: datetime | None
    link: str | None


class StaffFile(ListedFile):
    """The same for staff: the original, and the other cases that hold nearly the same."""

    original: str | None
    sent_by: str | None
    seen_in: list[str]


class KeptFile(FileDocument):
    """A file that is kept of a shipment before there is a case."""

    reason: str | None
    message: str | None
    announced_at: datetime
    arrived_at: datetime | None
    kept_until: datetime
    link: str | None


class StaffKeptFile(KeptFile):
    """The same for staff: the original, and who sent it."""

    original: str | None
    sent_by: str


class ShipmentFound(TypedDict):
    """A shipment that somebody watches, as staff find it."""

    id: str
    tracking_number: str
    order_reference: str | None
    created_at: datetime


class ChecklistLine(TypedDict):
    """What is asked, why, and what came for it."""

    kind: str
    status: str
    is_required: bool
    is_photo: bool
    text: str | None
    why: str | None
    source: str | None
    replace_by: datetime | None
    files: list[ListedFile]


class Checklist(TypedDict):
    """Everything that is asked for, and how much of what is required has come."""

    data: list[ChecklistLine]
    has_more: bool
    next_cursor: str | None
    required: int
    received: int
    accepted: int
    completeness: int
    regime: str | None


class StaffChecklistLine(TypedDict):
    """What is asked, why, and what came for it, for staff."""

    kind: str
    status: str
    is_required: bool
    is_photo: bool
    text: str | None
    why: str | None
    source: str | None
    replace_by: datetime | None
    files: list[StaffFile]


class StaffChecklist(TypedDict):
    """Everything that is asked for, and what has come, for staff."""

    data: list[StaffChecklistLine]
    has_more: bool
    next_cursor: str | None
    required: int
    received: int
    accepted: int
    completeness: int
    regime: str | None
