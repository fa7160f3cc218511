"""Assessing: a case's facts through the engine, recorded so that it can be worked out for ever."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from amends.domain.case.agreement import assessing, deadlines
from amends.domain.case.case import Case
from amends.domain.case.events import Assessed, ClockMissed, Event, InformationRequested
from amends.domain.compensation.assessment import Assessment
from amends.domain.compensation.facts_form import BadFacts, parse
from amends.domain.compensation.rates import Rate, Rates, published
from amends.domain.compensation.regime import Regime
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, Refusal
from amends.service.assessment.facts import facts_of
from amends.service.assessment.quoting import assess

ANSWER_WITHIN = timedelta(days=14)
BY_HAND_WITHIN = timedelta(days=2)
"""How long an adjuster has to assess what the rules on file do not fit."""
RateTable = Mapping[str, Mapping[str, str]]
"""By currency: `xdr_per_unit`, `on`, `source`."""
OURS = frozenset({"sdr_rate", "rate_date"})
"""Facts that are ours to bring, never the claimant's."""
Contract = Mapping[str, Any]
"""A tariff document: a merchant's own contract (`domain.compensation.tariff`)."""


def assessment(
    case: Case, rates: RateTable, tariff: Contract | None, occasion: Occasion
) -> list[Event]:
    """What is owed, recorded with its deadlines; or what must be asked, or who must do it by hand.

    Facts that contradict each other are asked for again, never guessed. Without a usable rate it
    does nothing: the scheduled refresh brings one, and the case stays due.
    """
    document = facts_of(case, as_of=occasion.at.date(), rates=rates)
    readable, refused = legible(document)
    if refused:
        return [InformationRequested(items=refused, due_at=occasion.at + ANSWER_WITHIN)]
    try:
        worked = work_out(readable, rates, tariff)
    except Refusal:
        due = case.waits.get("next")
        if due is not None and due > occasion.at:
            return []
        again_at = occasion.at + BY_HAND_WITHIN
        return [ClockMissed(clock="next", to="adjuster", again_at=again_at)]
    found, assessed = worked
    if missing := tuple(name for name in found.missing if name not in OURS):
        return [InformationRequested(items=missing, due_at=occasion.at + ANSWER_WITHIN)]
    if assessed is None:
        return []
    recorded = assessing.record_assessment(case, assessed)
    told = json.loads(assessed.assessment)
    days = deadlines.set_days(case, deadlines.days_of(told), deadlines.presumed_by(told))
    return [*recorded, *days] if recorded else []


def reassessment(
    case: Case, changes: Mapping[str, object], rates: RateTable, tariff: Contract | None
) -> Assessed:
    """A new assessment on the recorded facts with some of them corrected by a person.

    Refuses facts that cannot be read, that do not suffice, or that no rules on file fit. What was
    recorded (rates, contract) is used again.
    """
    known: dict[str, object] = {}
    if case.assessed is not None:
        known = json.loads(case.assessed.facts)
        tariff = json.loads(case.assessed.tariff) if case.assessed.tariff else tariff
    found, assessed = work_out({**known, **changes}, rates, tariff)
    if assessed is None or found.missing:
        raise BadFacts(f"these facts are needed too: {', '.join(found.missing)}")
    return assessed


def work_out(
    document: Mapping[str, object], rates: RateTable, tariff: Contract | None
) -> tuple[Assessment, Assessed | None]:
    """The engine's answer, and the event that records it; None while a sum is unknown."""
    contract = _contract_for(document, tariff)
    told = _by_contract(document, contract)
    found = _assessed(told, rates, contract)
    if found.total is None:
        return found, None
    used = contract is not None and found.regime == contract.code
    return found, Assessed(
        regime=found.regime or "",
        rule_version=found.version or "",
        total=found.total,
        denied=found.denied.reason if found.denied else None,
        facts=json.dumps(told, ensure_ascii=False),
        assessment=json.dumps(found.document("en"), ensure_ascii=False),
        rates=json.dumps(_needed(told, rates)) if _needed(told, rates) else None,
        tariff=json.dumps(tariff, ensure_ascii=False) if used else None,
    )


def found_on(
    document: Mapping[str, object], rates: RateTable, tariff: Contract | None
) -> Assessment:
    """The engine's answer on these facts, by the merchant's own contract where one holds."""
    contract = read(tariff)
    return _assessed(_by_contract(document, contract), rates, contract)


def read(tariff: Contract | None) -> Regime | None:
    """The contract, by a reader that is loaded only where there is one; refuses what it cannot."""
    if tariff is None:
        return None
    from amends.domain.compensation.tariff import read_tariff

    return read_tariff(tariff)


def _contract_for(document: Mapping[str, object], tariff: Contract | None) -> Regime | None:
    """The contract on file; one that cannot be read binds nobody who names another regime."""
    try:
        return read(tariff)
    except Invalid:
        if document.get("regime"):
            return None
        raise


def _by_contract(document: Mapping[str, object], contract: Regime | None) -> dict[str, object]:
    """The facts, naming the contract as their regime where it stood on the day of posting."""
    told = {**document}
    if contract is not None and not told.get("regime"):
        posted = told.get("posted_on")
        day = date.fromisoformat(posted) if isinstance(posted, str) else None
        if contract.edition_on(day) is not None:
            told["regime"] = contract.code
    return told


def _assessed(told: Mapping[str, object], rates: RateTable, contract: Regime | None) -> Assessment:
    tariffs = [] if contract is None else [contract]
    return assess(parse(told), rates=_table(rates), tariffs=tariffs)


def explain(case: Case, language: str) -> dict[str, object] | None:
    """The worked assessment in the reader's language, recomputed from what was recorded.

    Each step names its source; `sources` tells of each when it was checked and how sure it is.
    """
    if case.assessed is None:
        return None
    recorded = case.assessed
    contract = read(json.loads(recorded.tariff) if recorded.tariff else None)
    found = assess(
        parse(json.loads(recorded.facts)),
        rates=_table(json.loads(recorded.rates) if recorded.rates else {}),
        version=recorded.rule_version,
        tariffs=[] if contract is None else [contract],
    )
    return found.document(language)


def presumed_from(case: Case, *, as_of: date, rates: RateTable) -> date | None:
    """The first day on which a silent parcel counts as lost, as far as the facts tell it."""
    document = {**facts_of(case, as_of=as_of, rates=rates), "event": "delayed"}
    readable, _ = legible(document)
    try:
        presumed = assess(parse(readable)).presumed_loss
    except Refusal:
        return None
    return presumed.first_day if presumed else None


def legible(document: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """The facts that can be read together, and the names of those that cannot."""
    readable, refused = dict(document), []
    for _ in range(len(document)):
        try:
            parse(readable)
        except BadFacts as error:
            names = {told.field.partition(".")[0] for told in error.errors} & readable.keys()
            if not names:
                break
            for name in sorted(names):
                readable.pop(name)
                refused.append(name)
        else:
            break
    return readable, tuple(refused)


def _table(rates: RateTable) -> Rates:
    return published().with_(
        Rate(
            currency=currency,
            on=date.fromisoformat(told["on"]),
            xdr_per_unit=Decimal(told["xdr_per_unit"]),
            source=told.get("source", "rates of the stack"),
        )
        for currency, told in rates.items()
        if "on" in told and "xdr_per_unit" in told
    )


def _needed(document: Mapping[str, object], rates: RateTable) -> dict[str, dict[str, str]]:
    """The stack's rates of the currencies that the facts are told in."""
    currencies = {
        str(fact["currency"])
        for fact in document.values()
        if isinstance(fact, Mapping) and "currency" in fact
    }
    return {name: dict(rates[name]) for name in sorted(currencies & rates.keys())}
