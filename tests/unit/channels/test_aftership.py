"""AfterShip: this year's shape, v4's, and the recordings of its own clients."""

import json

import pytest

from amends.catalog.channels import aftership
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature
from tests.support.channel_samples import lines, sample, status, track
from tests.support.reference import reference

SCANS = [
    "2026-11-09T16:20:00Z explicit accepted accepted - InTransit_002",
    "2026-11-11T03:02:00Z explicit in_transit arrived - InTransit_003",
    "2026-11-11T19:31:00Z explicit delivery_failed - recipient_absent AttemptFail_002",
]
STATUS = "9400159901744839206151 usps found delivery_failed recipient_absent forward active -"


def payload(path: str) -> bytes:
    return (reference("tracking/payloads") / path).read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "aftership_get_tracking.response.json",
        "aftership_list_trackings.response.json",
        "aftership_webhook.body.json",
    ],
)
def test_one_a_list_and_a_push_read_alike(name: str) -> None:
    (reading,) = aftership.read(sample(name))

    assert (status(reading), lines(reading)) == (STATUS, SCANS)
    assert [scan.provider_id for scan in reading.scans] == ["a1", "a2", "a3"]
    assert reading.scans[0].place.country == "US"
    assert reading.estimated_delivery_at is not None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "aftership-sdk-python/TrackingTestCase.test_get_last_checkpoint.resp0.json",
            ["19260817 china_post unfound not_found - forward pending -"],
        ),
        (
            (
                "aftership-sdk-python/TrackingWithAdditionalFieldsTestCase"
                ".test_get_last_checkpoint.resp0.json"
            ),
            ["3SKAAG5995399 postnl found in_transit - forward active -"],
        ),
        (
            (
                "aftership-sdk-python/TrackingWithAdditionalFieldsTestCase"
                ".test_create_tracking.resp0.json"
            ),
            ["3SKAAG5995399 postnl unfound not_found - forward pending -"],
        ),
        (
            "aftership-sdk-python/TrackingWithAdditionalFieldsTestCase.test_get_tracking.resp0.json",
            ["3SKAAG5995399 postnl found in_transit - forward active -"],
        ),
        (
            "pyaftership/get_trackings.json",
            [
                "1111111111111 fedex found delivered - forward stopped -",
                "2222222222222 ups unfound not_found channel_expired forward expired -",
                "1231231231231 usps unfound not_found channel_expired forward expired -",
            ],
        ),
        (
            "pyaftership/post_trackings.json",
            ["1111111111111 fedex unfound not_found - forward pending -"],
        ),
        (
            "pyaftership/error_created_tracking_number_is_failed.json",
            ["RA123456789HK hongkong_post unfound unknown - forward active already_registered"],
        ),
        ("pyaftership/post_couriers_detect.json", []),
    ],
)
def test_the_answers_of_v4_read_too(path: str, expected: list[str]) -> None:
    assert [status(reading) for reading in aftership.read(payload(path))] == expected


def test_a_recorded_tracking_has_all_its_scans() -> None:
    (reading,) = aftership.read(
        payload(
            "aftership-sdk-python/TrackingWithAdditionalFieldsTestCase.test_get_tracking.resp0.json"
        )
    )
    assert len(reading.scans) == 6
    assert lines(reading)[-1] == (
        "2021-03-25T09:59:00Z explicit in_transit arrived_dest_country - InTransit_004"
    )


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("aftership_error_429.json", "rate_limited"),
        ("aftership_error_4003_exists.json", "already_registered"),
    ],
)
def test_errors_have_names(name: str, error: str) -> None:
    (reading,) = aftership.read(sample(name))

    assert (reading.found, reading.error) == (False, error)


def told(**fields: object) -> str:
    body = json.dumps({"meta": {"code": 200}, "data": {"tracking_number": "1", **fields}})
    return status(aftership.read(body.encode())[0])


def test_a_flagged_return_that_is_delivered_has_been_returned() -> None:
    assert told(tag="Delivered", subtag="Delivered_001", return_to_sender=True) == (
        "1 - found returned - return active -"
    )


def test_expired_keeps_the_last_milestone() -> None:
    scan = {"checkpoint_time": "2026-11-01T10:00:00+01:00", "tag": "InTransit", "message": "m"}

    assert told(tag="Expired", subtag="Expired_001", checkpoints=[scan]) == (
        "1 - found in_transit - forward expired -"
    )


def test_a_naive_time_is_read_where_the_scan_was_made() -> None:
    scan = {"checkpoint_time": "2026-11-01T10:00:00", "tag": "InTransit", "country_iso3": "POL"}
    body = json.dumps({"meta": {"code": 200}, "data": {"tracking": {"checkpoints": [scan]}}})
    (reading,) = aftership.read(body.encode(), number="9")

    assert reading.number == "9"
    assert lines(reading) == ["2026-11-01T09:00:00Z location in_transit - - InTransit"]


def test_fifty_are_listed_at_once_and_who_is_missing_is_not_registered() -> None:
    response = Response(status=200, body=sample("aftership_list_trackings.response.json"))
    asked = [Asked(number="9400159901744839206151"), Asked(number="9")]
    readings, (request,) = track(aftership, asked, response)

    assert status(readings["9400159901744839206151"]) == STATUS
    assert readings["9"].error == "not_registered"
    assert request.url == (
        "http://channel.test/tracking/2026-07/trackings"
        "?tracking_numbers=9400159901744839206151%2C9&limit=200"
    )


def test_each_registration_is_a_request_and_an_existing_one_is_ok() -> None:
    answers = iter(
        [
            Response(status=400, body=sample("aftership_error_4003_exists.json")),
            Response(status=429, headers={"retry-after": "1"}),
            Response(status=400, body=b'{"meta":{"code":4005},"data":{}}'),
        ]
    )
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return next(answers)

    asked = [
        Asked(number="9400159901744839206151", carrier="usps"),
        Asked(number="2"),
        Asked(number="3"),
    ]
    account = Account(base_url="http://channel.test", secrets={"api_key": "K"})

    assert converse(aftership.register(asked, account), send) == {
        "9400159901744839206151": "ok",
        "2": "rate_limited",
        "3": "bad_number",
    }
    assert json.loads(sent[0].body) == {
        "tracking_number": "9400159901744839206151",
        "slug": "usps",
    }


def test_the_signature_vector_is_accepted_and_a_changed_body_is_not() -> None:
    vector = json.loads(sample("signatures.json"))[2]
    body, secrets = sample(vector["file"]), {"webhook_secret": vector["key"]}
    headers = {"aftership-hmac-sha256": vector["expected"]}
    push = aftership.receive(body, headers, secrets)

    assert push.event_id == "6a8c1f0e-3b52-4f6d-9e0b-5d7a2c914f10"
    assert status(push.readings[0]) == STATUS
    with pytest.raises(BadSignature):
        aftership.receive(body.replace(b"usps", b"dhl_"), headers, secrets)


@pytest.mark.parametrize(
    ("subtag", "tag", "milestone"),
    [
        ("InTransit_011", "InTransit", "in_transit"),
        ("Exception_016", "Exception", "exception"),
        ("AttemptFail_099", "AttemptFail", "delivery_failed"),
    ],
)
def test_a_sub_status_newer_than_the_table_is_read_by_its_tag_and_counted(
    subtag: str, tag: str, milestone: str
) -> None:
    scan = {"checkpoint_time": "2026-07-10T10:00:00+02:00", "tag": tag, "subtag": subtag}
    rows = [{"tracking_number": "1", "tag": tag, "subtag": subtag, "checkpoints": [scan]}]
    (reading,) = aftership.read(json.dumps(rows).encode())

    assert (reading.milestone, reading.scans[0].milestone) == (milestone, milestone)
    assert (reading.scans[0].code, reading.unmapped) == (subtag, (subtag,))
