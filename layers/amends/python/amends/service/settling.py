"""Settling: what a case needs next, decided from its state alone and harmless to repeat."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from amends.catalog import plugin
from amends.domain.case import aftercare, assessing, negotiation, paying, tracing
from amends.domain.case.case import Case
from amends.domain.case.concluding import unpaid_outcome
from amends.domain.case.events import (
    Assessed,
    CaseClosed,
    Concluded,
    Event,
    InformationRequested,
    KindChanged,
)
from amends.domain.case.state import PayoutState
from amends.domain.case.verification import OnFile
from amends.domain.case.vocabulary import Stage
from amends.domain.compensation.facts_form import parse
from amends.domain.occasion import Occasion
from amends.domain.parcel.reading import Scan
from amends.ports import CaseStore, Queue
from amends.service.amend import amend
from amends.service.facts import facts_of
from amends.service.investigating import act_on_due, begin_steps
from amends.service.quoting import assess

if TYPE_CHECKING:
    from amends.domain.case.incident import Incident

ANSWER_WITHIN = timedelta(days=14)
FIRST_WORD_WITHIN = timedelta(minutes=2)
"""How long an investigation waits for the channels' first word before it opens without one."""
RateTable = Mapping[str, Mapping[str, str]]
"""By currency: `xdr_per_unit`, `on`, `source`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What the next step may need beside the case."""

    rates: Callable[[], RateTable]
    survey_after: timedelta
    payouts: Queue
    scans: Callable[[Case], Sequence[Scan]]
    """What the channels have recorded of the parcel."""
    on_file: Callable[[Case], Sequence[OnFile]]
    """What we and the channels know of the shipment."""
    reach: Callable[[Case, Occasion], None]
    """What the case's state calls for beyond the case; harmless to repeat."""


def next_step(store: CaseStore, case_id: str, settling: Settling, occasion: Occasion) -> Case:
    """Take every step that the case is ready for; at rest it changes nothing."""
    case = store.load(case_id)
    while True:
        moved = amend(store, case_id, occasion, lambda now: steps(now, settling, occasion))
        if moved.version == case.version:
            break
        case = moved
    settling.reach(case, occasion)
    return case


def send_payout(store: CaseStore, case_id: str, settling: Settling) -> None:
    """Put the intent that was just recorded to the payouts' queue; twice is harmless."""
    payout = store.load(case_id).payout
    if payout is not None and payout.state is PayoutState.REQUESTED:
        settling.payouts.send({"case_id": case_id, "payout_id": payout.id})


def steps(case: Case, settling: Settling, occasion: Occasion) -> list[Event]:
    """The events of one step: what a missed clock calls for goes before what the stage does."""
    if case.stage in (Stage.TRACING, Stage.INVESTIGATING):
        return _look(case, settling, occasion)
    if missed := act_on_due(case, occasion):
        return missed
    match case.stage:
        case Stage.ASSESSING:
            return _assess(case, settling, occasion)
        case Stage.NEGOTIATING:
            return negotiation.expire_offer(case, occasion)
        case Stage.SETTLING:
            return paying.request_payout(case, occasion)
        case Stage.FOLLOWING_UP:
            planned = aftercare.plan_survey(case, after=settling.survey_after, occasion=occasion)
            return planned or aftercare.close(case, occasion)
        case _:
            return []


def explain(case: Case, language: str) -> dict[str, object] | None:
    """The worked assessment in the reader's language, recomputed from what was recorded."""
    if case.assessed is None:
        return None
    facts = parse(json.loads(case.assessed.facts))
    return assess(facts, version=case.assessed.rule_version).document(language)


def _look(case: Case, settling: Settling, occasion: Occasion) -> list[Event]:
    """What can be concluded is; otherwise the investigation opens, or its clocks are minded."""
    if case.reading is None and occasion.at < case.opened_at + FIRST_WORD_WITHIN:
        return []
    incident = cast("Incident", plugin("incidents", case.report.kind))
    on = _presumed_from(case, as_of=occasion.at.date(), rates=settling.rates())
    verdict = incident.verdict(case, presumed_from=on, at=occasion.at)
    looked = tracing.conclude(case, verdict, occasion)
    if any(isinstance(event, Concluded | KindChanged) for event in looked):
        return looked
    scans = settling.scans(case)
    found = settling.on_file(case)
    return begin_steps(case, scans, found, occasion) or act_on_due(case, occasion, scans) or looked


def _presumed_from(case: Case, *, as_of: date, rates: RateTable) -> date | None:
    facts = parse({**facts_of(case, as_of=as_of, rates=rates), "event": "delayed"})
    presumed = assess(facts).presumed_loss
    return presumed.first_day if presumed else None


def _assess(case: Case, settling: Settling, occasion: Occasion) -> list[Event]:
    if case.conclusion is None or case.asked_for or assessing.is_undecided(case):
        return []
    if case.conclusion.finding not in assessing.OWED_FOR:
        return [CaseClosed(outcome=unpaid_outcome(case))]
    if liability := assessing.find_liability(case):
        return liability
    if case.assessed is None:
        document = facts_of(case, as_of=occasion.at.date(), rates=settling.rates())
        return _assessment(case, document, occasion)
    return negotiation.make_offer(case, occasion)


def _assessment(case: Case, document: dict[str, Any], occasion: Occasion) -> list[Event]:
    found = assess(parse(document))
    ours = {"sdr_rate", "rate_date"}
    if missing := tuple(name for name in found.missing if name not in ours):
        return [InformationRequested(items=missing, due_at=occasion.at + ANSWER_WITHIN)]
    if found.total is None:
        return []  # a rate is missing: the scheduled refresh brings it, the case stays due
    return assessing.record_assessment(
        case,
        Assessed(
            regime=found.regime or "",
            rule_version=found.version or "",
            total=found.total,
            denied=found.denied.reason if found.denied else None,
            facts=json.dumps(document, ensure_ascii=False),
            assessment=json.dumps(found.document("en"), ensure_ascii=False),
        ),
    )
