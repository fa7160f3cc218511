"""Vault: what is kept of a shipment from the day it is posted, before anything has gone wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Event, EvidenceCarried, InformationGiven
from amends.domain.case.evidence import MOST as MOST_OF_A_CASE
from amends.domain.case.evidence import Announced, Fault, answers, check_file
from amends.domain.case.state.upload import Upload, UploadState
from amends.domain.ids import derived
from amends.domain.parcel.carriers import house_of
from amends.domain.refusal import NotFound, OutOfOrder

MOST = 30
"""Files of one shipment."""
KEPT_FOR = timedelta(days=3 * 365)
"""From a file's arrival: the limitation period of the Civil Code, art. 188."""
SAME_USE = timedelta(days=365)
"""A number is given out anew after twelve months at the earliest (UPU standard S10)."""
DOCUMENTS = frozenset(
    "value_proof posting_receipt waybill packing_list order_record commercial_invoice "
    "customs_declaration insurance_proof service_promise declaration other".split()
)
"""Kinds of document; those that a checklist asks for count there."""
PHOTOS = frozenset("packed_item packed_inside packed_outside shipped_label sealed weighed".split())
"""Kinds of photo before it left: they show how it was, and so count as no photo of the damage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One file, who sent it and when; `likeness` of a picture, to find the same elsewhere."""

    upload: Upload
    by: str
    announced_at: datetime
    arrived_at: datetime | None = None
    likeness: str | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is erased."""
        return (self.arrived_at or self.announced_at) + KEPT_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """The files of one owner's shipment; `house` and `shipped_on` as far as they were told."""

    shipment_id: str
    owner: str
    number: str
    house: str | None
    shipped_on: date | None
    opened_at: datetime
    files: tuple[Stored, ...] = ()
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        """When nothing of it is kept any more."""
        return max((one.ends_at for one in self.files), default=self.opened_at + KEPT_FOR)

    def file(self, evidence_id: str) -> Stored:
        """One file; refuses an id that this vault does not have."""
        for one in self.files:
            if one.upload.id == evidence_id:
                return one
        raise NotFound("there is no such evidence")

    def at(self, now: datetime) -> "Vault":
        """As it is now: without what has ended."""
        return replace(self, files=tuple(one for one in self.files if one.ends_at > now))


def id_of(shipment_id: str, announced: Announced) -> str:
    """The same file for the same purpose is the same evidence, however often it is announced."""
    told = (announced.kind, announced.content_type, str(announced.size), announced.sha256)
    return derived("evd", shipment_id, *told)


def expect(vault: Vault, announced: Announced, *, by: str, at: datetime) -> Vault:
    """Expect a file, once; refuses what could never be accepted, before it is sent."""
    check_file(announced, photos=PHOTOS, documents=DOCUMENTS)
    evidence_id = id_of(vault.shipment_id, announced)
    if any(one.upload.id == evidence_id for one in vault.files):
        return vault
    if len(vault.files) >= MOST:
        raise OutOfOrder(f"a shipment holds at most {MOST} files")
    upload = Upload(
        id=evidence_id,
        kind=announced.kind,
        content_type=announced.content_type,
        size=announced.size,
        sha256=announced.sha256,
    )
    return replace(vault, files=(*vault.files, Stored(upload=upload, by=by, announced_at=at)))


def arrived(
    vault: Vault, evidence_id: str, fault: Fault | None, *, likeness: str | None, at: datetime
) -> Vault:
    """What came of an arrival; what was received stays received, whatever comes later."""
    known = vault.file(evidence_id)
    if known.upload.state is UploadState.RECEIVED:
        return vault
    if fault is None:
        upload = replace(known.upload, state=UploadState.RECEIVED, reason=None)
        after = replace(known, upload=upload, arrived_at=at, likeness=likeness)
    else:
        upload = replace(known.upload, state=UploadState.REFUSED, reason=fault)
        after = replace(known, upload=upload)
    files = tuple(after if one is known else one for one in vault.files)
    return replace(vault, files=files)


def concerns(vault: Vault, case: Case) -> bool:
    """Whether the case is about that shipment: its number, and what both know of house and day."""
    shipment = case.report.shipment
    houses = {vault.house, house_of(shipment.carrier)} - {None}
    days = {vault.shipped_on, shipment.shipped_on} - {None}
    if vault.number != shipment.tracking_number or len(houses) > 1 or len(days) > 1:
        return False
    is_sure = None not in (vault.shipped_on, shipment.shipped_on)
    return is_sure or abs(case.opened_at - vault.opened_at) < SAME_USE


def missing(case: Case, vault: Vault) -> Sequence[Stored]:
    """What the case does not have yet of what came; as much as a case holds."""
    if not case.is_open or not concerns(vault, case):
        return ()
    known = {upload.id for upload in case.uploads}
    came = (one for one in vault.files if one.upload.state is UploadState.RECEIVED)
    new = [one for one in came if one.upload.id not in known]
    return new[: max(0, MOST_OF_A_CASE - len(case.uploads))]


def carry(case: Case, vault: Vault) -> list[Event]:
    """Bring into the case what was kept; a document that was asked for answers the question."""
    new = missing(case, vault)
    events: list[Event] = [
        EvidenceCarried(
            evidence_id=one.upload.id,
            kind=one.upload.kind,
            content_type=one.upload.content_type,
            size=one.upload.size,
            sha256=one.upload.sha256,
            shipment_id=vault.shipment_id,
            owner=vault.owner,
            sent_by=one.by,
            arrived_at=one.arrived_at or one.announced_at,
        )
        for one in new
    ]
    if case.asked_for and new and answers(case, *(one.upload.kind for one in new)):
        events.append(InformationGiven(items=case.asked_for))
    return events
