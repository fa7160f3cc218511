"""Every file of the rails' shelf keeps the shelf's promises."""

from collections.abc import Iterator

import pytest

from amends.catalog import codes
from amends.domain.payment.outcome import OutcomeKind
from amends.domain.payment.payee import BadPayee
from amends.domain.payment.rail import BadCallback
from tests.contract.rail_bench import Bench, bench

GOOD = {OutcomeKind.SUCCEEDED, OutcomeKind.ACCEPTED, OutcomeKind.AWAITING_PAYEE}


@pytest.fixture(params=codes("rails"))
def ready(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with bench(request.param) as made:
        yield made


@pytest.mark.requirement("002-15")
def test_the_same_key_twice_pays_once(ready: Bench) -> None:
    instruction = ready.instruction()

    first, second = ready.pay(instruction), ready.pay(instruction)

    assert first.kind in GOOD
    assert second.kind in GOOD
    assert ready.payments() == 1


def test_another_key_pays_another_time(ready: Bench) -> None:
    first = ready.pay(ready.instruction(attempt=1))
    second = ready.pay(ready.instruction(attempt=2))

    assert (first.kind in GOOD, second.kind in GOOD) == (True, True)
    assert ready.payments() in (1, 2)


def test_a_timeout_is_unknown_and_never_failed(ready: Bench) -> None:
    for exchange in (ready.rail.pay, ready.rail.query):
        outcome = ready.in_silence(exchange(ready.instruction(), ready.account))

        assert outcome.kind in {OutcomeKind.UNKNOWN, *(GOOD if not ready.account.base_url else ())}
        assert not outcome.denies_payment or outcome.reason != "timeout"


def test_a_rejection_is_final_and_explained(ready: Bench) -> None:
    if not ready.account.base_url:
        pytest.skip("nobody is asked, so nobody refuses")
    ready.reject_next()

    outcome = ready.pay(ready.instruction())

    assert outcome.kind is OutcomeKind.REJECTED
    assert outcome.reason
    assert outcome.detail
    assert ready.payments() == 0


def test_what_was_never_sent_is_not_seen(ready: Bench) -> None:
    if not ready.account.base_url:
        pytest.skip("nobody is asked")
    outcome = ready.query(ready.instruction())

    assert outcome.kind is OutcomeKind.UNKNOWN
    assert outcome.denies_payment


def test_what_was_paid_is_found_by_its_key(ready: Bench) -> None:
    ready.pay(ready.instruction())

    assert ready.query(ready.instruction()).kind in GOOD


def test_no_secret_and_no_payee_stands_in_a_url(ready: Bench) -> None:
    ready.pay(ready.instruction())
    ready.query(ready.instruction())

    hidden = [*ready.account.secrets.values(), ready.instruction().payee.account]
    for request in ready.sent:
        assert not [secret for secret in hidden if secret in request.url]
        for name, secret in ready.account.secrets.items():
            assert secret.encode() not in request.body, name


def test_a_payee_shows_nothing_of_itself(ready: Bench) -> None:
    payee = ready.instruction().payee

    assert ready.method.get("name", "-none-") not in repr(payee)
    assert payee.account not in repr(ready.instruction()) or payee.account == "claimant"


def test_a_payee_that_cannot_be_paid_is_refused(ready: Bench) -> None:
    if not ready.account.base_url:
        pytest.skip("anyone can be given a code")
    with pytest.raises(BadPayee):
        ready.rail.check_payee({})


def test_a_callback_from_a_stranger_is_refused(ready: Bench) -> None:
    with pytest.raises(BadCallback):
        ready.rail.receive(b'{"key":"AM1","status":"done"}', {}, ready.account.secrets)


def test_a_rail_says_what_it_needs(ready: Bench) -> None:
    assert set(ready.rail.SECRETS) == set(ready.account.secrets)
    assert ready.rail.LIMITS.source
