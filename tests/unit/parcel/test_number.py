"""What a number says before anybody is asked about it."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.commands.number import check_number
from amends.domain.parcel import checksums
from amends.domain.parcel.number import Confidence, Doubt, check, normalise
from amends.domain.parcel.number_formats import FORMATS
from amends.domain.parcel.s10 import COUNTRIES
from tests.support.reference import reference
from tools.bench_number import numbers


def _claims(number: str, carrier: str) -> bool:
    checked = check(number)
    if carrier == "s10":
        return bool(checked.valid and checked.s10 and checked.s10.check_digit_ok)
    return any(
        candidate.carrier == carrier and candidate.confidence is not Confidence.NONE
        for candidate in checked.candidates
    )


def _published(kind: str) -> Iterator[tuple[str, str]]:
    for path in sorted(reference("tracking/tracking_number_data/couriers").glob("*.json")):
        courier = json.loads(path.read_text("utf-8"))
        for row in courier["tracking_numbers"]:
            for number in row["test_numbers"][kind]:
                yield courier["courier_code"], number


def test_every_published_valid_number_is_claimed_for_its_courier() -> None:
    rows = list(_published("valid"))

    assert len(rows) == 192
    assert [row for row in rows if not _claims(row[1], row[0])] == []
    assert [number for _, number in rows if check(number).valid is not True] == []


def test_no_published_invalid_number_is_claimed_for_its_courier() -> None:
    rows = list(_published("invalid"))

    assert len(rows) == 88
    # Refused as "three letters and nine digits", and as it happens a good twelve-digit one.
    assert [row for row in rows if _claims(row[1], row[0])] == [("purolator", "331426749957")]


@pytest.mark.parametrize(
    ("number", "carrier"),
    [
        ("LZ730192847CN", "china_post"),
        ("FQ618402757GB", "royal_mail"),
        ("1Z9A83X40310472914", "ups"),
        ("9400159901744839206151", "usps"),
        ("781209456319", "fedex"),
        ("SF1540782316094", "sf"),
    ],
)
def test_an_invented_number_is_told_by_its_own_algorithm(number: str, carrier: str) -> None:
    assert carrier in [candidate.carrier for candidate in check(number).candidates]


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        (" lz 730-192.847 cn ", "LZ730192847CN"),
        ("LZ73O19284７CN", "LZ730192847CN"),
        ("LZ730I92847CN", "LZ730192847CN"),
        ("1z 9a83 x4 0310 4729 14", "1Z9A83X40310472914"),
        ("420112349400159901744839206151", "9400159901744839206151"),
        ("4201123456789400159901744839206151", "9400159901744839206151"),
        ("1001921334250001000300779017972697", "779017972697"),
        ("РР123456785СN", "PP123456785CN"),  # Cyrillic
        ("ΡΡ123456785CN", "PP123456785CN"),  # Greek
        ("٩٤٠٠١٥٩٩٠١٧٤٤٨٣٩٢٠٦١٥١", "9400159901744839206151"),
    ],
)
def test_what_people_type_and_scan_becomes_the_number(typed: str, normalised: str) -> None:
    checked = check(typed)

    assert checked.normalised == normalised
    assert checked.valid or checked.s10 is None


@pytest.mark.requirement("003-8")
@given(
    letters=st.sampled_from(["RR", "LZ", "CP", "EE", "UA", "HX"]),
    serial=st.from_regex(r"[0-9]{8}", fullmatch=True),
    country=st.sampled_from(sorted(COUNTRIES)),
    place=st.integers(0, 8),
    digit=st.sampled_from("0123456789"),
)
def test_one_wrong_digit_in_a_postal_number_never_passes(
    letters: str, serial: str, country: str, place: int, digit: str
) -> None:
    digits = serial + checksums.s10(serial)
    good = letters + digits + country
    wrong = letters + digits[:place] + digit + digits[place + 1 :] + country

    assert check(good).valid is True
    if wrong != good and not _shares_a_check_digit(digits[:8], wrong[2:10]):
        assert (check(wrong).valid, check(wrong).reason) == (False, Doubt.S10_CHECK_DIGIT)
    for suggestion in check(wrong).suggestions:
        assert check(suggestion).valid is True


def _shares_a_check_digit(left: str, right: str) -> bool:
    """The standard maps two remainders to 0 and two to 5: it misses those few."""
    return left != right and checksums.s10(left) == checksums.s10(right)


def test_two_swapped_digits_are_put_back() -> None:
    assert "LZ730192847CN" in check("LZ730129847CN").suggestions
    assert check("LZ73019284CN").suggestion == "LZ730192847CN"


@given(st.from_regex(r"[A-Z0-9]{4,40}", fullmatch=True))
def test_nothing_is_refused_for_being_unknown(number: str) -> None:
    checked = check(number)

    assert checked.valid is not False or checked.reason is Doubt.S10_CHECK_DIGIT


@given(st.text(max_size=60))
def test_any_text_gets_an_answer_and_normalising_twice_changes_nothing(text: str) -> None:
    once = check(text)

    assert normalise(once.normalised) == once.normalised
    assert json.dumps(check_number(text))


@given(st.sampled_from([n for n in numbers(400) if n]))
def test_a_normalised_number_is_its_own_normal_form(number: str) -> None:
    once = check(number)

    assert check(once.normalised).normalised == once.normalised


@pytest.mark.parametrize("number", ["ABC", "A" * 41, "RR12345*785CN", "", "单号一二三四五"])
def test_what_can_be_no_number_is_refused(number: str) -> None:
    assert check(number).valid is False


def test_a_mistyped_ups_number_is_doubted_but_not_refused() -> None:
    checked = check("1Z9A83X40310472915")

    assert (checked.valid, checked.reason) == (None, Doubt.CHECK_DIGIT)


def test_untracked_letters_say_so() -> None:
    document = check_number("UA" + "12345678" + checksums.s10("12345678") + "CN")

    assert document["s10"] == {
        "service": "untracked",
        "check_digit_ok": True,
        "country": "CN",
        "is_country_known": True,
        "is_tracked": False,
    }


def test_every_format_has_lengths_its_shape_can_have() -> None:
    assert all(row.carrier and row.name for rows in FORMATS.values() for row in rows)
    assert sum(len(rows) for rows in FORMATS.values()) > 60
