"""SF: JSON in a string, one phone tail a request, pushes that nobody signed."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from amends.catalog.channels import sf
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, Malformed, PushKind
from tests.support.channel_samples import lines, sample, status, track

SCANS = [
    "2026-11-05T10:30:00Z carrier accepted accepted - 50",
    "2026-11-05T14:01:00Z carrier in_transit departed - 30",
    "2026-11-06T01:40:00Z carrier customs presented - 17",
    "2026-11-06T07:20:00Z carrier customs held customs_inspection 18",
]
SECRETS = {"partner_id": "P", "checkword": "SF-CHECKWORD-EXAMPLE"}


def answer(inner: object) -> bytes:
    return json.dumps({"apiResultCode": "A1000", "apiResultData": inner}).encode()


def routes(*lines_: dict[str, str]) -> bytes:
    data = {"routeResps": [{"mailNo": "SF1", "routes": list(lines_)}]}
    return answer(json.dumps({"success": True, "errorCode": "S0000", "msgData": data}))


def test_the_inner_answer_is_read() -> None:
    (reading,) = sf.read(sample("sf_search_routes.response.json"))

    assert status(reading) == (
        "SF1540782316094 sf found customs customs_inspection forward active -"
    )
    assert lines(reading) == SCANS


def test_an_inner_answer_that_is_an_object_reads_alike() -> None:
    content = json.loads(sample("sf_search_routes.response.json"))
    content["apiResultData"] = json.loads(content["apiResultData"])

    assert lines(sf.read(json.dumps(content).encode())[0]) == SCANS


def test_empty_routes_are_no_scans_yet() -> None:
    (reading,) = sf.read(routes())

    assert status(reading) == "SF1 sf unfound not_found - forward active -"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("A1001", "malformed"),
        ("A1003", "unauthorised"),
        ("A1005", "rate_limited"),
        ("A1006", "unauthorised"),
        ("A1099", "unauthorised"),  # nobody's code, but its words speak of a signature
    ],
)
def test_every_code_has_a_name(code: str, error: str) -> None:
    body = sample("sf_error_sign.json").replace(b"A1006", code.encode())

    assert [one.error for one in sf.read(body)] == [error]


def test_a_code_that_nobody_knows_is_a_service_that_cannot_answer() -> None:
    body = sample("sf_error_sign.json").replace(b"A1006", b"A1099")
    body = body.replace("无效数字签名".encode(), "系统繁忙".encode())

    assert [one.error for one in sf.read(body)] == ["unavailable"]


def test_too_many_numbers_is_an_inner_failure() -> None:
    body = answer(json.dumps({"success": False, "errorCode": "8003", "errorMsg": "查询单号超限"}))

    assert [one.error for one in sf.read(body)] == ["malformed"]


def test_why_a_delivery_failed_stands_in_the_words() -> None:
    line = {
        "acceptTime": "2026-11-06 10:00:00",
        "opCode": "33",
        "remark": "因收件人电话无人接听,派送不成功",
    }
    (reading,) = sf.read(routes(line))

    assert lines(reading) == ["2026-11-06T02:00:00Z carrier delivery_failed - recipient_absent 33"]


def test_once_it_returns_a_signature_is_the_senders() -> None:
    at = "2026-11-06 10:00:0"
    codes = ("648", "30", "31", "44", "80")
    (reading,) = sf.read(
        routes(*({"acceptTime": f"{at}{i}", "opCode": code} for i, code in enumerate(codes)))
    )

    assert (reading.milestone, reading.direction) == ("returned", "return")


def test_the_digest_is_the_vectors() -> None:
    vector = json.loads(sample("signatures.json"))[8]

    assert (
        sf.digest_of(vector["message"], vector["timestamp"], vector["key"]) == (vector["expected"])
    )


def asked_with(token: str | None, *asked: Asked) -> list[dict[str, list[str]]]:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(status=200, body=routes())

    moment = datetime.fromtimestamp(1794448869, UTC)
    account = Account(base_url="http://channel.test", secrets=SECRETS, token=token, at=moment)
    converse(sf.track(list(asked), account), send)
    return [parse_qs(request.body.decode()) for request in sent]


def test_without_a_token_the_message_and_the_time_are_signed() -> None:
    vector = json.loads(sample("signatures.json"))[8]
    (form,) = asked_with(None, Asked(number="SF1540782316094", phone_tail="1234"))

    assert form["msgData"] == [vector["message"]]
    assert form["timestamp"] == [vector["timestamp"]]
    assert form["msgDigest"] == [vector["expected"]]
    assert form["serviceCode"] == ["EXP_RECE_SEARCH_ROUTES"]


def test_with_a_token_nothing_is_signed() -> None:
    (form,) = asked_with("T", Asked(number="SF1"))

    assert form["accessToken"] == ["T"]
    assert "msgDigest" not in form


def test_each_phone_tail_is_a_request_of_its_own() -> None:
    forms = asked_with(
        "T",
        Asked(number="1", phone_tail="1111"),
        Asked(number="2", phone_tail="2222"),
        Asked(number="3", phone_tail="1111"),
    )
    messages = [json.loads(form["msgData"][0]) for form in forms]

    assert [(m["trackingNumber"], m["checkPhoneNo"]) for m in messages] == [
        (["1", "3"], "1111"),
        (["2"], "2222"),
    ]


def test_one_number_without_routes_does_not_hide_the_others() -> None:
    response = Response(status=200, body=sample("sf_search_routes.response.json"))
    readings, _ = track(sf, [Asked(number="SF1540782316094"), Asked(number="SF2")], response)

    assert readings["SF1540782316094"].found
    assert (readings["SF2"].found, readings["SF2"].error) == (False, None)


def test_a_push_wakes_us_up_and_is_acknowledged_as_sf_wants() -> None:
    body = sample("sf_route_push.body.json")
    push = sf.receive(body, {}, {})

    assert (push.kind, push.numbers, push.event_id) == (
        PushKind.WAKE_UP,
        ("SF1540782316094",),
        "176234561203951",
    )
    assert json.loads(push.acknowledge) == json.loads(sample("sf_route_push_ack.json"))
    assert lines(sf.read(body)[0]) == [SCANS[0]]
    with pytest.raises(Malformed):
        sf.receive(b"{}", {}, {})
