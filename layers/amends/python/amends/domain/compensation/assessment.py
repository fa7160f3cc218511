"""Assessment: what is owed, worked out step by step, with sources."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from amends.domain.compensation.rules import Figure, Text
from amends.domain.money import XDR, Money


class Ground(StrEnum):
    """Why nothing is owed."""

    INQUIRY_TOO_LATE = "inquiry_too_late"
    NOTICE_TOO_LATE = "notice_too_late"
    FORCE_MAJEURE = "force_majeure"
    SENDER_FAULT = "sender_fault"
    NATURE_OF_GOODS = "nature_of_goods"
    PROHIBITED_CONTENTS = "prohibited_contents"
    CUSTOMS_SEIZURE = "customs_seizure"
    NOT_COVERED = "not_covered"


class Part(StrEnum):
    """Which part of the total a step adds to."""

    INDEMNITY = "indemnity"
    REFUND = "refund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the calculation; those with `adds_to` sum to the total."""

    rule: str
    text: Text
    amount: Money | None = None
    source: str
    adds_to: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Earliest and latest day for one act; `met` is None while it is open or unknown."""

    name: str
    first_day: date | None = None
    last_day: date | None
    rule: str
    source: str
    met: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Why nothing is owed, by which rule, in words for the claimant."""

    reason: Ground
    rule: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What another rule would give, and under which condition."""

    regime: str
    total: Money
    when: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PresumedLoss:
    """The first day on which an item that has not come is treated as lost."""

    first_day: date
    rule: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is owed under one regime.

    An amount is None where a fact that it needs is in `missing`; amounts beside a `missing` entry
    hold on the condition that the answer confirms them. `regime` and `version` are None when the
    facts do not yet tell which rules apply.
    """

    regime: str | None
    version: str | None
    confidence: str | None
    indemnity: Money | None
    refund: Money | None
    cap: Money | None
    cap_binds: bool
    denied: Denial | None
    flags: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    presumed_loss: PresumedLoss | None
    steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...]
    missing: tuple[str, ...]
    figures: tuple[tuple[str, Figure], ...] = ()
    """The figures that were read, by name: each knows its source, dates and how sure it is."""

    @property
    def total(self) -> Money | None:
        """Indemnity and refund together; None while one of them is unknown."""
        if self.indemnity is None or self.refund is None:
            return None
        return self.indemnity + self.refund

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.missing

    def document(self, language: str = "en") -> dict[str, object]:
        """The documented JSON form, its sentences in `en` or `zh-CN`."""
        return {
            "regime": self.regime,
            "version": self.version,
            "confidence": self.confidence,
            "indemnity": money_document(self.indemnity),
            "refund": money_document(self.refund),
            "total": money_document(self.total),
            "cap": money_document(self.cap),
            "cap_binds": self.cap_binds,
            "denied": self.denied
            and {
                "reason": self.denied.reason.value,
                "rule": self.denied.rule,
                "text": self.denied.text.read(language),
            },
            "flags": list(self.flags),
            "alternatives": [
                {
                    "regime": other.regime,
                    "total": money_document(other.total),
                    "when": other.when.read(language),
                }
                for other in self.alternatives
            ],
            "presumed_loss": self.presumed_loss
            and {
                "treat_as": "lost",
                "from": self.presumed_loss.first_day.isoformat(),
                "rule": self.presumed_loss.rule,
                "source": self.presumed_loss.source,
            },
            "steps": [
                {
                    "rule": step.rule,
                    "text": step.text.read(language),
                    "amount": money_document(step.amount),
                    "source": step.source,
                    "adds_to": step.adds_to and step.adds_to.value,
                }
                for step in self.steps
            ],
            "deadlines": [
                {
                    "name": one.name,
                    "first_day": one.first_day and one.first_day.isoformat(),
                    "last_day": one.last_day and one.last_day.isoformat(),
                    "rule": one.rule,
                    "source": one.source,
                    "met": one.met,
                }
                for one in self.deadlines
            ],
            "missing": list(self.missing),
            "figures": [
                {
                    "name": name,
                    "value": f"{figure.value:f}",
                    "source": figure.source,
                    "valid_from": figure.valid_from.isoformat(),
                    "valid_to": figure.valid_to and figure.valid_to.isoformat(),
                    "checked_on": figure.checked_on.isoformat(),
                    "confidence": figure.confidence.value,
                }
                for name, figure in self.figures
            ],
        }


def money_document(money: Money | None) -> dict[str, str] | None:
    """`{"amount": "54.40", "currency": "XDR"}`; XDR keeps all its digits, two at least."""
    if money is None:
        return None
    return {"amount": shown(money.amount, money.currency), "currency": money.currency}


def shown(amount: Decimal, currency: str) -> str:
    """An amount in digits, without idle zeros after the second place of XDR."""
    text = f"{amount:f}"
    if currency != XDR:
        return text
    whole, _, part = text.partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"
