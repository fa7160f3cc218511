"""Evolution of fulfilling: each part of a settlement carried out for itself, and the whole."""

from dataclasses import replace
from datetime import datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.evolution.parts import settled, with_offer
from amends.domain.case.evolution.waiting import waits
from amends.domain.case.state.agreement import Extra
from amends.domain.case.state.settlement import OfferState, PayoutState
from amends.domain.case.vocabulary import Remedy, Stage, Status

CHOOSE_AGAIN = timedelta(days=30)
"""How long the claimant may take to name another way of payment."""
DO_EXTRAS_WITHIN = timedelta(days=14)
_OVER = frozenset(
    {
        PayoutState.REJECTED,
        PayoutState.RETURNED,
        PayoutState.CANCELLED,
        PayoutState.SUCCEEDED,
    }
)
_AFTERWARDS: dict[str, datetime | None] = dict.fromkeys(("survey", "close", "remind", "next"))


def carried_out(case: Case, payout_id: str, at: datetime) -> Case:
    """The case once a rail has carried out one part; settled when nothing is owed any more."""
    payout = next((one for one in case.payouts if one.id == payout_id), None)
    if payout is None:  # a history without the intent: the rail's word stands
        return _settled(waits(case, payout=None, offer=None), at)
    again = at if _has_another_underway(case, payout.part) else None
    if payout.part is None:
        paid = waits(replace(case, offers=settled(case)), {payout.clock: again}, offer=None)
        if paid.stage is Stage.CLOSED:  # heard late, and paid after all
            paid = replace(paid, outcome=None)
        return fulfilled(replace(paid, stage=Stage.SETTLING, status=Status.PAYING), at)
    extras = _marked(case, payout.part, payout.reference or payout.id)
    return fulfilled(waits(with_extras(case, extras), {payout.clock: again}), at)


def failed(case: Case, payout_id: str, at: datetime) -> Case:
    """The case once a part was refused, called back or came back: that part is owed again."""
    payout = next((one for one in case.payouts if one.id == payout_id), None)
    if payout is None:
        return _offered_again(case, at)
    if case.has_paid(payout.part):  # another attempt has paid: nothing is owed
        again = at if _has_another_underway(case, payout.part) else None
        return waits(case, {payout.clock: again})
    if payout.part is None:
        return _offered_again(case, at)
    extras = tuple(
        replace(one, reference=None, due_at=at + DO_EXTRAS_WITHIN)
        if one.part.remedy is payout.part and one.reference is not None
        else one
        for one in case.agreement.extras
    )
    owed = waits(with_extras(case, extras), {payout.clock: None})
    if owed.stage not in (Stage.FOLLOWING_UP, Stage.CLOSED):
        return owed
    owed = replace(owed, stage=Stage.SETTLING, status=Status.PAYING, survey_id=None, outcome=None)
    return fulfilled(waits(owed, _AFTERWARDS), at)


def fulfilled(case: Case, at: datetime) -> Case:
    """A case that settles and owes nothing any more is settled; what is left says how it stands."""
    if case.stage is not Stage.SETTLING or not case.is_paid:
        return case
    if not case.is_fulfilled:
        owed = {one.part.remedy for one in case.agreement.owed_extras if not one.is_money}
        waiting = Remedy.RESHIPMENT in owed
        return replace(case, status=Status.RESHIPPING if waiting else Status.PAYING)
    return _settled(case, at)


def _settled(case: Case, at: datetime) -> Case:
    done = replace(case, stage=Stage.FOLLOWING_UP, status=Status.SETTLED)
    if case.feedback is None:
        return waits(done, next=at)
    return waits(done, next=None, close=at)  # who was asked before is not asked again


def with_extras(case: Case, extras: tuple[Extra, ...]) -> Case:
    """The case with these beside its payment, waiting for the first that is not done."""
    due = min((one.due_at for one in extras if one.reference is None), default=None)
    return waits(replace(case, agreement=replace(case.agreement, extras=extras)), extras=due)


def did_extra(case: Case, remedy: Remedy, reference: str, at: datetime) -> Case:
    """The case once a person has done what was promised."""
    return fulfilled(with_extras(case, _marked(case, remedy, reference)), at)


def turned_to_money(case: Case, remedy: Remedy, at: datetime) -> Case:
    """The case once the worth of something promised is to be paid instead."""
    extras = tuple(
        replace(one, is_money=True) if one.part.remedy is remedy and one.reference is None else one
        for one in case.agreement.extras
    )
    return fulfilled(with_extras(case, extras), at)


def _marked(case: Case, remedy: Remedy, reference: str) -> tuple[Extra, ...]:
    return tuple(
        replace(one, reference=reference)
        if one.part.remedy is remedy and one.reference is None
        else one
        for one in case.agreement.extras
    )


def _has_another_underway(case: Case, part: Remedy | None) -> bool:
    return any(payout.state not in _OVER for payout in case.payouts_of(part))


def _offered_again(case: Case, at: datetime) -> Case:
    """The settlement stands; only the way of payment must be chosen again."""
    offer = case.accepted_offer
    if offer is None:
        return waits(case, payout=None, next=at)
    again = with_offer(case, offer.id, state=OfferState.OPEN, expires_at=at + CHOOSE_AGAIN)
    again = replace(again, stage=Stage.NEGOTIATING, status=Status.OFFERED)
    again = replace(again, survey_id=None, outcome=None)  # money can come back after the end
    return waits(again, {**_AFTERWARDS, "payout": None, "offer": at + CHOOSE_AGAIN})
