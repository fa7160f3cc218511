"""Evidence: a file is announced, arrives, and is what was announced or is refused."""

from dataclasses import dataclass
from enum import StrEnum

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    EvidenceExpected,
    EvidenceReceived,
    EvidenceRefused,
    InformationGiven,
)
from amends.domain.case.file_type import ACCEPTED, is_what_it_says
from amends.domain.case.state.upload import Upload, UploadState
from amends.domain.ids import derived
from amends.domain.refusal import FieldError, Invalid, NotFound, OutOfOrder

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
MOST = 100
"""Files of one case; beyond, somebody fills our disks."""
GENERAL = (
    "letter",
    "correspondence",
    "police_report",
    "declaration",
    "customs_declaration",
    "commercial_invoice",
    "other",
)
"""Kinds of document that belong to every kind of incident, beside its own checklist."""
CUSTOMS_PAPERS = "customs.papers"
MAY_ANSWER = {
    "value_proven": ("value_proof",),
    CUSTOMS_PAPERS: ("customs_declaration", "commercial_invoice", "declaration"),
}
"""Questions that a document answers, and which."""


class Fault(StrEnum):
    """Why a file that arrived is not evidence."""

    SIZE = "size"
    HASH = "hash"
    TYPE = "type"
    UNREADABLE = "unreadable"
    ACTIVE = "active_content"
    TWO_IN_ONE = "two_in_one"
    INFECTED = "infected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a sender says will come; `sha256` in lower-case hexadecimal."""

    kind: str
    content_type: str
    size: int
    sha256: str


def id_of(case_id: str, announced: Announced) -> str:
    """The same file for the same purpose is the same evidence, however often it is announced."""
    told = (announced.kind, announced.content_type, str(announced.size), announced.sha256)
    return derived("evd", case_id, *told)


def expect(
    case: Case, announced: Announced, *, photos: frozenset[str], documents: frozenset[str]
) -> list[Event]:
    """Expect a file, once; refuses what could never be accepted, before it is sent."""
    if not case.is_open:
        raise OutOfOrder("the case is closed")
    check_file(announced, photos=photos, documents=documents | set(GENERAL))
    evidence_id = id_of(case.id, announced)
    if any(upload.id == evidence_id for upload in case.uploads):
        return []
    if len(case.uploads) >= MOST:
        raise OutOfOrder(f"a case holds at most {MOST} files")
    return [
        EvidenceExpected(
            evidence_id=evidence_id,
            kind=announced.kind,
            content_type=announced.content_type,
            size=announced.size,
            sha256=announced.sha256,
        )
    ]


def check_file(announced: Announced, *, photos: frozenset[str], documents: frozenset[str]) -> None:
    """Refuse, field by field, what could never be accepted."""
    errors = []
    if announced.kind not in photos | documents:
        known = ", ".join(sorted(photos | documents))
        errors.append(_error("kind", "unknown_kind", f"known here are {known}"))
    if announced.content_type not in ACCEPTED:
        accepted = ", ".join(sorted(ACCEPTED))
        errors.append(_error("content_type", "type_not_accepted", f"accepted are {accepted}"))
    elif announced.kind in photos and not announced.content_type.startswith("image/"):
        errors.append(_error("content_type", "photo_needed", "here only a photo counts"))
    if not 0 < announced.size <= LARGEST:
        errors.append(_error("size", "size", f"a file has 1 to {LARGEST} bytes"))
    if errors:
        raise Invalid("this file cannot be accepted", errors=errors)


def fault_of(upload: Upload, *, size: int, sha256: str, head: bytes) -> Fault | None:
    """Why what arrived is not what was announced, or None when it is."""
    if size != upload.size:
        return Fault.SIZE
    if sha256 != upload.sha256:
        return Fault.HASH
    if not is_what_it_says(upload.content_type, head):
        return Fault.TYPE
    return None


def arrived(case: Case, evidence_id: str, fault: Fault | None) -> list[Event]:
    """Record what came of an arrival; what was received stays received, whatever comes later.

    A closed case takes it in too: it was asked for while the case was open. The last document that
    was asked for answers the question, and the case goes on.
    """
    upload = upload_of(case, evidence_id)
    if upload.state is UploadState.RECEIVED:
        return []
    if fault is not None:
        if upload.state is UploadState.REFUSED and upload.reason == fault:
            return []
        return [EvidenceRefused(evidence_id=evidence_id, reason=fault)]
    events: list[Event] = [EvidenceReceived(evidence_id=evidence_id)]
    if case.is_open and case.asked_for and answers(case, upload.kind):
        events.append(InformationGiven(items=case.asked_for))
    return events


def upload_of(case: Case, evidence_id: str) -> Upload:
    """One announced file; refuses an id that this case does not have."""
    for upload in case.uploads:
        if upload.id == evidence_id:
            return upload
    raise NotFound("there is no such evidence")


def answers(case: Case, *kinds: str, item: str | None = None) -> bool:
    """Whether with these documents everything that was asked for, or one thing, is there."""
    there = {upload.kind for upload in case.uploads if upload.counts} | set(kinds)
    wanted = case.asked_for if item is None else (item,)
    return all(there & set(MAY_ANSWER.get(one, ())) for one in wanted)


def _error(field: str, code: str, message: str) -> FieldError:
    return FieldError(field=field, code=code, message=message)
