"""A parcel is checked before it is shipped: what is wrong with it, and whether to insure it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from amends.domain.money import Money
from amends.domain.parcel.insurance import advise
from amends.domain.parcel.preflight import Address, Item, Person, Plan
from amends.domain.parcel.preflight_text import message
from amends.service.tracking.preflight import preflight

TODAY = date(2026, 11, 20)
GOOD = Plan(
    origin=Address(country="CN"),
    destination=Address(country="DE", postal_code="50667", city="Köln", lines=("Domkloster 4",)),
    sender=Person(name="李雷", phone="+86 755 1234 5678"),
    addressee=Person(name="Erika Mustermann", phone="+49 221 123456"),
    items=(
        Item(
            name="cotton shirt",
            unit_value=Money.of("20.00", "EUR"),
            hs_code="610510",
            origin_country="CN",
        ),
    ),
    tracking_number="RR123456785CN",
    weight_grams=480,
)


def told(**changes: Any) -> set[tuple[str, str, str]]:
    fields = {name: getattr(GOOD, name) for name in Plan.__dataclass_fields__}
    plan = Plan(**(fields | changes))
    found = preflight(plan, language="en", today=TODAY).findings
    return {(one.severity, one.field, one.code) for one in found}


@pytest.mark.requirement("003-14", "001-17", "001-23")
def test_a_complete_plan_has_nothing_to_mend() -> None:
    assert told() == set()


@pytest.mark.requirement("003-14", "001-17")
@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        (Address(), {("error", "shipment.destination.country", "missing"),
                     ("error", "shipment.destination.city", "missing"),
                     ("error", "shipment.destination.lines", "missing"),
                     ("warning", "shipment.destination.postal_code", "missing")}),
        (Address(country="DE", city="Köln", postal_code="5066", lines=("Domkloster 4",)),
         {("error", "shipment.destination.postal_code", "postal_code_shape")}),
        (Address(country="HK", city="Hong Kong", lines=("1 Queen's Road",)), set()),
        (Address(country="US", city="纽约", postal_code="10001", lines=("第五大道1号",)),
         {("warning", "shipment.destination.lines", "not_in_latin_letters"),
          ("warning", "shipment.destination.country", "customs_duty_always")}),
        (Address(country="GB", city="London", postal_code="ec1a 1bb", lines=("The Manor",)),
         {("warning", "shipment.destination.lines", "no_house_number")}),
    ],
)  # fmt: skip
def test_an_address_is_complete_and_readable_where_it_goes(
    destination: Address, expected: set[tuple[str, str, str]]
) -> None:
    assert told(destination=destination) == expected


@pytest.mark.requirement("003-14", "001-17")
@pytest.mark.parametrize(
    ("addressee", "expected"),
    [
        (None, {("error", "addressee.name", "missing"),
                ("error", "addressee.phone", "no_way_to_reach")}),
        (Person(name="A", phone="0221 1234567"),
         {("warning", "addressee.phone", "no_country_code")}),
        (Person(name="A", phone="12"), {("error", "addressee.phone", "phone_shape")}),
        (Person(name="A", email="a@b"), {("error", "addressee.email", "email_shape")}),
        (Person(name="A", email="a@example.org"), set()),
    ],
)  # fmt: skip
def test_somebody_can_be_reached(
    addressee: Person | None, expected: set[tuple[str, str, str]]
) -> None:
    assert told(addressee=addressee) == expected


@pytest.mark.requirement("003-14", "003-8")
def test_a_number_is_checked_before_it_is_on_the_label() -> None:
    path = "shipment.tracking_number"

    assert told(tracking_number="RR123465785CN") == {("error", path, "number_wrong")}
    assert told(tracking_number=None) == {("warning", path, "missing")}
    assert told(tracking_number="UA123456785CN") == {("warning", path, "untracked_service")}
    assert told(tracking_number="ZTO77311223") == {("advice", path, "number_unknown")}


@pytest.mark.requirement("001-23")
def test_a_declaration_says_what_it_is_what_it_is_worth_and_under_which_code() -> None:
    vague = Item(name="Gift", hs_code="12")

    assert told(items=(vague,)) == {
        ("error", "items.0.name", "vague_description"),
        ("error", "items.0.unit_value", "missing"),
        ("error", "items.0.hs_code", "hs_code_shape"),
    }
    assert ("error", "items", "missing") in told(items=())
    at_home = told(items=(Item(name="shirt"),), origin=Address(country="DE"))
    assert at_home == {
        ("warning", "items.0.unit_value", "missing"),
        ("warning", "items.0.name", "no_material"),
    }


@pytest.mark.requirement("001-18")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("free gift", "vague_description"),
        ("样品", "vague_description"),
        ("Electronics", "vague_description"),
        ("men's shirts", "no_material"),
        ("连衣裙", "no_material"),
        ("men's cotton shirts", None),
        ("真丝连衣裙", None),
        ("gift basket of roasted peanuts", None),
        ("面包", None),
    ],
)
def test_a_name_that_tells_too_little_is_refused_with_what_to_write(
    name: str, code: str | None
) -> None:
    found = told(items=(Item(name=name, unit_value=Money.of(9, "EUR"), hs_code="999999"),))

    codes = {what for _, field, what in found if field == "items.0.name"}
    assert codes - {"may_be_prohibited", "restricted"} == ({code} if code else set())


@pytest.mark.requirement("001-18", "001-23")
def test_a_code_of_other_goods_is_doubted() -> None:
    def codes(name: str, hs_code: str) -> set[str]:
        item = Item(name=name, unit_value=Money.of(9, "EUR"), hs_code=hs_code)
        return {code for _, field, code in told(items=(item,)) if field == "items.0.hs_code"}

    assert codes("plastic doll", "851712") == {"hs_code_of_other_goods"}
    assert codes("plastic doll", "950300") == set()
    assert codes("cotton shirt", "620520") == codes("cotton shirt", "610510") == set()


@pytest.mark.requirement("001-21")
def test_packaging_fits_what_is_in_it() -> None:
    vase = Item(name="glass vase", unit_value=Money.of(9, "EUR"), flags=("fragile",),
                hs_code="701399")  # fmt: skip
    path = "items.0.flags"

    assert told(items=(vase,)) == {("advice", path, "pack_fragile")}
    bad = (("outer", "bag"), ("inner", "none"), ("sealed", "no"))
    assert told(items=(vase,), packaging=bad, weight_grams=25_000) == {
        ("warning", path, "pack_fragile"),
        ("error", "packaging.outer", "too_heavy_for_outer"),
        ("error", "packaging.sealed", "not_sealed"),
    }
    assert told(items=(vase,), packaging=(("outer", "box"), ("inner", "bubble"))) == set()


def test_what_may_not_travel_is_told_by_category_in_the_readers_language() -> None:
    items = (Item(name="fireworks", unit_value=Money.of(9, "EUR"), hs_code="360410"),)
    fields = {name: getattr(GOOD, name) for name in Plan.__dataclass_fields__}
    plan = Plan(**(fields | {"items": items}))

    english, chinese = (
        preflight(plan, language=one, today=TODAY).findings[0] for one in ("en", "zh-CN")
    )

    assert (english.check, english.severity, english.field) == (
        "prohibited_goods",
        "error",
        "items.0.name",
    )
    assert "explosives" in message(english, "en")
    assert "爆炸物品" in message(chinese, "zh-CN")


def test_every_finding_has_a_sentence_in_both_languages() -> None:
    worst = Plan(items=(Item(name="gift", flags=("fragile", "liquid", "battery", "valuable")),))

    for one in preflight(worst, language="en", today=TODAY).findings:
        assert message(one, "en") != message(one, "zh-CN")


@pytest.mark.requirement("001-12")
@pytest.mark.parametrize(
    ("value", "premium", "insured", "expected"),
    [
        ("2000.00", None, None, ("insure", "20.00", "20.00")),
        ("30.00", None, None, ("not_worth_it", "0.30", "0.30")),
        ("30.00", "0.35", None, ("insure", "0.30", "0.35")),
        ("30.00", "3.00", None, ("not_worth_it", "0.30", "3.00")),
        ("2000.00", "25.00", "2000.00", ("insured", "20.00", "25.00")),
    ],
)
def test_insurance_is_advised_by_expected_loss_against_the_premium(
    value: str, premium: str | None, insured: str | None, expected: tuple[str, str, str]
) -> None:
    told = advise(
        Money.of(value, "EUR"),
        is_abroad=True,
        insured=Money.of(insured, "EUR") if insured else None,
        premium=Money.of(premium, "EUR") if premium else None,
    )

    assert told.expected_loss is not None
    assert told.premium is not None
    amounts = (f"{told.expected_loss.amount:f}", f"{told.premium.amount:f}")
    assert (told.advice, *amounts) == expected


def test_at_home_half_as_much_is_lost_and_without_a_value_nothing_can_be_said() -> None:
    home = advise(Money.of(100, "EUR"), is_abroad=False, insured=None, premium=None)
    mute = advise(None, is_abroad=False, insured=None, premium=None)

    assert home.expected_loss == Money.of(Decimal("0.50"), "EUR")
    assert (mute.advice, mute.expected_loss) == ("declare_value", None)


def test_the_answer_is_a_document() -> None:
    from tracking_poller.preflight import preflight_document, read_plan

    body = {
        "shipment": {"destination": {"country": "DE", "postal_code": "1"}, "weight_grams": 100},
        "items": [{"name": "shirt", "unit_value": {"amount": "20.00", "currency": "EUR"}}],
        "addressee": {"name": "A", "phone": "+49 221 123456"},
        "packaging": {"outer": "box", "is_sealed": True},
    }

    told = preflight_document(preflight(read_plan(body), language="en", today=TODAY), "en")

    json.dumps(told)
    assert told["insurance"]["expected_loss"] == {"amount": "0.20", "currency": "EUR"}
    assert {one["check"] for one in told["findings"]} >= {"address", "number", "declaration"}
    assert all(one["message"] for one in told["findings"])
