"""What the form of facts, tariffs and rate tables refuses, and what it says."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from amends.catalog import UnknownPlugin
from amends.commands.quote import LARGEST_BYTES, quote, quote_text
from amends.domain.compensation.facts_form import BadFacts, parse
from amends.domain.compensation.rate_feed import BadFeed, read_xdr_table
from amends.domain.compensation.rates import NoRate, Rate, StaleRate, published
from amends.domain.compensation.regime import UnknownVersion
from amends.domain.compensation.selection import NoRegime
from amends.domain.compensation.tariff import BadTariff, read_tariff
from amends.service.assessment.quoting import assess

DATA = Path(__file__).parents[1] / "data"
VECTORS = json.loads((DATA / "compensation_examples.json").read_text("utf-8"))["vectors"]
SF = next(one["facts"] for one in VECTORS if one["id"] == "V06a")


def cny(amount: object) -> dict[str, object]:
    return {"amount": amount, "currency": "CNY"}


@pytest.mark.parametrize(
    ("field", "value", "path", "code"),
    [
        ("postage", cny("NaN"), "postage.amount", "bad_amount"),
        ("postage", cny("Infinity"), "postage.amount", "bad_amount"),
        ("postage", cny("1e5"), "postage.amount", "bad_amount"),
        ("postage", cny("-1.00"), "postage.amount", "bad_amount"),
        ("postage", cny("1.001"), "postage.amount", "bad_amount"),
        ("postage", cny("١٢"), "postage.amount", "bad_amount"),
        ("postage", cny("9" * 13), "postage.amount", "too_large"),
        ("postage", cny("9" * 5000), "postage.amount", "bad_amount"),
        ("postage", cny(10**400), "postage.amount", "bad_amount"),
        ("postage", cny(12.3), "postage.amount", "wrong_type"),
        ("postage", {"amount": True, "currency": "CNY"}, "postage.amount", "wrong_type"),
        ("postage", {"amount": "1.00", "currency": "ZZZ"}, "postage.currency", "unknown_currency"),
        ("postage", {"amount": "1.00"}, "postage", "wrong_type"),
        ("postage", "12.00", "postage", "wrong_type"),
        ("payout_currency", "cny", "payout_currency", "unknown_currency"),
        ("payout_currency", "XDR", "payout_currency", "not_payable"),
        ("gross_weight_grams", 1.5, "gross_weight_grams", "wrong_type"),
        ("gross_weight_grams", True, "gross_weight_grams", "wrong_type"),
        ("gross_weight_grams", 0, "gross_weight_grams", "out_of_range"),
        ("gross_weight_grams", -3, "gross_weight_grams", "out_of_range"),
        ("gross_weight_grams", 10**30, "gross_weight_grams", "out_of_range"),
        ("weight_short_grams", 1201, "weight_short_grams", "too_large"),
        ("posted_on", "2026-02-30", "posted_on", "bad_format"),
        ("posted_on", "20260210", "posted_on", "bad_format"),
        ("posted_on", "0001-01-01", "posted_on", "out_of_range"),
        ("delivered_on", "2026-02-01", "delivered_on", "out_of_order"),
        ("as_of", "2026-02-11", "as_of", "out_of_order"),
        ("event", "eaten", "event", "unknown_value"),
        ("event", ["lost"], "event", "wrong_type"),
        ("value_proven", "yes", "value_proven", "wrong_type"),
        ("origin_country", "China", "origin_country", "bad_format"),
        ("regime", "../../etc", "regime", "bad_format"),
        ("service", "a\x00b", "service", "bad_format"),
        ("service", "a" * 101, "service", "too_long"),
        ("sdr_rate", "0", "sdr_rate", "out_of_range"),
        ("sdr_rate", "nan", "sdr_rate", "bad_amount"),
        ("colour", "red", "colour", "unknown_field"),
    ],
)
def test_an_impossible_value_is_refused_with_its_field(
    field: str, value: object, path: str, code: str
) -> None:
    with pytest.raises(BadFacts) as refused:
        parse({**SF, field: value})

    assert (path, code) in [(error.field, error.code) for error in refused.value.errors]


@pytest.mark.parametrize("document", [None, [], "facts", 3, [SF]])
def test_facts_are_one_object(document: object) -> None:
    with pytest.raises(BadFacts):
        quote(document)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"sdr_rate": NaN}',
        b'{"event": "lost", "event": "lost"}',
        b"[" * 50_000,
        b" " * (LARGEST_BYTES + 1),
        b'{"gross_weight_grams": 1' + b"0" * 5000 + b"}",
    ],
)
def test_hostile_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(BadFacts):
        quote_text(body)


def test_no_facts_at_all_are_asked_for() -> None:
    found = quote({})

    assert found["regime"] is None
    assert "carrier" in list(found["missing"])  # type: ignore[call-overload]  # a list in a document


def test_an_unknown_regime_language_or_version_is_refused() -> None:
    with pytest.raises(UnknownPlugin):
        quote({**SF, "regime": "cn.nobody"})
    with pytest.raises(UnknownPlugin):
        quote({**SF, "regime": "upu.unheard"})
    with pytest.raises(BadFacts):
        quote(SF, "fr")
    with pytest.raises(UnknownVersion):
        assess(parse(SF), version="1900-01-01")
    with pytest.raises(NoRegime):
        quote({**SF, "carrier": "yto", "destination_country": "US"})


def test_both_languages_tell_the_same_sums() -> None:
    en, zh = quote(SF), quote(SF, "zh-CN")

    assert en["total"] == zh["total"]
    assert en["steps"] != zh["steps"]


TARIFF: dict[str, object] = {
    "code": "contract.acme",
    "title": {"en": "Acme contract", "zh-CN": "合同"},
    "valid_from": "2026-01-01",
    "source": "contract no. 7",
    "cap": {"amount": "300.00", "currency": "CNY"},
    "times_postage": "5",
    "insured": "proportional",
    "freight_back": ["lost"],
    "delay": "freight",
    "force_majeure": "insured_only",
    "window": {"from": "posted_on", "days": 30},
}


@pytest.mark.requirement("004-24")
def test_a_contract_of_ones_own_is_added_as_data() -> None:
    facts = parse({**SF, "regime": "contract.acme"})

    found = assess(facts, tariffs=[read_tariff(TARIFF)])

    assert str(found.indemnity) == "90.00 CNY"  # min(500, 300, 5 x 18)
    assert str(found.total) == "108.00 CNY"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "cn.sf.domestic"),
        ("title", "Acme"),
        ("times_postage", "-1"),
        ("times_postage", "0"),
        ("window", {"from": "posted_on", "days": 0}),
        ("window", {"from": "birthday", "days": 3}),
        ("insured", "sometimes"),
        ("freight_back", "lost"),
        ("valid_to", "2025-01-01"),
        ("colour", "red"),
    ],
)
def test_a_tariff_with_an_impossible_term_is_refused(field: str, value: object) -> None:
    with pytest.raises(BadTariff):
        read_tariff({**TARIFF, field: value})


def test_a_tariff_without_any_limit_is_refused() -> None:
    with pytest.raises(BadTariff):
        read_tariff({name: TARIFF[name] for name in ("code", "title", "valid_from", "source")})


def test_a_rate_is_taken_from_the_latest_day_within_a_week() -> None:
    found = published().rate("CNY", date(2026, 3, 20))

    assert (found.on, found.xdr_per_unit) == (date(2026, 3, 17), Decimal("0.106732"))
    with pytest.raises(StaleRate):
        published().rate("CNY", date(2026, 3, 25))
    with pytest.raises(NoRate):
        published().rate("INR", date(2026, 3, 17))


def test_new_rates_never_change_what_a_day_said() -> None:
    other = Rate(currency="CNY", on=date(2026, 3, 17), xdr_per_unit=Decimal(9), source="late")

    grown = published().with_([other])

    assert grown.rate("CNY", date(2026, 3, 17)) == published().rate("CNY", date(2026, 3, 17))


def test_the_providers_table_is_read_and_blank_cells_left_out() -> None:
    table = (
        "SDRs per Currency unit for March 2026\n\n"
        "Currency\tMarch 17, 2026\tMarch 16, 2026\n"
        "Chinese yuan\t0.106732\t\n"
        "Indian rupee\t0.00795\t0.00796\n"
        "Unheard coin\t1.0\t1.0\n"
    )

    found = read_xdr_table(table, source="provider")

    assert [(one.currency, one.on.day) for one in found] == [("CNY", 17), ("INR", 17), ("INR", 16)]


@pytest.mark.parametrize(
    "table",
    [
        "",
        "<html>not found</html>",
        "Currency\tMarch 17, 2026\nEuro\tabc\n",
        "Currency\tMarch 17, 2026\nEuro\t-1\n",
        "Currency\tMarch 17, 2026\nEuro\t847\n",
        "x" * 1_000_001,
    ],
)
def test_what_is_not_the_providers_table_is_refused(table: str) -> None:
    with pytest.raises(BadFeed):
        read_xdr_table(table, source="provider")
