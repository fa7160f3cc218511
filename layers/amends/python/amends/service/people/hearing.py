"""Hearing: how it was, as its claimant says it or tells it on the phone."""

from collections.abc import Callable

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.talking.aftercare import give_feedback
from amends.domain.occasion import Occasion
from amends.domain.people.survey import Answer
from amends.domain.people.timing import Preferences
from amends.ports import CaseStore, Contacts
from amends.service.amend import amend


def hear(
    cases: CaseStore,
    contacts: Contacts,
    case: Case,
    opinion: Answer | None,
    wishes: Preferences,
    occasion: Occasion,
    *,
    first: Callable[[Case], list[Event]] = lambda _: [],
) -> Case:
    """Record an opinion, after `first`; the words of one that is refused replace nobody's."""

    def decide(now: Case) -> list[Event]:
        events = first(now)
        if opinion is None:
            return events
        return [*events, *give_feedback(now, opinion, wishes, occasion)]

    decide(case)
    if opinion is not None and opinion.comment:
        contacts.put(case.id, "feedback", {"comment": opinion.comment})
    return amend(cases, case.id, occasion, decide)
