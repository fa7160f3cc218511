"""Evolution of liability and learning."""

from dataclasses import replace
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.liability_state import (
    CorrectiveAction,
    FindingState,
    ForceMajeure,
    LiabilityFinding,
    RecoveryPlan,
)


def answered(case: Case, event: e.AnsweringEvent) -> Case:
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
            return _with(case, findings=(*state.findings, finding))
        case e.LiabilityApproved():
            held = replace(case, liability=())  # the shares follow as LiabilityFound
            return _finding(
                held, event.finding_id, state=FindingState.APPROVED, approved_by=event.by
            )
        case e.LiabilityRefused():
            return _finding(case, event.finding_id, state=FindingState.REFUSED)
        case e.LiabilityAppealed():
            return _finding(
                case, event.finding_id, state=FindingState.APPEALED, appealed_by=event.party
            )
        case e.LiabilityReviewed():
            kept = FindingState.UPHELD if event.is_upheld else FindingState.OVERTURNED
            return _finding(case, event.finding_id, state=kept)
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


def _with(case: Case, **changes: Any) -> Case:
    return replace(case, answering=replace(case.answering, **changes))


def _finding(case: Case, finding_id: str, **changes: Any) -> Case:
    findings = case.answering.findings
    return _with(
        case,
        findings=tuple(replace(f, **changes) if f.id == finding_id else f for f in findings),
    )
