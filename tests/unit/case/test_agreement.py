"""Who answers, what is owed, what is offered, what the claimant says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.domain.case.agreement.assessing import find_liability, record_assessment
from amends.domain.case.agreement.negotiation import (
    OFFER_LIFETIME,
    accept_offer,
    expire_offer,
    make_offer,
    refuse_offer,
)
from amends.domain.case.events import (
    Assessed,
    CaseClosed,
    Concluded,
    LiabilityFound,
    OfferAccepted,
    OfferExpired,
    OfferMade,
    OfferRefused,
)
from amends.domain.case.evolution.settling import ANSWER_COUNTER
from amends.domain.case.investigation.concluding import close_unowed
from amends.domain.case.vocabulary import Finding, Outcome, Party, Stage, Status
from amends.domain.money import Money
from amends.domain.refusal import NotFound, OutOfOrder
from tests.support.event_samples import OFFER_ID, OWED, sample
from tests.support.histories import ASSESSED, CONCLUDED, OFFERED, given, occasion, then

LOST, OWES = sample(Concluded), sample(Assessed)


def test_a_presumed_loss_names_the_operator_once() -> None:
    case = given(*CONCLUDED)
    events = find_liability(case)

    (found,) = events
    assert isinstance(found, LiabilityFound)
    assert (found.party, found.share, found.rule) == (Party.OTHER_CARRIER, "1", "presumed_loss")
    assert find_liability(then(case, events)) == []


def test_liability_is_not_found_before_anything_is_concluded() -> None:
    with pytest.raises(OutOfOrder):
        find_liability(given("CaseOpened"))


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [
        (Finding.DELIVERED, Outcome.FOUND),
        (Finding.RETURNED, Outcome.RETURNED_TO_SENDER),
        (Finding.PROHIBITED, Outcome.DISPOSED),
    ],
)
def test_what_nobody_owes_for_closes_the_case(finding: Finding, outcome: Outcome) -> None:
    case = given("CaseOpened", "TrackingRead", replace(LOST, finding=finding))
    events = close_unowed(case)

    assert find_liability(case) == []
    assert events == [CaseClosed(outcome=outcome)]
    assert close_unowed(then(case, events)) == []


@pytest.mark.parametrize("history", [("CaseOpened",), CONCLUDED, OFFERED])
def test_a_loss_is_not_closed_without_an_answer(history: tuple[str, ...]) -> None:
    assert close_unowed(given(*history)) == []


def test_what_is_owed_is_recorded_once_after_the_conclusion() -> None:
    case = given(*CONCLUDED)
    events = record_assessment(case, OWES)
    assessed = then(case, events)

    assert events == [OWES]
    assert assessed.status is Status.ASSESSED
    assert record_assessment(assessed, OWES) == []
    assert record_assessment(given("CaseOpened"), OWES) == []


@pytest.mark.requirement("001-9")
def test_what_is_owed_is_offered_once() -> None:
    case = given(*ASSESSED)
    events = make_offer(case, occasion())
    offered = then(case, events)

    (offer,) = events
    assert isinstance(offer, OfferMade)
    assert (offer.amount, offer.expires_at) == (OWED, occasion(OFFER_LIFETIME).at)
    assert (offered.stage, offered.waits["offer"]) == (Stage.NEGOTIATING, offer.expires_at)
    assert make_offer(offered, occasion()) == []


def test_nothing_owed_closes_the_case_as_declined() -> None:
    case = given(*CONCLUDED, replace(OWES, total=Money.zero("CNY"), denied="packing"))

    assert make_offer(case, occasion()) == [CaseClosed(outcome=Outcome.DECLINED)]


def test_an_offer_needs_an_assessment() -> None:
    with pytest.raises(OutOfOrder):
        make_offer(given(*CONCLUDED), occasion())
    assert make_offer(given("CaseOpened"), occasion()) == []


def test_the_same_acceptance_twice_is_one() -> None:
    case = given(*OFFERED)
    events = accept_offer(case, OFFER_ID, rail="bank", payee="DE** 3000", occasion=occasion())
    accepted = then(case, events)

    assert events == [OfferAccepted(offer_id=OFFER_ID, rail="bank", payee="DE** 3000")]
    assert (accepted.stage, accepted.due_at) == (Stage.SETTLING, occasion().at)
    again = accept_offer(accepted, OFFER_ID, rail="bank", payee="DE** 3000", occasion=occasion())
    assert again == []


def test_another_acceptance_is_told_that_it_comes_too_late() -> None:
    accepted = given(*OFFERED, "OfferAccepted")

    with pytest.raises(OutOfOrder, match="accepted already"):
        accept_offer(accepted, OFFER_ID, rail="alipay", payee="1**", occasion=occasion())


@pytest.mark.parametrize("ending", ["OfferRefused", "OfferExpired", "CaseClosed"])
def test_an_offer_that_is_gone_is_not_accepted(ending: str) -> None:
    with pytest.raises(OutOfOrder):
        accept_offer(given(*OFFERED, ending), OFFER_ID, rail="bank", payee="x", occasion=occasion())


def test_an_offer_is_not_accepted_from_its_last_moment_on() -> None:
    on = occasion(timedelta(days=30))

    with pytest.raises(OutOfOrder, match="expired"):
        accept_offer(given(*OFFERED), OFFER_ID, rail="bank", payee="x", occasion=on)


def test_nobody_elses_offer_is_accepted_or_refused() -> None:
    case = given(*OFFERED)

    with pytest.raises(NotFound):
        accept_offer(case, "ofr_other", rail="bank", payee="x", occasion=occasion())
    with pytest.raises(NotFound):
        refuse_offer(case, "ofr_other", reason="no", counter=None)


def test_an_offer_is_refused_once_with_its_counter() -> None:
    case, counter = given(*OFFERED), Money.of("400.00", "CNY")
    events = refuse_offer(case, OFFER_ID, reason="too_low", counter=counter)
    refused = then(case, events)

    assert events == [OfferRefused(offer_id=OFFER_ID, reason="too_low", counter=counter)]
    assert refused.status is Status.COUNTERED
    assert refused.due_at == occasion(ANSWER_COUNTER).at
    assert refuse_offer(refused, OFFER_ID, reason="too_low", counter=counter) == []


@pytest.mark.parametrize("ending", ["OfferAccepted", "OfferExpired", "CaseClosed"])
def test_an_offer_that_is_gone_is_not_refused(ending: str) -> None:
    with pytest.raises(OutOfOrder):
        refuse_offer(given(*OFFERED, ending), OFFER_ID, reason="no", counter=None)


def test_an_unanswered_offer_lapses_on_its_day_and_not_before() -> None:
    case, on = given(*OFFERED), occasion(timedelta(days=30))
    events = expire_offer(case, on)

    assert expire_offer(case, occasion(timedelta(days=29))) == []
    assert events == [OfferExpired(offer_id=OFFER_ID), CaseClosed(outcome=Outcome.DECLINED)]
    assert expire_offer(then(case, events, on), on) == []


def test_a_withdrawn_case_is_not_declined_by_its_old_offer() -> None:
    closed = given(*OFFERED, "CaseWithdrawn", CaseClosed(outcome=Outcome.WITHDRAWN))

    assert expire_offer(closed, occasion(timedelta(days=40))) == []
