"""Information: what was asked is answered; persons go to the contacts, facts to the case."""

from collections.abc import Callable, Mapping

from amends.domain.case.case import Case
from amends.domain.case.talking.information import Answers, answer
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.ports import CaseStore, Contacts
from amends.service.amend import amend

PERSONS = ("reporter", "sender", "addressee")


def inform(
    case: Case,
    told: Answers,
    words: Mapping[str, object],
    *,
    store: CaseStore,
    contacts: Contacts,
    watch: Callable[[Case], None],
    origin: str,
    occasion: Occasion,
) -> Case:
    """Record the answers; a corrected number is asked about at once.

    What is refused is refused before anything is stored. `words` is what only the contacts may
    hold: what was told in free text, and of whom. The same `origin` again finds its own answer.
    """
    part = f"information#{derived('prt', origin)}"
    if not case.asked_for and contacts.get(case.id, part) is not None:
        return _watched(case, told, watch)
    answer(case, told)
    contacts.put(case.id, part, words)
    known = contacts.get(case.id, "report") or {}
    better = _merged(known, {who: words[who] for who in PERSONS if who in words})
    better = _told_on(better, words.get("narrative"))
    if better != known:
        contacts.put(case.id, "report", better)
    return _watched(amend(store, case.id, occasion, lambda now: answer(now, told)), told, watch)


def _watched(case: Case, told: Answers, watch: Callable[[Case], None]) -> Case:
    if "tracking_number" in told.shipment:
        watch(case)
    return case


def _merged(known: Mapping[str, object], persons: Mapping[str, object]) -> Mapping[str, object]:
    """What is known of each person, with what was told now."""
    merged = dict(known)
    for who, told in persons.items():
        before = merged.get(who)
        if isinstance(before, Mapping) and isinstance(told, Mapping):
            merged[who] = {**before, **told}
        else:
            merged[who] = told
    return merged


def _told_on(known: Mapping[str, object], more: object) -> Mapping[str, object]:
    """The story as it was told, and what was added to it since."""
    before = known.get("narrative")
    if not isinstance(more, str) or (isinstance(before, str) and more in before):
        return known
    return {**known, "narrative": f"{before}\n\n{more}" if before else more}
