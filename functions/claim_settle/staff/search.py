"""Search over HTTP: cases by what somebody who calls can name, in any stage."""

from collections.abc import Callable, Iterator, Sequence

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, allows, require, sees
from amends.domain.case.vocabulary import Stage
from amends.domain.parcel.number import check
from amends.domain.refusal import NotFound
from amends.web.call import Call
from amends.web.paging import cursor_of, limit_of, one_of, text_of
from claim_settle.staff_desk import Desk

PEOPLE = ("claimant", "person")
SEARCHES = ("q", "number", "reference", *PEOPLE)


def is_search(call: Call) -> bool:
    """Whether something particular is looked for, not a queue."""
    return any(call.query.get(name) is not None for name in SEARCHES)


def search(
    desk: Desk, call: Call, groups: Sequence[str], fits: Callable[[Case], bool]
) -> tuple[list[Case], str | None]:
    """A page of the cases that are meant and visible, by id, and the next page's cursor."""
    stage, limit, after = one_of(call, "stage", Stage), limit_of(call), cursor_of(call) or ""
    found: list[Case] = []
    for case_id in _meant(desk, call, groups):
        if case_id <= after or (case := _known(desk, case_id)) is None:
            continue
        if sees(groups, case.report.kind) and stage in (None, case.stage) and fits(case):
            found.append(case)
        if len(found) > limit:
            return found[:limit], found[limit - 1].id
    return found, None


def _meant(desk: Desk, call: Call, groups: Sequence[str]) -> Sequence[str]:
    """The cases that fit everything that is looked for, sorted."""
    told = {name: text for name in SEARCHES if (text := text_of(call, name)) is not None}
    if told.keys() & set(PEOPLE):
        require(groups, Action.SEE_PARTIES)
    found = [set(_named(desk, name, text, groups)) for name, text in told.items()]
    return sorted(set.intersection(*found))


def _named(desk: Desk, name: str, text: str, groups: Sequence[str]) -> Iterator[str]:
    """Who may not know of people finds nobody by them, where anything is looked for."""
    if name == "q":
        yield text.strip()  # perhaps the id of a case
    if name in ("q", "number"):
        yield from desk.cases().numbered(check(text).normalised)
    if name in ("q", "reference"):
        yield from desk.cases().referred(text)
    if name == "claimant":
        yield from desk.contacts().find(text)
    if name == "person" or (name == "q" and allows(groups, Action.SEE_PARTIES)):
        yield from desk.contacts().find_anyone(text)


def _known(desk: Desk, case_id: str) -> Case | None:
    try:
        return desk.cases().load(case_id)
    except NotFound:
        return None
