"""`amends track parse`: what is printed for one raw payload."""

import json
from base64 import b64encode

import pytest

from amends.catalog import UnknownPlugin
from amends.commands.track import parse
from tests.support.channel_samples import sample


def test_the_document_has_the_fields_of_the_contract() -> None:
    document = parse("sf", sample("sf_route_push.body.json"))

    assert document == {
        "readings": [
            {
                "number": "SF1540782316094",
                "carrier": "sf",
                "found": True,
                "milestone": "accepted",
                "reason": None,
                "direction": "forward",
                "channel_state": "active",
                "scans": [
                    {
                        "at": "2026-11-05T10:30:00Z",
                        "at_raw": "2026-11-05 18:30:00",
                        "offset_source": "carrier",
                        "milestone": "accepted",
                        "step": "accepted",
                        "reason": None,
                        "location": "金华市",
                        "text": "顺丰速运 已收取快件",
                        "code": "50",
                    }
                ],
            }
        ]
    }


def test_an_error_answer_prints_its_error() -> None:
    (reading,) = json.loads(json.dumps(parse("sf", sample("sf_error_sign.json"))))["readings"]

    assert (reading["found"], reading["error"]) == (False, "unauthorised")


@pytest.mark.parametrize("body", [b"", b"<html>502</html>", b"\xff\xfe", b"["])
def test_bytes_that_are_nothing_print_an_error_too(body: bytes) -> None:
    (reading,) = json.loads(json.dumps(parse("aftership", body)))["readings"]

    assert (reading["found"], reading["error"]) == (False, "malformed")


def test_a_channel_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownPlugin):
        parse("carrier_pigeon", b"{}")


@pytest.mark.parametrize(
    ("channel", "name"), [("sf", "sf_route_push.body.json"), ("kuaidi100", "kuaidi100_push.form")]
)
def test_a_body_that_the_gateway_gave_in_base64_reads_as_the_body(channel: str, name: str) -> None:
    body = sample(name)

    assert parse(channel, b64encode(body) + b"\n") == parse(channel, body)
