"""`amends track parse`: the normalised reading of one raw payload."""

from base64 import b64decode
from datetime import datetime
from functools import partial

from amends.catalog import plugin
from amends.domain.parcel.reading import Reading, Scan
from amends.domain.parcel.unsaid import nothing_told
from amends.domain.parcel.wrapping import read_through


def parse(channel: str, body: bytes, *, number: str | None = None) -> dict[str, object]:
    """Read one raw answer or push of a channel; raises `UnknownPlugin` for no such channel.

    A body recorded behind the gateway may still be in base64. There is always a reading: an empty
    list reads as not found, a gateway's error as that error, and bytes that are nothing of that
    channel's as `malformed`.
    """
    readings = _told(channel, body, number) or (_nothing(channel, body, number),)
    return {"readings": [_shown(reading) for reading in readings]}


def is_nonsense(channel: str, body: bytes, *, number: str | None = None) -> bool:
    """Whether these bytes are nothing of that channel's, and no gateway's error either."""
    told = _told(channel, body, number)
    return not told and _nothing(channel, body, number).error == "malformed"


def _told(channel: str, body: bytes, number: str | None) -> tuple[Reading, ...]:
    reader = plugin("channels", channel).read
    return read_through(partial(reader, number=number), _plain(body))


def _nothing(channel: str, body: bytes, number: str | None) -> Reading:
    return nothing_told(body, number=number or "", channel=channel)


def _plain(body: bytes) -> bytes:
    try:
        inner = b64decode(body.strip(), validate=True)
    except ValueError:
        return body
    return inner if inner.lstrip()[:1] in (b"{", b"[") or b"param=" in inner[:256] else body


def _shown(reading: Reading) -> dict[str, object]:
    error = {"error": reading.error} if reading.error else {}
    return {
        "number": reading.number,
        "carrier": reading.carrier,
        "found": reading.found,
        "milestone": reading.milestone.value,
        "reason": reading.reason.value if reading.reason else None,
        "direction": reading.direction.value,
        "channel_state": reading.channel_state.value,
        "scans": [_scan(scan) for scan in reading.scans],
        **error,
    }


def _scan(scan: Scan) -> dict[str, object]:
    return {
        "at": rfc3339(scan.at),
        "at_raw": scan.at_raw,
        "offset_source": scan.offset_source.value,
        "milestone": scan.milestone.value,
        "step": scan.step.value if scan.step else None,
        "reason": scan.reason.value if scan.reason else None,
        "location": scan.place.text or None,
        "text": scan.text,
        "code": scan.code,
    }


def rfc3339(at: datetime) -> str:
    """An aware UTC moment with Z, and with fractions only where there are any."""
    return at.isoformat().replace("+00:00", "Z")
