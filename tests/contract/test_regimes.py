"""Every regime there is or will be keeps these promises."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.catalog import codes, plugin
from amends.domain.compensation.assessment import Assessment
from amends.domain.compensation.facts import (
    Account,
    Cause,
    Extent,
    Facts,
    ItemKind,
    LossEvent,
    Mode,
)
from amends.domain.compensation.rates import Rate, published
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence
from amends.domain.money import Money, digits_of
from amends.service.assessment.quoting import assess

REGIMES: list[Regime] = [
    one for code in codes("regimes") for one in getattr(plugin("regimes", code), "REGIMES", ())
]
POSTED = date(2026, 1, 20)
RATES = published().with_(
    [Rate(currency="INR", on=date(2026, 3, 17), xdr_per_unit=Decimal("0.008"), source="test")]
)
PAYABLE = ("CNY", "USD", "EUR", "GBP", "JPY", "CAD", "INR")
SERVICES = ("standard", "first_class", "priority_mail", "paket", "speed_post", "signed_for")
every_regime = pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.code)
quickly = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    currency = draw(st.sampled_from(PAYABLE))
    digits = digits_of(currency) or 0

    def money(low: int, high: int) -> Money:
        return Money.from_minor(draw(st.integers(low, high)) * 10**digits // 100, currency)

    gross = draw(st.integers(1, 40_000))
    value = money(100, 500_000)
    extent = draw(st.sampled_from(Extent))
    share = draw(st.integers(1, 100))
    minor = value.minor if extent is Extent.TOTAL else value.minor * share // 100
    delivered = draw(st.none() | st.integers(1, 20))
    return Facts(
        event=draw(st.sampled_from(LossEvent)),
        extent=extent,
        item_kind=draw(st.sampled_from(ItemKind)),
        carrier="somebody",
        service=draw(st.sampled_from(SERVICES)),
        mode=draw(st.sampled_from(Mode)),
        origin_country=draw(st.sampled_from(("CN", "US", "DE", "JP", "IN"))),
        destination_country=draw(st.sampled_from(("CN", "US", "DE"))),
        posted_on=POSTED,
        promised_on=POSTED + timedelta(days=draw(st.integers(1, 9))),
        delivered_on=None if delivered is None else POSTED + timedelta(days=delivered),
        inquired_on=POSTED + timedelta(days=draw(st.integers(0, 40))),
        complained_on=POSTED + timedelta(days=draw(st.integers(0, 40))),
        as_of=date(2026, 3, 17),
        gross_weight_grams=gross,
        weight_short_grams=draw(st.none() | st.integers(1, gross)),
        actual_value=value,
        actual_loss=Money.from_minor(minor, currency),
        value_proven=draw(st.booleans()),
        market_price_at_destination=draw(st.none() | st.just(value)),
        value_destroyed_by_delay=draw(st.booleans()),
        insured_value=money(100, 500_000) if draw(st.booleans()) else None,
        postage=money(100, 20_000),
        registration_fee=money(0, 500),
        insurance_fee=money(0, 500),
        account=draw(st.sampled_from(Account)),
        terms_prompted=draw(st.booleans()),
        convention_applies=draw(st.booleans()),
        cause=draw(st.sampled_from(Cause)),
        payout_currency=draw(st.sampled_from(PAYABLE)),
        rate_date=date(2026, 3, 17),
    )


def under(regime: Regime, told: Facts) -> Assessment:
    return assess(replace(told, regime=regime.code), rates=RATES)


@every_regime
@quickly
@given(told=facts())
def test_the_sums_are_never_negative_and_the_steps_add_up(regime: Regime, told: Facts) -> None:
    found = under(regime, told)

    if found.indemnity is None or found.refund is None or found.total is None:
        assert found.missing
        return
    assert found.indemnity.amount >= 0
    assert found.refund.amount >= 0
    parts = [s.amount.amount for s in found.steps if s.adds_to is not None and s.amount]
    assert sum(parts, Decimal(0)) == found.total.amount
    assert found.total.currency == told.payout_currency
    if found.denied is not None:
        assert found.indemnity.is_zero


@every_regime
@quickly
@given(told=facts())
def test_the_indemnity_exceeds_neither_the_cap_nor_loss_insurance_and_price_together(
    regime: Regime, told: Facts
) -> None:
    found = under(regime, told)

    flat = {ItemKind.REGISTERED_LETTER}  # Postal Law 47, and stamps without proof, are flat
    if not found.indemnity or told.item_kind in flat or told.value_proven is False:
        return
    rate = {code: RATES.rate(code, date(2026, 3, 17)).xdr_per_unit for code in PAYABLE}
    rate["XDR"] = Decimal(1)
    paid = found.indemnity.amount * rate[found.indemnity.currency]
    unit = Decimal(1).scaleb(-(digits_of(found.indemnity.currency) or 0))
    slack = unit * rate[found.indemnity.currency]
    sums = [told.actual_loss, told.actual_value, told.insured_value]
    known = [one.amount * rate[one.currency] for one in sums if one is not None]
    if not found.denied and told.event is not LossEvent.DELAYED:
        assert paid <= max(known) + slack
    if found.cap is not None:
        cap_slack = Decimal(1).scaleb(-(digits_of(found.cap.currency) or 9))
        cap = (found.cap.amount + cap_slack) * rate[found.cap.currency]
        assert paid <= cap + slack


@every_regime
@quickly
@given(told=facts(), more=st.integers(1, 5_000))
def test_a_higher_loss_or_weight_never_pays_less(regime: Regime, told: Facts, more: int) -> None:
    if told.event is LossEvent.DELAYED or told.actual_value is None or told.payout_currency is None:
        return
    total = replace(told, extent=Extent.TOTAL, actual_loss=told.actual_value)
    value = Money.from_minor(told.actual_value.minor + more, told.actual_value.currency)
    richer = replace(
        total,
        actual_value=value,
        actual_loss=value,
        market_price_at_destination=value if told.market_price_at_destination else None,
    )
    heavier = replace(total, gross_weight_grams=(told.gross_weight_grams or 0) + more)

    lower = under(regime, total).indemnity
    for one in (richer, heavier):
        higher = under(regime, one).indemnity
        if lower is not None and higher is not None:
            assert higher.amount >= lower.amount


@every_regime
@quickly
@given(told=facts())
def test_the_same_facts_give_the_same_answer_by_the_version_that_it_names(
    regime: Regime, told: Facts
) -> None:
    first = under(regime, told)
    named = replace(told, regime=regime.code)

    assert assess(named, rates=RATES) == first
    assert assess(named, rates=RATES, version=first.version) == first


@every_regime
def test_every_figure_has_a_source_and_every_edition_follows_the_one_before(
    regime: Regime,
) -> None:
    for one in regime.editions:
        for figure in one.figures.values():
            assert figure.source
            assert figure.value >= 0
            assert figure.valid_from == one.valid_from
    for earlier, later in zip(regime.editions, regime.editions[1:], strict=False):
        assert earlier.valid_to == later.valid_from - timedelta(days=1)
    assert regime.editions[-1].valid_to is None
    assert regime.editions[-1].confidence is not Confidence.LOW


@every_regime
def test_an_old_version_is_recomputed_as_it_was(regime: Regime) -> None:
    for one in regime.editions:
        told = Facts(
            regime=regime.code,
            event=LossEvent.LOST,
            extent=Extent.TOTAL,
            posted_on=one.valid_from,
            payout_currency="CNY",
        )
        assert assess(told).version == one.version


@every_regime
def test_nothing_known_is_asked_for_and_never_guessed(regime: Regime) -> None:
    found = assess(Facts(regime=regime.code))

    assert found.total is None
    assert {"event", "extent", "payout_currency"} <= set(found.missing)


def test_a_quote_imports_no_regime_but_its_own() -> None:
    script = (
        "import json, sys\n"
        "from amends.commands.quote import quote\n"
        "quote(json.loads(sys.argv[1]))\n"
        "print(json.dumps([m for m in sys.modules if m.startswith('amends.catalog.regimes.')]))\n"
    )
    told = json.dumps({"regime": "montreal"})

    ran = subprocess.run(
        [sys.executable, "-c", script, told], capture_output=True, check=True, text=True
    )

    assert json.loads(ran.stdout) == ["amends.catalog.regimes.montreal"]
