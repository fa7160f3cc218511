"""Evolution of coming to terms: claim, counters, proposals, settlement, appeals, deadlines."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case, Recorded
from amends.domain.case.days import alarms
from amends.domain.case.evolution.fulfilling import (
    DO_EXTRAS_WITHIN,
    did_extra,
    turned_to_money,
    with_extras,
)
from amends.domain.case.evolution.parts import against, with_offer
from amends.domain.case.evolution.waiting import waits
from amends.domain.case.state.agreement import (
    Agreement,
    Appeal,
    Counter,
    Entitled,
    Extra,
    Option,
    Part,
    Proposal,
    Settlement,
)
from amends.domain.case.vocabulary import Stage, Status

REMIND_BEFORE = timedelta(days=7)
"""Before an offer lapses."""
WARN_BEFORE = timedelta(days=30)
"""Before a day of the law or the contract. Our own figure."""
APPROVE_WITHIN = timedelta(days=2)


def options_of(made: e.OfferMade) -> tuple[Option, ...]:
    """The options of an offer; those of earlier releases had one part."""
    return made.options or (Option(parts=(Part(remedy=made.remedy, amount=made.amount),)),)


def offered(
    case: Case,
    event: e.OfferMade | e.OfferAccepted | e.OfferRefused | e.OfferExpired,
    at: datetime,
) -> Case:
    """What an event of an offer means for the rest of the agreement."""
    quiet: dict[str, datetime | None] = {"offer_reminder": None, "counter": None, "legal": None}
    match event:
        case e.OfferMade():
            remind_at = event.expires_at - REMIND_BEFORE
            quiet |= {"offer_reminder": remind_at if remind_at > at else None, "review": None}
            made = with_offer(case, event.offer_id, options=options_of(event))
            return waits(made, quiet)
        case e.OfferAccepted():
            return waits(_chosen(case, event, at), {**quiet, "review": None, **_no_days(case)})
        case e.OfferRefused():
            counter = Counter(
                offer_id=event.offer_id,
                reason=event.reason,
                amount=event.counter,
                remedy=event.remedy,
                at=at,
            )
            refused = _with(case, counters=(*case.agreement.counters, counter))
            return waits(refused, offer_reminder=None)
        case e.OfferExpired():
            return waits(case, offer_reminder=None, legal=None)
        case _:
            assert_never(event)


def came_to_terms(case: Case, event: e.AgreeingEvent, recorded: Recorded) -> Case:
    """The case after an event of coming to terms."""
    at, found = recorded.at, case.agreement
    match event:
        case e.ClaimMade():
            return _with(case, demanded=event.demanded, wish=event.remedy, claimed_at=at)
        case e.EntitlementDeclared():
            entitled = Entitled(role=event.role, basis=event.basis, evidence_id=event.evidence_id)
            return _with(case, entitled=(*found.entitled, entitled))
        case e.DeadlinesSet():
            known = _with(case, deadlines=event.deadlines, presumed=event.presumed)
            return waits(known, alarms(known, at, before=WARN_BEFORE))
        case e.PolicyNoted():
            others = tuple(one for one in found.policies if one.id != event.policy.id)
            noted = _with(case, policies=(*others, event.policy))
            return waits(noted, alarms(noted, at, before=WARN_BEFORE))
        case e.DeadlineWarned():
            warned = _with(case, warned=found.warned | {event.name})
            return waits(warned, {f"deadline:{event.name}": None})
        case e.OfferProposed() | e.OfferApproved() | e.OfferNotApproved():
            return _proposed(case, event, recorded)
        case e.OfferReminded():
            return waits(case, offer_reminder=None)
        case e.PayeeAwaited():
            waiting = with_offer(case, event.offer_id, expires_at=event.until)
            return waits(waiting, offer=event.until)
        case e.CounterAnswered():
            last = replace(found.counters[-1], accepted=event.accepted, rule=event.rule)
            answered = _with(case, counters=(*found.counters[:-1], last))
            return waits(_decided(answered, recorded), counter=None)
        case (
            e.SettlementWritten() | e.ReceiptAcknowledged() | e.ExtraDone() | e.ExtraTurnedToMoney()
        ):
            return _settled(case, event, at)
        case e.AppealMade() | e.ReviewOpened() | e.AppealDecided():
            return _reviewed(case, event, recorded)
        case e.LegalRouteOpened():
            legal = replace(_with(case, is_legal=True), status=Status.ESCALATED)
            return waits(legal, legal=event.until, counter=None, next=None)
        case _:
            assert_never(event)


def _with(case: Case, **changes: Any) -> Case:
    agreement: Agreement = replace(case.agreement, **changes)
    return replace(case, agreement=agreement)


def _decided(case: Case, recorded: Recorded) -> Case:
    if not recorded.by.startswith("staff:"):
        return case
    return _with(case, deciders=case.agreement.deciders | {recorded.by})


def _no_days(case: Case) -> dict[str, datetime | None]:
    return {name: None for name in case.waits if name.startswith("deadline:")}


def _chosen(case: Case, event: e.OfferAccepted, at: datetime) -> Case:
    """The option that was chosen is what the offer is from here on."""
    offer = next(one for one in case.offers if one.id == event.offer_id)
    if event.option is None or not offer.options:
        return case  # the one way there was
    option = offer.options[event.option - 1]
    unwanted = event.without or ()
    left = [part for part in option.extras if part.remedy in unwanted]
    taken = tuple(part for part in option.parts if part not in left)
    chosen = with_offer(case, offer.id, amount=option.amount, remedy=option.remedy, taken=taken)
    extras = tuple(
        Extra(part=part, due_at=at + DO_EXTRAS_WITHIN)
        for part in option.extras
        if part.remedy not in unwanted
    )
    kept = chosen.agreement.extras or extras  # another way of payment promises nothing twice
    return with_extras(chosen, kept)


def _proposed(
    case: Case, event: e.OfferProposed | e.OfferApproved | e.OfferNotApproved, recorded: Recorded
) -> Case:
    case = _decided(case, recorded)
    if not isinstance(event, e.OfferProposed):
        return waits(_with(case, proposal=None), approval=None)
    if event.over is None:
        return case
    proposal = Proposal(
        offer_id=event.offer_id,
        options=event.options,
        over=event.over,
        days=event.days,
        by=recorded.by,
        at=recorded.at,
        goodwill=event.goodwill,
    )
    return waits(_with(case, proposal=proposal), approval=recorded.at + APPROVE_WITHIN)


def _settled(
    case: Case,
    event: e.SettlementWritten | e.ReceiptAcknowledged | e.ExtraDone | e.ExtraTurnedToMoney,
    at: datetime,
) -> Case:
    found = case.agreement
    match event:
        case e.SettlementWritten():
            settlement = Settlement(
                offer_id=event.offer_id,
                sha256=event.sha256,
                language=event.language,
                written_at=at,
                reserved=event.reserved,
            )
            return _with(case, settlement=settlement)
        case e.ReceiptAcknowledged():
            if found.settlement is None:
                return case
            return _with(case, settlement=replace(found.settlement, is_received=True))
        case e.ExtraDone():
            return did_extra(case, event.remedy, event.reference, at)
        case e.ExtraTurnedToMoney():
            return turned_to_money(case, event.remedy, at)
        case _:
            assert_never(event)


def _reviewed(
    case: Case, event: e.AppealMade | e.ReviewOpened | e.AppealDecided, recorded: Recorded
) -> Case:
    quiet = dict.fromkeys(("next", "offer", "offer_reminder", "counter", "legal"))
    match event:
        case e.AppealMade():
            appeal = Appeal(
                number=event.number, against=event.against, role=event.role, made_at=recorded.at
            )
            asked = _with(case, appeals=(*case.agreement.appeals, appeal))
            asked = replace(asked, stage=Stage.NEGOTIATING, status=Status.APPEALED)
            days = alarms(asked, recorded.at, before=WARN_BEFORE)
            return waits(asked, {**days, **quiet, "review": event.review_by})
        case e.ReviewOpened():  # decided as an appeal is, which nobody had to write
            again = Appeal(
                number=len(case.agreement.appeals) + 1,
                against=against(case),
                role=case.report.role,
                made_at=recorded.at,
            )
            looked = _with(case, appeals=(*case.agreement.appeals, again))
            return waits(looked, next=None, review=event.review_by)
        case e.AppealDecided():
            last = replace(case.agreement.appeals[-1], upheld=event.upheld, by=recorded.by)
            done = _with(case, appeals=(*case.agreement.appeals[:-1], last))
            if event.upheld:  # what was worked out is worked out anew
                done = replace(done, assessed=None, stage=Stage.ASSESSING, status=Status.CONCLUDED)
            return waits(_decided(done, recorded), review=None, next=recorded.at)
        case _:
            assert_never(event)
