"""Staff: who of the house calls, in which groups, and which cases exist for them."""

from collections.abc import Sequence

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, groups_of, require, sees
from amends.domain.refusal import NotFound
from amends.ports import CaseStore
from amends.web.call import Call
from amends.web.problem import Unauthenticated


def caller(call: Call) -> tuple[str, tuple[str, ...]]:
    """Who of staff calls, and their groups; verified by the gateway."""
    subject = call.claims.get("sub")
    if not subject:
        raise Unauthenticated("staff sign in first")
    return f"staff:{subject}", groups_of(call.claims.get("cognito:groups"))


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
