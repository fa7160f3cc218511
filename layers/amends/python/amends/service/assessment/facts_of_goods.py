"""Facts of the goods: what inspection, scales and investigation add to an assessment."""

from collections.abc import Mapping
from decimal import Decimal

from amends.domain.case.case import Case
from amends.domain.case.state.goods import Packaging
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Finding, Party
from amends.domain.money import Money

_CAUSES: Mapping[Cause, str] = {
    Cause.THEFT: "theft",
    Cause.NEGLIGENCE: "negligence",
    Cause.RULE_BROKEN: "negligence",
    Cause.ROUGH_HANDLING: "negligence",
    Cause.POOR_PACKING: "poor_packing",
    Cause.FALSE_DECLARATION: "sender_fault",
    Cause.ADDRESS_WRITTEN_WRONG: "sender_fault",
    Cause.CUSTOMS: "customs_seizure",
}
"""The investigation's causes in the words of the regimes; the others decide nothing there. A
natural disaster is force majeure only once a finding says so."""


def facts_of_goods(case: Case) -> dict[str, object]:
    """What is known of the goods, in the form of the facts document; unknown is left out."""
    goods = case.goods
    facts: dict[str, object] = {}
    look = goods.inspection
    lost, value = _lost(case), case.report.value
    if lost is not None:
        facts["extent"] = "total" if lost == value else "partial"
    own = _senders_share(case)
    if lost is None and 0 < own < 1:
        lost = case.report.declared_loss or value
    if lost is not None:
        # what the sender answers for is no loss that others make good (Civil Code art. 592)
        others = lost if own == 1 else Money.rounded(lost.amount * (1 - own), lost.currency)
        facts["actual_loss"] = _money(others)
    if goods.repair is not None:
        facts["repair_cost"] = _money(goods.repair)
    if goods.salvage is not None:
        facts["salvage"] = _money(goods.salvage)
    if goods.is_short and goods.accepted_grams is not None and goods.delivered_grams is not None:
        facts["weight_short_grams"] = goods.accepted_grams - goods.delivered_grams
    if cause := cause_of(case):
        facts["cause"] = cause
    elif look is not None and look.packaging is Packaging.POOR:
        facts["cause"] = "poor_packing"
    return facts


def cause_of(case: Case) -> str | None:
    """Why it happened as a regime asks; a finding that holds goes before a cause that was named."""
    parties = {found.party for found in case.liability}
    if Party.FORCE_MAJEURE in parties:
        return "force_majeure"
    if parties and parties <= {Party.SENDER, Party.CLAIMANT}:
        poor = case.goods.inspection and case.goods.inspection.packaging is Packaging.POOR
        return "poor_packing" if poor else "sender_fault"
    if Party.CUSTOMS in parties:
        return "customs_seizure"
    return _CAUSES.get(case.answering.cause) if case.answering.cause else None


def _lost(case: Case) -> Money | None:
    """The loss as it was found; None where nobody looked: then the claimed one counts."""
    finding = case.conclusion.finding if case.conclusion else None
    if finding is Finding.CONTENTS_MISSING:
        return case.goods.part_loss
    look, value = case.goods.inspection, case.report.value
    if finding is not Finding.DAMAGED or look is None or look.lost_share is None or value is None:
        return None
    return Money.rounded(value.amount * Decimal(look.lost_share), value.currency)


def _senders_share(case: Case) -> Decimal:
    own = (Party.SENDER, Party.CLAIMANT)
    return sum((Decimal(f.share) for f in case.liability if f.party in own), Decimal(0))


def _money(money: Money) -> dict[str, str]:
    return {"amount": f"{money.amount:f}", "currency": money.currency}
