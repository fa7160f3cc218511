"""Evolution of triage, verification, levels, tasks, custody and inquiries."""

from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.evolution.parts import verified as document_verified
from amends.domain.case.evolution.waiting import missed, waits
from amends.domain.case.state.goods import Goods
from amends.domain.case.state.investigation import (
    Match,
    Task,
    TaskLink,
    TaskState,
)
from amends.domain.case.vocabulary import Kind, Stage, Status


def verified(case: Case, event: e.VerifyingEvent, at: datetime) -> Case:
    """After an event of triage or verification."""
    match event:
        case e.ReportJoined():
            known = case.investigation
            parts = (*known.joined_parts, *([event.part] if event.part else []))
            return _with(case, joined=known.joined + 1, joined_parts=parts)
        case e.Triaged():
            return _with(case, severity=event.severity, route=event.route)
        case e.KindChanged():
            changed = replace(case, report=replace(case.report, kind=event.after))
            changed = replace(changed, goods=_untold(case.goods, event))
            return _looked_at_again(changed, at) if case.conclusion is None else changed
        case e.LookPlanned():
            return waits(case, {"trace": event.at})
        case e.DocumentVerified():
            return document_verified(case, event)
        case e.Verified():
            results = {c.result for c in event.checks if c.against == "check_digit"}
            wrong = Match.MISMATCH in results
            valid = True if Match.MATCH in results else (False if wrong else None)
            return _with(replace(case, number_valid=valid), checks=event.checks)
        case e.InformationReminded():
            asked = _with(case, reminders=event.count)
            if event.again_at is None:
                asked = resumed(replace(asked, asked_for=()), at)
                again = "trace" if case.conclusion is None else "next"
                return waits(asked, {"information": None, again: at})
            return waits(asked, {"information": event.again_at})
        case _:
            assert_never(event)


def _untold(goods: Goods, event: e.KindChanged) -> Goods:
    """What we find to be prohibited stays to its claimant what they know until they are told."""
    if event.after is not Kind.PROHIBITED_CONTENTS:
        return replace(goods, untold_kind=None)
    is_told = goods.quarantine is not None and goods.quarantine.is_sender_told
    return goods if is_told else replace(goods, untold_kind=goods.untold_kind or event.before)


def _looked_at_again(case: Case, at: datetime) -> Case:
    if case.stage is Stage.RECOVERING:
        case = replace(case, stage=Stage.INVESTIGATING, status=Status.INVESTIGATING)
    due = {"recovery": None, "recipient": None, "pickup": None, "redelivery": None}
    return waits(case, {**due, "trace": at})


def paused(case: Case, at: datetime) -> Case:
    """The claimant owes an answer: the level's clock stands."""
    case = _with(case, asked=(*case.investigation.asked, *case.asked_for))
    if case.investigation.paused_since is not None:
        return case
    return waits(_with(case, paused_since=at, reminders=0), {"level": None})


def resumed(case: Case, at: datetime) -> Case:
    """The claimant owes nothing any more: the level's clock is moved on at the next look."""
    found = case.investigation
    if found.paused_since is None:
        return case
    pause = (found.paused_since, at)
    running = found.level_due_at is not None and case.stage is Stage.INVESTIGATING
    gone_on = _with(case, pauses=(*found.pauses, pause), paused_since=None, is_clock_owed=running)
    return waits(gone_on, {"level": at}) if running else gone_on


def investigated(case: Case, event: e.InvestigatingEvent, at: datetime) -> Case:
    """After an event of levels, clocks and tasks."""
    match event:
        case e.Assigned():
            return _with(case, assignee=event.to, team=event.team or case.investigation.team)
        case e.LevelOpened():
            return _level(case, event, at)
        case e.LevelExtended():
            moved = _with(case, level_due_at=event.due_at, is_clock_owed=False)
            return waits(moved, {"level": event.due_at})
        case e.FirstReplied():
            return waits(_with(case, first_replied_at=at), {"first_reply": None})
        case e.ClockMissed():
            told = (*case.investigation.escalations, f"{event.clock}>{event.to}")
            name = "level" if event.clock.startswith("level") else event.clock
            return missed(_with(case, escalations=told), name, event.again_at)
        case e.TaskOpened():
            task = Task(
                id=event.task_id,
                role=event.role,
                node=event.node,
                level=event.level,
                questions=event.questions,
                opened_at=at,
                due_at=event.due_at,
                is_restricted=event.is_restricted,
            )
            opened = _with(case, tasks=(*case.investigation.tasks, task))
            if case.stage is Stage.INVESTIGATING and not case.asked_for:
                opened = replace(opened, status=Status.AWAITING_REPLIES)
            return waits(opened, {f"task:{event.task_id}": event.due_at})
        case e.TaskLinkIssued():
            link = TaskLink(token_hash=event.token_hash, expires_at=event.expires_at)
            return _task(case, event.task_id, link=link)
        case e.TaskReminded():
            asked = _task(case, event.task_id, reminders=1)
            return waits(asked, {f"task:{event.task_id}": event.again_at})
        case e.TaskEscalated():
            told = (*case.investigation.escalations, f"task>{event.to}")
            asked = _task(_with(case, escalations=told), event.task_id, escalated_to=event.to)
            return waits(asked, {f"task:{event.task_id}": event.again_at})
        case e.TaskAnswered():
            answered = _task(
                case,
                event.task_id,
                state=TaskState.ANSWERED,
                answers=event.answers,
                evidence=event.evidence,
                by_link=event.by_link,
                answered_at=at,
            )
            return _settled(answered, event.task_id)
        case e.TaskCancelled():
            return _settled(_task(case, event.task_id, state=TaskState.CANCELLED), event.task_id)
        case _:
            assert_never(event)


def _level(case: Case, event: e.LevelOpened, at: datetime) -> Case:
    opened = _with(
        case,
        level=event.level,
        level_opened_at=at,
        level_due_at=event.due_at,
        first_reply_by=event.first_reply_by or case.investigation.first_reply_by,
        is_clock_owed=False,
    )
    stands = case.investigation.paused_since is not None
    due: dict[str, datetime | None] = {"level": None if stands else event.due_at}
    if event.first_reply_by is not None and case.investigation.first_replied_at is None:
        due["first_reply"] = event.first_reply_by
    if opened.stage is Stage.TRACING:
        opened = replace(opened, stage=Stage.INVESTIGATING)
        if not case.asked_for:
            opened = replace(opened, status=Status.INVESTIGATING)
    return waits(opened, due)


def _settled(case: Case, task_id: str) -> Case:
    still = case.investigation.open_tasks
    if not still and case.status is Status.AWAITING_REPLIES:
        case = replace(case, status=Status.INVESTIGATING)
    return waits(case, {f"task:{task_id}": None})


def _with(case: Case, **changes: Any) -> Case:
    return replace(case, investigation=replace(case.investigation, **changes))


def _task(case: Case, task_id: str, **changes: Any) -> Case:
    tasks = case.investigation.tasks
    return _with(case, tasks=tuple(replace(t, **changes) if t.id == task_id else t for t in tasks))
