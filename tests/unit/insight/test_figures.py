"""Figures: sums that cannot drift, intervals that warn of small numbers, effects beyond chance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.catalog.repeats import repeat_rule
from amends.catalog.scorecard import criteria
from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.insight.effect import Verdict, chance_of_at_least, chance_of_at_most, compare
from amends.domain.insight.figure import share_of
from amends.domain.insight.kpi import kpis_of
from amends.domain.insight.repeats import repeat_of
from amends.domain.insight.scorecard import ranked, scorecard
from amends.domain.insight.tally import (
    Counted,
    Dimension,
    Group,
    Measured,
    changes,
    month_before,
    months_until,
    product_of,
)

NAMES = st.sampled_from(["cases", "found_lost", "total_minutes"])
ACCOUNTS = st.builds(
    Counted,
    source=st.just("case_1"),
    version=st.integers(1, 9),
    month=st.sampled_from(["2026-10", "2026-11"]),
    groups=st.lists(
        st.builds(Group, dimension=st.sampled_from(list(Dimension)), value=st.sampled_from("abc")),
        max_size=3,
        unique=True,
    ).map(tuple),
    measures=st.dictionaries(NAMES, st.integers(1, 99)).map(
        lambda told: tuple(Measured(name=name, count=n) for name, n in told.items())
    ),
    nodes=st.lists(st.sampled_from(["x", "y"]), unique=True).map(tuple),
)


@given(ways=st.lists(ACCOUNTS, min_size=1, max_size=5))
def test_whatever_an_account_said_before_the_sums_are_those_of_its_last_word(
    ways: list[Counted],
) -> None:
    sums: dict[object, int] = {}
    before = None
    for account in ways:
        for row, cells in changes(before, account).items():
            for name, n in cells.items():
                sums[row, name] = sums.get((row, name), 0) + n
        before = account
    alone = {
        (row, name): n
        for row, cells in changes(None, ways[-1]).items()
        for name, n in cells.items()
    }
    assert {cell: n for cell, n in sums.items() if n} == alone


def test_a_small_number_does_not_lie() -> None:
    few, many = share_of(0, 10), share_of(4, 2000)

    assert (few.share, few.is_thin) == ("0.0000", True)
    assert many.is_thin is False
    assert float(few.at_most) > float(many.at_most)
    assert (share_of(0, 0).share, share_of(0, 0).at_most) == (None, "1.0000")


def card(carrier: str, parcels: int, lost: int) -> dict[str, int]:
    del carrier
    return {
        "parcels": parcels - lost,
        "found_lost": lost,
        "ended_delivered": parcels - lost,
        "promised": parcels - lost,
        "on_time": (parcels - lost) * 9 // 10,
        "postings": parcels - lost,
        "first_scan_in_time": parcels - lost,
    }


def test_a_flawless_short_record_ranks_behind_a_long_good_one() -> None:
    told = {"new": card("new", 12, 0), "proven": card("proven", 4000, 8), "bad": card("b", 900, 90)}

    cards = ranked([scorecard(name, tally, criteria()) for name, tally in told.items()])

    assert [one.carrier for one in cards] == ["proven", "bad", "new"]
    assert [one.is_thin for one in cards] == [False, False, True]
    assert float(cards[0].score) > float(cards[1].score)


def test_without_any_parcel_nothing_is_claimed_of_losses() -> None:
    kpis = kpis_of({"cases": 3, "found_lost": 3})

    assert kpis.safety.loss.share is None
    assert kpis.findings == {"lost": 3}


def test_an_effect_is_named_only_beyond_chance() -> None:
    def verdict(before: tuple[int, int], after: tuple[int, int]) -> Verdict:
        told = [{"cause_theft": hits, "passed": of} for hits, of in (before, after)]
        return compare(*told, measure="cause_theft", ground="passed").verdict

    assert verdict((8, 10), (0, 10)) is Verdict.FELL
    assert verdict((1, 10), (0, 10)) is Verdict.UNCLEAR
    assert verdict((0, 30), (6, 30)) is Verdict.ROSE
    assert verdict((3, 10), (0, 0)) is Verdict.TOO_EARLY


def test_the_chances_of_a_coin_are_those_of_a_coin() -> None:
    assert chance_of_at_least(2, 2, 0.5) == pytest.approx(0.25)
    assert chance_of_at_most(0, 3, 0.5) == pytest.approx(0.125)


def test_a_repeat_needs_more_than_the_others_have() -> None:
    rule = repeat_rule()
    here = {"cause_theft": 4, "passed": 5}

    assert repeat_of("n", Cause.THEFT, here, {}, rule) is not None
    assert repeat_of("n", Cause.THEFT, here, {"cause_theft": 60, "passed": 90}, rule) is None
    assert repeat_of("n", Cause.THEFT, here, {}, replace(rule, at_least=5)) is None
    assert rule.source
    assert all(rule.due_days(kind) > 0 for kind in ActionKind)


def test_months_go_round_the_year_and_products_by_border_and_weight() -> None:
    assert month_before("2026-01", 1) == "2025-12"
    assert months_until("2026-02", 3) == ("2025-12", "2026-01", "2026-02")
    assert product_of("CN", "DE", 480) == "international_small_parcel"
    assert product_of("CN", "DE", 2001) == "international_parcel"
    assert product_of("CN", "CN", 9000) == "domestic_parcel"
