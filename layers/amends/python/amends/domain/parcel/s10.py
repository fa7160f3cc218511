"""S10: the postal operators' number, its service, its country, its check digit, its likely typos.

Source: UPU technical standard S10; service letters and countries as in `reference/tracking.md`
section 4.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amends.domain.parcel import checksums

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_LOOSE = re.compile(r"[A-Z01]{2}[0-9OIL]{9}[A-Z01]{2}")
_SERIAL_LOOSE = re.compile(r"([A-Z]{2})([0-9]{8}|[0-9]{10})([A-Z]{2})")
_TO_DIGIT = str.maketrans("OIL", "011")
_TO_LETTER = str.maketrans("01", "OI")
_CONFUSED = {
    "0": "86", "1": "74", "2": "7", "3": "85", "4": "19", "5": "63", "6": "508", "7": "12",
    "8": "306", "9": "40",
}  # fmt: skip

_SERVICES = {
    "E": "ems",
    "C": "parcel",
    "R": "registered",
    "V": "insured",
    "L": "letter_tracked",
    "H": "ecommerce_parcel",
    "U": "untracked",
    "M": "m_bag",
}
_DOMESTIC = re.compile(r"[BDNPZ][A-Z]|A[V-Z]|G[AD]")
_REPLY = re.compile(r"Q[A-M]")

_NAMED = {
    "AE": "emirates_post", "AT": "austrian_post", "AU": "australia_post", "BE": "bpost",
    "BR": "correios", "CA": "canada_post", "CH": "swiss_post", "CN": "china_post",
    "CZ": "czech_post", "DE": "deutsche_post", "DK": "postnord_dk", "ES": "correos_es",
    "FI": "posti", "FR": "la_poste", "GB": "royal_mail", "HK": "hongkong_post",
    "HU": "magyar_posta", "ID": "pos_indonesia", "IE": "an_post", "IN": "india_post",
    "IT": "poste_italiane", "JP": "japan_post", "KR": "korea_post", "MX": "correos_mx",
    "MY": "pos_malaysia", "NL": "postnl", "NO": "posten_no", "NZ": "nz_post",
    "PL": "poczta_polska", "PT": "ctt", "RU": "russian_post", "SE": "postnord_se",
    "SG": "singpost", "TH": "thailand_post", "TR": "ptt", "TW": "chunghwa_post",
    "UA": "ukrposhta", "US": "usps", "VN": "vietnam_post", "ZA": "sapo",
}  # fmt: skip

COUNTRIES = frozenset(
    (
        "AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY"
        " BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET"
        " FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE"
        " IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT"
        " LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL"
        " NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD"
        " SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW"
        " TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
    ).split()
)
"""Countries and territories (ISO 3166-1) whose operators issue numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class S10:
    """What an S10 number says; `service` is None for letters the standard does not assign."""

    service: str | None
    check_digit_ok: bool
    country: str
    is_country_known: bool

    @property
    def carrier(self) -> str:
        """The designated operator's code: its name where it is a well-known one, else `post_xx`."""
        return operator(self.country)

    @property
    def is_tracked(self) -> bool:
        """Whether scans are to be expected at all; U items often have none."""
        return self.service != "untracked"

    @property
    def is_refused(self) -> bool:
        """Whether the check digit proves a mistake: only with a known country and service."""
        return not self.check_digit_ok and self.is_country_known and self.service is not None


def operator(country: str) -> str:
    """The code of a country's designated postal operator."""
    return _NAMED.get(country) or f"post_{country.lower()}"


def mended(text: str) -> str:
    """The text with letters in digit places and digits in letter places put right, if it is S10.

    Only where the whole then has the S10 shape: O and 0, I, L and 1 look alike on labels.
    """
    if _SHAPE.fullmatch(text) or not _LOOSE.fullmatch(text):
        return text
    return (
        text[:2].translate(_TO_LETTER)
        + text[2:11].translate(_TO_DIGIT)
        + text[11:].translate(_TO_LETTER)
    )


def parse(text: str) -> S10 | None:
    """What the number says, or None when it does not have the shape."""
    if len(text) != 13 or not _SHAPE.fullmatch(text):
        return None
    return S10(
        service=_service(text[:2]),
        check_digit_ok=checksums.s10(text[2:10]) == text[10],
        country=text[11:],
        is_country_known=text[11:] in COUNTRIES,
    )


def suggestions(text: str) -> tuple[str, ...]:
    """Likely corrections of a number whose check digit fails, the likeliest first, none twice.

    Two neighbours swapped, then one digit read as one it resembles, then the check digit alone.
    Nine or eleven digits: the check digit forgotten, or one digit doubled. Every one of them
    satisfies the check digit; which one is meant only the sender knows.
    """
    return tuple(dict.fromkeys(_corrections(text)))


def _corrections(text: str) -> Iterator[str]:
    if loose := _SERIAL_LOOSE.fullmatch(text):
        yield from _resized(*loose.groups())
        return
    if len(text) != 13 or not _SHAPE.fullmatch(text):
        return
    head, digits, tail = text[:2], text[2:11], text[11:]
    for swapped in _swapped(digits):
        if _holds(swapped):
            yield head + swapped + tail
    for place, digit in enumerate(digits):
        for other in _CONFUSED[digit]:
            changed = digits[:place] + other + digits[place + 1 :]
            if _holds(changed):
                yield head + changed + tail
    yield head + digits[:8] + checksums.s10(digits[:8]) + tail


def _resized(head: str, digits: str, tail: str) -> Iterator[str]:
    if len(digits) == 8:
        yield head + digits + checksums.s10(digits) + tail
        return
    for place in range(1, len(digits)):
        shorter = digits[:place] + digits[place + 1 :]
        if digits[place] == digits[place - 1] and _holds(shorter):
            yield head + shorter + tail


def _swapped(digits: str) -> Iterator[str]:
    for place in range(len(digits) - 1):
        left, right = digits[place], digits[place + 1]
        if left != right:
            yield digits[:place] + right + left + digits[place + 2 :]


def _holds(digits: str) -> bool:
    return checksums.s10(digits[:8]) == digits[8]


def _service(letters: str) -> str | None:
    known = _SERVICES.get(letters[0])
    if known is not None:
        return known
    if _REPLY.fullmatch(letters):
        return "reply"
    return "domestic" if _DOMESTIC.fullmatch(letters) else None
