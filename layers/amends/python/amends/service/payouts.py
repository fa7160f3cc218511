"""Payouts: one intent goes out through its rail; what the rail says is recorded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from amends.catalog import plugin
from amends.domain.case import paying
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.state import CasePayout, PayoutState
from amends.domain.exchange import Exchange, converse
from amends.domain.occasion import Occasion
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.payment.rail import Account, Instruction, Rail
from amends.ports import CaseStore, Contacts, Http, Secrets
from amends.service.amend import amend


@dataclass(frozen=True, slots=True, kw_only=True)
class Treasury:
    """What paying needs beside the case; `settings` of the stack name each rail's base URL."""

    contacts: Contacts
    secrets: Secrets
    settings: Callable[[], Mapping[str, Any]]
    http: Http


def pay(
    store: CaseStore, case_id: str, payout_id: str, treasury: Treasury, occasion: Occasion
) -> Case:
    """Bring one payout forward: send it if the rail has not heard of it, ask about it otherwise.

    Before anything is sent, the rail is asked about the key, and about the key of the attempt
    before it; a success found there is booked and nothing is sent. Only after a record of the try
    (`PayoutUnknown`) does the request go out, so that a crash in between is asked about.
    """
    case = store.load(case_id)
    payout = paying.find_payout(case, payout_id)
    if payout.state in paying.FINAL:
        return case
    for earlier in case.payouts[: payout.attempt - 1]:
        heard = _ask(case, earlier, treasury, occasion)
        if heard.kind is OutcomeKind.SUCCEEDED and earlier.state is not PayoutState.RETURNED:
            return _record(store, case_id, earlier, heard, occasion)
    if payout.state is not PayoutState.REQUESTED:
        outcome = _ask(case, payout, treasury, occasion)
        if not _never_heard(outcome):
            return _record(store, case_id, payout, outcome, occasion)
    tried = amend(
        store,
        case_id,
        occasion,
        lambda now: paying.leave_unknown(now, payout_id, "being sent", occasion),
    )
    if paying.find_payout(tried, payout_id).state in paying.FINAL:
        return tried
    instruction, account, rail = _prepared(case, payout, treasury, occasion)
    remembers = rail.LIMITS.query_for
    if remembers is not None and occasion.at - payout.requested_at > remembers:
        return tried  # "not seen" says nothing any more: a person must look at the statement
    return _record(
        store,
        case_id,
        payout,
        _converse(rail.pay(instruction, account), treasury),
        occasion,
    )


def _ask(case: Case, payout: CasePayout, treasury: Treasury, occasion: Occasion) -> RailOutcome:
    instruction, account, rail = _prepared(case, payout, treasury, occasion)
    return _converse(rail.query(instruction, account), treasury)


def _never_heard(outcome: RailOutcome) -> bool:
    return outcome.kind is OutcomeKind.UNKNOWN and outcome.reason == NOT_SEEN


def _converse(exchange: Exchange[RailOutcome], treasury: Treasury) -> RailOutcome:
    return converse(exchange, treasury.http)


def _prepared(
    case: Case, payout: CasePayout, treasury: Treasury, occasion: Occasion
) -> tuple[Instruction, Account, Rail]:
    rail = cast("Rail", plugin("rails", payout.rail))
    part = payout.payee_part or "payee"
    method = treasury.contacts.get(case.id, part) or {}
    told = treasury.settings().get("rails", {}).get(payout.rail, {})
    account = Account(
        base_url=told.get("base_url", ""),
        at=occasion.at,
        secrets=treasury.secrets.of(f"rails/{payout.rail}"),
        settings=told.get("settings", {}),
    )
    instruction = Instruction(
        key=payout.key,
        amount=payout.amount,
        payee=rail.check_payee({name: str(value) for name, value in method.items()}),
        text=f"Amends {case.id[-8:]}",
        requested_at=payout.requested_at,
    )
    return instruction, account, rail


def _record(
    store: CaseStore,
    case_id: str,
    payout: CasePayout,
    outcome: RailOutcome,
    occasion: Occasion,
) -> Case:
    return amend(store, case_id, occasion, lambda case: _heard(case, payout, outcome, occasion))


def _heard(
    case: Case, payout: CasePayout, outcome: RailOutcome, occasion: Occasion
) -> Sequence[Event]:
    match outcome.kind:
        case OutcomeKind.SUCCEEDED:
            return paying.confirm(case, payout.id, outcome.reference)
        case OutcomeKind.REJECTED | OutcomeKind.CANCELLED:
            return paying.reject(case, payout.id, outcome.reason or outcome.detail)
        case OutcomeKind.AWAITING_PAYEE:
            return paying.await_payee(case, payout.id, occasion)
        case OutcomeKind.RETURNED:
            return paying.note_return(case, payout.id, outcome.reason or "returned")
        case OutcomeKind.ACCEPTED | OutcomeKind.UNKNOWN:
            detail = outcome.reason or outcome.kind
            return paying.leave_unknown(case, payout.id, detail, occasion)
