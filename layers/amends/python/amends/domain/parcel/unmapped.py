"""Unmapped: codes that a channel sends and no table knows, so that somebody maps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from amends.domain.parcel.reading import Reading

LONGEST_CODE, LONGEST_TEXT = 100, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """One such code: how often it came as news, when, and the entry in which it came last."""

    channel: str
    code: str
    count: int
    first_seen_at: datetime
    last_seen_at: datetime
    number: str = ""
    text: str = ""


def unmapped_in(reading: Reading, *, at: datetime) -> Iterator[Unmapped]:
    """Each strange code of a reading, once."""
    texts = {scan.code: scan.text for scan in reading.scans}
    for code in dict.fromkeys(reading.unmapped):
        yield Unmapped(
            channel=reading.channel,
            code=code[:LONGEST_CODE],
            count=1,
            first_seen_at=at,
            last_seen_at=at,
            number=reading.number,
            text=texts.get(code, "")[:LONGEST_TEXT],
        )
