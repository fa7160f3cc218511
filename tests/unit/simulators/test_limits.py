"""Limits as the providers count them: a span slides, a day's quota starts anew at midnight."""

from simulators.limits import DAY, Ledger, Rate, Terms

HOUR = 3600.0


def admitted(rate: Rate, *times: float) -> list[bool]:
    ledger, terms = Ledger(), Terms(rates=(rate,))
    return [ledger.admit("GET /", terms, now) is None for now in times]


def test_a_span_slides_and_a_refused_request_does_not_count() -> None:
    rate = Rate(requests=2, seconds=HOUR)

    assert admitted(rate, 0, 3000, 3500, 3600, 3700) == [True, True, False, True, False]


def test_a_days_quota_starts_anew_at_midnight() -> None:
    rate = Rate(requests=2, seconds=DAY)

    assert admitted(rate, 23 * HOUR, 23.5 * HOUR, 23.9 * HOUR, DAY, DAY + 1, DAY + 2) == [
        True, True, False, True, True, False,
    ]  # fmt: skip
