"""How a client that knows only the protocol asks each channel."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import md5
from http.client import HTTPConnection
from urllib.parse import quote_plus, urlencode, urlsplit

from simulators.carriers import Handle


def call(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: object = None,
    timeout: float = 10,
) -> tuple[int, bytes]:
    """One request; a form when the body is text, JSON when it is anything else."""
    status, _, answer = exchange(url, method=method, headers=headers, body=body, timeout=timeout)
    return status, answer


def exchange(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: object = None,
    timeout: float = 10,
) -> tuple[int, dict[str, str], bytes]:
    target = urlsplit(url)
    connection = HTTPConnection(target.hostname or "", target.port, timeout=timeout)
    try:
        kind = "application/x-www-form-urlencoded" if isinstance(body, str) else "application/json"
        data = body if isinstance(body, str) else None if body is None else json.dumps(body)
        path = target.path + (f"?{target.query}" if target.query else "")
        sent = {"Content-Type": kind, **(headers or {})}
        connection.request(method, path, body=data.encode() if data else None, headers=sent)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()
    finally:
        connection.close()


def basic(user: str, proof: str = "") -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{user}:{proof}'.encode()).decode()}"}


def bearer(w: Handle, channel: str) -> dict[str, str]:
    """A fresh token, got as the provider wants it."""
    held = w.secrets(channel)
    client, proof = held["client_id"], held["client_secret"]
    grant = {"grant_type": "client_credentials"}
    fields = {**grant, "client_id": client, "client_secret": proof}
    base = w.base_url(channel)
    match channel:
        case "usps":
            answer = call(f"{base}/oauth2/v3/token", method="POST", body=fields)
        case "ups":
            answer = call(
                f"{base}/security/v1/oauth/token",
                method="POST",
                body=urlencode(grant),
                headers=basic(client, proof),
            )
        case _:
            answer = call(f"{base}/oauth/token", method="POST", body=urlencode(fields))
    assert answer[0] == 200, answer
    return {"Authorization": f"Bearer {json.loads(answer[1])['access_token']}"}


def register(w: Handle, channel: str, numbers: Sequence[str]) -> None:
    """Register where the channel wants it."""
    base, held = w.base_url(channel), w.secrets(channel)
    match channel:
        case "seventeentrack":
            call(
                f"{base}/track/v2.4/register",
                method="POST",
                headers={"17token": held["token"]},
                body=[{"number": n, "carrier": 3011, "tag": "case-5512"} for n in numbers],
            )
        case "aftership":
            for number in numbers:
                call(
                    f"{base}/tracking/2026-07/trackings",
                    method="POST",
                    headers={"as-api-key": held["api_key"]},
                    body={"tracking_number": number, "slug": "usps"},
                )
        case "trackingmore":
            rows = [{"tracking_number": n, "courier_code": "postnl-parcels"} for n in numbers]
            key = {"Tracking-Api-Key": held["api_key"]}
            call(f"{base}/v4/trackings/batch", method="POST", headers=key, body=rows)
        case "easypost":
            for number in numbers:
                call(
                    f"{base}/v2/trackers",
                    method="POST",
                    headers=basic(held["api_key"]),
                    body={"tracker": {"tracking_code": number, "carrier": "UPS"}},
                )
        case _:
            pass


def track(w: Handle, channel: str, numbers: Sequence[str]) -> tuple[int, bytes]:
    """Ask about numbers; a channel that takes one is asked about the first."""
    base, held, number = w.base_url(channel), w.secrets(channel), numbers[0]
    match channel:
        case "dhl_unified":
            url = f"{base}/track/shipments?trackingNumber={number}"
            return call(url, headers={"DHL-API-Key": held["api_key"]})
        case "seventeentrack":
            rows = [{"number": n, "carrier": 3011} for n in numbers]
            url = f"{base}/track/v2.4/gettrackinfo"
            return call(url, method="POST", headers={"17token": held["token"]}, body=rows)
        case "aftership":
            url = f"{base}/tracking/2026-07/trackings?limit=200"
            return call(url, headers={"as-api-key": held["api_key"]})
        case "trackingmore":
            url = f"{base}/v4/trackings/get?tracking_numbers={','.join(numbers)}"
            return call(url, headers={"Tracking-Api-Key": held["api_key"]})
        case "easypost":
            url = f"{base}/v2/trackers?tracking_code={number}"
            return call(url, headers=basic(held["api_key"]))
        case "usps":
            url = f"{base}/tracking/v3/tracking/{number}?expand=DETAIL"
            return call(url, headers=bearer(w, channel))
        case "ups":
            names = {"transId": "1", "transactionSrc": "amends"}
            url = f"{base}/api/track/v1/details/{number}"
            return call(url, headers={**bearer(w, channel), **names})
        case "fedex":
            rows = [{"trackingNumberInfo": {"trackingNumber": n}} for n in numbers]
            body = {"includeDetailedScans": True, "trackingInfo": rows}
            url = f"{base}/track/v1/trackingnumbers"
            return call(url, method="POST", headers=bearer(w, channel), body=body)
        case "royal_mail":
            names = {
                "X-IBM-Client-Id": held["client_id"],
                "X-IBM-Client-Secret": held["client_secret"],
                "X-Accept-RMG-Terms": "yes",
            }
            return call(f"{base}/mailpieces/v2/{number}/events", headers=names)
        case "kuaidi100":
            return call(f"{base}/poll/query.do", method="POST", body=kuaidi100_form(w, number))
        case "sf":
            return call(f"{base}/std/service", method="POST", body=sf_form(w, numbers))
        case _:
            return call(f"{base}/PTT.API/PTTService.svc/itemTTExt/{number}/{held['token']}")


def kuaidi100_form(w: Handle, number: str, *, key: str = "") -> str:
    held = w.secrets("kuaidi100")
    wanted = {"com": "zhongtong", "num": number, "phone": "", "resultv2": "4"}
    param = json.dumps(wanted, separators=(",", ":"))
    signed = param + (key or held["key"]) + held["customer"]
    sign = md5(signed.encode(), usedforsecurity=False).hexdigest().upper()
    return urlencode({"customer": held["customer"], "sign": sign, "param": param})


def sf_form(w: Handle, numbers: Sequence[str], *, checkword: str = "") -> str:
    held = w.secrets("sf")
    wanted = {
        "language": "zh-CN",
        "trackingType": "1",
        "trackingNumber": list(numbers),
        "methodType": "1",
        "checkPhoneNo": "1234",
    }
    message, stamp = json.dumps(wanted, separators=(",", ":")), "1794448869000"
    signed = quote_plus(message + stamp + (checkword or held["checkword"]), safe="*-._")
    digest = b64encode(md5(signed.encode(), usedforsecurity=False).digest()).decode()
    return urlencode(
        {
            "partnerID": held["partner_id"],
            "requestID": "1",
            "serviceCode": "EXP_RECE_SEARCH_ROUTES",
            "timestamp": stamp,
            "msgDigest": digest,
            "msgData": message,
        }
    )
