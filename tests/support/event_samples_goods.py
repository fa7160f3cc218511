"""Samples of the goods, and of a parcel on its way back to the right door."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from amends.domain.case import events as e
from amends.domain.case.question import Fact
from amends.domain.case.state.goods import Disposal, Packaging
from amends.domain.case.state.recovery import ClawBack, Contacted, Impact
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money

INSPECTION_ID = "isp_0123456789abcdefghjkmnpqrs"
STOP_ID = "stp_0123456789abcdefghjkmnpqrs"
TWIN_ID = "case_9123456789abcdefghjkmnpqrs"
EVIDENCE_ID = "evd_0123456789abcdefghjkmnpqrs"


def _at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


GOODS: Mapping[str, e.Event] = {
    "KeepGoodsOrdered": e.KeepGoodsOrdered(until=datetime(2026, 12, 20, 8, tzinfo=UTC)),
    "InspectionBooked": e.InspectionBooked(
        inspection_id=INSPECTION_ID, at=_at(24), place="station:DEHAMA"
    ),
    "Inspected": e.Inspected(
        inspection_id=INSPECTION_ID,
        packaging=Packaging.POOR,
        lacking=("cushioning", "double_wall"),
        damage="the spout is broken off",
        lost_share="0.6",
    ),
    "WeightsCompared": e.WeightsCompared(
        accepted_grams=1480,
        delivered_grams=920,
        tolerance_grams=20,
        is_short=True,
        seal_intact=False,
    ),
    "PartLossFound": e.PartLossFound(lines=("茶壶 ×1",), amount=Money.of("130.00", "CNY")),
    "RepairQuoted": e.RepairQuoted(amount=Money.of("45.00", "CNY"), evidence_id=EVIDENCE_ID),
    "SalvageValued": e.SalvageValued(amount=Money.of("12.00", "CNY")),
    "Quarantined": e.Quarantined(
        category="explosives",
        node="CNHGHA",
        steps=("do_not_move", "evacuate"),
        must_notify=("public_security",),
        notify_by=_at(20, 9),
    ),
    "AuthorityNotified": e.AuthorityNotified(
        authority="public_security", reference="HZ-110-20261120-07"
    ),
    "SenderTold": e.SenderTold(),
    "Disposed": e.Disposed(way=Disposal.HANDED_OVER, receipt="HZ-R-11"),
}

RECOVERING: Mapping[str, e.Event] = {
    "StopRequested": e.StopRequested(stop_id=STOP_ID, to="deutsche_post", reply_by=_at(20, 12)),
    "StopAcknowledged": e.StopAcknowledged(stop_id=STOP_ID, is_stopped=False),
    "StopExpired": e.StopExpired(stop_id=STOP_ID),
    "RecipientIdentified": e.RecipientIdentified(
        part="recipient/1", purpose="recovery", erase_on=date(2026, 12, 20)
    ),
    "RecipientContacted": e.RecipientContacted(
        attempt=1, outcome=Contacted.AGREED, next_at=_at(22)
    ),
    "GiftPromised": e.GiftPromised(gift="coupon", value=Money.of("20.00", "CNY")),
    "PickupArranged": e.PickupArranged(
        from_at=_at(23, 9), to_at=_at(23, 11), task_id="tsk_9123456789abcdefghjkmnpqrs"
    ),
    "IntegrityChecked": e.IntegrityChecked(
        is_sound=False,
        answers=(Fact(code="is_complete", value="no"),),
        evidence=(EVIDENCE_ID,),
        case_id=TWIN_ID,
    ),
    "Repacked": e.Repacked(old_number="RR123456785CN", new_number="RR123456799CN"),
    "Redelivering": e.Redelivering(
        carrier="deutsche_post", number="RR123456799CN", expected_on=date(2026, 11, 26)
    ),
    "Redelivered": e.Redelivered(delivered_at=_at(26, 14)),
    "TwinLinked": e.TwinLinked(case_id=TWIN_ID, because="swapped"),
    "ImpactGraded": e.ImpactGraded(impact=Impact.MODERATE, remedies=(Remedy.COUPON, Remedy.REFUND)),
    "FoundAgain": e.FoundAgain(
        place="station:DEHAMA", is_sound=True, choose_by=datetime(2026, 12, 4, 8, tzinfo=UTC)
    ),
    "ClawBackChosen": e.ClawBackChosen(choice=ClawBack.SHARE, amount=Money.of("100.00", "CNY")),
}
