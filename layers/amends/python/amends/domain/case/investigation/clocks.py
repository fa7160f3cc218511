"""Clocks of an investigation: how long each level has, and what a missed one does by itself."""

from datetime import datetime, timedelta

from amends.domain.calendar import Calendar, after
from amends.domain.case.case import Case
from amends.domain.case.events import (
    CaseClosed,
    CaseWithdrawn,
    ClawBackChosen,
    ClockMissed,
    Concluded,
    Event,
    InformationReminded,
    InquiryExpired,
    LevelExtended,
    LiabilityRefused,
    LiabilityReviewed,
    StopExpired,
    TaskEscalated,
    TaskReminded,
)
from amends.domain.case.state.liability import FindingState
from amends.domain.case.state.recovery import ClawBack
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Stage
from amends.domain.occasion import Occasion

LEVELS = {1: timedelta(hours=12), 2: timedelta(hours=24), 3: timedelta(hours=160)}
"""Working hours of each level: the posts' own phases (reference field 17, UPU)."""
FIRST_REPLY_WITHIN = timedelta(hours=1)
"""Working time until a person has answered (design; field: first answer 24 h)."""
REMIND_AGAIN_AFTER = timedelta(hours=4)
"""Working time from a reminder to the supervisor. Our own figure."""
REMINDERS = 2
DECISIONS_MISSED = 5
"""Times that the supervisor is told of a signature that waits, before it lapses. Our own figure."""
NOBODY = "nobody"
REMIND_CLAIMANT_AFTER = timedelta(days=7)
SUPERVISOR = "supervisor"
REGION = "region"


def act(case: Case, calendar: Calendar, occasion: Occasion) -> list[Event]:
    """What every clock that has run out calls for; each event moves its clock on, or ends it.

    The level's own clock is moved on here only when a pause has ended; a level that is missed
    opens the next one (`investigation.next_level`).
    """
    due = [name for name, at in sorted(case.waits.items()) if at <= occasion.at]
    events: list[Event] = []
    for name in due:
        if name == "information":
            return _information(case, occasion)
        events += _one(case, name, calendar, occasion)
    return events


def _one(case: Case, name: str, calendar: Calendar, occasion: Occasion) -> list[Event]:
    kind, _, key = name.partition(":")
    match kind:
        case "task":
            return _task(case, key, calendar, occasion)
        case "inquiry":
            return [InquiryExpired(inquiry_id=key)]
        case "stop":
            return [StopExpired(stop_id=key)]
        case "level" if case.investigation.is_clock_owed:
            return [extend(case, calendar)]
        case "first_reply":
            return [ClockMissed(clock="first_reply", to=SUPERVISOR)]
        case "quarantine" | "pickup" | "redelivery" | "inspection" | "recipient":
            again = after(calendar, occasion.at, LEVELS[2])
            limit = case.waits.get("recovery")
            last = limit is not None and again >= limit
            return [ClockMissed(clock=kind, to=SUPERVISOR, again_at=None if last else again)]
        case "cctv" | "document":
            return [ClockMissed(clock=name, to=SUPERVISOR)]
        case "decision":
            return _decision(case, after(calendar, occasion.at, LEVELS[2]))
        case "recovery":
            return [_not_recovered(case)]
        case "clawback":
            return [ClawBackChosen(choice=ClawBack.KEEP_MONEY)]
        case _:
            return []


def extend(case: Case, calendar: Calendar) -> LevelExtended:
    """The level's clock, moved on by the time in which the claimant owed an answer."""
    found = case.investigation
    if found.level_opened_at is None:
        raise ValueError("no level is open")
    due_at = after(calendar, found.level_opened_at, LEVELS[found.level], found.pauses)
    return LevelExtended(level=found.level, due_at=due_at)


def _decision(case: Case, again: datetime) -> list[Event]:
    """The supervisor is told; what nobody decides in the end stands as it stood before."""
    told = [one for one in case.investigation.escalations if one.startswith("decision")]
    finding = case.answering.finding
    if finding is None or len(told) < DECISIONS_MISSED:
        return [ClockMissed(clock="decision", to=SUPERVISOR, again_at=again)]
    because = "nobody decided in the time there was for it"
    if finding.state is FindingState.APPEALED:
        return [
            LiabilityReviewed(finding_id=finding.id, by=NOBODY, is_upheld=True, because=because)
        ]
    return [LiabilityRefused(finding_id=finding.id, by=NOBODY, because=because)]


def _task(case: Case, task_id: str, calendar: Calendar, occasion: Occasion) -> list[Event]:
    task = next(task for task in case.investigation.tasks if task.id == task_id)
    if task.reminders == 0:
        again = after(calendar, occasion.at, REMIND_AGAIN_AFTER)
        return [TaskReminded(task_id=task_id, again_at=again)]
    return [TaskEscalated(task_id=task_id, to=SUPERVISOR)]


def _information(case: Case, occasion: Occasion) -> list[Event]:
    count = case.investigation.reminders + 1
    if count <= REMINDERS:
        again = occasion.at + REMIND_CLAIMANT_AFTER
        return [InformationReminded(count=count, again_at=again)]
    if not case.offers and case.goods.quarantine is None:
        return [
            CaseWithdrawn(reason="what was asked was not answered"),
            CaseClosed(outcome=Outcome.WITHDRAWN),
        ]
    return [InformationReminded(count=count)]


def _not_recovered(case: Case) -> Event:
    """The time of a recovery is over: it is concluded as what it was alleged to be.

    What was fetched back and never sent on again is late; what is broken is a case of its own.
    """
    if case.recovering.is_sound is not None:
        return Concluded(
            finding=Finding.DELAYED,
            ground="the parcel was fetched back, and not delivered in the time there was for it",
            rule="recovery_limit",
            source="the recovery's record",
        )
    wrong = case.report.kind is Kind.MISDELIVERED
    return Concluded(
        finding=Finding.MISDELIVERED if wrong else Finding.LOST,
        ground="the parcel was not recovered in the time there was for it",
        rule="recovery_limit",
        source="the recovery's record",
    )


def is_paused(case: Case) -> bool:
    """Whether the clocks stand because the claimant owes an answer."""
    return case.investigation.paused_since is not None and case.stage is not Stage.CLOSED
