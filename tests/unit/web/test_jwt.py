"""A token proves itself by its signature, its issuer and its times, and by nothing else."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.adapters.tokens import PoolTokens, keys_of
from amends.domain.exchange import Request, Response, Trouble
from amends.ports import UnprovedToken, UnreadableKeys
from tests.support.token_house import ISSUER, claims, encoded, jwk, private_key, signed

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
GOOD = signed(claims(at=AT))


@cache
def known() -> PoolTokens:
    return tokens(House("one", "two"))


def check(token: str, *, at: datetime = AT) -> object:
    return known().claims(token, at=at)


def test_a_token_that_another_library_signed_is_read() -> None:
    assert check(GOOD) == claims(at=AT)


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({}, AT + timedelta(hours=2)),
        ({}, AT - timedelta(minutes=5)),
        ({"iss": "https://elsewhere.example"}, AT),
        ({"nbf": int((AT + timedelta(hours=1)).timestamp())}, AT),
        ({"exp": None}, AT),
        ({"exp": True}, AT),
        ({"exp": "9999999999"}, AT),
    ],
)
def test_what_was_signed_for_another_time_or_place_is_refused(
    changed: dict[str, Any], at: datetime
) -> None:
    with pytest.raises(UnprovedToken):
        check(signed({**claims(at=AT), **changed}), at=at)


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "RS512", "ES256", "", None])
def test_no_other_algorithm_is_taken(alg: str | None) -> None:
    with pytest.raises(UnprovedToken):
        check(signed(claims(at=AT), head={"alg": alg}))


def test_a_public_key_is_not_a_shared_secret() -> None:
    head = encoded(json.dumps({"alg": "RS256", "kid": "one"}).encode())
    parts = f"{head}.{GOOD.split('.')[1]}"
    seal = hmac.new(jwk("one")["n"].encode(), parts.encode(), sha256).digest()

    with pytest.raises(UnprovedToken):
        check(f"{parts}.{encoded(seal)}")


def test_a_signature_of_another_key_is_refused() -> None:
    with pytest.raises(UnprovedToken):
        check(signed(claims(at=AT), key="two", head={"kid": "one"}))


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(GOOD) - 1), letter=st.sampled_from("AbC0_-.=é"))
def test_a_changed_letter_never_changes_what_is_believed(place: int, letter: str) -> None:
    changed = f"{GOOD[:place]}{letter}{GOOD[place + 1 :]}"

    try:
        told = check(changed)
    except UnprovedToken:
        return
    assert told == claims(at=AT)  # the letter stood where base64 has spare bits


@settings(max_examples=100, deadline=None)
@given(
    token=st.text()
    | st.lists(st.binary(max_size=40), max_size=4).map(
        lambda parts: ".".join(encoded(part) for part in parts)
    )
)
def test_nonsense_is_refused_and_nothing_else_happens(token: str) -> None:
    with pytest.raises(UnprovedToken):
        check(token)


@pytest.mark.parametrize("head", [{"crit": ["exp"]}, {"kid": None}, {"kid": 7}, {"kid": "three"}])
def test_a_head_that_asks_for_more_or_names_no_key_is_refused(head: dict[str, Any]) -> None:
    with pytest.raises(UnprovedToken):
        check(signed(claims(at=AT), head=head))


def test_only_an_encoding_that_fills_the_whole_key_is_taken() -> None:
    """A signature that opens to short padding and rubbish after the digest proves nothing."""
    head, body, _ = GOOD.split(".")
    numbers = private_key("one").private_numbers()
    prefix = bytes.fromhex("3031300d060960864801650304020105000420")
    digest = sha256(f"{head}.{body}".encode()).digest()
    short = b"\x00\x01" + b"\xff" * 8 + b"\x00" + prefix + digest
    opened = int.from_bytes(short.ljust(256, b"\x07"))
    rigged = pow(opened, numbers.d, numbers.public_numbers.n).to_bytes(256)

    with pytest.raises(UnprovedToken):
        check(f"{head}.{body}.{encoded(rigged)}")


def test_weak_keys_and_keys_for_other_uses_are_left_out() -> None:
    rows = [jwk("weak", bits=1024), {**jwk("one"), "use": "enc"}, {"kty": "EC", "kid": "x"}]

    assert keys_of({"keys": rows}) == {}
    assert set(keys_of({"keys": [*rows, jwk("two")]})) == {"two"}


class House:
    """Answers with the keys that it has, and counts how often it was asked."""

    def __init__(self, *names: str, status: int = 200) -> None:
        self.names, self.status, self.asked = names, status, 0

    def __call__(self, request: Request) -> Response:
        assert request.url == "https://keys.example"
        self.asked += 1
        if self.status == 0:
            return Response(status=0, trouble=Trouble.TIMEOUT)
        page = json.dumps({"keys": [jwk(name) for name in self.names]}).encode()
        return Response(status=self.status, body=page)


def tokens(house: House) -> PoolTokens:
    return PoolTokens(house, issuer=ISSUER, keys_url="https://keys.example")


def test_keys_are_asked_for_once() -> None:
    house = House("one")
    pool = tokens(house)

    for _ in range(3):
        assert pool.claims(GOOD, at=AT)["client_id"] == "merchant-1"

    assert house.asked == 1


def test_a_new_key_is_found_and_an_unknown_one_does_not_flood_the_issuer() -> None:
    house = House("one")
    pool = tokens(house)
    pool.claims(GOOD, at=AT)
    other = signed(claims(at=AT), key="two")

    for _ in range(5):
        with pytest.raises(UnprovedToken):
            pool.claims(other, at=AT)
    assert house.asked == 1

    house.names = ("one", "two")
    assert pool.claims(other, at=AT + timedelta(minutes=6))
    assert house.asked == 2


@pytest.mark.parametrize("status", [0, 404, 503])
def test_keys_that_cannot_be_read_say_nothing_against_the_token(status: int) -> None:
    house = House("one", status=status)
    pool = tokens(house)

    with pytest.raises(UnreadableKeys):
        pool.claims(GOOD, at=AT)

    house.status = 200
    assert pool.claims(GOOD, at=AT)
