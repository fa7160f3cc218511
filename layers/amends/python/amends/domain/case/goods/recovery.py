"""Recovery of a misdelivered parcel: stop, ask back, fetch, check, repack, deliver."""

from datetime import date, datetime, timedelta

from amends.domain.calendar import Calendar, after
from amends.domain.case.case import Case
from amends.domain.case.events import (
    Concluded,
    Event,
    GiftPromised,
    ImpactGraded,
    IntegrityChecked,
    KindChanged,
    PickupArranged,
    RecipientContacted,
    RecipientIdentified,
    Redelivered,
    Redelivering,
    Repacked,
    StopAcknowledged,
    StopRequested,
    TaskOpened,
    TrackingRead,
    TwinLinked,
)
from amends.domain.case.investigation.tasks import Asks
from amends.domain.case.question import Fact, value_of
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.state.recovery import Contacted, Impact, Stop, StopState
from amends.domain.case.vocabulary import Finding, Kind, Remedy, Stage
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.parcel.vocabulary import Milestone
from amends.domain.refusal import Invalid, NotFound, OutOfOrder

ACKNOWLEDGE_WITHIN = timedelta(hours=2)
"""Working time for a driver or station to stop a parcel. Our own figure."""
ASK_AGAIN_AFTER = timedelta(days=2)
FORGET_RECIPIENT_AFTER = timedelta(days=60)
"""The wrong recipient's data serve one purpose and end with it. Our own figure."""
LARGEST_GIFT = {"CNY": Money.of("50", "CNY"), "EUR": Money.of("7", "EUR")}
"""Thanks, not payment. Our own figures."""
SEVERE_AFTER, MODERATE_AFTER = timedelta(days=10), timedelta(days=3)
GOODWILL = {
    Impact.SLIGHT: (Remedy.COUPON,),
    Impact.MODERATE: (Remedy.COUPON, Remedy.SERVICE_EXTENSION),
    Impact.SEVERE: (Remedy.SERVICE_EXTENSION, Remedy.COUPON, Remedy.COMPENSATION),
}
_BEFORE = frozenset({Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING})


def request_stop(case: Case, to: str, *, calendar: Calendar, occasion: Occasion) -> list[Event]:
    """Tell whoever moves it to stop; the same addressee is told once."""
    _recoverable(case)
    stop_id = derived("stp", case.id, to)
    if any(stop.id == stop_id for stop in case.recovering.stops):
        return []
    reply_by = after(calendar, occasion.at, ACKNOWLEDGE_WITHIN)
    return [StopRequested(stop_id=stop_id, to=to, reply_by=reply_by)]


def acknowledge_stop(case: Case, stop_id: str, *, is_stopped: bool) -> list[Event]:
    """They stopped it, or it is too late; also after the time to answer has passed."""
    stop = _stop(case, stop_id)
    answer = StopState.STOPPED if is_stopped else StopState.TOO_LATE
    if stop.state is answer:
        return []
    if stop.state not in (StopState.ASKED, StopState.UNANSWERED):
        raise OutOfOrder("this stop has been answered")
    return [StopAcknowledged(stop_id=stop_id, is_stopped=is_stopped)]


def identify_recipient(case: Case, *, part: str, occasion: Occasion) -> list[Event]:
    """Who holds it: the data stand with the contacts, for the return and nothing else."""
    _recoverable(case)
    if case.recovering.recipient_part == part:
        return []
    erase_on = (occasion.at + FORGET_RECIPIENT_AFTER).date()
    return [RecipientIdentified(part=part, purpose="return of the parcel", erase_on=erase_on)]


def contact_recipient(case: Case, outcome: Contacted, occasion: Occasion) -> list[Event]:
    """Log a polite request and its answer; a parcel that was opened may be another incident."""
    _recoverable(case)
    if case.recovering.recipient_part is None:
        raise OutOfOrder("nobody knows yet who holds it")
    attempt = len(case.recovering.contacts) + 1
    next_at = occasion.at + ASK_AGAIN_AFTER
    return [RecipientContacted(attempt=attempt, outcome=outcome, next_at=next_at)]


def is_sought(case: Case) -> bool:
    """Whether whoever holds it may still say so."""
    return case.recovering.recipient_part is not None and case.stage in _BEFORE


def promise_gift(case: Case, gift: str, value: Money) -> list[Event]:
    """Thanks for giving it back, once, and small."""
    _recoverable(case)
    if case.recovering.gift is not None:
        return []
    limit = LARGEST_GIFT.get(value.currency)
    if limit is None or value.amount > limit.amount:
        raise Invalid("a gift of thanks is small: ask the supervisor for more")
    return [GiftPromised(gift=gift, value=value)]


def arrange_pickup(
    case: Case, asks: Asks, *, from_at: datetime, to_at: datetime, occasion: Occasion
) -> list[Event]:
    """A courier's window, agreed with whoever holds it, and the courier's task."""
    _recoverable(case)
    if Contacted.AGREED not in case.recovering.contacts and case.recovering.found_at is None:
        raise OutOfOrder("whoever holds it has not agreed yet")
    if not occasion.at <= from_at < to_at <= from_at + timedelta(hours=12):
        raise Invalid("a window lies ahead and has at most twelve hours")
    if (case.recovering.pickup_from, case.recovering.pickup_to) == (from_at, to_at):
        return []
    task_id = derived("tsk", case.id, "pickup", from_at.isoformat())
    return [
        PickupArranged(from_at=from_at, to_at=to_at, task_id=task_id),
        TaskOpened(
            task_id=task_id,
            role=TaskRole.PICKUP,
            node=None,
            level=2,
            questions=tuple(asks(TaskRole.PICKUP)),
            due_at=to_at,
        ),
    ]


def check_integrity(
    case: Case, answers: tuple[Fact, ...], *, evidence: tuple[str, ...]
) -> list[Event]:
    """Complete, undamaged, looking as shipped, or not.

    Damage belongs to a case of its own, linked to this one; contents that are gone make this
    case one of missing contents.
    """
    _recoverable(case)
    if case.recovering.is_sound is not None:
        return []
    complete = value_of(answers, "complete") == "yes"
    whole = value_of(answers, "undamaged") == "yes"
    alike = value_of(answers, "look_matches") != "no"
    is_sound = complete and whole and alike
    twin = damage_case_of(case.id) if complete and not is_sound else None
    checked = IntegrityChecked(is_sound=is_sound, answers=answers, evidence=evidence, case_id=twin)
    if twin is not None:
        return [checked, TwinLinked(case_id=twin, because="damaged when it was fetched back")]
    if not complete:
        because = "fetched back opened, and something is gone from it"
        gone = KindChanged(before=case.report.kind, after=Kind.CONTENTS_MISSING, because=because)
        return [checked, gone]
    return [checked]


def damage_case_of(case_id: str) -> str:
    """The case about damage that was seen when a parcel was fetched back."""
    return derived("case", f"damage-of\x1f{case_id}")


def repack(case: Case, new_number: str) -> list[Event]:
    """A new label; the old number and the new one belong together from now on."""
    _recoverable(case)
    old = case.report.shipment.tracking_number
    if case.recovering.new_number == new_number:
        return []
    if new_number == old:
        raise Invalid("a new label has a new number")
    return [Repacked(old_number=old, new_number=new_number)]


def redeliver(
    case: Case, *, carrier: str, number: str, expected_on: date, occasion: Occasion
) -> list[Event]:
    """The new leg to the right door, tracked under this case."""
    _recoverable(case)
    if case.recovering.expected_on is not None and case.recovering.new_number == number:
        return []
    stopped = any(stop.state is StopState.STOPPED for stop in case.recovering.stops)
    checked = case.recovering.is_sound is not None
    if not (stopped or checked or case.recovering.found_at is not None):
        raise OutOfOrder("it is neither stopped nor fetched back and checked")
    if expected_on < occasion.at.date():
        raise Invalid("the expected day lies ahead")
    return [Redelivering(carrier=carrier, number=number, expected_on=expected_on)]


def follow_leg(case: Case, reading: TrackingRead, occasion: Occasion) -> list[Event]:
    """What the new leg's tracking says: delivered to the right door ends the recovery."""
    since, moved = case.recovering.leg_since, reading.last_movement_at
    if since is None or reading.milestone is not Milestone.DELIVERED:
        return []
    if moved is not None and moved < since:
        return []  # that was the wrong door
    at = reading.last_movement_at or occasion.at
    return complete_redelivery(case, at, source=", ".join(reading.channels))


def complete_redelivery(case: Case, delivered_at: datetime, *, source: str) -> list[Event]:
    """The right addressee has it: late, and how hard that hit decides the goodwill."""
    if case.stage is not Stage.RECOVERING or case.recovering.redelivered_at is not None:
        return []
    if case.recovering.leg_since is None:
        raise OutOfOrder("no new leg has begun")
    impact = grade(case, delivered_at)
    return [
        Redelivered(delivered_at=delivered_at),
        ImpactGraded(impact=impact, remedies=GOODWILL[impact]),
        Concluded(
            finding=Finding.DELAYED,
            ground="it was recovered and delivered to the right door, late",
            rule="redelivered",
            source=source,
        ),
    ]


def grade(case: Case, delivered_at: datetime) -> Impact:
    """How hard the delay hit: by days since the report, one grade harder for grave cases."""
    waited = delivered_at - case.opened_at
    said = value_of(case.report.details, "impact")
    if said == Impact.SEVERE or waited > SEVERE_AFTER:
        return Impact.SEVERE
    return Impact.MODERATE if waited > MODERATE_AFTER else Impact.SLIGHT


def link_twin(case: Case, other: str, because: str) -> list[Event]:
    """Another case that this one belongs to."""
    if other == case.id:
        raise Invalid("a case is not its own twin")
    return [] if other in case.recovering.twins else [TwinLinked(case_id=other, because=because)]


def _recoverable(case: Case) -> None:
    if case.stage not in _BEFORE:
        raise OutOfOrder(f"a case that is {case.stage} recovers nothing")


def _stop(case: Case, stop_id: str) -> Stop:
    for stop in case.recovering.stops:
        if stop.id == stop_id:
            return stop
    raise NotFound("there is no such stop")
