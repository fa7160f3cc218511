"""The intent to pay, and what the rail says of it."""

from datetime import timedelta

import pytest

from amends.domain.case.agreement.negotiation import accept_offer, expire_offer
from amends.domain.case.events import (
    PayoutAwaitingPayee,
    PayoutConfirmed,
    PayoutRejected,
    PayoutRequested,
    PayoutReturned,
    PayoutUnknown,
)
from amends.domain.case.evolution.fulfilling import CHOOSE_AGAIN
from amends.domain.case.money.ordering import PAY_WITHIN, request_payout
from amends.domain.case.money.paying import (
    ASK_AFTER,
    await_payee,
    confirm,
    find_payout,
    leave_unknown,
    note_return,
    reject,
)
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Stage, Status
from amends.domain.payment.key import payout_key
from amends.domain.refusal import NotFound
from tests.support.event_samples import CASE_ID, OFFER_ID, OWED, PAYOUT_ID
from tests.support.histories import OFFERED, PAID, REQUESTED, SURVEYED, given, occasion, then

ACCEPTED = (*OFFERED, "OfferAccepted")
REJECTED = (*REQUESTED, "PayoutRejected")
RETURNED = (*PAID, "PayoutReturned")


def test_the_intent_to_pay_is_recorded_once() -> None:
    case = given(*ACCEPTED)
    events = request_payout(case, occasion())
    requested = then(case, events)

    (intent,) = events
    assert isinstance(intent, PayoutRequested)
    assert (intent.attempt, intent.rail, intent.amount) == (1, "bank", OWED)
    assert intent.pay_by == occasion(PAY_WITHIN).at
    assert request_payout(requested, occasion()) == []
    assert requested.due_at == occasion(timedelta(minutes=2)).at


def test_nothing_is_paid_before_anybody_agreed() -> None:
    assert request_payout(given(*OFFERED), occasion()) == []


def test_the_key_depends_on_case_and_attempt_and_nothing_else() -> None:
    assert payout_key(CASE_ID, 1) == payout_key(CASE_ID, 1)
    assert len({payout_key(CASE_ID, 1), payout_key(CASE_ID, 2), payout_key("case_x", 1)}) == 3
    assert payout_key(CASE_ID, 1).isalnum()
    assert len(payout_key(CASE_ID, 1)) == 32


def test_a_payment_is_confirmed_once() -> None:
    case = given(*REQUESTED)
    events = confirm(case, PAYOUT_ID, "BK-77")
    paid = then(case, events)

    assert events == [
        PayoutConfirmed(payout_id=PAYOUT_ID, reference="BK-77", rail="bank", amount=OWED)
    ]
    assert (paid.stage, paid.status, paid.is_paid) == (Stage.FOLLOWING_UP, Status.SETTLED, True)
    assert confirm(paid, PAYOUT_ID, "BK-77") == []


def test_a_success_that_is_heard_after_a_no_is_believed_and_nothing_more_is_paid() -> None:
    case = given(*REJECTED)
    paid = then(case, confirm(case, PAYOUT_ID, "BK-77"))

    assert paid.is_paid
    assert paid.open_offer is None
    assert request_payout(paid, occasion()) == []


def test_after_a_final_no_another_way_is_chosen_and_paid_under_a_key_of_its_own() -> None:
    case = given(*REJECTED)
    assert request_payout(case, occasion()) == []
    on = occasion(timedelta(days=29))

    chosen = then(case, accept_offer(case, OFFER_ID, rail="alipay", payee="1**", occasion=on), on)
    (intent,) = request_payout(chosen, on)

    assert isinstance(intent, PayoutRequested)
    assert (intent.attempt, intent.rail, intent.amount) == (2, "alipay", OWED)
    assert intent.key != chosen.payouts[0].key
    assert request_payout(then(chosen, [intent], on), on) == []


def test_what_was_agreed_does_not_lapse_because_a_payment_failed() -> None:
    assert expire_offer(given(*REJECTED), occasion(timedelta(days=99))) == []


def test_money_that_comes_back_after_the_end_reopens_the_case() -> None:
    case = given(*SURVEYED, "CaseClosed")
    returned = then(case, note_return(case, PAYOUT_ID, "AC06"))

    assert (returned.is_open, returned.outcome) == (True, None)


def test_a_final_no_is_recorded_once_and_never_undoes_a_success() -> None:
    case = given(*REQUESTED)
    events = reject(case, PAYOUT_ID, "AC04")
    rejected = then(case, events)

    assert events == [PayoutRejected(payout_id=PAYOUT_ID, reason="AC04")]
    assert rejected.stage is Stage.NEGOTIATING
    assert rejected.waits["offer"] == occasion(CHOOSE_AGAIN).at
    assert reject(rejected, PAYOUT_ID, "AC04") == []
    assert reject(given(*PAID), PAYOUT_ID, "AC04") == []


def test_an_unknown_outcome_is_asked_about_and_nothing_is_sent_again() -> None:
    case = given(*REQUESTED)
    events = leave_unknown(case, PAYOUT_ID, "timeout", occasion())
    unknown = then(case, events)

    (told,) = events
    assert isinstance(told, PayoutUnknown)
    assert unknown.due_at == told.ask_at == occasion(ASK_AFTER).at
    assert unknown.payout is not None
    assert unknown.payout.key == given(*REQUESTED).payouts[0].key
    assert leave_unknown(unknown, PAYOUT_ID, "timeout", occasion()) == []
    assert request_payout(unknown, occasion()) == []


def test_an_outcome_still_unknown_when_asked_is_asked_about_again() -> None:
    unknown = given(*REQUESTED, "PayoutUnknown")
    on = occasion(timedelta(hours=1))

    (told,) = leave_unknown(unknown, PAYOUT_ID, "timeout", on)

    assert isinstance(told, PayoutUnknown)
    assert told.ask_at == on.at + ASK_AFTER


def test_a_payee_who_must_confirm_is_waited_for() -> None:
    case = given(*REQUESTED)
    events = await_payee(case, PAYOUT_ID, occasion())
    waiting = then(case, events)

    assert events == [PayoutAwaitingPayee(payout_id=PAYOUT_ID, ask_at=occasion(ASK_AFTER).at)]
    assert waiting.status is Status.AWAITING_PAYEE
    assert await_payee(waiting, PAYOUT_ID, occasion()) == []


@pytest.mark.parametrize("history", [PAID, REJECTED, RETURNED])
def test_what_is_final_is_neither_unknown_nor_waiting(history: tuple[str, ...]) -> None:
    case = given(*history)

    assert leave_unknown(case, PAYOUT_ID, "timeout", occasion()) == []
    assert await_payee(case, PAYOUT_ID, occasion()) == []


def test_money_that_came_back_is_recorded_once_and_owed_again() -> None:
    case = given(*PAID)
    events = note_return(case, PAYOUT_ID, "AC06")
    returned = then(case, events)

    assert events == [PayoutReturned(payout_id=PAYOUT_ID, reason="AC06", rail="bank", amount=OWED)]
    assert (returned.stage, returned.is_paid) == (Stage.NEGOTIATING, False)
    assert note_return(returned, PAYOUT_ID, "AC06") == []
    assert note_return(given(*REQUESTED), PAYOUT_ID, "AC06") == []
    assert confirm(returned, PAYOUT_ID, "BK-77") == []


def test_a_second_person_is_remembered() -> None:
    payout = given(*REQUESTED, "PayoutApproved").payout

    assert payout is not None
    assert (payout.approved_by, payout.state) == ("staff:7", PayoutState.REQUESTED)


def test_a_payout_of_another_case_is_not_found() -> None:
    case = given(*REQUESTED)

    for decide in (
        lambda: confirm(case, "pay_other", "x"),
        lambda: reject(case, "pay_other", "x"),
        lambda: leave_unknown(case, "pay_other", "x", occasion()),
        lambda: await_payee(case, "pay_other", occasion()),
        lambda: note_return(case, "pay_other", "x"),
        lambda: find_payout(case, "pay_other"),
    ):
        with pytest.raises(NotFound):
            decide()
