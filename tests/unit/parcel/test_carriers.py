"""One carrier under the codes of number formats, channels and regimes."""

from datetime import date

import pytest

from amends.catalog import codes
from amends.catalog.routes import channels_for
from amends.domain.parcel.carriers import carrier_of, house_of, name_at, settled
from amends.domain.parcel.links import tracking_link
from amends.domain.parcel.number import check
from amends.domain.parcel.shipment import waybill_of


@pytest.mark.parametrize(
    ("carrier", "number", "expected"),
    [
        (None, "EA123456785CN", "china_ems"),
        ("china_post", "EA123456785CN", "china_ems"),
        ("ems", "1234567890123", "china_ems"),
        ("china_post", "RR123456785CN", "china_post"),
        (None, "EA123456785JP", None),
        ("dhl_paket", "00340434161094042557", "dhl_parcel_de"),
        ("dhl", "1234567891", "dhl"),
    ],
)
def test_a_carrier_gets_the_code_that_routes_know(
    carrier: str | None, number: str, expected: str | None
) -> None:
    assert settled(carrier, number) == expected


def test_a_parcel_is_one_whether_the_house_or_its_division_is_named() -> None:
    day = date(2026, 11, 1)

    assert waybill_of("1234567891", "dhl", day) == waybill_of("1234567891", "dhl_express", day)
    assert waybill_of("EA1", "china_post", day) == waybill_of("EA1", "china_ems", day)
    assert waybill_of("1", "ups", day) != waybill_of("1", "fedex", day)
    assert house_of(None) is None


def test_the_house_has_a_name_at_every_aggregator_and_their_names_tell_the_division() -> None:
    aggregators = ("seventeentrack", "aftership", "trackingmore", "easypost", "kuaidi100")

    assert [name_at(code, "dhl") for code in aggregators] == [
        "100001",
        "dhl",
        "dhl",
        "DHLExpress",
        "dhl",
    ]
    assert {carrier_of(code, str(name_at(code, "dhl"))) for code in aggregators} == {"dhl_express"}


@pytest.mark.parametrize("number", ["1234567891", "GM60511234500000001", "EA123456785CN"])
def test_what_a_number_is_taken_for_has_a_channel_of_its_own_and_a_link(number: str) -> None:
    carrier = settled(check(number).candidates[0].carrier, number)

    assert channels_for(carrier, known=codes("channels"))[0] in ("dhl_unified", "upu")
    assert number in tracking_link(carrier, number)
