"""Checklist: the documents that a case asks for, what came for each, and how much is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from amends.catalog import plugin
from amends.catalog.papers import papers
from amends.domain.case.case import Case
from amends.domain.case.incident import Document
from amends.domain.case.state.upload import Upload, UploadState
from amends.domain.case.vocabulary import Role

if TYPE_CHECKING:
    from amends.domain.case.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the checklist, and the files that came for it; `document` None: not asked."""

    kind: str
    document: Document | None
    files: tuple[Upload, ...]

    @property
    def status(self) -> str:
        """`accepted` by a person, `received`, `to_replace`, `refused`, `expected` or `missing`."""
        if any(file.counts and file.is_verified for file in self.files):
            return "accepted"
        if any(file.counts for file in self.files):
            return "received"
        if any(file.flaw for file in self.files):
            return "to_replace"
        states = {file.state for file in self.files}
        order = (UploadState.REFUSED, UploadState.EXPECTED)
        return next((str(state) for state in order if state in states), "missing")

    @property
    def counts(self) -> bool:
        """Whether what was asked is there."""
        return any(file.counts for file in self.files)


def documents_of(case: Case) -> Sequence[Document]:
    """What this kind of incident asks for, and what the regime that applies asks beside it."""
    own = cast("Incident", plugin("incidents", case.report.kind)).DOCUMENTS
    known = {document.code for document in own}
    beside = papers(regime_of(case), case.report.kind, conditions(case))
    return (*own, *(document for document in beside if document.code not in known))


def regime_of(case: Case) -> str | None:
    """The regime that was applied, or the one whose days are on the case."""
    if case.assessed is not None:
        return case.assessed.regime
    return next((one.regime for one in case.agreement.deadlines if one.regime), None)


def conditions(case: Case) -> Mapping[str, bool]:
    """What decides whether some papers are needed."""
    shipment = case.report.shipment
    ends = (shipment.origin_country, shipment.destination_country)
    return {
        "insured": shipment.insured_value is not None,
        "addressee": case.report.role is Role.ADDRESSEE,
        "abroad": None not in ends and ends[0] != ends[1],
        "china_appeal": "CN" in ends and case.agreement.is_legal,
    }


def completeness(lines: Sequence[Line]) -> int:
    """How much of what is required counts as proof, in whole percent; nothing asked is all."""
    required = [line for line in lines if line.document and line.document.is_required]
    there = sum(line.counts for line in required)
    return 100 * there // len(required) if required else 100


def checklist(case: Case) -> tuple[Line, ...]:
    """What is asked and what came of it, then what came unasked."""
    asked = documents_of(case)
    lines = [Line(kind=one.code, document=one, files=_files(case, one.code)) for one in asked]
    known = {one.code for one in asked}
    others = dict.fromkeys(upload.kind for upload in case.uploads if upload.kind not in known)
    lines += [Line(kind=kind, document=None, files=_files(case, kind)) for kind in others]
    return tuple(lines)


def _files(case: Case, kind: str) -> tuple[Upload, ...]:
    return tuple(upload for upload in case.uploads if upload.kind == kind)
