"""The counter: what the follow-up's endpoints need of the outside, each made when asked for."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends import runtime
from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, groups_of, require, sees
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.ports import CaseStore, Contacts, Idempotency, Queue
from amends.ports.people import Hooks, Opinions, Postings, Worklist
from amends.service.people.announcing import Herald
from amends.service.people.writing import Post
from amends.web.access import claimants_case
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.problem import Unauthenticated

if TYPE_CHECKING:
    from amends.service.insight.learning import Insight


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Stores, clock and keys."""

    cases: Callable[[], CaseStore]
    contacts: Callable[[], Contacts]
    idempotency: Callable[[], Idempotency]
    postings: Callable[[], Postings]
    worklist: Callable[[], Worklist]
    opinions: Callable[[], Opinions]
    hooks: Callable[[], Hooks]
    herald: Callable[[], Herald]
    queue: Callable[[], Queue]
    post: Callable[[], Post]
    occasion: Callable[[str, str], Occasion]
    token_key: Callable[[], bytes]
    random_bytes: Callable[[int], bytes]
    is_local: Callable[[], bool]
    insight: Callable[[], "Insight"]

    def claimants(self, call: Call) -> Case:
        """The case of the path, for the holder of its token."""
        return claimants_case(call, self.cases())

    def once(self, call: Call, caller: str, act: Callable[[str], Answer]) -> Answer:
        """Act once for each Idempotency-Key of a caller."""
        at = self.occasion(caller, call.cause).at
        return once(call, caller=caller, store=self.idempotency(), at=at, act=act)


def live() -> Counter:
    """The counter of the deployed stack."""
    return Counter(
        cases=runtime.cases,
        contacts=runtime.contacts,
        idempotency=runtime.idempotency,
        postings=runtime.postings,
        worklist=runtime.worklist,
        opinions=runtime.opinions,
        hooks=runtime.hooks,
        herald=runtime.herald,
        queue=runtime.delivery_queue,
        post=runtime.post,
        occasion=lambda by, because: runtime.occasion(by=by, because=because),
        token_key=runtime.token_key,
        random_bytes=os.urandom,
        is_local=runtime.is_local,
        insight=runtime.insight,
    )


def staff(call: Call, action: Action) -> tuple[str, tuple[str, ...]]:
    """Who calls and their groups, if one of these may do this."""
    subject = call.claims.get("sub")
    if not subject:
        raise Unauthenticated("staff sign in first")
    groups = groups_of(call.claims.get("cognito:groups"))
    require(groups, action)
    return f"staff:{subject}", groups


def staffs_case(counter: Counter, case_id: str, groups: tuple[str, ...]) -> Case:
    """The case, unless its kind does not exist for these groups."""
    case = counter.cases().load(case_id)
    if not sees(groups, case.report.kind):
        raise NotFound("there is no such case")
    return case
