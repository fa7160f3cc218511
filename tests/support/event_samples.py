"""One given value of every event: what the golden samples of `tests/data/events` decode to.

Those of the investigation stand in the modules beside this one, by subject.

A value here is never changed once released. When an event gains a field, a second sample
(`Name.2.json`) and a second value are added, and the first goes on decoding.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from amends.domain.case import events as e
from amends.domain.case.question import Fact
from amends.domain.case.report import ItemLine, Report, Shipment
from amends.domain.case.vocabulary import (
    Finding,
    Kind,
    Outcome,
    Party,
    Remedy,
    ReportChannel,
    Role,
)
from amends.domain.money import Money
from amends.domain.parcel.vocabulary import Direction, Milestone, Reason
from tests.support import (
    event_samples_afterwards,
    event_samples_goods,
    event_samples_investigating,
    event_samples_opening,
)
from tests.support.event_samples_agreeing import AGREEING
from tests.support.event_samples_liability import LIABILITY
from tests.support.event_samples_talking import TALKING

Kindred = TypeVar("Kindred")
CASE_ID = "case_0123456789abcdefghjkmnpqrs"
OFFER_ID = "ofr_0123456789abcdefghjkmnpqrs"
PAYOUT_ID = "pay_0123456789abcdefghjkmnpqrs"
EVIDENCE_ID = "evd_0123456789abcdefghjkmnpqrs"
SURVEY_ID = "srv_0123456789abcdefghjkmnpqrs"
OWED = Money.of("312.47", "CNY")


def _at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


REPORT = Report(
    kind=Kind.LOST,
    noticed_at=datetime(2026, 11, 19, 22, 15, 30, 250000, tzinfo=UTC),
    shipment=Shipment(
        tracking_number="RR123456785CN",
        carrier="china_post",
        service="registered_small_packet",
        shipped_on=date(2026, 8, 20),
        expected_on=date(2026, 9, 5),
        origin_country="CN",
        destination_country="DE",
        destination_postal_code="20095",
        weight_grams=480,
        postage=Money.of("32.50", "CNY"),
        registration_fee=Money.of("3.00", "CNY"),
        order_reference="A-1007",
    ),
    items=(
        ItemLine(
            name="茶壶",
            quantity=2,
            specification="600 ml",
            unit_value=Money.of("130.00", "CNY"),
            flags=("fragile", "valuable"),
            hs_code="6911.10",
        ),
        ItemLine(name="card"),
    ),
    role=Role.SENDER,
    language="zh-CN",
    channel=ReportChannel.WEB,
)

DETAILED = replace(
    REPORT,
    inquired_on=date(2026, 11, 18),
    declared_loss=Money.of("260.00", "CNY"),
    details=(Fact(code="last_seen_at", value="CNHGHA"),),
)

SAMPLES: Mapping[str, e.Event] = {
    **event_samples_investigating.INVESTIGATING,
    **event_samples_afterwards.AFTERWARDS,
    **event_samples_opening.OPENING,
    **event_samples_goods.GOODS,
    **event_samples_goods.RECOVERING,
    **AGREEING,
    **LIABILITY,
    **TALKING,
    "CaseOpened": e.CaseOpened(
        case_id=CASE_ID,
        report=REPORT,
        number_valid=True,
        token_hash="9f86d081884c7d65",
        merchant="mer_tea",
    ),
    "CaseOpened.2": e.CaseOpened(case_id=CASE_ID, report=DETAILED, token_hash="9f86d081884c7d65"),
    "InformationRequested": e.InformationRequested(
        items=("shipment.postage", "items"), due_at=_at(27)
    ),
    "InformationGiven": e.InformationGiven(items=("shipment.postage",)),
    "ReportCorrected": e.ReportCorrected(report=REPORT),
    "ReportCorrected.2": e.ReportCorrected(report=DETAILED),
    "EvidenceExpected": e.EvidenceExpected(
        evidence_id=EVIDENCE_ID,
        kind="posting_receipt",
        content_type="image/jpeg",
        size=183_204,
        sha256="2c26b46b68ffc68f",
    ),
    "EvidenceCarried": e.EvidenceCarried(
        evidence_id="evd_00000000000000000000invoice",
        kind="value_proof",
        content_type="application/pdf",
        size=20_411,
        sha256="fcde2b2edba56bf4",
        shipment_id="shp_0000000000000000000000tea",
        owner="mer_tea",
        sent_by="merchant:mer_tea",
        arrived_at=datetime(2026, 9, 1, 8, 0, tzinfo=UTC),
    ),
    "EvidenceReceived": e.EvidenceReceived(evidence_id=EVIDENCE_ID),
    "EvidenceRefused": e.EvidenceRefused(evidence_id=EVIDENCE_ID, reason="hash_differs"),
    "CaseWithdrawn": e.CaseWithdrawn(reason="it has arrived"),
    "TrackingRead": e.TrackingRead(
        milestone=Milestone.IN_TRANSIT,
        reason=Reason.CUSTOMS_DOCUMENTS,
        direction=Direction.FORWARD,
        found=True,
        channels=("seventeentrack", "upu"),
        scans=7,
        last_movement_at=datetime(2026, 9, 2, 4, 11, 5, tzinfo=UTC),
        ask_again_at=_at(21),
    ),
    "AnomalySeen": e.AnomalySeen(
        kind="stale", since=datetime(2026, 9, 16, 4, 11, 5, tzinfo=UTC), node="CNCANA"
    ),
    "Concluded": e.Concluded(
        finding=Finding.LOST,
        ground="the date of presumed loss has passed and nothing has moved since",
        rule="presumed_loss",
        source="the regime's date, and the channels' silence",
        presumed_from=date(2026, 10, 20),
    ),
    "Concluded.2": e.Concluded(
        finding=Finding.LOST,
        ground="the last holder has no stock-out and the shelves were searched",
        rule="searched_and_not_found",
        source="the custody chain",
        evidence=(EVIDENCE_ID,),
    ),
    "LiabilityFound": e.LiabilityFound(
        party=Party.OTHER_CARRIER, share="1", ground="presumed loss", rule="presumed_loss"
    ),
    "Assessed": e.Assessed(
        regime="upu",
        rule_version="2022-07-01",
        total=OWED,
        denied=None,
        facts='{"lane":["CN","DE"]}',
        assessment='{"steps":["30 XDR"]}',
    ),
    "OfferMade": e.OfferMade(
        offer_id=OFFER_ID,
        remedy=Remedy.COMPENSATION,
        amount=OWED,
        expires_at=datetime(2026, 12, 20, 8, tzinfo=UTC),
    ),
    "OfferAccepted": e.OfferAccepted(
        offer_id=OFFER_ID, rail="bank", payee="DE** **** 3000", payee_part="payee:7c6f"
    ),
    "OfferRefused": e.OfferRefused(
        offer_id=OFFER_ID, reason="too_low", counter=Money.of("400.00", "CNY")
    ),
    "OfferExpired": e.OfferExpired(offer_id=OFFER_ID),
    "PayoutRequested": e.PayoutRequested(
        payout_id=PAYOUT_ID,
        attempt=1,
        key="0123456789abcdef0123456789abcdef",
        rail="bank",
        amount=OWED,
        pay_by=_at(27),
    ),
    "PayoutRequested.2": e.PayoutRequested(
        payout_id=PAYOUT_ID,
        attempt=2,
        key="0123456789abcdef0123456789abcdef",
        rail="coupon",
        amount=Money.of("20.00", "CNY"),
        pay_by=_at(27),
        part=Remedy.COUPON,
    ),
    "PayoutRejected.2": e.PayoutRejected(
        payout_id=PAYOUT_ID, reason="no_such_order", part=Remedy.RESHIPMENT
    ),
    "PayoutReturned.2": e.PayoutReturned(
        payout_id=PAYOUT_ID,
        reason="undone",
        rail="reshipment",
        amount=OWED,
        part=Remedy.RESHIPMENT,
    ),
    "PayoutApproved": e.PayoutApproved(payout_id=PAYOUT_ID, by="staff:7"),
    "PayoutHeld": e.PayoutHeld(payout_id=PAYOUT_ID, reason="needs_approval", ask_at=_at(21)),
    "PayoutSent": e.PayoutSent(payout_id=PAYOUT_ID, ask_at=_at(20, 9)),
    "PayoutCancelled": e.PayoutCancelled(payout_id=PAYOUT_ID, reason="called_back"),
    "PayoutUnknown": e.PayoutUnknown(payout_id=PAYOUT_ID, detail="timeout", ask_at=_at(20, 9)),
    "PayoutAwaitingPayee": e.PayoutAwaitingPayee(payout_id=PAYOUT_ID, ask_at=_at(20, 10)),
    "PayoutCallbackAsked": e.PayoutCallbackAsked(payout_id=PAYOUT_ID),
    "PayoutConfirmed": e.PayoutConfirmed(
        payout_id=PAYOUT_ID, reference="BK-77", rail="bank", amount=OWED
    ),
    "PayoutRejected": e.PayoutRejected(payout_id=PAYOUT_ID, reason="AC04"),
    "PayoutFailureProposed": e.PayoutFailureProposed(
        payout_id=PAYOUT_ID,
        by="staff:finance",
        reason="unknown for 31 days",
        evidence="letter of the bank, 2026-12-21",
    ),
    "PayoutDeclaredFailed": e.PayoutDeclaredFailed(payout_id=PAYOUT_ID, by="staff:supervisor"),
    "PayoutReturned": e.PayoutReturned(
        payout_id=PAYOUT_ID, reason="AC06", rail="bank", amount=OWED
    ),
    "SurveyPlanned": e.SurveyPlanned(survey_id=SURVEY_ID, ask_at=_at(23)),
    "SurveySent": e.SurveySent(survey_id=SURVEY_ID, close_at=datetime(2026, 12, 7, tzinfo=UTC)),
    "FeedbackAdded": e.FeedbackAdded(resolved=True, commented=True),
    "FeedbackGiven": e.FeedbackGiven(score=5, resolved=True, commented=False),
    "CaseReopened": e.CaseReopened(because="feedback"),
    "CaseClosed": e.CaseClosed(outcome=Outcome.COMPENSATED),
}


def sample(kind: type[Kindred]) -> Kindred:
    """The sample of one event type, typed as such."""
    value = SAMPLES[kind.__name__]
    assert isinstance(value, kind)
    return value
