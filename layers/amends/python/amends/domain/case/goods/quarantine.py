"""Quarantine: what may not travel is stopped, set apart, reported, and disposed of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import (
    AuthorityNotified,
    CaseClosed,
    Concluded,
    Disposed,
    Event,
    KindChanged,
    Quarantined,
    SenderTold,
)
from amends.domain.case.state.goods import Disposal, Quarantine
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Stage
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, OutOfOrder

NOTIFY_WITHIN = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=90)
"""Nobody has fetched it by then. Our own figure."""
FETCH_WITHIN = timedelta(days=30)
"""What an authority or the owner has from its notice on. Our own figure."""
_EARLY = frozenset({Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING})


def quarantine(
    case: Case,
    *,
    category: str,
    node: str,
    steps: Sequence[str],
    authorities: Sequence[str],
    occasion: Occasion,
) -> list[Event]:
    """Stop it and set it apart; a person named the category. Any case may turn into this one."""
    if case.stage not in _EARLY:
        raise OutOfOrder(f"a case that is {case.stage} quarantines nothing")
    known = case.goods.quarantine
    if known is not None:
        if known.category == category:
            return []
        raise OutOfOrder("it is in quarantine already, as something else")
    events: list[Event] = []
    if case.report.kind is not Kind.PROHIBITED_CONTENTS:
        because = f"contents of category {category} were found"
        changed = KindChanged(
            before=case.report.kind, after=Kind.PROHIBITED_CONTENTS, because=because
        )
        events.append(changed)
    return [
        *events,
        Quarantined(
            category=category,
            node=node,
            steps=tuple(steps),
            must_notify=tuple(authorities),
            notify_by=occasion.at + NOTIFY_WITHIN,
        ),
    ]


def notify_authority(case: Case, authority: str, reference: str) -> list[Event]:
    """Record that an authority knows, under its reference."""
    apart = held(case)
    if authority in apart.notified:
        return []
    if not reference.strip():
        raise Invalid("a notice has a reference: a number, or a name and a time")
    return [AuthorityNotified(authority=authority, reference=reference)]


def tell_sender(case: Case) -> list[Event]:
    """Record that the sender knows."""
    return [] if held(case).is_sender_told else [SenderTold()]


def dispose(case: Case, way: Disposal, *, receipt: str, may_return: bool) -> list[Event]:
    """Hand over, destroy or send back, and close: nothing is owed for what may not travel.

    Only once every authority that the category demands and the sender know; only what is lawful
    to hold goes back.
    """
    apart = held(case)
    if apart.disposal is not None:
        return []
    if apart.to_notify:
        raise OutOfOrder(f"not yet notified: {', '.join(apart.to_notify)}")
    if not apart.is_sender_told:
        raise OutOfOrder("the sender does not know yet")
    if way is Disposal.RETURNED and not may_return:
        raise OutOfOrder("goods of this category are never returned")
    if not receipt.strip():
        raise Invalid("whoever takes it gives a receipt")
    back = way is Disposal.RETURNED
    outcome = Outcome.RETURNED_TO_SENDER if back else Outcome.DISPOSED
    return [Disposed(way=way, receipt=receipt), CaseClosed(outcome=outcome)]


def end_of(case: Case) -> datetime:
    """When a quarantine that nobody ends is over.

    Authorities and owner have their time from the newest notice to any of them.
    """
    apart = case.goods.quarantine
    since = apart.since if apart and apart.since else case.opened_at
    told = apart.last_told_at if apart else None
    ends = [since + GIVE_UP_AFTER]
    return max([*ends, told + FETCH_WITHIN] if told else ends)


def as_told(case: Case) -> Case:
    """The case as its claimant may know it: what we found to be prohibited is theirs once told."""
    kind = case.goods.untold_kind
    if kind is None:
        return case
    found = case.conclusion
    is_hidden = found is not None and found.finding is Finding.PROHIBITED
    told = replace(case.report, kind=kind)
    return replace(case, report=told, conclusion=None if is_hidden else found)


def told_of(history: Sequence[Recorded]) -> list[Recorded]:
    """What of a history its claimant may read: nothing of a find that they have not been told."""
    if any(isinstance(record.event, SenderTold) for record in history):
        return list(history)
    changed = [r.event for r in history if isinstance(r.event, KindChanged)]
    if not any(event.after is Kind.PROHIBITED_CONTENTS for event in changed):
        return list(history)
    return [record for record in history if not _gives_away(record.event)]


def _gives_away(event: Event) -> bool:
    match event:
        case KindChanged(after=Kind.PROHIBITED_CONTENTS) | Concluded(finding=Finding.PROHIBITED):
            return True
        case _:
            return isinstance(event, Quarantined | AuthorityNotified | Disposed)


def held(case: Case) -> Quarantine:
    """What is in quarantine; refuses a case without."""
    if case.goods.quarantine is None or not case.is_open:
        raise OutOfOrder("nothing is in quarantine")
    return case.goods.quarantine
