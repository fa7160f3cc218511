"""Every channel's push through the deployed function: its raw bytes, in base64, as they came."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from hashlib import md5, sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from amends import runtime
from simulators.carriers import world
from tests.support.channel_samples import sample
from tests.support.tracking_cloud import TrackingCloud, tracking_cloud
from tests.support.warm import forget

Secrets = Mapping[str, str]
Proof = Callable[[Secrets, bytes], Mapping[str, str]]


def _mac(secrets: Secrets, name: str, signed: bytes) -> bytes:
    return hmac.digest(secrets[name].encode(), signed, sha256)


def _sent(name: str) -> Callable[[Secrets], bytes]:
    """A sample as a provider may send it: with blanks that a second encoding would not keep."""
    return lambda _: sample(name).rstrip() + b" \n"


def _kuaidi100(secrets: Secrets) -> bytes:
    param = sample("kuaidi100_push.param.json").decode().strip()
    sign = md5((param + secrets["salt"]).encode(), usedforsecurity=False).hexdigest().upper()
    return urlencode({"sign": sign, "param": param}).encode()


PUSHES: Mapping[str, tuple[Callable[[Secrets], bytes], Proof]] = {
    "seventeentrack": (
        _sent("17track_webhook_updated.body.json"),
        lambda s, b: {"sign": sha256(b + b"/" + s["token"].encode()).hexdigest()},
    ),
    "aftership": (
        _sent("aftership_webhook.body.json"),
        lambda s, b: {
            "aftership-hmac-sha256": b64encode(_mac(s, "webhook_secret", b)).decode(),
        },
    ),
    "trackingmore": (
        _sent("trackingmore_webhook_v4.body.json"),
        lambda s, _: {"timestamp": "17", "signature": _mac(s, "webhook_secret", b"17").hex()},
    ),
    "easypost": (
        _sent("easypost_webhook.body.json"),
        lambda s, b: {
            "x-hmac-signature": f"hmac-sha256-hex={_mac(s, 'webhook_secret', b).hex()}",
        },
    ),
    "kuaidi100": (_kuaidi100, lambda _s, _b: {}),
    "sf": (_sent("sf_route_push.body.json"), lambda _s, _b: {}),
    "ups": (
        _sent("ups_track_alert_webhook.body.json"),
        lambda s, _: {"credential": s["credential"]},
    ),
    "usps": (
        _sent("usps_v3_detail.response.json"),
        lambda s, b: {"x-hmac": b64encode(_mac(s, "webhook_secret", b)).decode()},
    ),
    "fedex": (
        _sent("fedex_track_v1.response.json"),
        lambda s, b: {"fdx-signature": b64encode(_mac(s, "security_token", b)).decode()},
    ),
    "dhl_unified": (
        _sent("dhl_unified_shipments.json"),
        lambda s, _: {"dhl-push-secret": s["push_secret"]},
    ),
}
COVER_THE_BODY = {"seventeentrack", "aftership", "easypost", "kuaidi100", "usps", "fedex"}
NEVER_PUSH = {"royal_mail", "upu"}


@pytest.fixture(scope="module")
def cloud() -> Iterator[TrackingCloud]:
    with world() as handle, tracking_cloud(handle) as made:
        yield made


def pushed(cloud: TrackingCloud, code: str, body: bytes, headers: Mapping[str, str]) -> Any:
    return cloud.call("POST", f"/v1/tracking/webhooks/{code}", body=body, headers=headers)


@pytest.mark.requirement("000-11", "004-46")
@pytest.mark.parametrize("code", PUSHES)
def test_a_push_is_taken_as_it_came_and_refused_where_a_byte_or_the_proof_differs(
    cloud: TrackingCloud, code: str
) -> None:
    make, prove = PUSHES[code]
    secrets = cloud.world.secrets(code)
    body = make(secrets)
    headers = prove(secrets, body)

    assert [pushed(cloud, code, body, headers).status for _ in range(2)] == [200, 200]
    if code in COVER_THE_BODY:
        assert pushed(cloud, code, body.replace(b"2026", b"2025", 1), headers).status == 401
    if headers:
        assert pushed(cloud, code, body, dict.fromkeys(headers, "x")).status == 401
        assert pushed(cloud, code, body, {}).status == 401


@pytest.mark.parametrize("code", sorted(NEVER_PUSH))
def test_who_never_pushes_is_not_listened_to(cloud: TrackingCloud, code: str) -> None:
    assert pushed(cloud, code, b"{}", {}).status == 400


def test_every_channel_of_the_world_is_accounted_for(cloud: TrackingCloud) -> None:
    assert set(cloud.world.world.posts) == {*PUSHES, *NEVER_PUSH}


def test_what_comes_in_xml_is_answered_in_it(cloud: TrackingCloud) -> None:
    route = b'<WaybillRoute id="7" mailno="SF1540782316094" opCode="50"/>'
    body = b'<Request service="RoutePushService"><Body>' + route + b"</Body></Request>"
    told = pushed(cloud, "sf", body, {})

    assert (told.status, told.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert "<Head>OK</Head>" in told.body


@pytest.mark.requirement("004-46")
def test_who_signs_nothing_is_heard_at_the_address_that_it_was_given_and_nowhere_else(
    cloud: TrackingCloud,
) -> None:
    known = {**cloud.world.secrets("sf"), "push_key": "k 7/Zq"}
    name = "/amends/secrets/channels/sf"
    runtime.client("ssm").put_parameter(Name=name, Value=json.dumps(known), Overwrite=True)
    forget()
    body, path = sample("sf_route_push.body.json"), "/v1/tracking/webhooks/sf"

    told = cloud.call("POST", f"{path}/k%207%2FZq", body=body)

    assert told.status == 200
    assert json.loads(told.body) == json.loads(sample("sf_route_push_ack.json"))
    assert cloud.call("POST", f"{path}/other", body=body).status == 401
    assert cloud.call("POST", path, body=body).status == 401
