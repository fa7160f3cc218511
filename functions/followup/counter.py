"""The counter: what the follow-up's endpoints need of the outside, each made when asked for."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends import runtime
from amends.domain.case.case import Case
from amends.domain.occasion import Occasion
from amends.ports import CaseStore, Contacts, Queue
from amends.ports.idempotency import Idempotency
from amends.ports.people import Hooks, Opinions, Postings, Worklist
from amends.service.people.announcing import Herald
from amends.service.people.writing import Post
from amends.web.access import claimants_case
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once

if TYPE_CHECKING:
    from amends.domain.parcel.shipment import Shipment
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
    shipments: Callable[[str], Sequence["Shipment"]]
    """Every parcel on file under a number."""

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
        shipments=runtime.shipments_under,
    )
