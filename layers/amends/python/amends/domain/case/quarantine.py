"""Quarantine: what may not travel is stopped, set apart, reported, and disposed of."""

from collections.abc import Sequence
from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    AuthorityNotified,
    CaseClosed,
    Disposed,
    Event,
    KindChanged,
    Quarantined,
    SenderTold,
)
from amends.domain.case.goods_state import Disposal, Quarantine
from amends.domain.case.vocabulary import Kind, Outcome, Stage
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, OutOfOrder

NOTIFY_WITHIN = timedelta(hours=1)
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


def held(case: Case) -> Quarantine:
    """What is in quarantine; refuses a case without."""
    if case.goods.quarantine is None or not case.is_open:
        raise OutOfOrder("nothing is in quarantine")
    return case.goods.quarantine
