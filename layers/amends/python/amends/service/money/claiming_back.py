"""Claiming back: claims against debtors, their clocks, and coupons to their end."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from amends.domain.case.case import Case
from amends.domain.case.events import CouponLapsed, CouponRedeemed, Event
from amends.domain.case.money import paying, reclaiming
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment.coupon import Coupon, lapse, redeem
from amends.domain.payment.recovery import Debtor, RecoveryState
from amends.domain.refusal import NotFound
from amends.ports import CaseStore
from amends.ports.money import Document, MoneyRecords
from amends.service.amend import amend
from amends.service.money.differences import Found, raise_to_staff

CLAIMS, COUPONS = "claims", "coupons"
COUPON_LIFETIME = timedelta(days=365)
"""Our own figure; told with the code."""


def file(
    store: CaseStore,
    records: MoneyRecords,
    case_id: str,
    recovery_id: str,
    *,
    debtor: Debtor,
    amount: Money,
    form: str,
    file_by: date,
    reply_within: timedelta,
    occasion: Occasion,
) -> Case:
    """File a claim, its reply clock noted first: a clock without a claim is harmless."""
    due = occasion.at + reply_within
    records.add(
        CLAIMS,
        f"{due.isoformat()}#{recovery_id}",
        {"case_id": case_id, "recovery_id": recovery_id, "reply_by": due.isoformat()},
    )
    return amend(
        store,
        case_id,
        occasion,
        lambda case: reclaiming.file_claim(
            case,
            recovery_id,
            debtor=debtor,
            amount=amount,
            form=form,
            file_by=file_by,
            reply_within=reply_within,
            occasion=occasion,
        ),
    )


def claims(records: MoneyRecords) -> Sequence[Document]:
    """Every claim that was filed, by the day on which its reply is due."""
    return records.read(CLAIMS)


def remind(store: CaseStore, records: MoneyRecords, occasion: Occasion) -> int:
    """Raise every claim whose debtor has been silent for too long; how many are new."""
    raised = 0
    for row in records.read(CLAIMS, until=f"{occasion.at.isoformat()}~"):
        if row.get("is_done"):
            continue
        case = store.load(str(row["case_id"]))
        claim = next((c for c in case.reclaims if c.id == row["recovery_id"]), None)
        if claim is None or claim.state is not RecoveryState.FILED:
            _done(CLAIMS, f"{row['reply_by']}#{row['recovery_id']}", row, records)
            continue
        found = Found(
            kind="reply_due",
            rail="recovery",
            key=claim.id,
            case_id=case.id,
            detail=f"{claim.debtor} has not answered since {claim.filed_at:%Y-%m-%d}",
        )
        raised += raise_to_staff(found, records, occasion)
    return raised


def note_coupon(
    case_id: str, payout: CasePayout, reference: str, records: MoneyRecords, occasion: Occasion
) -> None:
    """Remember a code by its digest, and when it expires; the code itself nowhere.

    Its end is noted first; noted again after a crash, it is the same.
    """
    issued_at = payout.sent_at or occasion.at
    told: Document = {
        "case_id": case_id,
        "payout_id": payout.id,
        "reference": reference,
        "expires_at": (issued_at + COUPON_LIFETIME).isoformat(),
    }
    if reference and records.get(COUPONS, reference) is None:
        records.put(f"{COUPONS}#due", f"{told['expires_at']}#{reference}", told)
        records.add(COUPONS, reference, told)


def use_coupon(
    store: CaseStore, records: MoneyRecords, code: str, order: str, occasion: Occasion
) -> Case:
    """Use a code for an order, once; refuses one that is unknown, used or expired."""
    reference = sha256(code.strip().upper().encode()).hexdigest()[:16]
    row = records.get(COUPONS, reference)
    if row is None:
        raise NotFound("there is no such coupon")

    def decide(case: Case) -> list[Event]:
        payout = paying.find_payout(case, str(row["payout_id"]))
        if redeem(_coupon(payout, row), order=order, at=occasion.at) is None:
            return []
        return [CouponRedeemed(payout_id=payout.id, order_reference=order)]

    return amend(store, str(row["case_id"]), occasion, decide)


def lapse_coupons(store: CaseStore, records: MoneyRecords, occasion: Occasion) -> int:
    """Let what nobody used expire; the expense is taken back."""
    lapsed = 0
    for row in records.read(f"{COUPONS}#due", until=f"{occasion.at.isoformat()}~"):
        if row.get("is_done"):
            continue
        done: list[bool] = []

        def decide(case: Case, row: Document = row, done: list[bool] = done) -> list[Event]:
            payout = paying.find_payout(case, str(row["payout_id"]))
            ends = lapse(_coupon(payout, row), at=occasion.at) is not None
            done.append(ends)
            return [CouponLapsed(payout_id=payout.id)] if ends else []

        amend(store, str(row["case_id"]), occasion, decide)
        lapsed += done[-1]
        _done(f"{COUPONS}#due", f"{row['expires_at']}#{row['reference']}", row, records)
    return lapsed


def _done(book: str, entry: str, row: Document, records: MoneyRecords) -> None:
    records.put(book, entry, {**row, "is_done": True})


def _coupon(payout: CasePayout, row: Document) -> Coupon:
    if payout.state is not PayoutState.SUCCEEDED:
        raise NotFound("there is no such coupon")
    return Coupon(
        key=payout.key,
        amount=payout.amount,
        expires_at=datetime.fromisoformat(str(row["expires_at"])),
        redeemed_for=payout.used_for,
        is_lapsed=payout.is_lapsed,
    )
