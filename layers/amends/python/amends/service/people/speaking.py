"""Speaking: what a claimant writes joins the thread of the case, its words before its record."""

from collections.abc import Mapping

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.investigation.inquiry import acknowledge_inquiry
from amends.domain.case.state.talking import BY_CARRIER, Voice
from amends.domain.case.talking import conversing
from amends.domain.occasion import Occasion
from amends.ports import CaseStore, Contacts
from amends.service.amend import amend


def speak_by_mail(
    cases: CaseStore,
    contacts: Contacts,
    occasion: Occasion,
    case_id: str,
    message_id: str,
    words: Mapping[str, object],
    files: tuple[str, ...],
) -> None:
    """Keep what a mail says and note it in the thread; the same mail again changes nothing."""
    told = {**words, "at": occasion.at.isoformat()}
    contacts.put(f"{case_id}#{message_id}", "words", told)
    is_automatic = words.get("is_automatic") is True
    amend(
        cases,
        case_id,
        occasion,
        lambda case: conversing.post(
            case,
            message_id,
            Voice.CLAIMANT,
            channel="email",
            evidence=files,
            is_automatic=is_automatic,
        ),
    )


def hear_carrier(
    cases: CaseStore,
    contacts: Contacts,
    occasion: Occasion,
    case_id: str,
    message_id: str,
    words: Mapping[str, object],
    files: tuple[str, ...],
    inquiry_id: str,
) -> None:
    """Keep what a carrier answers as a note for staff, who say what it means for the case."""
    told = {**words, "at": occasion.at.isoformat()}
    contacts.put(f"{case_id}#{message_id}", "words", told)
    reference = str(words.get("subject") or "mail")[:80]

    def noted(case: Case) -> list[Event]:
        posted = conversing.post(
            case, message_id, Voice.STAFF, channel=BY_CARRIER, evidence=files, is_internal=True
        )
        return [*posted, *acknowledge_inquiry(case, inquiry_id, reference)] if posted else []

    amend(cases, case_id, occasion, noted)
