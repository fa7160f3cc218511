"""Number formats: which carriers' numbers look like this one, and whether the check digit holds.

The facts (lengths, prefixes, positions and weights) are the carriers' published ones, as collected
in `reference/tracking.md` section 4; the table, its notation and its tests are ours.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from amends.domain.parcel import checksums

_FEDEX_12 = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
_FEDEX_14 = (1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: `shape` on normalised text, the `check` that then must hold, what it wraps.

    `check` is None where the carrier publishes no check digit. `is_distinctive` says that nothing
    else looks like it, so that a failed check digit means a mistyped number. `number` cuts the
    number proper out of a longer barcode.
    """

    carrier: str
    name: str
    lengths: range | tuple[int, ...]
    shape: re.Pattern[str]
    check: Callable[[str], bool] | None = None
    is_distinctive: bool = False
    number: Callable[[str], str] | None = None


def _mod_10(even: int, odd: int, *, start: int = 0, lead: str = "") -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        return checksums.mod_10(lead + text[start:-1], even, odd) == text[-1]

    return holds


def _weighted(weights: tuple[int, ...], *, end: int | None = None) -> Callable[[str], bool]:
    width = len(weights)

    def holds(text: str) -> bool:
        tail = text[:end][-width - 1 :]
        return checksums.weighted_11(tail[:-1], weights) == tail[-1]

    return holds


def _ontrac(digit: str) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        serial = text[1:-1]
        lead = "" if serial[0] == digit else digit
        return checksums.mod_10(lead + serial, 1, 2) == text[-1]

    return holds


def _luhn(text: str) -> bool:
    return checksums.luhn(text[:-1]) == text[-1]


def _mod_7(text: str) -> bool:
    return checksums.mod_7(text[:-1]) == text[-1]


def _mod_37_36(text: str) -> bool:
    return checksums.mod_37_36(text[:-1]) == text[-1]


def _last_14(text: str) -> str:
    """A FedEx barcode ends in the number, filled with zeros to 14 digits."""
    return text[-14:].lstrip("0").rjust(12, "0")


def _astra(text: str) -> str:
    return text[16:28]


def _format(
    carrier: str,
    name: str,
    lengths: range | tuple[int, ...] | int,
    shape: str,
    check: Callable[[str], bool] | None = None,
    *,
    is_distinctive: bool = False,
    number: Callable[[str], str] | None = None,
) -> Format:
    return Format(
        carrier=carrier,
        name=name,
        lengths=(lengths,) if isinstance(lengths, int) else lengths,
        shape=re.compile(shape),
        check=check,
        is_distinctive=is_distinctive,
        number=number,
    )


_GS1 = _mod_10(3, 1)
_FORMATS = (
    _format("amazon", "logistics", 15, r"TB[ACM]\d{12}"),
    _format("amazon", "international", 11, r"[ACF]\d{10}"),
    _format("canada_post", "16", 16, r"\d{16}", _GS1),
    _format("canpar", "22", 22, r"[CDKLSUXZ]\d{21}"),
    _format("dhl", "express", (10, 11), r"\d{10,11}", _mod_7),
    _format("dhl", "express piece", (12, 13, 14), r"J[A-Z]{2,3}\d{9,10}"),
    _format("dhl", "ecommerce", range(12, 41), r"(GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)\d[0-9A-Z]{9,37}"),
    _format("dhl", "ecommerce 14", 14, r"\d{14}"),
    _format("dpd", "28", 28, r"\d{27}[0-9A-Z]", _mod_37_36),
    _format("dpd", "14", 15, r"\d{14}[0-9A-Z]", _mod_37_36),
    _format("fedex", "express", 12, r"\d{12}", _weighted(_FEDEX_12)),
    _format("fedex", "barcode 34", 34, r"[0-8]\d{33}", _weighted(_FEDEX_14), number=_last_14),
    _format("fedex", "astra 32", 32, r"3\d{31}", _weighted(_FEDEX_12, end=28), number=_astra),
    _format("fedex", "ground", 15, r"\d{15}", _mod_10(1, 3)),
    _format("fedex", "ground sscc", 18, r"\d{18}", _mod_10(3, 1, start=2)),
    _format("fedex", "ground 96", 22, r"96\d{20}", _mod_10(1, 3, start=7)),
    _format("fedex", "ground gsn", 34, r"96\d{32}", _weighted(_FEDEX_14), number=_last_14),
    _format("gofo", "us", 18, r"GFUS\d{14}"),
    _format("landmark", "ltn", 13, r"LTN\d{8}N1"),
    _format("lasership", "lx", 10, r"L[AEHINX][1-3]\d{7}"),
    _format("lasership", "1ls7", 15, r"1LS7[12]\d{10}"),
    _format("lasership", "1ls7 branch", 17, r"1LS7[12]\d\d01[1-4]\d{6}1"),
    _format("lasership", "1lscx", 15, r"1LSCX[0-9A-Z]{10}"),
    _format("old_dominion", "pro", 11, r"(77[78]|072|780)\d{8}", _luhn),
    _format("old_dominion", "guaranteed", 11, r"80\d{9}", _luhn),
    _format("ontrac", "c", 15, r"C\d{14}", _ontrac("4"), is_distinctive=True),
    _format("ontrac", "d", 15, r"D\d{14}", _ontrac("5"), is_distinctive=True),
    _format("purolator", "12", 12, r"[0-5]\d{11}", _luhn),
    _format("purolator", "alpha", 12, r"[A-Z]{3}\d{9}"),
    _format("speedee", "20", 20, r"SP\d{18}"),
    _format("ups", "1z", 18, r"1Z[0-9A-Z]{15}\d", _mod_10(1, 2, start=2), is_distinctive=True),
    _format("ups", "waybill", 11, r"[AHJKTV]\d{10}", _mod_10(1, 2, start=1)),
    _format("usps", "20", 20, r"\d{20}", _GS1),
    _format("usps", "legacy 20", 20, r"\d{20}", _mod_10(3, 1, lead="91")),
    _format("usps", "legacy", 22, r"91\d{20}", _GS1, is_distinctive=True),
    _format("usps", "impb 94", (22, 26, 30), r"94\d{3}(9\d{24}|\d{17}|\d{21})", _GS1),
    _format("usps", "impb 92", (22, 26), r"92\d{3}9(\d{16}|\d{20})", _GS1),
    _format("usps", "impb 93", (22, 26), r"93\d{3}[0-8](\d{16}|\d{20})", _GS1),
    _format("usps", "impb 95", (22, 26), r"95\d{3}(\d{17}|\d{21})", _GS1),
    _format("yodel", "16", (18, 19), r"JJ?D\d{16}"),
    _format("yunexpress", "16", 18, r"YT\d{16}"),
    # Beyond the reference data: prefixes seen on the carriers' own labels, no check digit known.
    _format("sf", "prefixed", (14, 15), r"SF\d{12,13}"),
    _format("yto", "prefixed", 15, r"YT\d{13}"),
    _format("jtexpress", "prefixed", 15, r"JT\d{13}"),
    _format("cainiao", "lp", (16, 17), r"LP\d{14,15}"),
    _format("4px", "prefixed", 18, r"4PX\d{13}CN"),
    _format("uniuni", "prefixed", (15, 16, 17, 18), r"UUS[0-9A-Z]{12,15}"),
)


def _by_length() -> Mapping[int, tuple[Format, ...]]:
    table: defaultdict[int, list[Format]] = defaultdict(list)
    for row in _FORMATS:
        for length in row.lengths:
            table[length].append(row)
    return {length: tuple(rows) for length, rows in table.items()}


FORMATS: Mapping[int, tuple[Format, ...]] = _by_length()
"""The formats by length of the normalised text."""

WEAK: Mapping[int, tuple[str, ...]] = {
    12: ("zto", "sf", "gls"),
    13: ("yunda", "zto"),
    14: ("zto", "hermes"),
    15: ("yunda", "sf"),
    16: ("hermes",),
}
"""Carriers with plain digits of such a length and no known check digit: named, never claimed."""
