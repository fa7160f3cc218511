"""Search over HTTP: cases by tracking number, or by whoever reported them, in any stage."""

from collections.abc import Callable, Sequence

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, require, sees
from amends.domain.case.vocabulary import Stage
from amends.domain.parcel.number import check
from amends.web.call import Call
from amends.web.paging import cursor_of, limit_of, one_of, text_of
from claim_settle.staff_desk import Desk

SEARCHES = ("number", "claimant")


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
        if case_id <= after:
            continue
        case = desk.cases().load(case_id)
        if sees(groups, case.report.kind) and stage in (None, case.stage) and fits(case):
            found.append(case)
        if len(found) > limit:
            return found[:limit], found[limit - 1].id
    return found, None


def _meant(desk: Desk, call: Call, groups: Sequence[str]) -> Sequence[str]:
    number, claimant = text_of(call, "number"), text_of(call, "claimant")
    named: set[str] | None = None
    if claimant is not None:
        require(groups, Action.SEE_PARTIES)
        named = set(desk.contacts().find(claimant))
    if number is None:
        return sorted(named or ())
    numbered = desk.cases().numbered(check(number).normalised)
    return [one for one in numbered if named is None or one in named]
