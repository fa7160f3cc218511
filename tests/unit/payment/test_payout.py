"""One payout: decided twice is decided once; unknown is never failed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment.key import payout_key
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.payment.payout import (
    Action,
    Contradicted,
    Payout,
    PayoutState,
    Unpaid,
    cancel,
    learn,
    next_action,
    request,
    resend,
    send,
)
from amends.domain.refusal import Invalid, OutOfOrder

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
REJECTED = RailOutcome(kind=OutcomeKind.REJECTED, reason="PAYEE_NOT_EXIST", detail="no such payee")


def by(who: str, *, after: timedelta = timedelta()) -> Occasion:
    return Occasion(at=AT + after, by=who, because="test")


def requested(amount: str = "100.00") -> Payout:
    return request(
        case_id="case_1", rail="alipay", amount=Money.of(amount, "CNY"), occasion=by("staff:1")
    )


def sent() -> Payout:
    payout = send(requested(), by("claim_settle"))
    assert payout
    return payout


@given(st.text(max_size=60), st.integers(1, 9), st.text(max_size=60), st.integers(1, 9))
def test_a_key_fits_every_rail_and_belongs_to_one_attempt(
    case: str, attempt: int, other_case: str, other: int
) -> None:
    key = payout_key(case, attempt)

    assert len(key) == 32
    assert key.isascii()
    assert key.isalnum()
    assert (key == payout_key(other_case, other)) == ((case, attempt) == (other_case, other))


def test_a_payout_is_sent_once_however_often_it_is_decided() -> None:
    first = sent()

    assert first.state is PayoutState.SENT
    assert send(first, by("claim_settle")) is None
    assert next_action(first) is Action.ASK


def test_unknown_is_asked_about_and_not_sent_again_until_the_rail_never_saw_it() -> None:
    lost = learn(sent(), RailOutcome(kind=OutcomeKind.UNKNOWN, reason="timeout"))
    assert lost
    assert lost.state is PayoutState.UNKNOWN
    assert next_action(lost) is Action.ASK
    silent = RailOutcome(kind=OutcomeKind.UNKNOWN, reason="timeout")
    never = RailOutcome(kind=OutcomeKind.UNKNOWN, reason=NOT_SEEN)
    window = timedelta(days=30)

    assert resend(lost, silent, by("claim_settle"), query_for=window) is None
    again = resend(lost, never, by("claim_settle"), query_for=window)
    assert again
    assert again.key == lost.key
    late = by("claim_settle", after=window)
    assert resend(lost, never, late, query_for=window) is None


def test_a_rail_remembers_a_key_from_its_first_sending_however_long_it_was_held() -> None:
    held, window = timedelta(days=45), timedelta(days=30)
    never = RailOutcome(kind=OutcomeKind.UNKNOWN, reason=NOT_SEEN)
    payout = send(requested(), by("claim_settle", after=held))
    assert payout

    again = resend(payout, never, by("claim_settle", after=held + window / 2), query_for=window)
    assert again
    assert resend(again, never, by("claim_settle", after=held + window), query_for=window) is None


def test_what_the_rail_has_booked_is_not_sent_again_even_if_it_forgets() -> None:
    taken = learn(sent(), RailOutcome(kind=OutcomeKind.ACCEPTED, reference="r-1"))
    never = RailOutcome(kind=OutcomeKind.UNKNOWN, reason=NOT_SEEN)

    assert taken
    assert resend(taken, never, by("claim_settle"), query_for=None) is None


def test_another_attempt_needs_a_final_no_a_reason_a_quiet_time_and_one_more_question() -> None:
    no = learn(sent(), REJECTED)
    assert no
    amount = no.amount
    later = by("staff:2", after=timedelta(minutes=15))
    good = Unpaid(payout=no, why="account corrected by the claimant", asked=REJECTED)
    paid_after_all = RailOutcome(kind=OutcomeKind.SUCCEEDED)

    for bad, when in (
        (replace(good, payout=sent()), later),
        (replace(good, asked=None), later),
        (replace(good, asked=paid_after_all), later),
        (good, by("staff:2")),
    ):
        with pytest.raises(OutOfOrder):
            request(case_id="case_1", rail="bank", amount=amount, occasion=when, after=bad)
    unexplained = replace(good, why=" ")
    with pytest.raises(Invalid):
        request(case_id="case_1", rail="bank", amount=amount, occasion=later, after=unexplained)
    second = request(case_id="case_1", rail="bank", amount=amount, occasion=later, after=good)
    assert (second.attempt, second.key == no.key, second.why) == (2, False, good.why)


def test_a_payment_that_follows_a_no_is_a_payment_unless_another_attempt_has_begun() -> None:
    no = learn(sent(), REJECTED)
    paid = RailOutcome(kind=OutcomeKind.SUCCEEDED, reference="r-9")
    assert no

    after = learn(no, paid)
    assert after
    assert after.state is PayoutState.SUCCEEDED
    with pytest.raises(Contradicted):
        learn(no, paid, is_last=False)


def test_callbacks_doubled_and_out_of_order_change_nothing() -> None:
    paid = learn(sent(), RailOutcome(kind=OutcomeKind.SUCCEEDED, reference="r-1"))
    assert paid
    for kind in OutcomeKind:
        if kind is not OutcomeKind.RETURNED:
            assert learn(paid, RailOutcome(kind=kind)) is None
    back = learn(paid, RailOutcome(kind=OutcomeKind.RETURNED, reason="AC04"))
    assert back
    assert (back.state, next_action(back)) == (PayoutState.RETURNED, Action.DECIDE)


def test_a_waiting_payee_goes_on_waiting_when_the_rail_falls_silent() -> None:
    waiting = learn(sent(), RailOutcome(kind=OutcomeKind.AWAITING_PAYEE, reference="r-1"))
    assert waiting
    assert learn(waiting, RailOutcome(kind=OutcomeKind.UNKNOWN)) is None
    cancelled = learn(waiting, RailOutcome(kind=OutcomeKind.CANCELLED))
    assert cancelled
    assert cancelled.state is PayoutState.CANCELLED


def test_only_what_was_never_sent_can_be_withdrawn_by_us() -> None:
    withdrawn = cancel(requested(), why="the claimant chose another rail")

    assert withdrawn
    assert withdrawn.is_final
    assert cancel(sent(), why="too late") is None
    with pytest.raises(OutOfOrder):
        learn(requested(), REJECTED)
