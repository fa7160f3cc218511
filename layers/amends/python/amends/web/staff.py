"""Staff: who of the house calls, in which groups, and which cases exist for them."""

from collections.abc import Sequence

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, require, sees
from amends.domain.refusal import NotFound
from amends.ports import CaseStore
from amends.web.call import Call
from amends.web.identity import Staff
from amends.web.problem import Unauthenticated


def caller(call: Call) -> tuple[str, tuple[str, ...]]:
    """Who of staff calls, and their groups; refuses whoever does not prove it."""
    known = call.identity()
    if not isinstance(known, Staff):
        raise Unauthenticated("staff sign in first")
    return f"staff:{known.id}", known.groups


def staff(call: Call, action: Action) -> tuple[str, tuple[str, ...]]:
    """Who of staff calls and their groups, if one of these may do this."""
    by, groups = caller(call)
    require(groups, action)
    return by, groups


def staffs_case(store: CaseStore, case_id: str, groups: Sequence[str]) -> Case:
    """The case, unless its kind does not exist for these groups."""
    case = store.load(case_id)
    if not sees(groups, case.report.kind):
        raise NotFound("there is no such case")
    return case
