"""Regime: one body of rules, its editions by date, and how it fills a worksheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from amends.domain.compensation.rules import Edition, Text
from amends.domain.compensation.worksheet import Worksheet
from amends.domain.refusal import Invalid


class UnknownVersion(Invalid):
    """A version that the regime never had."""

    code = "unknown_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One body of rules: its code, its editions (oldest first), and how it fills a worksheet.

    `is_contract` marks Chinese courier terms, beside which the Civil Code stands.
    """

    code: str
    title: Text
    editions: tuple[Edition, ...]
    fill: Callable[[Worksheet], None]
    is_contract: bool = False

    def edition_on(self, day: date | None) -> Edition | None:
        """The edition in force on a day; the newest when no day is known; None before the first."""
        if day is None:
            return self.editions[-1]
        for one in reversed(self.editions):
            if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to):
                return one
        return None

    def version(self, name: str) -> Edition:
        """The edition of that name, for a recomputation."""
        for one in self.editions:
            if one.version == name:
                return one
        raise UnknownVersion(f"{self.code} has no version {name[:40]!r}")
