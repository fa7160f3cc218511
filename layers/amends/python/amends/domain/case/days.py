"""Days: those of law, contract and policies that stand on a case, and when to warn of each."""

from datetime import UTC, datetime, time, timedelta

from amends.domain.case.case import Case
from amends.domain.case.state.agreement import CaseDeadline
from amends.domain.case.state.policy import Policy

OURS = frozenset({"payment", "policy_notice", "policy_claim"})
"""Days that bind whoever pays or is insured, not whoever claims: staff alone are warned."""


def day_of(case: Case, name: str) -> CaseDeadline | None:
    """The day of that name, as far as the case knows it."""
    return next((one for one in _every_day(case) if one.name == name), None)


def alarms(case: Case, at: datetime, *, before: timedelta) -> dict[str, datetime | None]:
    """When to warn of each day: not of one that was kept, is over, or was warned of."""
    due: dict[str, datetime | None] = {n: None for n in case.waits if n.startswith("deadline:")}
    for one in _every_day(case):
        name = f"deadline:{one.name}"
        if one.met or one.last_day < at.date() or one.name in case.agreement.warned:
            continue
        alarm = datetime.combine(one.last_day, time(), UTC) - before
        known = due.get(name)
        due[name] = alarm if known is None else min(known, alarm)
    return due


def _every_day(case: Case) -> list[CaseDeadline]:
    """The days of law and contract, and the windows of the policies on file."""
    policies = case.agreement.policies
    windows = (day for policy in policies for day in policy_days(case, policy))
    return [*case.agreement.deadlines, *windows]


def policy_days(case: Case, policy: Policy) -> tuple[CaseDeadline, ...]:
    """The windows of a policy, counted from the report."""
    start = case.opened_at.date()
    windows = (("policy_notice", policy.notice_days), ("policy_claim", policy.claim_days))
    return tuple(
        CaseDeadline(
            name=name,
            last_day=start + timedelta(days=days),
            rule=f"policy {policy.number}",
            source=policy.insurer,
        )
        for name, days in windows
        if days is not None
    )
