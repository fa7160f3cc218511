"""The scripted parcel: normalised scans that every channel tells in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

from simulators.wire import text

CHINA_TIME = timezone(timedelta(hours=8))


class ScriptError(ValueError):
    """The script is not a parcel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One normalised scan; `at` keeps the offset of the place, `codes` overrides the mapping.

    `codes` names the raw code of a vocabulary, where a test wants one that the mapping would not
    choose, or one that no table knows.
    """

    at: datetime
    milestone: str
    step: str | None = None
    reason: str | None = None
    carrier: str = ""
    location: str = ""
    country: str = ""
    text: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def utc(self) -> datetime:
        """The moment in UTC."""
        return self.at.astimezone(UTC)

    @property
    def wall(self) -> str:
        """The local time without its offset."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%S")

    @property
    def offset(self) -> str:
        """`+08:00`."""
        return self.at.isoformat()[-6:]

    @property
    def china(self) -> str:
        """China time as Chinese carriers print it."""
        return self.at.astimezone(CHINA_TIME).strftime("%Y-%m-%d %H:%M:%S")

    @property
    def zulu(self) -> str:
        """UTC to the second, marked Z."""
        return self.utc.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A number with its scans, oldest first; `channels` limits who knows it (empty: all)."""

    number: str
    scans: tuple[Scan, ...]
    unique_id: str = ""
    channels: frozenset[str] = frozenset()
    sent_from: str = ""
    sent_to: str = ""

    @property
    def last(self) -> Scan:
        """The newest scan; ask only when there is one."""
        return self.scans[-1]

    @property
    def origin(self) -> str:
        """Country it was sent from; that of the first scan unless the script says."""
        return self.sent_from or next((scan.country for scan in self.scans if scan.country), "")

    @property
    def destination(self) -> str:
        """Country it was sent to; that of the last scan unless the script says."""
        return self.sent_to or next(
            (scan.country for scan in reversed(self.scans) if scan.country), ""
        )

    @property
    def carrier(self) -> str:
        """Who took it in."""
        return next((scan.carrier for scan in self.scans if scan.carrier), "")

    def first(self, *milestones: str) -> Scan | None:
        """The first scan with one of these milestones."""
        return next((scan for scan in self.scans if scan.milestone in milestones), None)

    def earlier(self) -> "Parcel":
        """The same parcel before its last scan."""
        return replace(self, scans=self.scans[:-1])


def parcel_from(number: str, script: Mapping[str, object]) -> Parcel:
    """Read a script; raises ScriptError."""
    rows = script.get("scans", [])
    channels = script.get("channels", [])
    if not isinstance(rows, list) or not isinstance(channels, list):
        raise ScriptError("scans and channels are lists")
    return Parcel(
        number=number,
        scans=tuple(sorted((_scan(row) for row in rows), key=lambda scan: scan.at)),
        unique_id=text(script, "unique_id"),
        channels=frozenset(str(channel) for channel in channels),
        sent_from=text(script, "origin").upper(),
        sent_to=text(script, "destination").upper(),
    )


def _scan(row: object) -> Scan:
    if not isinstance(row, dict):
        raise ScriptError("a scan is an object")
    try:
        at = datetime.fromisoformat(text(row, "at"))
    except ValueError as error:
        raise ScriptError(f"at: {error}") from error
    codes = row.get("codes", {})
    return Scan(
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
        milestone=text(row, "milestone").lower() or "unknown",
        step=text(row, "step") or None,
        reason=text(row, "reason") or None,
        carrier=text(row, "carrier").lower(),
        location=text(row, "location"),
        country=text(row, "country").upper(),
        text=text(row, "text"),
        codes=codes if isinstance(codes, dict) else {},
    )


def script_of(parcel: Parcel) -> dict[str, object]:
    """The parcel as it would be put."""
    return {
        "number": parcel.number,
        "unique_id": parcel.unique_id,
        "channels": sorted(parcel.channels),
        "origin": parcel.sent_from,
        "destination": parcel.sent_to,
        "scans": [
            {
                "at": scan.at.isoformat(),
                "milestone": scan.milestone,
                "step": scan.step,
                "reason": scan.reason,
                "carrier": scan.carrier,
                "location": scan.location,
                "country": scan.country,
                "text": scan.text,
                "codes": dict(scan.codes),
            }
            for scan in parcel.scans
        ],
    }


def key_of(*parts: str) -> str:
    """A stable 32-digit hexadecimal id."""
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
