"""Shipment codec: a parcel's state as few bytes, so that a row stays within one write unit.

Only what was heard is kept; `merging` works the rest out again. Scans are rows of values without
names, compressed with a dictionary of what such rows usually contain.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from amends.domain.parcel.merging import merged
from amends.domain.parcel.reading import Place, Scan
from amends.domain.parcel.state import Failure, ParcelState, Word
from amends.domain.parcel.vocabulary import (
    ChannelState,
    Direction,
    Milestone,
    OffsetSource,
    Reason,
    Step,
)

_USUAL = (
    "".join(
        f'"{word}",'
        for group in (Reason, Direction, ChannelState, OffsetSource, Step, Milestone)
        for word in group
    )
    + '"Arrived at facility","Departed","Delivered","Out for delivery","In transit",'
    '"seventeentrack","aftership","trackingmore","kuaidi100","easypost","dhl_unified","usps","ups"'
    ',"fedex","royal_mail","sf","upu","china_post","CN","DE","US","GB",null,null,null,"","","",'
    '"explicit","in_transit","departed",null,"2026-10-01T12:00:00+08:00",[1790000000,"2026-11-'
).encode()
_VERSION = 1


def pack(state: ParcelState) -> bytes:
    """What was heard of a parcel."""
    document = {
        "s": [_scan_row(scan) for scan in state.scans],
        "w": [_word_row(word) for word in state.words],
        "f": [_failure_row(failure) for failure in state.failures],
        "a": _seconds(state.first_asked_at),
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    packer = zlib.compressobj(level=9, wbits=-15, zdict=_USUAL)
    return bytes([_VERSION]) + packer.compress(text.encode()) + packer.flush()


def unpack(number: str, packed: bytes) -> ParcelState:
    """The state that was packed, worked out again; raises ValueError for another version."""
    if packed[0] != _VERSION:
        raise ValueError("no release has written this state")
    document = json.loads(zlib.decompressobj(wbits=-15, zdict=_USUAL).decompress(packed[1:]))
    heard = ParcelState(
        number=number,
        scans=tuple(_scan(row) for row in document["s"]),
        words=tuple(_word(row) for row in document["w"]),
        failures=tuple(_failure(row) for row in document["f"]),
        first_asked_at=_moment(document["a"]),
    )
    return merged(number, [heard])


def squeeze(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows of values as few bytes."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), level=6, wbits=-15)


def unsqueeze(packed: bytes) -> list[Any]:
    """The rows that were squeezed."""
    rows: list[Any] = json.loads(zlib.decompress(packed, wbits=-15))
    return rows


def pack_times(asked: Mapping[str, datetime]) -> str:
    """When each channel was asked."""
    return json.dumps(seconds_of(asked))


def unpack_times(text: str) -> dict[str, datetime]:
    """When each channel was asked."""
    return times_of(json.loads(text))


def seconds_of(asked: Mapping[str, datetime]) -> dict[str, float]:
    """When each channel was asked, as numbers."""
    return {channel: at.timestamp() for channel, at in asked.items()}


def times_of(asked: Mapping[str, float]) -> dict[str, datetime]:
    """When each channel was asked, from numbers."""
    return {channel: datetime.fromtimestamp(at, tz=UTC) for channel, at in asked.items()}


def _scan_row(scan: Scan) -> list[object]:
    place = scan.place
    row: list[object] = [
        _seconds(scan.at),
        scan.at_raw,
        scan.offset_source,
        scan.milestone,
        scan.step,
        scan.reason,
        scan.channel,
        scan.carrier,
        scan.code,
        scan.text,
        place.text,
        place.country,
        place.postal_code,
        place.node,
        scan.provider_id,
    ]
    while row[-1] is None:
        row.pop()
    return row


def _scan(row: Sequence[Any]) -> Scan:
    row = [*row, *[None] * (15 - len(row))]
    return Scan(
        at=_surely(row[0]),
        at_raw=row[1],
        offset_source=OffsetSource(row[2]),
        milestone=Milestone(row[3]),
        step=Step(row[4]) if row[4] else None,
        reason=Reason(row[5]) if row[5] else None,
        channel=row[6],
        carrier=row[7],
        code=row[8],
        text=row[9],
        place=Place(text=row[10], country=row[11], postal_code=row[12], node=row[13]),
        provider_id=row[14],
    )


def _word_row(word: Word) -> list[object]:
    return [
        word.channel,
        _seconds(word.at),
        int(word.found),
        word.milestone,
        word.reason,
        word.direction,
        word.state,
        word.carrier,
        _seconds(word.fresh_at),
        _seconds(word.estimated_delivery_at),
        word.unique_id,
        word.successor,
    ]


def _word(row: Sequence[Any]) -> Word:
    return Word(
        channel=row[0],
        at=_surely(row[1]),
        found=bool(row[2]),
        milestone=Milestone(row[3]),
        reason=Reason(row[4]) if row[4] else None,
        direction=Direction(row[5]),
        state=ChannelState(row[6]),
        carrier=row[7],
        fresh_at=_moment(row[8]),
        estimated_delivery_at=_moment(row[9]),
        unique_id=row[10],
        successor=(row[11][0], row[11][1]) if row[11] else None,
    )


def _failure_row(failure: Failure) -> list[object]:
    return [failure.channel, _seconds(failure.at), failure.error, failure.retry_after_seconds]


def _failure(row: Sequence[Any]) -> Failure:
    return Failure(channel=row[0], at=_surely(row[1]), error=row[2], retry_after_seconds=row[3])


def _seconds(at: datetime | None) -> float | int | None:
    if at is None:
        return None
    seconds = at.timestamp()
    return int(seconds) if seconds.is_integer() else seconds


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)


def _surely(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
