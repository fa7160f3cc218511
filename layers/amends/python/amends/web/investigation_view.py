"""Investigation view: a case as staff see it; what is restricted is named and not shown."""

from collections.abc import Sequence
from typing import Any

from amends.adapters.codec import to_jsonable
from amends.catalog.prohibited import STEPS, suggest
from amends.domain.case.case import Case
from amends.domain.case.investigation.learning import FITTING, likely_cause
from amends.domain.case.investigation.sign_off import sign_off_of
from amends.domain.case.permissions import Action, allows
from amends.domain.case.state.investigation import Task


def investigation_document(case: Case, groups: Sequence[str]) -> dict[str, Any]:
    """The investigation as staff see it; what is restricted is named and not shown."""
    found = case.investigation
    return {
        "case_id": case.id,
        "version": case.version,
        "kind": case.report.kind,
        "stage": case.stage,
        "status": case.status,
        "outcome": case.outcome,
        "due_at": to_jsonable(case.due_at),
        "clocks": {name: to_jsonable(at) for name, at in case.waits.items()},
        "investigation": {
            **to_jsonable(found),
            "tasks": [task_document(case, task) for task in found.tasks],
            "statements": list(found.statements)
            if allows(groups, Action.READ_STATEMENT)
            else len(found.statements),
        },
        "conclusion": to_jsonable(case.conclusion),
        "liability": to_jsonable(case.liability),
        "answering": {
            **to_jsonable(case.answering),
            "referrals": list(case.answering.referrals)
            if allows(groups, Action.READ_REFERRAL)
            else len(case.answering.referrals),
        },
        "recovering": to_jsonable(case.recovering),
        "goods": to_jsonable(case.goods),
        "sign_off": to_jsonable(sign_off_of(case)),
        "suggested_cause": likely_cause(case),
        "suggested_actions": list(FITTING.get(case.answering.cause, ()))
        if case.answering.cause
        else [],
        "suggested_categories": _suggested(case) if allows(groups, Action.SEE_PROHIBITED) else [],
    }


def _suggested(case: Case) -> list[dict[str, Any]]:
    """Categories of prohibited goods that the report's words hint at; a person names one."""
    words = [item.name for item in case.report.items]
    words += [fact.value for fact in case.report.details if fact.code == "contents"]
    return [
        {
            "id": known.id,
            "text": {"en": known.en, "zh-CN": known.zh},
            "steps": {action: STEPS[action] for action in known.actions},
            "authorities": list(known.authorities),
            "authorities_as_fits": list(known.authorities_as_fits),
        }
        for known in suggest(*words)
    ]


def task_document(case: Case, task: Task) -> dict[str, Any]:
    """One task with whose it is; its link's hash is shown to nobody."""
    shown = {k: v for k, v in to_jsonable(task).items() if k != "link"}
    team = {"assignee": case.investigation.assignee, "team": case.investigation.team}
    return {**shown, **team, "has_link": task.link is not None}
