"""Number: what a tracking number says before anybody is asked about it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from amends.domain.parcel import s10
from amends.domain.parcel.number_formats import FORMATS, WEAK, Format
from amends.domain.parcel.s10 import S10

_PLAIN = re.compile(r"[0-9A-Z]+")
_SEPARATORS = re.compile(
    r"[\s._/\\\-\u00ad\u00b7\u200b-\u200f\u2010-\u2015\u2022\u2060\u2212\ufeff]+"
)
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",  # Cyrillic, then Greek
    "ABESIJKMHOPCTYX" + "ABEZHIKMNOPTYX",
)
_SHORTEST, _LONGEST = 4, 40
_READ = 200
_ZIP_PREFIXED = re.compile(r"420\d{23,35}")


class Confidence(StrEnum):
    """How sure the number makes us of its carrier."""

    CHECKSUM = "checksum"
    """A check digit holds."""
    PATTERN = "pattern"
    """The carrier's own shape, which has no check digit."""
    NONE = "none"
    """Nothing speaks against it, and nothing for it."""


class Doubt(StrEnum):
    """Why a number is refused, or doubted."""

    ALPHABET = "alphabet"
    LENGTH = "length"
    S10_CHECK_DIGIT = "s10_check_digit"
    CHECK_DIGIT = "check_digit"
    """The unmistakable shape of one carrier, and its check digit fails: doubted, not refused."""
    UNRECOGNISED = "unrecognised"
    """No table knows it; most carriers are in no table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A carrier that the number may belong to."""

    carrier: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCheck:
    """What a number says.

    `valid` is true when a format is satisfied, false when the number is refused, None when nothing
    is known of it: that is no refusal. Candidates: surest first, each carrier once.
    `suggestions` are likely corrections, each satisfying the check digit.
    """

    normalised: str
    valid: bool | None
    s10: S10 | None = None
    candidates: tuple[Candidate, ...] = ()
    suggestions: tuple[str, ...] = ()
    reason: Doubt | None = None

    @property
    def confidence(self) -> Confidence:
        """That of the best candidate."""
        return self.candidates[0].confidence if self.candidates else Confidence.NONE

    @property
    def suggestion(self) -> str | None:
        """The likeliest correction, if any."""
        return self.suggestions[0] if self.suggestions else None


def normalise(number: str) -> str:
    """Upper case without separators, in Latin letters and digits, S10's confused digits mended.

    Full-width forms, other scripts' digits, and Cyrillic and Greek letters that look Latin are
    what they look like. Prefixes of barcodes stay: only `check` knows which belong to the number.
    """
    if not _PLAIN.fullmatch(number):
        narrow = unicodedata.normalize("NFKC", number[:_READ])
        number = unicodedata.normalize("NFKC", _SEPARATORS.sub("", narrow).upper())
        if not number.isascii():
            number = "".join(_digit(one) for one in number.translate(_LOOK_ALIKES))
    return s10.mended(number) if len(number) == 13 else number


def _digit(one: str) -> str:
    return str(unicodedata.decimal(one, "")) or one


def check(number: str) -> NumberCheck:
    """Say what the number is; refuse only what cannot be a number of any carrier.

    A barcode's wrapping (USPS 420 and ZIP, FedEx 32 and 34 digits) is taken off when what it wraps
    satisfies its check digit.
    """
    text = normalise(number)
    if not _PLAIN.fullmatch(text):
        return NumberCheck(normalised=text, valid=False, reason=Doubt.ALPHABET)
    if not _SHORTEST <= len(text) <= _LONGEST:
        return NumberCheck(normalised=text, valid=False, reason=Doubt.LENGTH)
    postal = s10.parse(text)
    if postal is not None and (postal.is_country_known or postal.check_digit_ok):
        return _postal(text, postal)
    if text.startswith("420") and _ZIP_PREFIXED.fullmatch(text):
        for skip in (8, 12):
            inner = _usps(text[skip:])
            if inner is not None:
                return inner
    return _of_formats(text, postal)


def _postal(text: str, postal: S10) -> NumberCheck:
    if postal.is_refused:
        return NumberCheck(
            normalised=text,
            valid=False,
            s10=postal,
            suggestions=s10.suggestions(text),
            reason=Doubt.S10_CHECK_DIGIT,
        )
    holds = postal.check_digit_ok and postal.is_country_known
    confidence = Confidence.CHECKSUM if holds else Confidence.NONE
    return NumberCheck(
        normalised=text,
        valid=True if holds else None,
        s10=postal,
        candidates=(Candidate(carrier=postal.carrier, confidence=confidence),),
        reason=None if holds else Doubt.UNRECOGNISED,
    )


def _usps(text: str) -> NumberCheck | None:
    """What a ZIP prefix wraps, when it is a USPS number whose check digit holds."""
    rows = FORMATS.get(len(text), ())
    if any(row.carrier == "usps" and _satisfies(row, text) for row in rows):
        only = Candidate(carrier="usps", confidence=Confidence.CHECKSUM)
        return NumberCheck(normalised=text, valid=True, candidates=(only,))
    return None


def _of_formats(text: str, postal: S10 | None) -> NumberCheck:
    found: dict[str, Confidence] = {}
    normalised = text
    is_doubted = False
    for row in FORMATS.get(len(text), ()):
        if not row.shape.fullmatch(text):
            continue
        if row.check is None:
            found.setdefault(row.carrier, Confidence.PATTERN)
        elif row.check(text):
            found[row.carrier] = Confidence.CHECKSUM
            if row.number is not None:
                normalised = row.number(text)
        else:
            is_doubted = is_doubted or row.is_distinctive
    is_known = bool(found)
    reason = None
    if not is_known:
        reason = Doubt.CHECK_DIGIT if is_doubted else Doubt.UNRECOGNISED
        found.update(_weak(text))
    return NumberCheck(
        normalised=normalised,
        valid=True if is_known else None,
        s10=postal,
        candidates=tuple(_ranked(found)),
        suggestions=() if is_known else s10.suggestions(text),
        reason=reason,
    )


def _satisfies(row: Format, text: str) -> bool:
    return row.check is not None and bool(row.shape.fullmatch(text)) and row.check(text)


def _weak(text: str) -> dict[str, Confidence]:
    if not text.isdigit():
        return {}
    return dict.fromkeys(WEAK.get(len(text), ()), Confidence.NONE)


def _ranked(found: dict[str, Confidence]) -> Iterator[Candidate]:
    for confidence in Confidence:
        for carrier, said in found.items():
            if said is confidence:
                yield Candidate(carrier=carrier, confidence=confidence)
