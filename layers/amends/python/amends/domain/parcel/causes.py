"""Causes: each reason why a parcel may not be trackable, weighed on its own evidence."""

from collections.abc import Callable
from datetime import timedelta

from amends.domain.parcel.carriers import house_of
from amends.domain.parcel.diagnosis_text import Cause, NextStep
from amends.domain.parcel.number import Confidence, Doubt
from amends.domain.parcel.question import USUAL_LAG, Finding, Question
from amends.domain.parcel.vocabulary import Milestone, Reason, Step

_POSTAL_LAG = timedelta(hours=72)
_RECYCLED_AFTER = timedelta(days=7)


def _number_wrong(q: Question) -> Finding | None:
    if q.state.is_found:
        return None
    confidence = 0.95 if q.check.valid is False else 0.7
    if q.check.valid is not False and q.check.reason is not Doubt.CHECK_DIGIT:
        if not q.check.suggestions:
            return None
        confidence = 0.75
    return Finding(
        cause=Cause.NUMBER_WRONG,
        confidence=confidence,
        evidence=(f"number check: {q.check.reason}",),
        next_step=NextStep.CORRECT_NUMBER,
        suggestion=q.check.suggestion,
    )


def _untracked_service(q: Question) -> Finding | None:
    if q.state.events or q.check.s10 is None or q.check.s10.is_tracked:
        return None
    return Finding(
        cause=Cause.UNTRACKED_SERVICE,
        confidence=0.9,
        evidence=("S10 service letter U: items of this service often have no scans",),
        next_step=NextStep.ASK_SENDER,
    )


def _channel_down(q: Question) -> Finding | None:
    failing = {failure.channel: failure.error for failure in q.state.failing}
    down = {report.channel for report in q.channels if not report.is_up}
    able = {report.channel for report in q.channels} | set(q.state.fresh) | set(failing)
    mute = down | set(failing)
    if not able or not able <= mute:
        return None
    since = max(q.state.fresh.values(), default=None)
    if since is not None and q.now - since < USUAL_LAG:
        return None
    return Finding(
        cause=Cause.CHANNEL_DOWN,
        confidence=0.9,
        evidence=tuple(f"{name}: {failing.get(name, 'down')}" for name in sorted(mute)),
        next_step=NextStep.RETRY_CHANNELS,
        wait_until=q.now + timedelta(hours=6),
    )


def _wrong_carrier(q: Question) -> Finding | None:
    if q.carrier is None or q.state.is_found:
        return None
    sure = [one.carrier for one in q.check.candidates if one.confidence is Confidence.CHECKSUM]
    likely = [one.carrier for one in q.check.candidates if one.confidence is Confidence.PATTERN]
    houses = {house_of(one) for one in sure + likely}
    if not houses or house_of(q.carrier) in houses:
        return None
    return Finding(
        cause=Cause.WRONG_CARRIER,
        confidence=0.8 if sure and not q.is_postal else 0.6,
        evidence=(f"named {q.carrier}", f"the number fits {', '.join(sure or likely)}"),
        next_step=NextStep.ASK_OTHER_CARRIER,
        suggestion=(sure or likely)[0],
    )


def _recycled(q: Question) -> Finding | None:
    if q.shipped_at is None or q.state.last_scan_at is None:
        return None
    if q.state.last_scan_at > q.shipped_at - _RECYCLED_AFTER:
        return None
    return Finding(
        cause=Cause.RECYCLED_NUMBER,
        confidence=0.92,
        evidence=(
            f"last scan {q.state.last_scan_at:%Y-%m-%d} is before posting {q.shipped_on}",
            f"it ended {q.state.milestone}",
        ),
        next_step=NextStep.WAIT,
        wait_until=q.shipped_at + q.given_up_after,
    )


def _customs(q: Question) -> Finding | None:
    last = q.state.last_movement
    if (
        q.state.milestone is not Milestone.CUSTOMS
        or last is None
        or last.scan.step is Step.RELEASED
    ):
        return None
    wants = q.state.reason in (Reason.CUSTOMS_DOCUMENTS, Reason.CUSTOMS_DUTY)
    return Finding(
        cause=Cause.CUSTOMS,
        confidence=0.9,
        evidence=(f"at customs since {last.scan.at:%Y-%m-%d}", f"reason {q.state.reason}"),
        next_step=NextStep.PROVIDE_DOCUMENTS if wants else NextStep.WAIT,
        wait=timedelta(days=3 if wants else 10),
    )


def _transhipment(q: Question) -> Finding | None:
    successor = q.state.successor
    last = q.state.last_movement
    handed = last is not None and (
        last.scan.step in (Step.HANDED_OVER, Step.LEFT_ORIGIN_COUNTRY)
        or last.scan.reason is Reason.HANDOVER_PARTNER
    )
    if not (handed or successor) or q.state.since is None or _is_over(q):
        return None
    if successor is not None:
        return Finding(
            cause=Cause.TRANSHIPMENT,
            confidence=0.85,
            evidence=(f"goes on with {successor[0]}",),
            next_step=NextStep.ASK_PARTNER,
            wait=timedelta(days=5),
            suggestion=successor[1],
        )
    return Finding(
        cause=Cause.TRANSHIPMENT,
        confidence=0.8,
        evidence=(f"last: {q.state.step or q.state.reason}, between two operators",),
        next_step=NextStep.WAIT,
        wait=timedelta(days=3) if q.lane.is_domestic else timedelta(days=12),
    )


def _data_error(q: Question) -> Finding | None:
    if q.state.reason is Reason.DATA_ERROR:
        fact = "a channel reports an error in the parcel's data"
    elif q.state.contradictions:
        fact = f"channels contradict each other: {q.state.contradictions[0].clash}"
    elif q.state.milestone is Milestone.UNKNOWN and q.state.events:
        fact = "scans came that no table can read"
    else:
        return None
    return Finding(
        cause=Cause.DATA_ERROR,
        confidence=0.83,
        evidence=(fact,),
        next_step=NextStep.ASK_CARRIER,
        wait_until=q.now + timedelta(days=1),
    )


def _not_posted(q: Question) -> Finding | None:
    announced = q.state.milestone is Milestone.INFO_RECEIVED
    if q.state.is_found and not announced:
        return None
    begun = q.state.since if announced else q.shipped_at or q.state.first_asked_at
    if begun is None or q.now < begun + q.visible_after:
        return None
    return Finding(
        cause=Cause.NOT_POSTED,
        confidence=0.8 if announced else 0.55,
        evidence=(f"{'label announced' if announced else 'posted'} {begun:%Y-%m-%d}, no scan",),
        next_step=NextStep.ASK_SENDER,
        wait_until=begun + q.given_up_after,
    )


def _too_early(q: Question) -> Finding | None:
    announced = q.state.milestone is Milestone.INFO_RECEIVED
    begun = q.shipped_at or q.state.since or q.state.first_asked_at
    if (q.state.is_found and not announced) or begun is None:
        return None
    until = begun + q.visible_after
    if q.now >= until:
        return None
    return Finding(
        cause=Cause.TOO_EARLY,
        confidence=0.85 if q.shipped_on else 0.6,
        evidence=(f"posted {begun:%Y-%m-%d}; a first scan usually shows by {until:%Y-%m-%d}",),
        next_step=NextStep.WAIT,
        wait_until=until,
    )


def _sync_lag(q: Question) -> Finding | None:
    """Some channel is behind: it looked long ago, or another one knows of more."""
    seen = q.state.last_scan_at
    if seen is None or _is_over(q):
        return None
    lags = {report.channel: report.usual_lag for report in q.channels}
    behind = sorted(
        channel
        for channel, fresh in q.state.fresh.items()
        if q.now - fresh > lags.get(channel, USUAL_LAG)
    )
    quiet = q.now - seen
    limit = _POSTAL_LAG if q.is_postal or not q.lane.is_domestic else USUAL_LAG * 2
    if not behind and quiet <= USUAL_LAG:
        return None
    return Finding(
        cause=Cause.SYNC_LAG,
        confidence=0.75 if behind else 0.5 if quiet <= limit else 0.3,
        evidence=(
            f"last scan {seen:%Y-%m-%dT%H:%MZ}",
            *(
                f"{channel} has not looked since {q.state.fresh[channel]:%d %b}"
                for channel in behind
            ),
        ),
        next_step=NextStep.WAIT,
        wait=limit,
    )


def _is_over(q: Question) -> bool:
    return q.state.is_final or q.state.milestone is Milestone.DELIVERED


RULES: tuple[Callable[[Question], Finding | None], ...] = (
    _number_wrong,
    _untracked_service,
    _channel_down,
    _recycled,
    _wrong_carrier,
    _customs,
    _transhipment,
    _data_error,
    _not_posted,
    _too_early,
    _sync_lag,
)
"""Every cause, each answering None when it does not fit."""
