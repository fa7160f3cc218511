"""The contract of an incident kind: one file in `catalog/incidents/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded
from amends.domain.case.report import Report
from amends.domain.case.vocabulary import Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One line of the evidence checklist; `text` and `why` by language (`en`, `zh-CN`)."""

    code: str
    is_required: bool
    text: Mapping[str, str]
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitUntil:
    """Nothing can be concluded yet; decide again then."""

    at: datetime


Verdict = Concluded | WaitUntil


class Incident(Protocol):
    """What every module in `catalog/incidents/` defines at its top level."""

    REMEDIES: tuple[Remedy, ...]
    """What may be offered, in the order of preference."""
    DOCUMENTS: tuple[Document, ...]

    def missing(self, report: Report) -> tuple[str, ...]:
        """Fields that must still be asked for, as paths of the report body."""
        ...

    def verdict(self, case: Case, *, presumed_from: date | None, at: datetime) -> Verdict:
        """What the case can be concluded as, by readings and dates alone, or when to look again.

        Always concludes at its give-up date at the latest.
        """
        ...
