"""Evolution of the goods: kept, inspected, weighed, quarantined."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.evolution.waiting import waits
from amends.domain.case.state.goods import Inspection, Quarantine
from amends.domain.case.vocabulary import Stage, Status

LOOK_AFTER_INSPECTION = timedelta(days=1)
DISPOSE_WITHIN = timedelta(days=30)
"""From the last notice to an authority until somebody asks what became of it. Our own figure."""


def goods(case: Case, event: e.GoodsEvent, at: datetime) -> Case:
    """After an event about the goods."""
    state = case.goods
    match event:
        case e.KeepGoodsOrdered():
            return _with(case, keep_until=event.until)
        case e.InspectionBooked():
            look = Inspection(id=event.inspection_id, at=event.at, place=event.place)
            booked = _with(case, inspections=(*state.inspections, look))
            return waits(booked, {"inspection": event.at + LOOK_AFTER_INSPECTION})
        case e.Inspected():
            seen = tuple(
                replace(
                    look,
                    packaging=event.packaging,
                    lacking=event.lacking,
                    lost_share=event.lost_share,
                )
                if look.id == event.inspection_id
                else look
                for look in state.inspections
            )
            return waits(_with(case, inspections=seen), {"inspection": None})
        case e.WeightsCompared():
            return _with(
                case,
                accepted_grams=event.accepted_grams,
                delivered_grams=event.delivered_grams,
                is_short=event.is_short,
            )
        case e.PartLossFound():
            return _with(case, part_loss=event.amount)
        case e.RepairQuoted():
            return _with(case, repair=event.amount)
        case e.SalvageValued():
            return _with(case, salvage=event.amount)
        case e.Quarantined():
            apart = Quarantine(
                category=event.category,
                node=event.node,
                steps=event.steps,
                must_notify=event.must_notify,
                since=at,
            )
            held = replace(
                _with(case, quarantine=apart),
                stage=Stage.INVESTIGATING,
                status=Status.INVESTIGATING,
            )
            return waits(held, {"quarantine": event.notify_by, "trace": at, "recovery": None})
        case e.AuthorityNotified():
            notified = (*_apart(case).notified, event.authority)
            told = _quarantine(case, notified=notified, last_told_at=at)
            if _apart(told).to_notify:
                return told
            return waits(told, {"quarantine": at + DISPOSE_WITHIN})
        case e.SenderTold():
            told = _quarantine(case, is_sender_told=True, last_told_at=at)
            return _with(told, untold_kind=None)
        case e.Disposed():
            return waits(_quarantine(case, disposal=event.way), {"quarantine": None})
        case _:
            assert_never(event)


def _with(case: Case, **changes: Any) -> Case:
    return replace(case, goods=replace(case.goods, **changes))


def _apart(case: Case) -> Quarantine:
    if case.goods.quarantine is None:
        raise TypeError("nothing is in quarantine")
    return case.goods.quarantine


def _quarantine(case: Case, **changes: Any) -> Case:
    return _with(case, quarantine=replace(_apart(case), **changes))
