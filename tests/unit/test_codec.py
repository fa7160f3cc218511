"""Events are written to the letter and read for ever."""

import json
import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.adapters.codec import Undecodable, decode_event, dumps, encode_event
from amends.adapters.upcasting import Body, upcast
from amends.domain.case.events import EVENT_TYPES, Event, OfferRefused, TokenIssued
from amends.domain.money import Money
from tests.support.event_samples import SAMPLES

GOLDEN = Path(__file__).parents[1] / "data" / "events"
FILES = sorted(GOLDEN.glob("*.json"))

SAMPLE_OFFER = dumps(SAMPLES["OfferMade"])

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3.5))])
MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001 - the same
    timezones=ZONES,
)
MONEY = st.one_of(
    st.integers(-(10**12), 10**12).map(lambda minor: Money.from_minor(minor, "CNY")),
    st.integers(0, 10**12).map(lambda minor: Money.from_minor(minor, "JPY")),
    st.decimals(0, 10**9, allow_nan=False, allow_infinity=False).map(
        lambda amount: Money.of(amount, "XDR")
    ),
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=30),
    int: st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    datetime: MOMENTS,
    date: st.dates(date(1990, 1, 1), date(2200, 1, 1)),
    Money: MONEY,
    type(None): st.none(),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of that type can hold."""
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*(values_of(member) for member in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(values_of(get_args(hint)[0]), max_size=3).map(tuple)
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{f.name: values_of(hints[f.name]) for f in fields(hint)})


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_every_event_has_a_golden_sample(name: str) -> None:
    assert (GOLDEN / f"{name}.json").exists()
    assert type(SAMPLES[name]) is EVENT_TYPES[name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_sample_decodes_to_the_value_it_had_when_it_was_released(path: Path) -> None:
    stored_name = path.name.split(".")[0]

    assert decode_event(stored_name, path.read_text()) == SAMPLES[path.stem]


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_the_newest_sample_is_what_is_written_today_to_the_letter(name: str) -> None:
    newest = max(GOLDEN.glob(f"{name}.*json"), key=lambda path: (len(path.name), path.name))

    assert encode_event(SAMPLES[newest.stem]) == (name, newest.read_text().rstrip("\n"))


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_every_field_is_seen_in_some_golden_sample(name: str) -> None:
    seen = set().union(*(json.loads(p.read_text()) for p in GOLDEN.glob(f"{name}.*json")))

    assert seen >= {field.name for field in fields(EVENT_TYPES[name])}


@pytest.mark.parametrize("event_type", EVENT_TYPES.values(), ids=lambda kind: kind.__name__)
def test_any_event_comes_back_as_it_went(event_type: type) -> None:
    @settings(max_examples=15, deadline=None)
    @given(values_of(event_type))
    def comes_back(event: Event) -> None:
        assert decode_event(*encode_event(event)) == event

    comes_back()


def test_keys_are_written_in_the_order_of_the_definition_without_what_is_none_by_default() -> None:
    for name in ("OfferMade", "Assessed"):
        assert list(json.loads(dumps(SAMPLES[f"{name}.2"]))) == [
            f.name for f in fields(EVENT_TYPES[name])
        ]
    assert "counter" not in json.loads(dumps(OfferRefused(offer_id="ofr_1", reason="too_low")))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("CaseLaughedAt", "{}"),
        ("dict", "{}"),
        ("TokenIssued", "{}"),
        ("TokenIssued", "[]"),
        ("TokenIssued", "not JSON"),
        ("TokenIssued", '{"token_hash":7}'),
        ("TokenIssued", '{"token_hash":"a","colour":"red"}'),
        ("CaseClosed", '{"outcome":"eaten"}'),
        ("SurveyPlanned", '{"survey_id":"srv_1","ask_at":"2026-11-20T08:00:00"}'),
        ("SurveyPlanned", '{"survey_id":"srv_1","ask_at":"soon"}'),
        (
            "OfferMade",
            SAMPLE_OFFER.replace("312.47", "NaN"),
        ),
    ],
)
def test_what_no_release_has_written_is_not_guessed(name: str, body: str) -> None:
    with pytest.raises(Undecodable):
        decode_event(name, body)


@pytest.mark.parametrize(
    "value", [1.5, {1, 2}, object(), datetime(2026, 11, 20)]  # noqa: DTZ001 - that is the point
)  # fmt: skip
def test_what_would_not_come_back_exactly_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        dumps(value)


def test_a_decimal_is_written_without_an_exponent() -> None:
    assert dumps([Decimal("1E+3"), Decimal("1E-7")]) == '["1000","0.0000001"]'


def test_an_upcaster_brings_an_old_name_to_todays() -> None:
    def renamed(body: Body) -> tuple[str, Body]:
        return "TokenIssued", {"token_hash": body["hash"]}

    old = {"TokenReplaced": renamed}
    name, body = upcast("TokenReplaced", {"hash": "a1"}, old)

    assert decode_event(name, json.dumps(body)) == TokenIssued(token_hash="a1")
    assert upcast("TokenIssued", {"token_hash": "b2"}, old) == ("TokenIssued", {"token_hash": "b2"})
