"""Windows: deadlines measured, and what a missed one does."""

from dataclasses import dataclass
from datetime import date, timedelta

from amends.domain.compensation.assessment import Deadline, Ground, PresumedLoss
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.worksheet import Worksheet

CIVIL_CODE_188 = "Civil Code of China art. 188: three years"
POSTAL_LAW_65 = "Postal Law of China art. 65; appeal within a year (12305, secondary source)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One act that has a first or a last day; `fact` is the date that tells when it was done."""

    name: str
    fact: str
    last_day: date | None
    rule: str
    first_day: date | None = None


def watch(sheet: Worksheet, window: Window) -> bool:
    """Record the deadline; tells whether the act was done too late.

    Not done yet and the day is past: whether it was done is asked for, the amounts stand on
    condition. No last day (its start is unknown) records nothing.
    """
    if window.last_day is None and window.first_day is None:
        return False
    done: date | None = getattr(sheet.facts, window.fact)
    met = _met(sheet, window, done)
    sheet.deadlines.append(
        Deadline(
            name=window.name,
            first_day=window.first_day,
            last_day=window.last_day,
            rule=window.rule,
            source=sheet.edition.source,
            met=met,
        )
    )
    return done is not None and window.last_day is not None and done > window.last_day


def inquiry_missed(sheet: Worksheet, window: Window) -> bool:
    """Deny when a postal inquiry came too late."""
    return _missed(sheet, window, Ground.INQUIRY_TOO_LATE)


def notice_missed(sheet: Worksheet, window: Window, *, disputed: bool = False) -> bool:
    """Deny when a complaint to a courier or carrier came too late.

    `disputed` flags a refusal that the law may not bear.
    """
    missed = _missed(sheet, window, Ground.NOTICE_TOO_LATE)
    if missed and disputed:
        sheet.flag("disputed")
    return missed


def open_until(
    sheet: Worksheet,
    name: str,
    last_day: date | None,
    rule: str,
    *,
    first_day: date | None = None,
    source: str | None = None,
) -> None:
    """Record a deadline for a step that lies ahead (appeal, action)."""
    as_of = sheet.facts.as_of
    if last_day is not None:
        met = False if as_of is not None and as_of > last_day else None
        sheet.deadlines.append(
            Deadline(
                name=name,
                first_day=first_day,
                last_day=last_day,
                rule=rule,
                source=source or sheet.edition.source,
                met=met,
            )
        )


def presume_lost(
    sheet: Worksheet, last_day: date | None, rule: str, source: str | None = None
) -> None:
    """An item that has not come by `last_day` is treated as lost from the day after."""
    facts = sheet.facts
    if last_day is None or facts.delivered_on is not None:
        return
    first_day = last_day + timedelta(days=1)
    sheet.presumed_loss = PresumedLoss(
        first_day=first_day, rule=rule, source=source or sheet.edition.source
    )
    if sheet.event is LossEvent.DELAYED and facts.as_of is not None and facts.as_of >= first_day:
        sheet.event = LossEvent.LOST
        sheet.is_total = True
        sheet.note(
            rule,
            f"Not come by {last_day}: treated as lost from {first_day}",
            f"至 {last_day} 仍未送达：自 {first_day} 起视为丢失",
        )


def _missed(sheet: Worksheet, window: Window, ground: Ground) -> bool:
    missed = watch(sheet, window)
    if missed:
        done = getattr(sheet.facts, window.fact)
        sheet.deny(
            ground,
            window.rule,
            f"The last day was {window.last_day}; it was done on {done} ({window.rule}).",
            f"期限截至 {window.last_day}，实际于 {done} 提出（{window.rule}）。",
        )
    return missed


def _met(sheet: Worksheet, window: Window, done: date | None) -> bool | None:
    as_of = sheet.facts.as_of
    if done is not None:
        early = window.first_day is not None and done < window.first_day
        if early:
            sheet.flag("too_early")
        return not early and (window.last_day is None or done <= window.last_day)
    if window.last_day is not None and as_of is not None and as_of > window.last_day:
        sheet.ask(window.fact)
    return None
