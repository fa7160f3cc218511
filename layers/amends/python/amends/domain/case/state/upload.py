"""Parts of a case's state: files announced, whether they came, and whether they are proof."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class UploadState(StrEnum):
    """Whether evidence has arrived, and is what was announced."""

    EXPECTED = "expected"
    RECEIVED = "received"
    REFUSED = "refused"


class Flaw(StrEnum):
    """Why a person does not accept a document as proof."""

    ILLEGIBLE = "illegible"
    INCOMPLETE = "incomplete"
    WRONG_DOCUMENT = "wrong_document"
    OTHER_PARCEL = "other_parcel"
    CONTRADICTS = "contradicts"
    ALTERED = "altered"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file announced, whether it came, and whether a person accepted it as proof."""

    id: str
    kind: str
    content_type: str
    size: int
    sha256: str
    state: UploadState = UploadState.EXPECTED
    reason: str | None = None
    is_verified: bool = False
    """Whether a person has looked at it."""
    flaw: Flaw | None = None
    """Why that person refused it."""
    because: str | None = None
    shipment_id: str | None = None
    """The shipment that it was kept with before there was a case."""
    owner: str | None = None
    """The merchant of that shipment."""
    sent_by: str | None = None
    arrived_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether it is proof: it came, and nobody has refused it."""
        return self.state is UploadState.RECEIVED and self.flaw is None
