"""Amend: load, decide, append; the one way a case changes."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.ids import ASKED
from amends.domain.occasion import Occasion
from amends.ports import Histories, StaleCase

ATTEMPTS = 5


def amend(
    store: Histories,
    case_id: str,
    occasion: Occasion,
    decide: Callable[[Case], Sequence[Event]],
) -> Case:
    """Load, decide, append; if the case moved on meanwhile, decide again on the new state."""
    for _ in range(ATTEMPTS):
        case = store.load(case_id)
        events = decide(case)
        if not events:
            return case
        with suppress(StaleCase):
            return store.append(case, events, occasion)
    raise StaleCase(f"case {case_id} kept changing while we were deciding")


def amend_once(
    store: Histories,
    case_id: str,
    occasion: Occasion,
    decide: Callable[[Case], Sequence[Event]],
) -> Case:
    """Amend for a client who may ask again: what this request has recorded is not decided anew."""
    if occasion.because.startswith(f"{ASKED}_") and is_recorded(store, case_id, occasion):
        return store.load(case_id)
    return amend(store, case_id, occasion, decide)


def is_recorded(store: Histories, case_id: str, occasion: Occasion) -> bool:
    """Whether the history has an event of this actor and cause: it has been here before."""
    return any(
        (recorded.because, recorded.by) == (occasion.because, occasion.by)
        for recorded in store.history(case_id)
    )
