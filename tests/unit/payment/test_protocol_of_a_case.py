"""A case's payout follows the protocol whose states are searched exhaustively."""

import pytest

from amends.domain.case import events as e
from amends.domain.case.money.paying import as_protocol, begin, begin_again, hear
from amends.domain.case.state.settlement import PayoutState
from amends.domain.payment import payout as protocol
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from tests.support.event_samples import PAYOUT_ID
from tests.support.histories import REQUESTED, given, occasion, then

SENT = (*REQUESTED, "PayoutSent")
HISTORIES: dict[PayoutState, tuple[str, ...]] = {
    PayoutState.SENT: SENT,
    PayoutState.UNKNOWN: (*SENT, "PayoutUnknown"),
    PayoutState.AWAITING_PAYEE: (*SENT, "PayoutAwaitingPayee"),
    PayoutState.SUCCEEDED: (*SENT, "PayoutConfirmed"),
    PayoutState.REJECTED: (*SENT, "PayoutRejected"),
    PayoutState.CANCELLED: (*SENT, "PayoutCancelled"),
    PayoutState.RETURNED: (*SENT, "PayoutConfirmed", "PayoutReturned"),
}
UNDECIDED = {PayoutState.SENT, PayoutState.UNKNOWN, PayoutState.AWAITING_PAYEE}


def coarse(state: PayoutState) -> str:
    """What matters: still to be asked about, or how it ended."""
    return "undecided" if state in UNDECIDED else state


@pytest.mark.parametrize("state", HISTORIES)
@pytest.mark.parametrize("kind", OutcomeKind)
def test_whatever_a_rail_says_in_whatever_state_ends_as_the_protocol_says(
    state: PayoutState, kind: OutcomeKind
) -> None:
    case = given(*HISTORIES[state])
    assert case.payouts[0].state is state
    said = RailOutcome(kind=kind, reference="R-1", reason="told")

    expected = protocol.learn(as_protocol(case, case.payouts[0]), said)
    after = then(case, hear(case, PAYOUT_ID, said, occasion()))

    assert coarse(after.payouts[0].state) == coarse(expected.state if expected else state)


@pytest.mark.parametrize("state", [PayoutState.REQUESTED, *HISTORIES])
def test_a_case_sends_when_and_only_when_the_protocol_does(state: PayoutState) -> None:
    case = given(*HISTORIES.get(state, REQUESTED))
    at, seen = occasion(), RailOutcome(kind=OutcomeKind.UNKNOWN, reason=NOT_SEEN)

    first = begin(case, PAYOUT_ID, at)
    again = begin_again(case, PAYOUT_ID, seen, at, query_for=None)

    assert [type(one) for one in first] == [e.PayoutSent] * (state is PayoutState.REQUESTED)
    assert [type(one) for one in again] == [e.PayoutSent] * (state in UNDECIDED)


def test_what_was_sent_is_not_sent_again_on_anything_but_a_fresh_not_seen() -> None:
    case = given(*SENT)
    for kind in OutcomeKind:
        for reason in ("", "timeout"):
            said = RailOutcome(kind=kind, reason=reason)
            assert begin_again(case, PAYOUT_ID, said, occasion(), query_for=None) == []
