"""Answers are heard: what each touches, and what many add up to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.domain.people.survey import (
    THEMES,
    Answer,
    Rated,
    rates,
    themes_of,
    wilson,
)
from amends.domain.refusal import Invalid


@pytest.mark.parametrize("score", [0, 6, -1, True])
def test_a_score_outside_one_to_five_is_refused(score: int) -> None:
    with pytest.raises(Invalid):
        Answer(score=score, resolved=True)
    with pytest.raises(Invalid):
        Answer(score=5, resolved=True, comment="x" * 4001)


@pytest.mark.requirement("000-22", "000-23")
def test_the_themes_of_an_opinion_are_known_in_both_languages() -> None:
    assert themes_of("What kind of waiter is unreasonable?") == {"other"}
    told = ["Too SLOW, and the courier was rude", "处理太慢，反复联系很麻烦", "", "Nice colours"]

    assert [sorted(themes_of(text)) for text in told] == [
        ["attitude", "courier", "speed"],
        ["effort", "speed"],
        [],
        ["other"],
    ]


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
