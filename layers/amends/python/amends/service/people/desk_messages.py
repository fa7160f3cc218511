"""Messages inside the house: escalations and call-backs, without anybody's personal data."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

from amends.domain.case import events as e
from amends.domain.case.days import day_of
from amends.domain.case.lateness import ADMIN
from amends.domain.people.values import Value
from amends.service.people import agreement_wordings as aw
from amends.service.people import wordings as w
from amends.service.people.outbox import Intent


def staff_values(intent: Intent, language: str, desk: str) -> Mapping[str, Value]:
    """What an escalation or a call-back says."""
    case, event, at = intent.case, intent.recorded.event, intent.recorded.at
    common: dict[str, Value] = {
        "case_number": case.id,
        "tracking_number": case.report.shipment.tracking_number,
        "desk_link": desk,
    }
    if isinstance(event, e.CallPlanned):
        because = w.CALL_ABOUT.get(event.because, w.CALL_ABOUT["no_way_left"])
        return common | {
            "reason": because[language],
            "call_by": event.due_at,
            "points": w.call_points(event.because, language),
            "language_spoken": w.SPEAKS[case.report.language][language],
        }
    if isinstance(event, e.DeadlineWarned):
        day = day_of(case, event.name)
        return common | {
            "kind": case.report.kind,
            "stage": case.stage,
            "reason": aw.DAY_NEAR[language].format(what=aw.act(event.name, language)),
            "was_due_at": datetime.combine(day.last_day, time(), UTC) if day else at,
            "wanted": [w.DECIDE[language]],
        }
    late, to = case.late.get(_name(event)), intent.addressee
    if to is not None:
        common["owner"] = aw.WHO[to][language] if to in aw.WHO else to
    return common | {
        "kind": case.report.kind,
        "stage": case.stage,
        "reason": w.CLOCKS.get(_clock(event), w.CLOCK)[language],
        "was_due_at": at if late is None else late.since,
        "wanted": [(aw.ASSIGN if to == ADMIN else w.DECIDE)[language]],
    }


def _name(event: e.Event) -> str:
    """The clock, as the case waits by it."""
    match event:
        case e.ClockMissed(clock=clock):
            return clock
        case e.CallOverdue(call_id=call_id):
            return f"call:{call_id}"
        case _:
            return _clock(event)


def _clock(event: e.Event) -> str:
    """The kind of clock; what it is about stands in the case."""
    match event:
        case e.ClockMissed(clock=clock):
            return clock.partition(":")[0]
        case e.TaskEscalated():
            return "task"
        case e.PayeeAwaited():
            return "payee"
        case e.CallOverdue():
            return "call"
        case e.PayoutRejected() | e.PayoutReturned():
            return "payout"
        case _:
            return "reply"
