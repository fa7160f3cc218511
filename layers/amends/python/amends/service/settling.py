"""Settling: what a case needs next, decided from its state alone and harmless to repeat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from amends.catalog import plugin
from amends.domain.case.agreement import assessing, clocks, deadlines, negotiation
from amends.domain.case.case import Case
from amends.domain.case.events import Concluded, Event, KindChanged
from amends.domain.case.incident import WaitUntil
from amends.domain.case.investigation import customs, inquiry, tracing
from amends.domain.case.investigation.concluding import close_unowed
from amends.domain.case.investigation.verification import OnFile
from amends.domain.case.money import insuring, ordering
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.talking import aftercare
from amends.domain.case.vocabulary import Kind, Remedy, Stage
from amends.domain.occasion import Occasion
from amends.domain.parcel.reading import Scan
from amends.ports import CaseStore, Histories, Queue
from amends.service.amend import amend
from amends.service.investigation.investigating import act_on_due, begin_steps

if TYPE_CHECKING:
    from amends.domain.case.incident import Incident
    from amends.service.assessment.assessing import Contract, RateTable

_LOOKING = frozenset({Stage.TRACING, Stage.INVESTIGATING})
_HELD_TO_DAYS = _LOOKING | {Stage.RECOVERING, Stage.ASSESSING, Stage.NEGOTIATING}
"""Stages in which a day of the law may lapse unseen; what is agreed is held to its own."""

_UNSEEN = frozenset({Kind.UNTRACEABLE, Kind.DELAYED, Kind.LOST})
"""Kinds in which whoever carries the parcel is asked when waiting has an end."""

FIRST_WORD_WITHIN = timedelta(minutes=2)
"""How long an investigation waits for the channels' first word before it opens without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Until when it is usual that nothing is seen; when that is over, which carrier is asked."""

    until: datetime | None = None
    is_over: bool = False
    asks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What the next step may need beside the case."""

    rates: Callable[[], "RateTable"]
    survey_after: timedelta
    payouts: Queue
    scans: Callable[[Case], Sequence[Scan]]
    """What the channels have recorded of the parcel."""
    on_file: Callable[[Case], Sequence[OnFile]]
    """What we and the channels know of the shipment."""
    reach: Callable[[Case, Occasion], None]
    """What the case's state calls for beyond the case; harmless to repeat."""
    tariff: Callable[[Case], "Contract | None"] = lambda _: None
    """The merchant's own contract with its carrier, where there is one."""
    cover: Callable[[Case], "Contract | None"] = lambda _: None
    """The merchant's own insurance of everything it sends, where there is one."""
    wait: Callable[[Case, Occasion], Wait] = lambda _case, _occasion: Wait()
    """What the channels' silence says of waiting."""


def next_step(store: Histories, case_id: str, settling: Settling, occasion: Occasion) -> Case:
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
    """Put what is to be sent or called back to the payouts' queue; twice is harmless."""
    for payout in store.load(case_id).payouts:
        unsent = payout.state is PayoutState.REQUESTED and payout.sent_at is None
        if unsent or (payout.called_back_at and payout.state is PayoutState.AWAITING_PAYEE):
            settling.payouts.send({"case_id": case_id, "payout_id": payout.id})


def steps(case: Case, settling: Settling, occasion: Occasion) -> list[Event]:
    """The events of one step: what a missed clock calls for goes before what the stage does."""
    if case.stage in _HELD_TO_DAYS and (warned := deadlines.warn(case, occasion)):
        return warned
    if case.stage in _LOOKING:
        from amends.service.assessment.law_days import learn_days

        on = occasion.at.date()
        days = learn_days(case, settling.rates(), settling.tariff(case), on)
        noted = days or insuring.learn(case, settling.cover(case))
        return noted or _look(case, settling, occasion)
    if case.stage in _HELD_TO_DAYS and (noted := insuring.learn(case, settling.cover(case))):
        return noted  # an open policy may have been put on file, or corrected, since
    if missed := act_on_due(case, occasion):
        return missed
    match case.stage:
        case Stage.ASSESSING:
            return _assess(case, settling, occasion)
        case Stage.NEGOTIATING:
            return clocks.act(case, _remedies(case), occasion)
        case Stage.SETTLING:
            wanted = ordering.request_payout(case, occasion)
            return wanted or clocks.owed_extras(case, occasion)
        case Stage.FOLLOWING_UP:
            planned = aftercare.plan_survey(case, after=settling.survey_after, occasion=occasion)
            if planned or _extras_are_owed(case):
                return planned or clocks.owed_extras(case, occasion)
            return aftercare.close(case, occasion)
        case _:
            return []


def _look(case: Case, settling: Settling, occasion: Occasion) -> list[Event]:
    """What can be concluded is; otherwise the investigation opens, or its clocks are minded."""
    if case.reading is None and occasion.at < case.opened_at + FIRST_WORD_WITHIN:
        return []
    from amends.service.assessment.assessing import presumed_from

    incident = cast("Incident", plugin("incidents", case.report.kind))
    on = presumed_from(case, as_of=occasion.at.date(), rates=settling.rates())
    verdict = incident.verdict(case, presumed_from=on, at=occasion.at)
    wait = settling.wait(case, occasion) if case.report.kind in _UNSEEN else Wait()
    if isinstance(verdict, WaitUntil) and wait.until and occasion.at < wait.until < verdict.at:
        verdict = WaitUntil(at=wait.until)
    looked = tracing.conclude(case, verdict, occasion)
    if any(isinstance(event, Concluded | KindChanged) for event in looked):
        return looked
    if wait.is_over and (asked := inquiry.ask_by_itself(case, wait.asks, occasion)):
        return asked
    scans = settling.scans(case)
    found = settling.on_file(case)
    begun = begin_steps(case, scans, found, occasion) or customs.ask_papers(case, occasion)
    return begun or act_on_due(case, occasion, scans) or looked


def _assess(case: Case, settling: Settling, occasion: Occasion) -> list[Event]:
    if case.conclusion is None:
        return []
    if closed := close_unowed(case):
        return closed
    if case.asked_for or assessing.is_undecided(case):
        return []
    if liability := assessing.find_liability(case):
        return liability
    if case.assessed is None:
        from amends.service.assessment.assessing import assessment

        return assessment(case, settling.rates(), settling.tariff(case), occasion)
    return negotiation.make_offer(case, occasion, _remedies(case))


def _remedies(case: Case) -> Sequence[Remedy]:
    return cast("Incident", plugin("incidents", case.report.kind)).REMEDIES


def _extras_are_owed(case: Case) -> bool:
    return bool(case.agreement.owed_extras)
