"""Offering: what staff propose, who must approve it, and what we answer to a counter."""

from collections.abc import Sequence
from datetime import timedelta

from amends.domain.case.agreement.bargaining import Range, goodwill, over, range_of, ruled
from amends.domain.case.agreement.negotiation import OFFER_LIFETIME, find_offer, options_for
from amends.domain.case.case import Case
from amends.domain.case.events import (
    CounterAnswered,
    Event,
    LegalRouteOpened,
    OfferApproved,
    OfferExpired,
    OfferMade,
    OfferNotApproved,
    OfferProposed,
)
from amends.domain.case.permissions import NotAllowed
from amends.domain.case.state.agreement import MONEY, Counter, Option, Part
from amends.domain.case.vocabulary import Remedy, Stage
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, OutOfOrder

ROUNDS = 3
"""Counters that we answer with an offer; after the last the legal route is pointed out as well."""
GOODWILL = (Remedy.COUPON, Remedy.SERVICE_EXTENSION)
"""What may come beside the payment whatever the incident's file says (004-48)."""
MOST_OPTIONS, MOST_PARTS = 4, 5


def propose(
    case: Case,
    options: Sequence[Option],
    *,
    because: str,
    days: int,
    remedies: Sequence[Remedy],
    occasion: Occasion,
) -> list[Event]:
    """Offer this, or lay it before a second person where it passes a limit.

    Refuses what would pay less than what is owed, remedies that the incident does not know, and a
    second proposal while one waits.
    """
    within = _within(case)
    if case.agreement.proposal is not None:
        raise OutOfOrder("a proposal waits for its approval")
    check(options, within, remedies)
    limit = over(within, options)
    proposed = OfferProposed(
        offer_id=derived("ofr", case.id, str(len(case.offers) + 1), str(case.version)),
        options=tuple(options),
        days=days,
        because=because,
        goodwill=goodwill(within, options),
        over=limit,
    )
    if limit is not None:
        return [proposed]
    return [proposed, *_made(case, proposed.offer_id, proposed.options, days, occasion)]


def approve(case: Case, offer_id: str, *, by: str, occasion: Occasion) -> list[Event]:
    """A second person agrees: the offer goes out; it answers the counter that it was made for."""
    proposal = case.agreement.proposal
    if proposal is None and any(offer.id == offer_id for offer in case.offers):
        return []
    if proposal is None or proposal.offer_id != offer_id:
        raise OutOfOrder("there is no such proposal")
    if by == proposal.by:
        raise NotAllowed("who proposed it cannot approve it")
    _within(case)  # closed or agreed meanwhile: nothing goes out
    counter = case.agreement.counter
    answered = [] if counter is None else [_answer(counter, accepted=True, rule="staff")]
    made = _made(case, offer_id, proposal.options, proposal.days, occasion)
    return [OfferApproved(offer_id=offer_id), *answered, *made]


def decline_approval(case: Case, offer_id: str, *, because: str) -> list[Event]:
    """A second person does not agree: nothing goes out, what was offered before still stands."""
    proposal = case.agreement.proposal
    if proposal is None or proposal.offer_id != offer_id:
        raise OutOfOrder("there is no such proposal")
    return [OfferNotApproved(offer_id=offer_id, because=because)]


def answer_counter(
    case: Case,
    *,
    accept: bool,
    because: str,
    remedies: Sequence[Remedy],
    occasion: Occasion,
) -> list[Event]:
    """A person's answer: yes makes it our offer, within the limits; no renews the one before."""
    counter = case.agreement.counter
    if counter is None:
        raise OutOfOrder("no counter waits for an answer")
    _within(case)
    if not accept:
        return declined(case, counter, rule="staff", because=because, occasion=occasion)
    option = _countered(case, counter)
    events = propose(
        case,
        [option],
        because=because,
        days=OFFER_LIFETIME.days,
        remedies=remedies,
        occasion=occasion,
    )
    proposed, *made = events
    if not made:
        return events  # the counter waits on for the second person
    return [proposed, _answer(counter, accepted=True, rule="staff"), *made]


def answer_by_rule(case: Case, remedies: Sequence[Remedy], occasion: Occasion) -> list[Event]:
    """What a rule answers by itself; nothing where a person must."""
    counter, within = case.agreement.counter, range_of(case)
    if counter is None or within is None or case.agreement.proposal is not None:
        return []
    if case.agreement.appeal is not None:
        return []
    answer = ruled(within, counter, find_offer(case, counter.offer_id).amount, remedies)
    if answer is None:
        return []
    accepted, rule = answer
    if not accepted:
        return declined(case, counter, rule=rule, because=None, occasion=occasion)
    options = (_countered(case, counter),)
    worth = goodwill(within, options)
    number = derived("ofr", case.id, str(len(case.offers) + 1), str(case.version))
    return [
        _answer(counter, accepted=True, rule=rule),
        OfferMade(
            offer_id=number,
            remedy=options[0].remedy,
            amount=options[0].amount,
            expires_at=occasion.at + OFFER_LIFETIME,
            options=options,
            goodwill=worth,
        ),
    ]


def declined(
    case: Case, counter: Counter, *, rule: str, because: str | None, occasion: Occasion
) -> list[Event]:
    """No to a counter: our offer stands again; after the last round with the legal route."""
    answered = _answer(counter, accepted=False, rule=rule, because=because)
    is_last = len(case.agreement.counters) >= ROUNDS
    return [answered, *renewed(case, counter.offer_id, occasion, legal=is_last, why="no_agreement")]


def renewed(
    case: Case, offer_id: str | None, occasion: Occasion, *, legal: bool, why: str
) -> list[Event]:
    """The same offer once more, and where wanted the legal route, open as long as it stands."""
    known = None if offer_id is None else find_offer(case, offer_id)
    options = known.options if known is not None and known.options else options_for(case, ())
    number = derived("ofr", case.id, str(len(case.offers) + 1), str(case.version))
    made = _made(case, number, options, OFFER_LIFETIME.days, occasion)
    if not legal:
        return made
    return [*made, LegalRouteOpened(because=why, until=occasion.at + OFFER_LIFETIME)]


def check(options: Sequence[Option], within: Range, remedies: Sequence[Remedy]) -> None:
    """Refuse options that nobody may offer; every error is named."""
    errors = []
    if not 1 <= len(options) <= MOST_OPTIONS:
        errors.append(_error("options", "count", f"1 to {MOST_OPTIONS} options"))
    allowed = {*remedies, *GOODWILL, *MONEY}
    currency = within.owed.currency
    for index, option in enumerate(options):
        path = f"options.{index}.parts"
        if not 1 <= len(option.parts) <= MOST_PARTS:
            errors.append(_error(path, "count", f"1 to {MOST_PARTS} parts"))
            continue
        for part in option.parts:
            if part.remedy not in allowed:
                errors.append(_error(path, "not_offered", f"{part.remedy} does not fit this kind"))
            if part.amount.currency != currency or part.amount.amount <= 0:
                errors.append(_error(path, "bad_amount", f"an amount above zero in {currency}"))
        beside = [part.remedy for part in option.extras]
        if len(set(beside)) < len(beside) or option.remedy in beside:
            errors.append(_error(path, "twice", "each remedy once beside the payment"))
        if option.remedy is Remedy.REDELIVERY and option.money is None:
            errors.append(_error(path, "not_settled", "a redelivery comes beside something else"))
    owed = within.owed.amount
    money = [option.money.amount for option in options if option.money is not None]
    if not errors and owed > 0 and not any(amount >= owed for amount in money):
        told = f"one option must pay what is owed: {within.owed}"
        errors.append(_error("options", "below_what_is_owed", told))
    if errors:
        raise Invalid("this cannot be offered", errors=errors)


def _within(case: Case) -> Range:
    within = range_of(case)
    if within is None or case.stage not in (Stage.ASSESSING, Stage.NEGOTIATING):
        raise OutOfOrder(f"a case that is {case.stage} gets no offer")
    if case.payouts:
        raise OutOfOrder("what was agreed stands")
    return within


def _countered(case: Case, counter: Counter) -> Option:
    """The counter as an option; a remedy without an amount is worth what we offered."""
    amount = counter.amount or find_offer(case, counter.offer_id).amount
    return Option(parts=(Part(remedy=counter.remedy or Remedy.COMPENSATION, amount=amount),))


def _made(
    case: Case, offer_id: str, options: Sequence[Option], days: int, occasion: Occasion
) -> list[Event]:
    within = range_of(case)
    old = case.open_offer
    return [
        *([] if old is None else [OfferExpired(offer_id=old.id)]),
        OfferMade(
            offer_id=offer_id,
            remedy=options[0].remedy,
            amount=options[0].amount,
            expires_at=occasion.at + timedelta(days=days),
            options=tuple(options),
            goodwill=None if within is None else goodwill(within, options),
        ),
    ]


def _answer(
    counter: Counter, *, accepted: bool, rule: str, because: str | None = None
) -> CounterAnswered:
    return CounterAnswered(offer_id=counter.offer_id, accepted=accepted, rule=rule, because=because)


def _error(field: str, code: str, message: str) -> FieldError:
    return FieldError(field=field, code=code, message=message)
