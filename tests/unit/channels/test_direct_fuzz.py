"""The six direct channels read anything that has their keys, and say something of it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.catalog import plugin
from amends.domain.parcel.channel import Malformed
from amends.domain.parcel.vocabulary import OffsetSource

KEYS = {
    "dhl_unified": "shipments id service status statusCode timestamp description events location"
    " address countryCode addressLocality title detail origin destination returnFlag data",
    "usps": "trackingNumber trackingEvents eventCode eventType eventTimestamp GMTTimestamp"
    " GMTOffset eventState statusCategory error errors code message status source TrackInfo ID"
    " TrackDetail",
    "ups": "trackResponse shipment package activity status type code statusCode description date"
    " time gmtDate gmtTime gmtOffset location address inquiryNumber warnings response errors"
    " activityStatus",
    "fedex": "output completeTrackResults trackResults trackingNumber trackingNumberInfo date"
    " scanEvents eventType derivedStatusCode latestStatusDetail code error errors delayDetail"
    " scanLocation",
    "royal_mail": "mailPieces mailPieceId summary events eventCode eventDateTime eventName httpCode"
    " errors errorCode status lastEventCode lastEventDateTime estimatedDelivery date",
    "upu": "ID Events EventCd EventDT EventNm EventLocation OriginCountryCd DestinationCountryCd"
    " Message Items EventOfficeCd ReasonNm",
}
VALUES = (
    "2026-11-10T10:15:00 2026-11-10T10:15:00Z 20261110 101500 -05:00 +99:99"
    " /Date(1793400000000)/ 404 transit failure delivered 011 X SR 01 05 DL EMC EME EVKSP US"
    " GR CN OH"
    " 0001-01-01T00:00:00 9999-12-31T23:59:59-14:00 returned_to_sender"
).split()


def documents(keys: str) -> st.SearchStrategy[object]:
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.sampled_from(VALUES)
        | st.text()
    )
    names = st.sampled_from(keys.split())
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
        max_leaves=30,
    )


@pytest.mark.parametrize("code", KEYS)
def test_anything_with_the_keys_of_a_channel_reads_or_is_malformed(code: str) -> None:
    channel = plugin("channels", code)

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(document=documents(KEYS[code]))
    def holds(document: object) -> None:
        try:
            readings = channel.read(json.dumps(document).encode(), number="1")
        except Malformed:
            return
        for reading in readings:
            moments = [scan.at for scan in reading.scans]
            assert moments == sorted(moments)
            assert all(isinstance(scan.offset_source, OffsetSource) for scan in reading.scans)
            assert not (reading.error and reading.scans)

    holds()
