"""Money view: payouts, differences and the books as claimants and finance see them."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from amends.adapters.codec import to_jsonable
from amends.domain.case.case import Case
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.money import Money
from amends.domain.payment.ledger import Entry, is_balanced, trial_balance
from amends.web.paging import whole

HANDED = {"coupon": "coupon_code", "wechat_pay": "confirmation"}
"""What the payee must be handed, by rail: a code, or what opens their confirmation page."""
COLUMNS = (
    "booked_at",
    "account",
    "amount",
    "currency",
    "transaction",
    "case_id",
    "payout_key",
)


def payouts_document(
    case: Case, handed: Mapping[str, Mapping[str, object] | None]
) -> dict[str, Any]:
    """The resource of `GET /v1/cases/{id}/payouts`; a code is told while it is of use."""
    data = []
    for payout in case.payouts:
        row = _payout(case, payout)
        name = HANDED.get(payout.rail)
        carry = (handed.get(payout.id) or {}).get("carry")
        if name and carry and payout.state in (PayoutState.SUCCEEDED, PayoutState.AWAITING_PAYEE):
            row[name] = carry
        data.append(row)
    return whole(data)


def staff_payout(case: Case, payout: CasePayout) -> dict[str, Any]:
    """One payout as finance sees it."""
    return {
        **_payout(case, payout),
        "case_id": case.id,
        "key": payout.key,
        "approved_by": payout.approved_by,
    }


def _payout(case: Case, payout: CasePayout) -> dict[str, Any]:
    offer = case.offers[-1] if case.offers else None
    return {
        "id": payout.id,
        "attempt": payout.attempt,
        "rail": payout.rail,
        "amount": to_jsonable(payout.amount),
        "status": payout.state,
        "held": payout.held,
        "part": payout.part,
        "payee": offer.payee if offer and payout is case.payout else None,
        "requested_at": to_jsonable(payout.requested_at),
        "pay_by": to_jsonable(payout.pay_by),
        "sent_at": to_jsonable(payout.sent_at),
        "called_back_at": to_jsonable(payout.called_back_at),
        "ended_at": to_jsonable(payout.ended_at),
        "reference": payout.reference,
        "reason": payout.reason,
    }


def claims_of(case: Case) -> list[dict[str, object]]:
    """What is planned, and how far what was filed has come."""
    filed = {claim.id: claim for claim in case.reclaims}
    planned = [
        {
            "id": plan.id,
            "case_id": case.id,
            "party": plan.party,
            "share": plan.share,
            "basis": plan.basis,
            "status": "planned",
        }
        for plan in case.answering.recoveries
        if plan.id not in filed
    ]
    claims = [
        {
            "id": claim.id,
            "case_id": case.id,
            "debtor": claim.debtor,
            "amount": to_jsonable(claim.amount),
            "form": claim.form,
            "file_by": to_jsonable(claim.file_by),
            "reply_due_at": to_jsonable(claim.reply_due_at),
            "acknowledged": to_jsonable(claim.acknowledged),
            "outstanding": to_jsonable(claim.outstanding),
            "status": claim.state,
            "reason": claim.reason,
            "write_off_asked_by": claim.write_off_asked_by,
        }
        for claim in filed.values()
    ]
    return [*planned, *claims]


def money(amount: Money) -> object:
    """An amount as the API writes it."""
    return to_jsonable(amount)


def trial_balance_document(entries: Sequence[Entry]) -> dict[str, Any]:
    """Every account's balance, debit positive; `is_balanced` per currency, as it must be."""
    balance = trial_balance(entries)
    return {
        "data": [
            {"account": account, "balance": to_jsonable(Money.from_minor(minor, currency))}
            for (account, currency), minor in balance.items()
        ],
        "is_balanced": is_balanced(balance),
        "entries": len({entry.entry_id for entry in entries}),
    }


def entries_csv(entries: Sequence[Entry]) -> str:
    """Entries as a spreadsheet reads them, oldest first; no personal data stands in the ledger."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in sorted(entries, key=lambda one: (one.booked_at, one.entry_id)):
        writer.writerow(entry_row(entry).values())
    return out.getvalue()


def entry_row(entry: Entry) -> dict[str, str]:
    """One entry, by column."""
    amount = Money.from_minor(entry.minor, entry.currency).amount
    told = (
        entry.booked_at.isoformat(),
        entry.account,
        f"{amount:f}",
        entry.currency,
        entry.transaction,
        entry.case_id,
        entry.key,
    )
    return dict(zip(COLUMNS, told, strict=True))
