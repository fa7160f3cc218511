"""Key figures: how safely, accurately and efficiently parcels and cases are handled.

Requirement 000-1. A parcel counts in the month it ended in, a case in the month it was opened in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.domain.case.vocabulary import Stage
from amends.domain.insight.case_tally import TOTAL_DAYS
from amends.domain.insight.figure import Share, Span, money_of, named, share_of, span_of
from amends.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What was lost or damaged of all parcels that came to an end."""

    parcels: int
    loss: Share
    damage: Share
    missing_contents: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """What came to the right door, and when it was promised; decisions that stood."""

    misdelivery: Share
    delivered: Share
    on_time: Share
    appeals_upheld: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiency:
    """How long things took; `total_at_most_days` counts closed cases by how long they were open."""

    first_reply: Span
    first_reply_in_time: Share
    decision: Span
    decision_in_time: Share
    total: Span
    total_at_most_days: Mapping[str, int]
    stages: Mapping[str, Span]
    overdue: Mapping[str, int]
    """What was due from us and is not done now, by its clock."""
    travel: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """How well parcels could be followed."""

    first_scan_in_time: Share
    without_silence: Share
    scans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpis:
    """All figures of one group."""

    cases: int
    findings: Mapping[str, int]
    outcomes: Mapping[str, int]
    causes: Mapping[str, int]
    safety: Safety
    accuracy: Accuracy
    efficiency: Efficiency
    tracking: Watched
    carrier_answers: Share
    """Inquiries that the carrier answered within its window."""
    paid: tuple[Money, ...]
    value: tuple[Money, ...]
    """Declared value of what the concluded cases were about."""
    claimed_back: tuple[Money, ...]
    recovered: tuple[Money, ...]
    recoveries_settled: Share
    satisfied: Share
    resolved: Share


def kpis_of(told: Mapping[str, int]) -> Kpis:
    """The figures that a tally shows."""

    def n(name: str) -> int:
        return told.get(name, 0)

    parcels = n("parcels")
    all_parcels = parcels + n("found_lost") if parcels > 0 else 0
    decisions = n("decision_count")
    return Kpis(
        cases=n("cases"),
        findings=named(told, "found"),
        outcomes=named(told, "outcome"),
        causes=named(told, "cause"),
        safety=Safety(
            parcels=all_parcels,
            loss=share_of(n("found_lost"), all_parcels),
            damage=share_of(n("found_damaged"), all_parcels),
            missing_contents=share_of(n("found_contents_missing"), all_parcels),
        ),
        accuracy=Accuracy(
            misdelivery=share_of(n("found_misdelivered"), all_parcels),
            delivered=share_of(n("ended_delivered"), all_parcels),
            on_time=share_of(n("on_time"), n("promised")),
            appeals_upheld=share_of(n("appeals_upheld"), n("appeals")),
        ),
        efficiency=Efficiency(
            first_reply=span_of(told, "first_reply"),
            first_reply_in_time=share_of(n("first_reply_in_time"), n("first_reply_clocked")),
            decision=span_of(told, "decision"),
            decision_in_time=share_of(n("decision_in_time"), decisions),
            total=span_of(told, "total"),
            total_at_most_days={
                str(limit): n(f"total_days_{limit}") for limit in (*TOTAL_DAYS, "more")
            },
            stages={stage: span_of(told, f"stage_{stage}") for stage in Stage},
            overdue=named(told, "overdue"),
            travel=span_of(told, "travel"),
        ),
        tracking=Watched(
            first_scan_in_time=share_of(n("first_scan_in_time"), n("postings")),
            without_silence=share_of(parcels - n("silent"), parcels),
            scans=n("scans"),
        ),
        carrier_answers=share_of(n("inquiries_in_time"), n("inquiries")),
        paid=money_of(told, "paid"),
        value=money_of(told, "value"),
        claimed_back=money_of(told, "claimed_back"),
        recovered=money_of(told, "recovered"),
        recoveries_settled=share_of(n("recoveries_settled"), n("recoveries")),
        satisfied=share_of(n("satisfied"), n("opinions")),
        resolved=share_of(n("resolved"), n("opinions")),
    )
