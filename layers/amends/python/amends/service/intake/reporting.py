"""Reporting: somebody tells us of an incident, and gets a case and a token for it."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from amends.domain.case.case import Case
from amends.domain.case.events import InformationRequested
from amends.domain.case.evolution.talking import summary_of
from amends.domain.case.informing import SPOKEN
from amends.domain.case.intake import open_case
from amends.domain.case.investigation.verification import ANSWER_WITHIN
from amends.domain.case.report import Report
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.parcel.number import check
from amends.ports import CaseStore, Contacts, StaleCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The case, and the token that opens it: handed out once, kept only as a hash."""

    case: Case
    token: str


def report(
    report: Report,
    contact: Mapping[str, object],
    *,
    store: CaseStore,
    contacts: Contacts,
    watch: Callable[[Case], None],
    token_key: bytes,
    origin: str,
    merchant: str | None,
    occasion: Occasion,
    asks: tuple[str, ...] = (),
    incident: str | None = None,
    instead_of: str | None = None,
) -> Reported:
    """Open the case that `origin` names; the same origin again finds the case it opened.

    `incident` and `instead_of` are the store's: raises IncidentHeld. `asks` is what the reporter
    must still tell, asked in the same breath.

    Contacts are written first: a case without its reporter would be worse than a contact without
    a case, which nobody can reach and which its TTL removes.
    """
    case_id = derived("case", origin)
    token = token_of(case_id, token_key)
    contacts.put(case_id, "report", contact)
    if report.channel in SPOKEN and contact.get("wish"):
        words = {"wishes": contact["wish"]}  # put before its claimant with what was understood
        contacts.put(f"{case_id}#{summary_of(case_id)}", "words", words)
    events = open_case(
        report,
        case_id=case_id,
        number_valid=check(report.shipment.tracking_number).valid,
        token_hash=hash_of(token),
        merchant=merchant,
        occasion=occasion,
    )
    if asks:
        events.append(InformationRequested(items=asks, due_at=occasion.at + ANSWER_WITHIN))
    try:
        case = store.open(events, occasion, incident=incident, instead_of=instead_of)
    except StaleCase:
        case = store.load(case_id)
    watch(case)
    return Reported(case=case, token=token)


def token_of(case_id: str, key: bytes, *, turn: int = 0) -> str:
    """The token of a case: 256 bits that only the holder of the key can derive."""
    return hmac.new(key, f"case-token\x1f{case_id}\x1f{turn}".encode(), sha256).hexdigest()


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def opens(case: Case, token: str) -> bool:
    """Whether the token is the case's, compared in constant time."""
    return hmac.compare_digest(case.token_hash.encode(), hash_of(token).encode())
