"""Evolution of recovery: misdelivered and found parcels on their way to the right door."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.evolution.afterwards import claw_back
from amends.domain.case.evolution.waiting import only, waits
from amends.domain.case.state.recovery import Contacted, Stop, StopState
from amends.domain.case.vocabulary import Stage, Status

RECOVER_WITHIN = timedelta(days=30)
"""A parcel that is not back on its way by then counts as not recovered. Our own figure."""
LATE_AFTER = timedelta(days=3)
"""Past the promised day, before a new leg is asked about. Our own figure."""


def recovered(case: Case, event: e.RecoveringEvent, at: datetime) -> Case:
    """After an event of recovery."""
    state = case.recovering
    match event:
        case e.StopRequested():
            stop = Stop(id=event.stop_id, to=event.to, reply_by=event.reply_by)
            moving = _begun(_with(case, stops=(*state.stops, stop)), Status.REDIRECTING, at)
            return waits(moving, {f"stop:{event.stop_id}": event.reply_by})
        case e.StopAcknowledged():
            became = StopState.STOPPED if event.is_stopped else StopState.TOO_LATE
            return _stop(case, event.stop_id, became)
        case e.StopExpired():
            return _stop(case, event.stop_id, StopState.UNANSWERED)
        case e.RecipientIdentified():
            known = _with(case, recipient_part=event.part, erase_recipient_on=event.erase_on)
            return _begun(known, Status.RECOVERING, at)
        case e.RecipientContacted():
            asked = _with(case, contacts=(*state.contacts, event.outcome))
            again = None if event.outcome is Contacted.AGREED else event.next_at
            return waits(asked, {"recipient": again})
        case e.GiftPromised():
            return _with(case, gift=event.value)
        case e.PickupArranged():
            arranged = _with(case, pickup_from=event.from_at, pickup_to=event.to_at)
            return waits(arranged, {"pickup": event.to_at, "recipient": None})
        case e.IntegrityChecked():
            return waits(_with(case, is_sound=event.is_sound), {"pickup": None})
        case e.Repacked():
            return _with(case, new_number=event.new_number)
        case e.Redelivering():
            leg = _with(
                case,
                new_number=event.number,
                leg_carrier=event.carrier,
                leg_since=at,
                expected_on=event.expected_on,
            )
            leg = _begun(leg, Status.REDELIVERING, at)
            expected = datetime.combine(event.expected_on, time(), UTC) + LATE_AFTER
            due = {"recovery": at + RECOVER_WITHIN, "redelivery": max(expected, at)}
            return waits(leg, {**due, "recipient": None})
        case e.Redelivered():
            return _with(case, redelivered_at=event.delivered_at)
        case e.TwinLinked():
            return _with(case, twins=(*state.twins, event.case_id))
        case e.ImpactGraded():
            return _with(case, impact=event.impact, goodwill=event.remedies)
        case e.FoundAgain():
            return _found(_with(case, found_at=at, claw_back=None), event, at)
        case e.ClawBackChosen():
            chosen = waits(_with(case, claw_back=event.choice), {"clawback": None})
            if event.amount is not None:
                chosen = replace(
                    chosen, reclaims=(*chosen.reclaims, claw_back(case, event.amount, at))
                )
            return waits(chosen, {"close": at}) if case.stage is Stage.FOLLOWING_UP else chosen
        case _:
            assert_never(event)


def _found(case: Case, event: e.FoundAgain, at: datetime) -> Case:
    if case.is_paid:
        owed = {n: due for n, due in case.waits.items() if n == "extras" or n.startswith("payout:")}
        if owed:  # what was promised beside the money is still done
            after = replace(case, stage=Stage.SETTLING, status=Status.PAYING)
        else:
            after = replace(case, stage=Stage.FOLLOWING_UP, status=Status.SETTLED)
        return only(after, {**owed, "clawback": event.choose_by})
    if case.accepted_offer is not None or case.payouts:
        return waits(case, {"clawback": event.choose_by})
    again = replace(case, conclusion=None, liability=(), assessed=None, asked_for=())
    again = replace(again, stage=Stage.RECOVERING, status=Status.RECOVERING)
    return only(again, {"recovery": at + RECOVER_WITHIN})


def _begun(case: Case, status: Status, at: datetime) -> Case:
    """In recovery: neither dates nor levels conclude it any more, its own limit does."""
    if case.stage is Stage.RECOVERING:
        return replace(case, status=status)
    begun = replace(case, stage=Stage.RECOVERING, status=status)
    due: dict[str, datetime | None] = {"recovery": at + RECOVER_WITHIN}
    return waits(begun, {**due, "trace": None, "level": None, "next": None})


def _stop(case: Case, stop_id: str, became: StopState) -> Case:
    stops = tuple(replace(s, state=became) if s.id == stop_id else s for s in case.recovering.stops)
    told = waits(_with(case, stops=stops), {f"stop:{stop_id}": None})
    if case.stage is Stage.RECOVERING and became is not StopState.STOPPED:
        return replace(told, status=Status.RECOVERING)
    return told


def _with(case: Case, **changes: Any) -> Case:
    return replace(case, recovering=replace(case.recovering, **changes))
