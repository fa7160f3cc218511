"""Differences: what finance must look at, each raised once and kept until a person settles it."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, NotFound
from amends.ports.money import Document, MoneyRecords

OPEN, SETTLED = "differences", "differences#settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One difference; `booked` and `shown` in minor units where amounts differ."""

    kind: str
    rail: str
    key: str
    case_id: str
    detail: str = ""
    booked: int = 0
    shown: int = 0
    currency: str = ""
    references: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The same difference found again is the same work item."""
        return derived("dif", self.rail, self.key or "+".join(self.references), self.kind)


def raise_to_staff(found: Found, records: MoneyRecords, occasion: Occasion) -> bool:
    """Open a work item, unless it was opened, or settled, before; whether it is new."""
    if records.get(SETTLED, found.name) is not None:
        return False
    document: Document = {
        "id": found.name,
        "kind": found.kind,
        "rail": found.rail,
        "key": found.key,
        "case_id": found.case_id,
        "detail": found.detail,
        "booked_minor": found.booked,
        "shown_minor": found.shown,
        "currency": found.currency,
        "references": list(found.references),
        "raised_at": occasion.at.isoformat(),
        "because": occasion.because,
    }
    if records.get(OPEN, found.name) is not None:
        return False
    return records.add(OPEN, found.name, document)


def open_differences(records: MoneyRecords) -> Sequence[Document]:
    """What nobody has settled yet, by name."""
    return [row for row in records.read(OPEN) if records.get(SETTLED, str(row["id"])) is None]


def settle(name: str, why: str, records: MoneyRecords, occasion: Occasion) -> Document:
    """A person says what it was; the work item and its end are both kept."""
    found = records.get(OPEN, name)
    if found is None:
        raise NotFound("there is no such difference")
    if not why.strip():
        raise Invalid("say what it was")
    ended = {**found, "settled_by": occasion.by, "settled_at": occasion.at.isoformat(), "why": why}
    records.add(SETTLED, name, ended)
    return records.get(SETTLED, name) or ended
