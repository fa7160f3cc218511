"""Spelt times: moments in spellings other than ISO 8601, as carriers pass them on."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from unicodedata import normalize

_CHINESE = str.maketrans(
    {"年": "-", "月": "-", "日": " ", "时": ":", "点": ":", "分": ":", "/": "-", "−": "-"}
)
_HALVES = (
    ("上午", "AM"),
    ("凌晨", "AM"),
    ("早上", "AM"),
    ("中午", "PM"),
    ("下午", "PM"),
    ("晚上", "PM"),
)
_CLOCK = (
    r"(?P<h>\d{1,2})[:.](?P<mi>\d{1,2})(?:[:.](?P<s>\d{1,2})(?:[.,](?P<f>\d+))?)?"
    r"\s*:?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
)
_ZONE = (
    r"\s*\(?(?P<zone>[Zz]|(?:UTC|GMT)?[+-]\d{1,2}:?\d{2}(?::?\d{2})?|(?:UTC|GMT)?[+-]\d{1,2}"
    r"|[A-Z]{3,4})?\)?"
)
_DATED = re.compile(
    r"(?P<y>\d{4})[-.](?P<mo>\d{1,2})[-.](?P<d>\d{1,2})"
    rf"(?:(?:[T ,]|\s-\s)+(?P<early>[AP]M)?\s*{_CLOCK})?{_ZONE}"
)
_AMERICAN = re.compile(
    rf"(?P<mo>\d{{1,2}})-(?P<d>\d{{1,2}})-(?P<y>\d{{4}})(?:[T ,]+{_CLOCK})?{_ZONE}"
)
_EUROPEAN = re.compile(
    r"(?P<d>1[3-9]|2\d|3[01])[-.](?P<mo>0?[1-9]|1[0-2])[-.](?P<y>\d{4})"
    rf"(?:[T ,]+{_CLOCK})?{_ZONE}"
)
_DOTTED = re.compile(
    rf"(?P<d>\d{{1,2}})\.(?P<mo>\d{{1,2}})\.(?P<y>\d{{4}})(?:[T ,]+{_CLOCK})?{_ZONE}"
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<mo>\d{2})(?P<d>\d{2})[ T]?(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})?(?P<f>(?!))?"
    rf"(?P<half>(?!))?{_ZONE}"
)
_WEEKDAY = re.compile(r"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+", re.IGNORECASE)
_REGION = re.compile(r"\[[\w/+-]+\]$|(?<=[+-]\d{4}) [A-Z]{3,4}$")
_MONTH = re.compile(
    r"(?P<m>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})[ -](?P<m2>[A-Za-z]{3,9})\.?,?[ -](?P<y2>\d{4})"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ZONES = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "HKT": 8,
    "SGT": 8,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
}
"""Hours of the names that mean one offset; CST and IST mean several and are read as none."""


def spelt_time(text: str) -> datetime | None:
    """A moment, naive where no offset is told; None where the text is no time of these spellings.

    Raises ValueError for a day or an hour that there is not. Of dates that begin with their day or
    month, only those are read that can be one thing: month first with a 12-hour clock, day first
    with dots, and those whose day is beyond twelve.
    """
    plain = _REGION.sub("", normalize("NFKC", text).replace("\\", "").translate(_CHINESE))
    for word, half in _HALVES:
        plain = plain.replace(word, f" {half} ")
    plain = _WEEKDAY.sub("", " ".join(plain.split()).rstrip(":秒").removesuffix(" Uhr").strip())
    plain = _MONTH.sub(_numbered, plain, count=1)
    found = _DATED.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None and (other := _AMERICAN.fullmatch(plain)):
        is_one_thing = int(other["mo"]) <= 12 and (other["half"] or int(other["d"]) > 12)
        found = other if is_one_thing else None
    if found is None:
        found = _EUROPEAN.fullmatch(plain) or _DOTTED.fullmatch(plain)
    return None if found is None else _moment(found)


def _numbered(found: re.Match[str]) -> str:
    name, day, year = (
        found["m"] or found["m2"],
        found["d"] or found["d2"],
        found["y"] or found["y2"],
    )
    short = name[:3].casefold()
    if short not in _MONTHS:
        return found[0]
    return f"{year}-{_MONTHS.index(short) + 1}-{day}"


def _moment(found: re.Match[str]) -> datetime:
    parts = found.groupdict()
    hour, half = int(parts["h"] or 0), parts["half"] or parts.get("early")
    if half:
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    is_midnight = hour == 24 and int(parts["mi"] or 0) == int(parts["s"] or 0) == 0
    naive = (
        datetime(  # noqa: DTZ001 - its zone is told below, or by the caller
            int(parts["y"]),
            int(parts["mo"]),
            int(parts["d"]),
            0 if is_midnight else hour,
            int(parts["mi"] or 0),
            int(parts["s"] or 0),
            int((parts["f"] or "")[:6].ljust(6, "0")),
        )
        + timedelta(days=is_midnight)
    )
    zone = _zone((parts["zone"] or "").upper())
    return naive.replace(tzinfo=zone)


def _zone(text: str) -> tzinfo | None:
    if text in _ZONES:
        return timezone(timedelta(hours=_ZONES[text])) if _ZONES[text] else UTC
    sign, digits = text.lstrip("UTCGM")[:1], text.lstrip("UTCGM")[1:].replace(":", "")
    if sign not in ("+", "-") or not digits:
        return None
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    if len(digits) > 4:
        hours, minutes = digits[:2], digits[2:4]
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-span if sign == "-" else span)
