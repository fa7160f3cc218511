"""Evolution of liability and learning."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.evolution.waiting import waits
from amends.domain.case.state.liability import (
    CorrectiveAction,
    FindingState,
    ForceMajeure,
    LiabilityFinding,
    RecoveryPlan,
)
from amends.domain.case.vocabulary import OWED_FOR, Stage

DECIDE_WITHIN = timedelta(days=1)
"""Until somebody is reminded that a signature or an appeal waits. Our own figure."""


def answered(case: Case, event: e.AnsweringEvent, at: datetime) -> Case:
    """After an event of liability or learning."""
    state = case.answering
    match event:
        case e.ForceMajeureTested():
            tested = ForceMajeure(
                event=event.event,
                proof=event.proof,
                causal_link=event.causal_link,
                is_met=event.is_met,
            )
            return _with(case, force_majeure=tested)
        case e.LiabilityProposed():
            finding = LiabilityFinding(
                id=event.finding_id,
                shares=event.shares,
                is_joint=event.is_joint,
                evidence=event.evidence,
                signed_by=event.signed_by,
                needs_second=event.needs_second,
            )
            signed = _with(case, findings=(*state.findings, finding))
            return decided_first(signed, at)
        case e.LiabilityApproved():
            held = replace(case, liability=())  # the shares follow as LiabilityFound
            approved = _finding(
                held, event.finding_id, state=FindingState.APPROVED, approved_by=event.by
            )
            return _decided(approved, at)
        case e.LiabilityRefused():
            return _decided(_finding(case, event.finding_id, state=FindingState.REFUSED), at)
        case e.LiabilityAppealed():
            appealed = _finding(
                case, event.finding_id, state=FindingState.APPEALED, appealed_by=event.party
            )
            return decided_first(appealed, at)
        case e.LiabilityReviewed():
            if event.is_upheld:
                kept = _finding(case, event.finding_id, state=FindingState.UPHELD)
            else:  # it no longer holds: another is proposed, or the dates alone decide
                kept = _finding(case, event.finding_id, state=FindingState.OVERTURNED)
                kept = replace(kept, liability=() if kept.assessed is None else kept.liability)
            return _decided(kept, at)
        case e.PersonnelReferred():
            return _with(case, referrals=(*state.referrals, event.part))
        case e.RecoveryPlanned():
            plan = RecoveryPlan(
                id=event.recovery_id, party=event.party, share=event.share, basis=event.basis
            )
            return _with(case, recoveries=(*state.recoveries, plan))
        case e.RootCauseFound():
            return _with(case, cause=event.cause, cause_node=event.node)
        case e.CorrectiveActionProposed():
            action = CorrectiveAction(
                id=event.action_id,
                kind=event.kind,
                owner=event.owner,
                due_on=event.due_on,
                topic=event.topic,
            )
            return _with(case, actions=(*state.actions, action))
        case e.CorrectiveActionConfirmed():
            actions = tuple(
                replace(a, confirmed_by=event.by) if a.id == event.action_id else a
                for a in state.actions
            )
            return _with(case, actions=actions)
        case _:
            assert_never(event)


def decided_first(case: Case, at: datetime) -> Case:
    """Nothing is assessed until people have decided who answers for it; they are reminded."""
    finding = case.answering.finding
    if not case.is_open or finding is None or not finding.is_pending:
        return case
    due: dict[str, datetime | None] = {}
    if "decision" not in case.waits:
        due["decision"] = at + DECIDE_WITHIN
    owed = case.conclusion is not None and case.conclusion.finding in OWED_FOR
    if owed and case.stage is Stage.ASSESSING:
        due["next"] = None
    return waits(case, due)


def _decided(case: Case, at: datetime) -> Case:
    if not case.is_open:
        return case
    due: dict[str, datetime | None] = {"decision": None}
    if case.stage is Stage.ASSESSING:
        due["next"] = at
    return waits(case, due)


def _with(case: Case, **changes: Any) -> Case:
    return replace(case, answering=replace(case.answering, **changes))


def _finding(case: Case, finding_id: str, **changes: Any) -> Case:
    findings = case.answering.findings
    return _with(
        case,
        findings=tuple(replace(f, **changes) if f.id == finding_id else f for f in findings),
    )
