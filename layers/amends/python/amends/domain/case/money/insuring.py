"""Insuring: policies on file, whether they pay for what happened, and the claim to the insurer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from amends.domain.case.case import Case
from amends.domain.case.days import policy_days
from amends.domain.case.events import Event, PolicyNoted, RecoveryPlanned
from amends.domain.case.state.goods import Packaging
from amends.domain.case.state.policy import Exclusion, Policy, PolicyKind
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Finding, Kind, Party
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid, NotFound, OutOfOrder, Refusal

REPLY_WITHIN = timedelta(days=30)
"""Where the policy names no time for the insurer's answer. Our own figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A policy against the case: what stands against it (nothing: it pays), and how much."""

    against: tuple[str, ...]
    payable: Money | None
    notice_by: date | None
    claim_by: date | None

    @property
    def is_covered(self) -> bool:
        """Whether it pays for what happened."""
        return not self.against


def note_policy(case: Case, policy: Policy) -> list[Event]:
    """Put a policy on file; the same one again changes nothing, better known it is replaced."""
    if not case.is_open:
        raise OutOfOrder("the case is closed")
    errors = []
    if policy.cover.amount <= 0:
        errors.append(_error("cover", "a cover is more than nothing"))
    for name in ("deductible", "premium"):
        amount: Money | None = getattr(policy, name)
        if amount is not None and amount.currency != policy.cover.currency:
            errors.append(_error(name, f"told in {policy.cover.currency}, as the cover is"))
    if policy.valid_from and policy.valid_to and policy.valid_to < policy.valid_from:
        errors.append(_error("valid_to", "a policy does not end before it begins"))
    if errors:
        raise Invalid("this policy cannot be kept", errors=errors)
    noted = replace(policy, id=policy_id(case.id, policy))
    return [] if noted in case.agreement.policies else [PolicyNoted(policy=noted)]


def learn(case: Case, open_cover: Mapping[str, Any] | None) -> list[Event]:
    """What is on file without anybody's saying: the carrier's cover, the merchant's open policy."""
    known = {(one.kind, one.insurer, one.number) for one in case.agreement.policies}
    found = [_declared(case), _read(open_cover)]
    return [
        event
        for policy in found
        if policy is not None and (policy.kind, policy.insurer, policy.number) not in known
        for event in note_policy(case, policy)
    ]


def read_policy(told: Mapping[str, Any]) -> Policy:
    """A policy from data; refuses what cannot be read."""
    if not isinstance(told, Mapping):
        raise Invalid("a policy is one JSON object")

    def money(name: str) -> Money | None:
        amount = told.get(name)
        return None if amount is None else Money.of(amount["amount"], amount["currency"])

    def day(name: str) -> date | None:
        return date.fromisoformat(told[name]) if told.get(name) is not None else None

    def count(name: str) -> int | None:
        return int(told[name]) if told.get(name) is not None else None

    try:
        return Policy(
            id="",
            kind=PolicyKind(told.get("kind", PolicyKind.THIRD_PARTY)),
            insurer=str(told["insurer"]),
            number=str(told["number"]),
            cover=Money.of(told["cover"]["amount"], told["cover"]["currency"]),
            deductible=money("deductible"),
            premium=money("premium"),
            valid_from=day("valid_from"),
            valid_to=day("valid_to"),
            notice_days=count("notice_days"),
            claim_days=count("claim_days"),
            reply_days=count("reply_days"),
            covers=tuple(Kind(kind) for kind in told.get("covers", ())),
            excludes=tuple(Exclusion(one) for one in told.get("excludes", ())),
            papers=tuple(str(one) for one in told.get("papers", ())),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise Invalid(f"this policy cannot be read: {error}") from error


def check(case: Case, policy: Policy, on: date) -> Checked:
    """Every condition of the policy, each that fails by its code; and what it then pays."""
    days = {one.name: one.last_day for one in policy_days(case, policy)}
    assessed = case.assessed.total if case.assessed is not None else None
    loss = case.report.declared_loss or case.report.value or assessed
    against = [*_events_against(case, policy), *_days_against(case, policy, on)]
    if loss is None or loss.currency != policy.cover.currency:
        against.append("loss_unknown")
    counting = {upload.kind for upload in case.uploads if upload.counts}
    against += [f"paper_missing:{paper}" for paper in policy.papers if paper not in counting]
    payable = None
    if loss is not None and loss.currency == policy.cover.currency:
        whole = min(loss.amount, policy.cover.amount)
        left = whole - (policy.deductible.amount if policy.deductible else 0)
        payable = Money.of(max(left, 0 * left), policy.cover.currency)
        if payable.is_zero:
            against.append("below_the_deductible")
    return Checked(
        against=tuple(against),
        payable=payable,
        notice_by=days.get("policy_notice"),
        claim_by=days.get("policy_claim"),
    )


def plan_claim(case: Case, found: Policy, on: date) -> list[Event]:
    """Plan to claim from the insurer what was paid and the policy covers; refused with its why."""
    recovery_id = claim_id(case, found)
    if any(plan.id == recovery_id for plan in case.answering.recoveries):
        return []
    checked = check(case, found, on)
    if not checked.is_covered:
        errors = [FieldError(field="policy", code=one, message=one) for one in checked.against]
        raise Invalid("the policy does not pay for this", errors=errors)
    return [
        RecoveryPlanned(
            recovery_id=recovery_id, party=found.insurer, share="1", basis=f"policy {found.number}"
        )
    ]


def claimed(case: Case, found: Policy, on: date) -> Money:
    """What is asked of the insurer: what the policy pays, at most what we have paid."""
    paid = [one.amount for one in case.payouts if one.state is PayoutState.SUCCEEDED]
    payable = check(case, found, on).payable
    if not paid:
        raise OutOfOrder("nothing has been paid: there is nothing to claim back")
    whole = sum(paid[1:], paid[0])
    if payable is None or payable.currency != whole.currency:
        raise OutOfOrder(f"the policy pays in {found.cover.currency}, we paid in {whole.currency}")
    return min(payable, whole, key=lambda one: one.amount)


def claim_id(case: Case, found: Policy) -> str:
    """The recovery that is the claim under this policy."""
    return derived("rcv", case.id, found.id)


def find_policy(case: Case, wanted: str) -> Policy:
    """The policy of that id; refuses one that is not on file."""
    for policy in case.agreement.policies:
        if policy.id == wanted:
            return policy
    raise NotFound("there is no such policy")


def policy_id(case_id: str, policy: Policy) -> str:
    """The same insurance is the same policy, however well it is known."""
    return derived("pol", case_id, policy.kind, policy.insurer, policy.number)


def _read(told: Mapping[str, Any] | None) -> Policy | None:
    """None for what nobody can read: a case does not stand still because a setting is wrong."""
    try:
        return None if told is None else read_policy(told)
    except Refusal:
        return None


def _declared(case: Case) -> Policy | None:
    shipment = case.report.shipment
    if shipment.insured_value is None or shipment.insured_value.amount <= 0:
        return None
    if shipment.insured_value.currency == "XDR":
        return None  # a ceiling of the post's, told with the assessment
    return Policy(
        id="",
        kind=PolicyKind.CARRIER,
        insurer=shipment.carrier or "carrier",
        number=shipment.tracking_number,
        cover=shipment.insured_value,
        premium=_same(shipment.insurance_fee, shipment.insured_value),
    )


def _same(amount: Money | None, like: Money) -> Money | None:
    return amount if amount is not None and amount.currency == like.currency else None


def _events_against(case: Case, policy: Policy) -> list[str]:
    found: list[str] = []
    if case.conclusion is None:
        found.append("nothing_concluded")
    elif case.conclusion.finding in (Finding.DELIVERED, Finding.RETURNED):
        found.append("no_loss")
    if policy.covers and case.report.kind not in policy.covers:
        found.append("event_not_covered")
    look = case.goods.inspection
    parties = {one.party for one in case.liability}
    holds = {
        Exclusion.POOR_PACKING: look is not None and look.packaging is Packaging.POOR,
        Exclusion.SENDER_FAULT: Party.SENDER in parties,
        Exclusion.FORCE_MAJEURE: Party.FORCE_MAJEURE in parties,
        Exclusion.PROHIBITED_CONTENTS: case.report.kind is Kind.PROHIBITED_CONTENTS,
        Exclusion.DELAY: case.report.kind is Kind.DELAYED,
    }
    return [*found, *(f"excluded:{one}" for one in policy.excludes if holds[one])]


def _days_against(case: Case, policy: Policy, on: date) -> list[str]:
    shipped = case.report.shipment.shipped_on
    began, ended = policy.valid_from, policy.valid_to
    found = []
    if shipped is not None and ((began and shipped < began) or (ended and ended < shipped)):
        found.append("not_in_force")
    late = [one for one in policy_days(case, policy) if one.name == "policy_claim"]
    return [*found, *("claim_too_late" for one in late if one.last_day < on)]


def _error(field: str, message: str) -> FieldError:
    return FieldError(field=field, code="not_possible", message=message)
