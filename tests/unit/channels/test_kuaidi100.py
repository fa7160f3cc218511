"""Kuaidi100: MD5 signs, China time, basic and fine states, words where there is no state."""

import json
from hashlib import md5
from urllib.parse import parse_qs, urlencode

import pytest

from amends.catalog.channels import kuaidi100
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature
from tests.support.channel_samples import lines, sample, status, track
from tests.support.reference import reference

SCANS = [
    "2026-11-05T10:30:00Z carrier accepted accepted - 103",
    "2026-11-05T18:10:44Z carrier in_transit departed - 1002",
    "2026-11-06T23:55:02Z carrier in_transit delivery_depot - 1001",
    "2026-11-08T02:22:31Z carrier exception held carrier_delay 208",
]
STATUS = "78451203967710 zto found exception carrier_delay forward active -"
SECRETS = {"customer": "KD-CUSTOMER-EXAMPLE", "key": "KD-KEY-EXAMPLE", "salt": "S"}


@pytest.mark.parametrize(
    "name",
    ["kuaidi100_query.response.json", "kuaidi100_push.param.json", "kuaidi100_push.form"],
)
def test_an_answer_a_push_and_its_bare_param_read_alike(name: str) -> None:
    (reading,) = kuaidi100.read(sample(name))

    assert (status(reading), lines(reading)) == (STATUS, SCANS)
    assert reading.scans[0].at_raw == "2026-11-05 18:30:00"
    assert reading.scans[-1].place.text == "广东,深圳市"


def test_the_older_shape_without_codes_is_read_by_its_words() -> None:
    folder = reference("tracking/payloads/shipment-tracking-kuaidi100")
    (reading,) = kuaidi100.read((folder / "valid_tracking.json").read_bytes())
    (empty,) = kuaidi100.read((folder / "invalid_tracking.json").read_bytes(), number="1")

    assert status(reading) == "121231231231 sf found delivered - forward active -"
    assert [" ".join(line.split()[2:4]) for line in lines(reading)] == [
        "accepted accepted",
        "in_transit departed",
        "in_transit arrived",
        "in_transit departed",
        "in_transit arrived",
        "in_transit departed",
        "in_transit arrived",
        "out_for_delivery -",
        "delivered -",
    ]
    assert status(empty) == "1 - unfound not_found - forward active -"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("500", None),
        ("503", "unauthorised"),
        ("408", "needs_details"),
        ("601", "quota"),
        ("502", "unavailable"),
        ("400", "malformed"),
    ],
)
def test_every_failure_has_a_name(code: str, error: str | None) -> None:
    body = json.dumps({"result": False, "returnCode": code, "message": "x"}).encode()
    (reading,) = kuaidi100.read(body, number="1")

    assert (reading.found, reading.error, reading.number) == (False, error, "1")


def pushed(**fields: object) -> str:
    result = {"nu": "1", "com": "shentong", "status": "200", "state": "0", "data": []}
    content = {"status": "polling", "lastResult": result, **fields}
    return status(kuaidi100.read(json.dumps(content).encode())[0])


def test_an_abort_says_that_the_channel_gave_up() -> None:
    assert pushed(status="abort", message="3天查询无记录") == (
        "1 sto unfound not_found - forward expired -"
    )


def test_a_corrected_carrier_is_taken() -> None:
    assert pushed(autoCheck="1", comOld="shentong", comNew="yuantong").split()[1] == "yto"


def test_an_abort_without_a_single_record_keeps_state_and_corrected_carrier() -> None:
    told = {"nu": "1", "com": "shentong", "status": "201", "state": "0", "data": []}

    assert pushed(status="abort", autoCheck="1", comNew="zhongtong", lastResult=told) == (
        "1 zto unfound not_found - forward expired -"
    )


def test_names_of_states_stand_in_for_their_codes() -> None:
    rows = [
        {"time": "2026-11-08 10:00:00", "context": "x", "status": "代签"},
        {"time": "2026-11-08 09:00:00", "context": "y", "status": "派件"},
    ]
    body = json.dumps({"nu": "1", "com": "jd", "status": "200", "state": "3", "data": rows})
    (reading,) = kuaidi100.read(body.encode())

    assert lines(reading) == [
        "2026-11-08T01:00:00Z carrier out_for_delivery - - 派件",
        "2026-11-08T02:00:00Z carrier delivered - neighbour 代签",
    ]


def test_the_query_is_signed_as_the_vector_says() -> None:
    vector = json.loads(sample("signatures.json"))[6]
    asked = [Asked(number="78451203967710", carrier="zto")]
    response = Response(status=200, body=sample("kuaidi100_query.response.json"))
    readings, (request,) = track(kuaidi100, asked, response, **SECRETS)
    form = parse_qs(request.body.decode())

    assert form["param"] == [vector["message"]]
    assert form["sign"] == [vector["expected"]]
    assert request.body == sample("kuaidi100_query.request.form").strip()
    assert status(readings["78451203967710"]) == STATUS


def test_subscribing_names_our_salt_and_callback() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(
            status=200, body=b'{"result":false,"returnCode":"501","message":"repeated"}'
        )

    account = Account(
        base_url="http://channel.test", secrets={**SECRETS, "callback_url": "https://us.test/p"}
    )
    outcome = converse(kuaidi100.register([Asked(number="1", carrier="sf")], account), send)
    param = json.loads(parse_qs(sent[0].body.decode())["param"][0])

    assert outcome == {"1": "ok"}
    assert (param["company"], param["number"]) == ("shunfeng", "1")
    assert (param["parameters"]["salt"], param["parameters"]["callbackurl"]) == (
        "S",
        "https://us.test/p",
    )


def test_the_signature_vector_is_accepted_and_no_other_salt_is() -> None:
    vector = json.loads(sample("signatures.json"))[7]
    body = sample("kuaidi100_push.form")
    push = kuaidi100.receive(body, {}, {"salt": vector["key"]})

    assert status(push.readings[0]) == STATUS
    assert json.loads(push.acknowledge) == json.loads(sample("kuaidi100_push_ack.json"))
    for salt in ("", "another"):
        with pytest.raises(BadSignature):
            kuaidi100.receive(body, {}, {"salt": salt})


def test_the_sign_covers_param_as_it_was_before_encoding() -> None:
    param = '{"status": "polling", "lastResult": {"nu": "a+b %", "com": "ems", "data": []}}'
    sign = md5((param + "S").encode(), usedforsecurity=False).hexdigest().upper()
    body = urlencode({"param": param, "sign": sign}).encode()

    assert kuaidi100.receive(body, {}, {"salt": "S"}).readings[0].number == "a+b %"
