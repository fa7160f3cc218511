"""Document messages: a document that was not accepted, why, and until when another is awaited."""

from amends.domain.case.case import Case
from amends.domain.case.events import DocumentVerified
from amends.domain.people.values import Value
from amends.service.papers.checklist import documents_of
from amends.service.people.document_wordings import FLAWS


def replacement_values(case: Case, event: DocumentVerified, language: str) -> dict[str, Value]:
    """What the request for another document says; only for one that was refused."""
    if event.flaw is None or event.replace_by is None:
        return {}
    asked = {one.code: one.text[language] for one in documents_of(case)}
    because = {"because": event.because} if event.because else {}
    return {
        "document": asked.get(event.kind, event.kind.replace("_", " ")),
        "reason": FLAWS[event.flaw][language],
        "due_at": event.replace_by,
        **because,
    }
