"""What UPU Global Track answers: items with EMSEVT events, bare events, or `1` for nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from amends.domain.parcel.channel import Malformed
from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import UNDATED, derive, entry, no_scans, not_said
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import Milestone, Reason
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text
from amends.domain.parcel.wording import at_customs, failed, plainly, reason_in, sent_back

CHANNEL = "upu"
CODE = "upu.emsevt.v3"

_OUTWARD = frozenset({"EMA", "EMB", "EXA", "EXB", "EXC", "EXD", "EXX", "EMC"})
_INWARD = frozenset(
    {"EMD", "EDA", "EDB", "EME", "EDC", "EMF", "EDD", "EDE", "EMG", "EDF", "EDG", "EDH", "EMH"}
    | {"EMI", "EDX"}
)
_SENT_ON = frozenset({"EMC", "EMK"})
_SURELY_AFTER = timedelta(hours=14)
"""More than any two clocks of the world differ by."""
_WORDS = ("EventNm", "EventName", "EventDesc", "Event")
_HOLDERS = ("Items", "items", "Item", "item", "Result", "data")
_WHYS = (
    "ReasonNm",
    "ReasonName",
    "RetentionReasonNm",
    "NonDeliveryReasonNm",
    "EventReason",
    "Reason",
    "ActionNm",
    "EventAction",
    "Action",
    "EventRemark",
    "Remark",
)


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read items, bare events of the item that was asked about, nothing, or a server's error."""
    content = document(body)
    if isinstance(content, str | bool) and text(content) not in ("", "1"):
        raise Malformed("the answer is neither items nor the mark for none")
    if message := first_text(part(content), "Message", "message", "error", "title"):
        return (_refused(message, number or ""),)
    outer = part(content)
    holders = (outer.get(key) for key in _HOLDERS)
    listed = next((found for holder in holders if (found := rows(holder))), rows(content))
    bare = [row for row in listed if first_text(row, "EventCd", "EventCode", "EventDT")]
    if bare:
        return (_item({"Events": bare}, number),)
    items = [row for row in listed if first_text(row, "ID", "Id", "ItemId") or "Events" in row]
    if items:
        return tuple(_item(row, number) for row in items)
    is_strange = bool(part(content)) and not any(key in outer for key in _HOLDERS)
    return () if is_strange else (no_scans(number=number or "", channel=CHANNEL),)


def _refused(message: str, number: str) -> Reading:
    words = message.casefold()
    if "not found" in words or "no item" in words or "no event" in words:
        return no_scans(number=number, channel=CHANNEL)
    known = (("auth", "unauthorised"), ("token", "unauthorised"), ("too many", "rate_limited"))
    error = next((error for word, error in known if word in words), "unavailable")
    return not_said(number=number, channel=CHANNEL, error=error)


def _item(row: Document, number: str | None) -> Reading:
    ends = (_country(row, "OriginCountryCd"), _country(row, "DestinationCountryCd"))
    lines = [line for line in rows(row.get("Events")) if _code(line) or _sent(line)]
    scans = _missent([_scan(line, *ends) for line in lines], lines, *ends)
    codes = (scan.code for scan in scans)
    return derive(
        number=first_text(row, "ID", "Id", "ItemId") or number or "",
        channel=CHANNEL,
        carrier=None,
        scans=scans,
        unmapped=tuple(dict.fromkeys(c for c in codes if c and meaning(CODE, c) is None)),
    )


def _country(row: Document, key: str) -> str | None:
    return alpha2(text(row.get(key)))


def _code(line: Document) -> str:
    return first_text(line, "EventCd", "EventCode").upper()


def _sent(line: Document) -> str:
    return first_text(line, "EventDT", "EventDateTime", "EventDate", "EventLocalDT")


def _scan(line: Document, origin: str | None, destination: str | None) -> Scan:
    code = _code(line)
    country = _sender(line)
    here = country or (origin if code in _OUTWARD else destination if code in _INWARD else None)
    return entry(
        channel=CHANNEL,
        carrier=None,
        at_raw=_sent(line),
        at=parse_time(_sent(line), country=here),
        told=_meaning(line),
        place=Place(
            text=first_text(line, "EventLocation", "EventOffice", "OfficeNm", "Location"),
            country=here,
            node=first_text(line, "EventOfficeCd", "OfficeCd", "OECd", "EventLocationCd") or None,
        ),
        text=first_text(line, *_WORDS),
        code=code,
    )


def _sender(line: Document) -> str | None:
    """The country of the post that sent the event: named, or the first letters of its office."""
    named = first_text(line, "EventCountryCd", "CountryCd", "OperatorCountryCd")
    office = first_text(line, "EventOfficeCd", "OfficeCd", "OECd", "EventLocationCd")
    is_office = len(office) == 6 and office.isalpha() and office.isupper()
    return alpha2(named) or (office[:2] if is_office else None)


def _meaning(line: Document) -> Meaning | None:
    """The code, and for retentions and failures the reason that the words beside it give."""
    code = _code(line)
    told = meaning(CODE, code)
    whys = (text(line.get(key)) for key in _WHYS)
    words = " ".join(filter(None, (first_text(line, *_WORDS), *whys)))
    if told is None:
        return None if code else plainly(words)
    if code in ("EME", "EXB"):
        held = at_customs(f"customs {words}")
        is_told = held and held.reason not in (None, Reason.CUSTOMS_DELAY)  # "held" says no more
        return replace(told, reason=held.reason) if held and is_told else told
    if code == "EMH":
        back = sent_back(words)
        why = reason_in(words) or told.reason
        return replace(back, milestone=Milestone.RETURNING) if back else replace(told, reason=why)
    if code == "EDX":
        ended = failed(words)
        is_told = ended and ended.milestone in (Milestone.RETURNING, Milestone.DESTROYED)
        return replace(ended, reason=told.reason) if ended and is_told else told
    return told


def _missent(
    scans: Sequence[Scan], lines: Sequence[Document], origin: str | None, destination: str | None
) -> list[Scan]:
    """Mark what the receiving post sent on (EMC or EMK): the item was missent to it."""
    inward = [scan for scan in scans if scan.code in _INWARD]
    outward = {scan.place.text for scan in scans if scan.code in _OUTWARD - _SENT_ON}
    offices = {scan.place.text for scan in inward} - outward - {""}
    arrived = min((scan.at for scan in inward if scan.at != UNDATED), default=None)

    def is_missent(scan: Scan, line: Document) -> bool:
        if scan.code not in _SENT_ON or origin == destination:
            return False
        sender = _sender(line)
        if sender is not None:
            return sender == destination
        if scan.place.text:
            return scan.place.text in offices
        if scan.at == UNDATED or arrived is None:
            return False
        return scan.at - arrived > _SURELY_AFTER

    return [
        replace(scan, milestone=Milestone.EXCEPTION, step=None, reason=Reason.MISSORT)
        if is_missent(scan, line)
        else scan
        for scan, line in zip(scans, lines, strict=True)
    ]
