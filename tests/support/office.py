"""An office that learns: the investigation's world, with figures, actions and lessons beside it."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

from amends.domain.case.vocabulary import Kind
from amends.domain.occasion import Occasion
from amends.service.insight.learning import Insight, learn
from amends.web.router import Router
from followup import actions, figures
from followup.counter import Counter
from tests.support.fake_idempotency import MemoryIdempotency
from tests.support.insight_fakes import MemoryActions, MemoryTallies
from tests.support.investigation_world import World
from tests.support.proofs import prove

SUPERVISOR, INVESTIGATOR, AGENT = "supervisor:anna", "investigator:bo", "agent:di"
FINANCE = "finance:fei"


def _unasked() -> NoReturn:
    raise AssertionError("figures and actions need none of this")


@dataclass
class Office(World):
    """Every case that settles is counted, as the stream's reader does."""

    tallies: MemoryTallies = field(default_factory=MemoryTallies)
    actions: MemoryActions = field(default_factory=MemoryActions)

    def __post_init__(self) -> None:
        super().__post_init__()
        keys = MemoryIdempotency()
        self.counter = Counter(
            cases=lambda: self.cases,
            contacts=lambda: self.contacts,
            idempotency=lambda: keys,
            postings=_unasked,
            worklist=_unasked,
            opinions=_unasked,
            hooks=_unasked,
            herald=_unasked,
            queue=_unasked,
            post=_unasked,
            occasion=lambda by, because: Occasion(at=self.now, by=by, because=because),
            token_key=_unasked,
            random_bytes=lambda _: _unasked(),
            is_local=_unasked,
            insight=self.insight,
            shipments=lambda _: _unasked(),
        )
        learned = (*figures.endpoints(self.counter), *actions.endpoints(self.counter))
        self.router = Router(*learned, *self.router.endpoints, prove=prove)

    def insight(self) -> Insight:
        return Insight(tallies=self.tallies, actions=self.actions)

    def learn(self) -> None:
        """What the stream's reader does with every case."""
        for case_id in self.cases.ids():
            learn(self.cases.history(case_id), self.insight(), self.occasion("followup"))

    def get(self, path: str, groups: str = SUPERVISOR) -> Any:
        """One reading by staff that must succeed."""
        status, document = self.call("GET", path, groups=groups)
        assert status == 200, document
        return document

    def lost_at(self, node: str, cause: str | None, *, number: str) -> str:
        """A lost parcel that passed a node; its cause is named, and the claimant takes it back."""
        self.tell(Kind.LOST, {}, shipment={"tracking_number": number})
        self.wait(hours=0.1)
        came = (self.now).isoformat()
        record = {"kind": "stock_in", "node": node, "at": came, "document": "list 7"}
        self.staff(INVESTIGATOR, "records", record)
        if cause is not None:
            found = {"cause": cause, "node": node, "because": "the records of the night"}
            self.staff(INVESTIGATOR, "cause", found)
        self.claimant("POST", "/withdraw", {"reason": "it does not matter any more"})
        learn(self.cases.history(self.id), self.insight(), self.occasion("followup"))
        return self.id

    def desk_says(self, groups: str, path: str, body: object) -> Any:
        """A staff command about no case that must succeed."""
        status, document = self.call("POST", path, body, groups=groups)
        assert status in (200, 201), (status, document)
        return document
