"""Samples of coming to terms: claim, proposals, counters, settlement, appeals."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from amends.domain.case import events as e
from amends.domain.case.state.agreement import Basis, CaseDeadline, Option, Part, Presumed
from amends.domain.case.state.policy import Exclusion, Policy, PolicyKind
from amends.domain.case.vocabulary import Kind, Remedy, Role
from amends.domain.money import Money

OFFER_ID = "ofr_0123456789abcdefghjkmnpqrs"
EVIDENCE_ID = "evd_0123456789abcdefghjkmnpqrs"


def _at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def _yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


OPTIONS = (
    Option(
        parts=(
            Part(remedy=Remedy.COMPENSATION, amount=_yuan("281.08")),
            Part(remedy=Remedy.REFUND, amount=_yuan("31.39")),
            Part(remedy=Remedy.COUPON, amount=_yuan("20.00")),
        )
    ),
    Option(parts=(Part(remedy=Remedy.RESHIPMENT, amount=_yuan("312.47")),)),
)

AGREEING: Mapping[str, e.Event] = {
    "Assessed.2": e.Assessed(
        regime="contract.tea",
        rule_version="2026-01-01",
        total=_yuan("312.47"),
        denied="notice_too_late",
        facts='{"lane":["CN","DE"]}',
        assessment='{"steps":["30 XDR"]}',
        rates='{"CNY":{"on":"2026-11-20","xdr_per_unit":"0.1"}}',
        tariff='{"code":"contract.tea"}',
    ),
    "OfferMade.2": e.OfferMade(
        offer_id=OFFER_ID,
        remedy=Remedy.COMPENSATION,
        amount=_yuan("312.47"),
        expires_at=_at(20),
        options=OPTIONS,
        goodwill=_yuan("20.00"),
    ),
    "OfferAccepted.2": e.OfferAccepted(
        offer_id=OFFER_ID,
        rail="bank",
        payee="DE** **** 3000",
        payee_part="payee:acc_0123456789abcdefghjkmnpqrs",
        option=1,
        without=(Remedy.COUPON,),
    ),
    "OfferRefused.2": e.OfferRefused(
        offer_id=OFFER_ID,
        reason="told",
        counter=_yuan("400.00"),
        remedy=Remedy.RESHIPMENT,
    ),
    "ClaimMade": e.ClaimMade(
        role=Role.SENDER, remedy=Remedy.COMPENSATION, demanded=_yuan("400.00")
    ),
    "EntitlementDeclared": e.EntitlementDeclared(
        role=Role.ADDRESSEE, basis=Basis.ASSIGNED, evidence_id=EVIDENCE_ID
    ),
    "DeadlinesSet": e.DeadlinesSet(
        deadlines=(
            CaseDeadline(
                name="action",
                first_day=date(2026, 12, 1),
                last_day=date(2028, 9, 5),
                rule="montreal.35",
                source="Montreal Convention 1999 art. 35",
            ),
        )
    ),
    "DeadlinesSet.2": e.DeadlinesSet(
        deadlines=(
            CaseDeadline(
                name="inquiry",
                last_day=date(2026, 12, 1),
                rule="upu.21",
                source="UPU Convention art. 21",
                regime="upu.registered",
                met=True,
            ),
        ),
        presumed=Presumed(
            first_day=date(2026, 12, 20),
            rule="cn.postal_law.49.2",
            source="Postal Law 49",
        ),
    ),
    "PolicyNoted": e.PolicyNoted(
        policy=Policy(
            id="pol_0123456789abcdefghjkmnpqrs",
            kind=PolicyKind.THIRD_PARTY,
            insurer="PICC",
            number="PZ-77",
            cover=_yuan("300.00"),
            deductible=_yuan("20.00"),
            premium=_yuan("3.00"),
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
            notice_days=7,
            claim_days=60,
            reply_days=30,
            covers=(Kind.LOST, Kind.DAMAGED),
            excludes=(Exclusion.POOR_PACKING,),
            papers=("value_proof",),
        )
    ),
    "DeadlineWarned": e.DeadlineWarned(name="action"),
    "OfferProposed": e.OfferProposed(
        offer_id=OFFER_ID,
        options=OPTIONS,
        days=30,
        because="a regular customer, and our own station's fault",
        goodwill=_yuan("20.00"),
        over="goodwill_limit",
    ),
    "OfferApproved": e.OfferApproved(offer_id=OFFER_ID),
    "OfferNotApproved": e.OfferNotApproved(offer_id=OFFER_ID, because="no ground for goodwill"),
    "OfferReminded": e.OfferReminded(offer_id=OFFER_ID),
    "PayeeAwaited": e.PayeeAwaited(offer_id=OFFER_ID, until=datetime(2027, 1, 19, 8, tzinfo=UTC)),
    "CounterAnswered": e.CounterAnswered(
        offer_id=OFFER_ID, accepted=False, rule="staff", because="above what was lost"
    ),
    "SettlementWritten": e.SettlementWritten(
        offer_id=OFFER_ID, sha256="2c26b46b68ffc68f", language="zh-CN", reserved=_yuan("87.53")
    ),
    "ReceiptAcknowledged": e.ReceiptAcknowledged(offer_id=OFFER_ID),
    "ExtraTurnedToMoney": e.ExtraTurnedToMoney(
        remedy=Remedy.RESHIPMENT,
        amount=Money.of("88.00", "CNY"),
        reason="sold out",
        consent="by phone, 2026-11-24",
        by="staff:7",
    ),
    "ExtraDone": e.ExtraDone(remedy=Remedy.COUPON, reference="CPN-7"),
    "AppealMade": e.AppealMade(number=1, against="amount", role=Role.SENDER, review_by=_at(30)),
    "ReviewOpened": e.ReviewOpened(because="feedback", review_by=_at(30)),
    "AppealDecided": e.AppealDecided(number=1, upheld=False, because="the figures are right"),
    "LegalRouteOpened": e.LegalRouteOpened(because="no_agreement", until=_at(30)),
}
