"""What one case counts for: findings, times, answers, money, causes; from its history alone."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import (
    AppealDecided,
    CaseClosed,
    FeedbackGiven,
    InquiryReplied,
    OfferMade,
)
from amends.domain.case.evolution import evolve, opened
from amends.domain.case.state.investigation import InquiryState
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Outcome, Stage
from amends.domain.insight.tally import Counted, Dimension, Group, Measured, groups_of
from amends.domain.money import XDR, Money
from amends.domain.parcel.carriers import house_of
from amends.domain.payment.recovery import RecoveryState
from amends.domain.people.survey import SATISFIED_SCORE

DECIDE_WITHIN = timedelta(days=30)
"""From report to an offer or a refusal. Our own figure: the month within which the UPU has a
designated operator answer an inquiry at home, and complaints bodies expect an answer."""
TOTAL_DAYS = (1, 3, 7, 14, 30, 60, 90, 180)
"""Upper ends of the classes in which days from report to closing are counted."""
_PENDING = frozenset({RecoveryState.PREPARED})


def count_case(history: Sequence[Recorded]) -> Counted:
    """The case in the month it was opened in, by all that it is counted by."""
    told: Counter[str] = Counter(cases=1)
    case = opened(history[0])
    since = case.opened_at
    for recorded in history[1:]:
        after = evolve(case, recorded)
        if after.stage is not case.stage:
            _span(told, f"stage_{case.stage}", recorded.at - since)
            since = recorded.at
        case = after
    _findings(told, case)
    _speed(told, case, history)
    _inquiries(told, case, history)
    _money(told, case)
    _opinion(told, case)
    return Counted(
        source=case.id,
        version=case.version,
        month=f"{case.opened_at:%Y-%m}",
        groups=_groups(case),
        measures=tuple(Measured(name=name, count=n) for name, n in sorted(told.items()) if n),
        nodes=nodes_of(case),
    )


def nodes_of(case: Case) -> tuple[str, ...]:
    """Every node that is known to have held the parcel, or was asked about it."""
    found = case.investigation
    named = (
        *(record.node for record in found.records),
        *(task.node for task in found.tasks if task.node is not None),
        *(stay.node for stay in found.stays),
        *(gap.node for gap in found.gaps),
        *((case.answering.cause_node,) if case.answering.cause_node else ()),
    )
    return tuple(sorted(set(named)))


def _groups(case: Case) -> tuple[Group, ...]:
    parcel = case.report.shipment
    groups = groups_of(
        carrier=house_of(parcel.carrier),
        origin=parcel.origin_country,
        destination=parcel.destination_country,
        weight_grams=parcel.weight_grams,
        service=parcel.service,
    )
    own = [Group(dimension=Dimension.KIND, value=case.report.kind)]
    if case.answering.cause_node:
        own.append(Group(dimension=Dimension.NODE, value=case.answering.cause_node))
    if case.merchant:
        own.append(Group(dimension=Dimension.MERCHANT, value=case.merchant))
    return (*groups, *own)


def _findings(told: Counter[str], case: Case) -> None:
    if case.conclusion is not None:
        told[f"found_{case.conclusion.finding}"] += 1
        if case.report.value is not None:
            told[_of("value", case.report.value)] += _minor(case.report.value)
    if case.outcome is not None:
        told[f"outcome_{case.outcome}"] += 1
    if case.answering.cause is not None:
        told[f"cause_{case.answering.cause}"] += 1
    told["escalations"] += len(case.investigation.escalations)
    for clock in case.late:
        told[f"overdue_{clock.partition(':')[0]}"] += 1


def _speed(told: Counter[str], case: Case, history: Sequence[Recorded]) -> None:
    found = case.investigation
    if found.first_replied_at is not None:
        _span(told, "first_reply", found.first_replied_at - case.opened_at)
        if found.first_reply_by is not None:
            told["first_reply_clocked"] += 1
            told["first_reply_in_time"] += found.first_replied_at <= found.first_reply_by
    ends = [one for one in history if isinstance(one.event, CaseClosed)]
    if case.stage is Stage.CLOSED and ends:
        days = (ends[-1].at - case.opened_at) / timedelta(days=1)
        _span(told, "total", ends[-1].at - case.opened_at)
        fits = next((limit for limit in TOTAL_DAYS if days <= limit), None)
        told[f"total_days_{fits or 'more'}"] += 1
    answers = (one.at for one in history if isinstance(one.event, OfferMade) or _declines(one))
    decided_at = next(answers, None)
    if decided_at is not None:
        _span(told, "decision", decided_at - case.opened_at)
        told["decision_in_time"] += decided_at - case.opened_at <= DECIDE_WITHIN
    reviews = [one.event for one in history if isinstance(one.event, AppealDecided)]
    told["appeals"] += len(reviews)
    told["appeals_upheld"] += sum(review.upheld for review in reviews)


def _declines(recorded: Recorded) -> bool:
    event = recorded.event
    return isinstance(event, CaseClosed) and event.outcome is Outcome.DECLINED


def _inquiries(told: Counter[str], case: Case, history: Sequence[Recorded]) -> None:
    replied = {
        one.event.inquiry_id: one.at for one in history if isinstance(one.event, InquiryReplied)
    }
    for inquiry in case.investigation.inquiries:
        at = replied.get(inquiry.id)
        if at is None and inquiry.state is not InquiryState.EXPIRED:
            continue  # it still may be answered in time
        told["inquiries"] += 1
        told["inquiries_in_time"] += at is not None and at <= inquiry.reply_by


def _money(told: Counter[str], case: Case) -> None:
    for payout in case.payouts:
        if payout.state is PayoutState.SUCCEEDED:
            told[_of("paid", payout.amount)] += _minor(payout.amount)
    for recovery in case.reclaims:
        if recovery.state in _PENDING:
            continue
        told["recoveries"] += 1
        told["recoveries_settled"] += recovery.state is RecoveryState.SETTLED
        told[_of("claimed_back", recovery.amount)] += _minor(recovery.amount)
        for part in recovery.received:
            told[_of("recovered", part)] += _minor(part)


def _opinion(told: Counter[str], case: Case) -> None:
    feedback: FeedbackGiven | None = case.feedback
    if feedback is None:
        return
    told["opinions"] += 1
    told["scores"] += feedback.score
    told["satisfied"] += feedback.score >= SATISFIED_SCORE
    told["resolved"] += feedback.resolved is True


def _span(told: Counter[str], name: str, span: timedelta) -> None:
    told[f"{name}_count"] += 1
    told[f"{name}_minutes"] += round(span / timedelta(minutes=1))


def _of(name: str, amount: Money) -> str:
    return f"{name}_{amount.currency}"


def _minor(amount: Money) -> int:
    return 0 if amount.currency == XDR else amount.minor
