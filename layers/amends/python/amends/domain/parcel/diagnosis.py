"""Diagnosis: why a parcel cannot be tracked, how sure, until when to wait, and what then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from amends.domain.parcel.causes import RULES
from amends.domain.parcel.diagnosis_text import Cause, NextStep, message
from amends.domain.parcel.number import NumberCheck
from amends.domain.parcel.question import ChannelReport, Question
from amends.domain.parcel.state import Lane, ParcelState

_ASKED = frozenset({NextStep.ASK_CARRIER, NextStep.ASK_PARTNER})


class Sure(StrEnum):
    """How sure the diagnosis is, in words; `Diagnosis.confidence` is the figure."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The likeliest cause.

    `confidence` is between 0 and 1: our weighting of the evidence, not a measured frequency.
    `wait_until` is when waiting ends and the case asks the carrier by itself; None: act now.
    `messages` are for the buyer, by language (`en`, `zh-CN`).
    """

    cause: Cause
    confidence: float
    evidence: tuple[str, ...]
    wait_until: datetime | None
    next_step: NextStep
    messages: Mapping[str, str]
    suggestion: str | None = None

    @property
    def sure(self) -> Sure:
        """The confidence in a word."""
        if self.confidence >= 0.8:
            return Sure.HIGH
        return Sure.MEDIUM if self.confidence >= 0.5 else Sure.LOW

    @property
    def is_for_carrier(self) -> bool:
        """Whether nothing is waited for any more and whoever carries the parcel is to be asked.

        Data that contradict each other do not mend by waiting; a sender who was asked whether the
        parcel was posted has had the time to say so.
        """
        if self.cause is Cause.DATA_ERROR:
            return True
        is_over = self.wait_until is None
        return is_over and (self.next_step in _ASKED or self.cause is Cause.NOT_POSTED)


def diagnose(
    number_check: NumberCheck,
    state: ParcelState,
    channels: Sequence[ChannelReport],
    *,
    now: datetime,
    lane: Lane,
    shipped_on: date | None = None,
    carrier: str | None = None,
) -> Diagnosis | None:
    """The likeliest reason why the parcel cannot be tracked; None when nothing hinders it.

    `carrier` is the one that the sender named. Every cause is weighed; the surest wins.
    """
    question = Question(
        check=number_check,
        state=state,
        channels=channels,
        carrier=carrier,
        shipped_on=shipped_on,
        lane=lane,
        now=now,
    )
    findings = [found for rule in RULES if (found := rule(question)) is not None]
    if not findings:
        return None
    best = max(findings, key=lambda one: one.confidence)
    until = best.wait_until
    if until is None and best.wait is not None:
        until = (state.last_scan_at or question.shipped_at or now) + best.wait
    if until is not None and until <= now:
        until = None
    step = best.next_step
    if until is None and step is NextStep.WAIT:
        step = NextStep.ASK_CARRIER
    return Diagnosis(
        cause=best.cause,
        confidence=best.confidence,
        evidence=best.evidence,
        wait_until=until,
        next_step=step,
        messages=message(best.cause, step, until=until, suggestion=best.suggestion),
        suggestion=best.suggestion,
    )
