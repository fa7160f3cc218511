"""Rules: dated figures with their source, gathered in editions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

CHECKED_ON = date(2026, 11, 1)
LANGUAGES = ("en", "zh-CN")


class Confidence(StrEnum):
    """How sure a rule is; what is LOW ships switched off and says so."""

    HIGH = "high"
    MEDIUM_HIGH = "medium-high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    en: str
    zh: str

    def read(self, language: str) -> str:
        """The sentence in `en` or `zh-CN`."""
        return self.zh if language == "zh-CN" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a rule, with where it comes from, when it was checked and how sure it is."""

    value: Decimal
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None = None
    checked_on: date = CHECKED_ON

    @property
    def is_on(self) -> bool:
        """Whether the figure is sure enough to pay by."""
        return self.confidence is not Confidence.LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A regime's rules as they stood from `valid_from` to `valid_to` (None: still)."""

    version: str
    valid_from: date
    valid_to: date | None
    source: str
    checked_on: date
    confidence: Confidence
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is less (or more) sure than its edition, or has another source."""

    value: str
    confidence: Confidence
    source: str


def edition(
    valid_from: str,
    *,
    source: str,
    confidence: Confidence = Confidence.HIGH,
    valid_to: str | None = None,
    figures: Mapping[str, str | Doubt] | None = None,
) -> Edition:
    """An edition in short: plain figures take the source and the confidence of the edition."""
    start = date.fromisoformat(valid_from)
    end = None if valid_to is None else date.fromisoformat(valid_to)
    told: dict[str, Figure] = {}
    for name, given in (figures or {}).items():
        doubt = given if isinstance(given, Doubt) else Doubt(given, confidence, source)
        told[name] = Figure(
            value=Decimal(doubt.value),
            source=doubt.source,
            confidence=doubt.confidence,
            valid_from=start,
            valid_to=end,
        )
    return Edition(
        version=valid_from,
        valid_from=start,
        valid_to=end,
        source=source,
        checked_on=CHECKED_ON,
        confidence=confidence,
        figures=told,
    )
