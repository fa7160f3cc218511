"""An answer is heard: a low one calls somebody back, all of them are counted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.domain.people.message import Way
from amends.domain.people.survey import (
    CALL_WITHIN,
    REMIND_AFTER,
    THEMES,
    Answer,
    Call,
    Rated,
    consequence,
    next_call,
    rates,
    reminder_at,
    theme_counts,
    themes_of,
    wilson,
)
from amends.domain.people.timing import Preferences
from amends.domain.refusal import Invalid

NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)
READER = Preferences(zone=ZoneInfo("Europe/Berlin"), ways=(Way.EMAIL,))


@pytest.mark.parametrize("score", [0, 6, -1, True])
def test_a_score_outside_one_to_five_is_refused(score: int) -> None:
    with pytest.raises(Invalid):
        Answer(score=score, resolved=True)
    with pytest.raises(Invalid):
        Answer(score=5, resolved=True, comment="x" * 4001)


@given(score=st.integers(1, 5), resolved=st.booleans(), hour=st.integers(0, 23))
@pytest.mark.requirement("004-26", "004-28", "000-22")
def test_a_low_score_or_an_open_matter_is_called_back_in_time_and_by_day(
    score: int, hour: int, *, resolved: bool
) -> None:
    at = NOON.replace(hour=hour)
    found = consequence(Answer(score=score, resolved=resolved), at, READER)

    assert (found is None) == (score > 2 and resolved)
    if found is not None:
        assert at <= found.call_at <= found.due_at == at + CALL_WITHIN
        assert not READER.quiet.cover(found.call_at.astimezone(READER.zone))
        assert found.reopens is not resolved


def test_a_call_that_reached_nobody_is_made_again_twice() -> None:
    first = Call(at=NOON, reached=False)
    second = Call(at=NOON + timedelta(hours=4), reached=False)

    assert next_call((first,), READER) == second.at
    assert next_call((first, second), READER) == NOON + timedelta(hours=24)
    assert next_call((first, second, Call(at=NOON, reached=False)), READER) is None
    assert next_call((Call(at=NOON, reached=True),), READER) is None
    assert next_call((), READER) is None


def test_the_silent_are_reminded_once() -> None:
    due = reminder_at(NOON, READER, is_answered=False, is_reminded=False)

    assert due == NOON + REMIND_AFTER
    assert reminder_at(NOON, READER, is_answered=True, is_reminded=False) is None
    assert reminder_at(NOON, READER, is_answered=False, is_reminded=True) is None


@pytest.mark.requirement("000-22", "000-23")
def test_opinions_are_counted_by_theme_in_both_languages() -> None:
    told = ["Too SLOW, and the courier was rude", "处理太慢，反复联系很麻烦", "", "Nice colours"]
    counts = theme_counts(Answer(score=3, resolved=True, comment=text) for text in told)

    assert counts == {"speed": 2, "attitude": 1, "courier": 1, "effort": 1, "other": 1}


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_found_by_its_words(theme: str) -> None:
    assert all(theme in themes_of(word) for word in THEMES[theme])


@pytest.mark.requirement("000-24", "002-19")
def test_rates_are_by_group_with_the_surely_worst_first() -> None:
    def rated(carrier: str, score: int, *, resolved: bool = True) -> Rated:
        answer = Answer(score=score, resolved=resolved)
        return Rated(answer=answer, node="n", carrier=carrier, agent="a", kind="lost")

    many_bad = [rated("bad", 2, resolved=False)] * 40 + [rated("bad", 5)] * 10
    one_bad = [rated("unlucky", 1)]
    found = rates([*many_bad, *one_bad, *[rated("good", 5)] * 30], by="carrier")

    assert [rate.group for rate in found] == ["bad", "unlucky", "good"]
    assert (found[0].answers, found[0].satisfied, found[0].resolved) == (50, 0.2, 0.2)
    assert found[0].mean_score == pytest.approx(2.6)
    with pytest.raises(Invalid):
        rates([], by="name")


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_an_interval_holds_its_share(hits: int, misses: int) -> None:
    low, high = wilson(hits, hits + misses)

    assert 0 <= low <= high <= 1
    if hits + misses:
        assert low - 1e-12 <= hits / (hits + misses) <= high + 1e-12


def test_a_known_interval_is_reproduced() -> None:
    low, high = wilson(8, 10)

    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
